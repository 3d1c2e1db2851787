"""Pictures for readers elsewhere: signed addresses of sizes and formats, never the original.

A size is made when it is first asked for; listing pictures makes none and costs no query.
"""

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from wagtail.images.models import AbstractImage, SourceImageIOError
from wagtail.images.utils import generate_signature
from wagtail.images.views.serve import ServeView

from .addresses import absolute, current_shelf

#: Widths in pixels; a picture is never made larger than it is.
WIDTHS = (480, 960, 1440)
#: Formats with their media types; the last one is for every reader.
FORMATS = {"avif": "image/avif", "webp": "image/webp", "jpeg": "image/jpeg"}


def sizes(image: AbstractImage) -> Iterator[tuple[int, int]]:
    """Yield the widths and heights, in pixels, in which a picture is to be had."""
    widths = sorted({min(width, image.width) for width in WIDTHS})
    for width in widths:
        yield width, max(1, int(image.height * (width / image.width)))


def filter_spec(width: int, format_name: str) -> str:
    """Return what Wagtail calls a size in a format."""
    return f"width-{width}|format-{format_name}"


def sources(image: AbstractImage) -> list[dict[str, Any]]:
    """Return a picture's sizes in all formats, the smallest first, each with its signed address.

    A replaced file has new addresses.
    """
    if shelf := current_shelf():
        return shelf.sources(image)
    root = reverse("api:openapi-json").removesuffix("openapi.json")
    stem, version = quote(PurePosixPath(image.file.name).stem), (image.file_hash or "")[:8]

    def address(spec: str, extension: str) -> str:
        signed = f"{generate_signature(image.pk, spec)}/{image.pk}/{quote(spec)}"
        return absolute(f"{root}images/{signed}/{stem}.{extension}?v={version}")

    return [
        {
            "url": address(filter_spec(width, name), name),
            "width": width,
            "height": height,
            "media_type": media_type,
        }
        for name, media_type in FORMATS.items()
        for width, height in sizes(image)
    ]


def serve(request: HttpRequest, signature: str, pk: int, spec: str, name: str) -> HttpResponse:
    """Answer a size of a picture, made now if it is the first time."""
    try:
        response = ServeView.as_view()(request, signature, str(pk), spec, name)
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    except (SourceImageIOError, OSError) as error:  # the original is gone or broken
        raise Http404 from error
    return response
