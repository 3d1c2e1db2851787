"""Pictures for readers elsewhere: signed addresses of sizes and formats, never the original.

A size is made when it is first asked for; listing pictures makes none and costs no query.
"""

from collections.abc import Iterator
from http import HTTPStatus
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

from django.core.signing import BadSignature, TimestampSigner
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from wagtail.images.models import AbstractImage, SourceImageIOError
from wagtail.images.utils import generate_signature
from wagtail.images.views.serve import ServeView

from .addresses import absolute, current_shelf
from .registry import registry

#: Widths in pixels; a picture is never made larger than it is.
WIDTHS = (480, 960, 1440)
#: Formats with their media types; the last one is for every reader.
FORMATS = {"avif": "image/avif", "webp": "image/webp", "jpeg": "image/jpeg"}
#: How long the address of a picture that is held back works, in seconds: as long as a draft's.
MAX_AGE = 3600


def sizes(image: AbstractImage) -> Iterator[tuple[int, int]]:
    """Yield the widths and heights, in pixels, in which a picture is to be had.

    All follow from the largest, so that a copy of the picture in that size has the same ones.
    """
    widths = sorted({min(width, image.width) for width in WIDTHS})
    largest = widths[-1]
    height = image.height * largest // image.width
    for width in widths:
        yield width, max(1, height * width // largest)


def filter_spec(width: int, height: int, format_name: str) -> str:
    """Return what Wagtail calls a size in a format; the size is exact."""
    return f"fill-{width}x{height}|format-{format_name}"


def sources(image: AbstractImage) -> list[dict[str, Any]]:
    """Return a picture's sizes in all formats, the smallest first, each with its signed address.

    A replaced file has new addresses. A picture that is held back has some in drafts alone.
    """
    is_withheld = getattr(image, "is_withheld", False)
    if is_withheld and not registry.content.shows_drafts():
        return []
    if shelf := current_shelf():
        return shelf.sources(image)
    root = reverse("api:openapi-json").removesuffix("openapi.json")
    stem, version = quote(PurePosixPath(image.file.name).stem), (image.file_hash or "")[:8]

    def address(spec: str, extension: str) -> str:
        signed = f"{generate_signature(image.pk, spec)}/{image.pk}/{quote(spec)}"
        query = f"v={version}&pass={_pass(signed)}" if is_withheld else f"v={version}"
        return absolute(f"{root}images/{signed}/{stem}.{extension}?{query}")

    return [
        {
            "url": address(filter_spec(width, height, name), name),
            "width": width,
            "height": height,
            "media_type": media_type,
        }
        for name, media_type in FORMATS.items()
        for width, height in sizes(image)
    ]


def serve(request: HttpRequest, signature: str, pk: int, spec: str, name: str) -> HttpResponse:
    """Answer a size of a picture, made now if it is the first time.

    One that is held back is answered to those alone whose address a draft has given them.
    """
    signed = f"{signature}/{pk}/{quote(spec)}"
    is_draft = _is_passed(signed, request.GET.get("pass", ""))
    scope = registry.content.drafts() if is_draft else registry.content.scope()
    try:
        with scope:
            response = ServeView.as_view()(request, signature, str(pk), spec, name)
    except (SourceImageIOError, OSError) as error:  # the original is gone or broken
        raise Http404 from error
    if response.status_code == HTTPStatus.GONE:
        raise Http404
    lasting = "public, max-age=31536000, immutable"
    response.headers["Cache-Control"] = "private, no-store" if is_draft else lasting
    return response


def _pass(signed: str) -> str:
    """Return what opens a held picture's address for an hour."""
    return _signer().sign(signed).removeprefix(f"{signed}:")


def _is_passed(signed: str, given: str) -> bool:
    try:
        _signer().unsign(f"{signed}:{given}", max_age=MAX_AGE)
    except BadSignature:
        return False
    return True


def _signer() -> TimestampSigner:
    return TimestampSigner(salt="api.images")
