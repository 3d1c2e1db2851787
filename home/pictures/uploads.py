"""What may be uploaded as a picture: recognised by its content, and stored as a new file.

Nothing of the uploaded file itself is kept. It is decoded and written anew, so that what else is in
it (a place, a device, a second file behind the picture) goes no further. The colours stay as they
are: mode (CMYK for print), ICC profile and resolution.
"""

import io
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation, ValidationError
from django.core.files.base import ContentFile, File
from django.template.defaultfilters import filesizeformat
from django.utils.text import get_valid_filename
from django.utils.translation import gettext as _t
from django.utils.translation import ngettext
from PIL import Image, ImageOps, JpegImagePlugin

from .endings import hides_a_file

#: What is taken, by Pillow's names, each with the ending of its files.
ENDINGS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "GIF": "gif", "AVIF": "avif"}
#: A camera's JPEG with further pictures behind the first one (CIPA DC-007).
MANY_JPEGS = "MPO"
QUALITY = 92
#: Characters that a file's name keeps, without its ending.
NAME_LENGTH = 60
#: Bytes of a file's beginning that tell what it is.
BEGINNING = 1024
#: Kinds of HEIF files that are no AVIF (ISO/IEC 23008-12, annex B).
HEIF_BRANDS = frozenset({b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"})
AVIF_BRANDS = frozenset({b"avif", b"avis"})
#: How files of the formats that are taken begin.
SIGNATURES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"RIFF")


def clean_upload(file: File) -> ContentFile:
    """Return an uploaded picture as a new file: its pixels, upright, and nothing else.

    Its name's ending follows from its content. Raises `ValidationError` with a sentence that says
    what to do; size and pixels are checked before anything is decoded.
    """
    _check_size(file)
    beginning = _beginning(file)
    if _is_heic(beginning):
        raise _refusal("heic", _heic())
    try:
        with Image.open(file, formats=list(ENDINGS)) as image:
            _check_pixels(image)
            _check_stillness(image)
            _check_behind(file, str(image.format))
            content, kind = _written_anew(image, beginning)
    except ValidationError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _refusal("too_many_pixels", _too_many_pixels()) from error
    except Image.UnidentifiedImageError as error:
        raise _refusal("invalid_image", _what_else(beginning)) from error
    except Exception as error:  # each format fails in its own way
        raise _refusal("invalid_image", _broken()) from error
    return ContentFile(content, name=f"{_stem(file.name)}.{ENDINGS[kind]}")


def media_type(name: str | None) -> str:
    """Return the media type of a file that `clean_upload` has named."""
    kinds = {ending: kind for kind, ending in ENDINGS.items()}
    return Image.MIME[kinds[PurePath(name or "").suffix[1:]]]


def _refusal(code: str, message: str) -> ValidationError:
    return ValidationError(message, code=code)


# --- Before anything is decoded -----------------------------------------------------------------


def _check_size(file: File) -> None:
    """Refuse an empty file, and one that is too large."""
    if not file.size:
        raise _refusal("empty", _t("This file is empty. Please choose the picture again."))
    limit = settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE
    if limit is not None and file.size > limit:
        message = _t(
            "This file is too large (%(size)s). At most %(limit)s are possible; please make the "
            "picture smaller."
        )
        sizes = {"size": filesizeformat(file.size), "limit": filesizeformat(limit)}
        raise _refusal("file_too_large", message % sizes)


def _check_pixels(image: Image.Image) -> None:
    """Refuse a picture whose header claims more pixels than the memory should hold."""
    limit = settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS
    if limit is not None and image.width * image.height > limit:
        raise _refusal("too_many_pixels", _too_many_pixels())


def _check_stillness(image: Image.Image) -> None:
    """Refuse moving pictures; further pictures of a camera are left out instead."""
    if image.format != MANY_JPEGS and getattr(image, "n_frames", 1) > 1:
        message = _t("This picture moves. Please choose a still one, as JPEG, PNG or WebP.")
        raise _refusal("animated", message)


def _check_behind(file: File, kind: str) -> None:
    """Refuse a picture with a second file behind it, which looks like somebody hides it."""
    place = file.tell()
    file.seek(0)
    content = file.read()
    file.seek(place)
    if hides_a_file(content, kind):
        message = _t(
            "Behind the picture, this file holds another one (a web page, an archive or a PDF). "
            "Please save the picture anew, and choose that file."
        )
        raise _refusal("hidden_file", message)


def _too_many_pixels() -> str:
    millions = (settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS or Image.MAX_IMAGE_PIXELS or 0) // 10**6
    return ngettext(
        "This picture has too many pixels. At most %(millions)d million is possible; please make "
        "it smaller.",
        "This picture has too many pixels. At most %(millions)d million are possible; please make "
        "it smaller.",
        millions,
    ) % {"millions": millions}


def _broken() -> str:
    return _t(
        "This file is damaged or was not sent completely. Please choose it again, or save the "
        "picture anew."
    )


def _beginning(file: File) -> bytes:
    """Return the first bytes of a file, and go back to its start."""
    file.seek(0)
    beginning: bytes = file.read(BEGINNING)
    file.seek(0)
    return beginning


def _is_heic(beginning: bytes) -> bool:
    """Tell whether a file is what iPhones save: a HEIF that is no AVIF."""
    if beginning[4:8] != b"ftyp":
        return False
    size = int.from_bytes(beginning[:4], "big")
    brands = {beginning[at : at + 4] for at in (8, *range(16, min(size, BEGINNING), 4))}
    return bool(brands & HEIF_BRANDS) and not brands & AVIF_BRANDS


def _heic() -> str:
    return _t(
        "Browsers cannot show this picture (HEIC, as iPhones save it). Please save it as JPEG and "
        "choose it again."
    )


def _what_else(beginning: bytes) -> str:
    """Say what a file is that is no picture for us, and what to do."""
    text = beginning.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if b"<svg" in text:
        return _t("SVG files may hold programs. Please save the picture as PNG.")
    if text.startswith((b"<!doctype", b"<html", b"<head", b"<body", b"<script")):
        return _t("This is a web page and no picture. Please choose the picture itself.")
    if beginning.startswith(b"%PDF"):
        return _t("This is a PDF. Please save the picture as JPEG or PNG.")
    if beginning.startswith(SIGNATURES):
        return _broken()
    return _t("This is no picture that we can read. Please choose a JPEG, PNG, WebP, GIF or AVIF.")


# --- Anew ---------------------------------------------------------------------------------------


def _written_anew(image: Image.Image, beginning: bytes) -> tuple[bytes, str]:
    """Return the picture's new file and its format."""
    kind = "JPEG" if image.format == MANY_JPEGS else str(image.format)
    image.load()
    options = _options(image, kind, beginning)
    ImageOps.exif_transpose(image, in_place=True)
    image.info = {}  # some formats write comments from here, which nobody has asked for
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue(), kind


def _options(image: Image.Image, kind: str, beginning: bytes) -> dict[str, Any]:
    """Return how a picture is written so that nobody sees a difference."""
    kept = ("icc_profile", "transparency")
    options = {name: image.info[name] for name in kept if image.info.get(name) is not None}
    if kind == "JPEG":
        options |= {"quality": QUALITY, "optimize": True}
        if (sampling := JpegImagePlugin.get_sampling(image)) >= 0:
            options["subsampling"] = sampling
    elif kind == "PNG":
        options["optimize"] = True
    elif kind == "WEBP":
        options |= {"quality": QUALITY, "lossless": b"VP8L" in beginning, "exact": True}
    elif kind == "AVIF":
        options |= {"quality": QUALITY, "subsampling": "4:4:4", "speed": 8}
    if kind in {"JPEG", "PNG"} and (dpi := _resolution(image)):
        options["dpi"] = dpi
    return options


def _resolution(image: Image.Image) -> tuple[int, int] | None:
    """Return a picture's resolution in dots per inch, which print shops look at."""
    try:
        across, down = (round(float(value)) for value in image.info["dpi"])
    except (KeyError, TypeError, ValueError, OverflowError):
        return None
    return (across, down) if min(across, down) > 0 and max(across, down) < 2**16 else None


def _stem(name: str | None) -> str:
    """Return a file's name without folder and ending, fit for any file system."""
    try:
        return get_valid_filename(PurePath(name or "").stem)[:NAME_LENGTH].strip("._") or "bild"
    except SuspiciousFileOperation:  # nothing is left of it
        return "bild"
