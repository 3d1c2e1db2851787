"""An upload becomes a picture and nothing else, or is refused with a word that helps."""

import io
import re

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation
from PIL import Image
from wagtail.models import UploadedFile

from home.models import CampaignImage
from home.pictures.uploads import clean_upload

from . import files

KINDS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "GIF": "gif", "AVIF": "avif"}
HIDDEN = b"<script>alert('hidden')</script>"
BEHIND = b"Anschrift, hinten angehaengt"


def cleaned(content, name="bild.jpg"):
    """Return the stored file and the picture in it."""
    file = clean_upload(ContentFile(content, name=name))
    data = file.read()
    return file.name, data, Image.open(io.BytesIO(data))


@pytest.mark.parametrize("kind", KINDS)
def test_the_ending_follows_the_content(kind):
    name, _data, image = cleaned(files.picture(kind), "Mein Bild.exe.jpg.php")
    assert (name, image.format) == (f"Mein_Bild.exe.jpg.{KINDS[kind]}", kind)
    assert image.size == (40, 30)


@pytest.mark.parametrize("name", ["", "..", "../../etc/passwd", "ä" * 300 + ".jpg", "\0.png", None])
def test_any_name_is_made_a_good_one(name):
    file = clean_upload(ContentFile(files.picture(), name=name))
    assert re.fullmatch(r"[\w-]{1,60}\.jpg", file.name)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_the_place_is_gone_and_the_picture_upright(kind):
    upload = files.with_place(kind)
    assert files.GPS in upload
    _name, data, image = cleaned(upload)
    assert files.GPS not in data
    assert not dict(image.getexif())
    assert image.size == (30, 40)


def test_comments_and_descriptions_are_gone():
    packet = b"<x:xmpmeta>Anschrift</x:xmpmeta>"
    for upload in (
        files.picture("JPEG", comment="Anschrift", xmp=packet),
        files.picture("WEBP", xmp=packet),
        files.picture("GIF", comment="Anschrift"),
    ):
        assert b"Anschrift" in upload
        assert b"Anschrift" not in cleaned(upload)[1]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("hidden", files.SECOND_FILES, ids=lambda hidden: hidden[:4].hex())
def test_a_second_file_behind_a_picture_is_refused(kind, hidden):
    with pytest.raises(ValidationError) as refused:
        cleaned(files.picture(kind) + b"\0\0" + hidden)
    assert refused.value.code == "hidden_file"
    assert "noch eine andere" in refused.value.messages[0]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("behind", files.HARMLESS, ids=["zeros", "preview", "film"])
def test_what_a_camera_writes_behind_a_picture_is_cleaned_away(kind, behind):
    data = cleaned(files.picture(kind) + behind)[1]
    assert not data.endswith(behind)


@pytest.mark.parametrize("options", [{"progressive": True}, {"restart_marker_rows": 1}])
def test_a_jpegs_end_is_found_whatever_it_is_made_of(options):
    upload = files.with_place(size=(400, 300), **options)
    assert cleaned(upload)[2].format == "JPEG"
    with pytest.raises(ValidationError):
        cleaned(upload + HIDDEN)


def test_words_in_a_picture_are_no_second_file():
    packet = b"<x:xmpmeta><svg ></svg><script>%PDF-</script></x:xmpmeta>"
    assert packet not in cleaned(files.picture("JPEG", xmp=packet))[1]


@pytest.mark.parametrize("kind", KINDS)
def test_what_cannot_be_told_is_left_to_the_decoder(kind):
    for length in (3, 9, 20, 60):
        with pytest.raises(ValidationError):
            cleaned(files.picture(kind)[:length])


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_the_colour_profile_stays(kind):
    profile = files.profile()
    _name, _data, image = cleaned(files.picture(kind, icc_profile=profile))
    assert image.info["icc_profile"] == profile


def test_a_picture_for_print_stays_one():
    upload = files.picture("JPEG", mode="CMYK", dpi=(300, 300))
    _name, _data, image = cleaned(upload)
    assert (image.mode, image.info["dpi"]) == ("CMYK", (300, 300))
    before = Image.open(io.BytesIO(upload)).getpixel((20, 15))
    assert all(abs(a - b) < 8 for a, b in zip(before, image.getpixel((20, 15)), strict=True))


@pytest.mark.parametrize("options", [{"kind": "PNG"}, {"kind": "WEBP", "lossless": True}])
def test_a_picture_without_loss_stays_as_it_is(options):
    upload = files.picture(**options)
    before, after = Image.open(io.BytesIO(upload)), cleaned(upload)[2]
    assert before.tobytes() == after.convert("RGB").tobytes()


@pytest.mark.parametrize("mode", ["P", "L", "LA", "RGBA", "1", "I;16"])
def test_a_png_keeps_its_mode(mode):
    out = io.BytesIO()
    base = Image.radial_gradient("L").resize((40, 30))
    (Image.new(mode, (40, 30), 500) if mode == "I;16" else base.convert(mode)).save(out, "PNG")
    assert cleaned(out.getvalue())[2].mode == mode


@pytest.mark.parametrize("kind", ["PNG", "GIF"])
def test_transparency_stays(kind):
    out = io.BytesIO()
    image = Image.radial_gradient("L").resize((40, 30)).convert("P")
    image.save(out, kind, transparency=image.getpixel((20, 15)))
    after = cleaned(out.getvalue())[2].convert("RGBA")
    assert after.getpixel((20, 15))[3] == 0
    assert after.getpixel((0, 0))[3] == 255


def test_a_camera_s_file_of_many_pictures_is_its_first_one():
    out = io.BytesIO()
    first, second = Image.new("RGB", (40, 30), "red"), Image.new("RGB", (20, 10), "blue")
    first.save(out, "MPO", save_all=True, append_images=[second])
    _name, data, image = cleaned(out.getvalue())
    assert (image.format, image.size, data.count(b"\xff\xd8\xff")) == ("JPEG", (40, 30), 1)


# --- Refused ------------------------------------------------------------------------------------

REFUSED = {
    "SVG with script": (files.SVG, "als PNG"),
    "SVG with a declaration": (b'<?xml version="1.0"?>\n' + files.SVG, "als PNG"),
    "web page": (files.HTML, "Webseite"),
    "PDF": (b"%PDF-1.7 ...", "PDF"),
    "text": (b"Ich bin kein Bild.", "kein Bild"),
    "truncated JPEG": (files.picture(size=(400, 300))[:-900], "beschädigt"),
    "JPEG that ends early": (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00", "beschädigt"),
    "truncated PNG": (files.picture("PNG")[:-40], "beschädigt"),
    "nothing": (b"", "leer"),
    "moving WebP": (files.moving("WEBP"), "bewegt"),
    "moving GIF": (files.moving("GIF"), "bewegt"),
    "moving PNG": (files.moving("PNG"), "bewegt"),
    "HEIC": (files.HEIC, "Bitte als JPEG"),
    "HEIC by another brand": (files.HEIC.replace(b"ftypheic", b"ftypmif1"), "Bitte als JPEG"),
    "20,000 x 20,000 px": (files.large_png(), "Pixel"),
    "header of 65,000 x 65,000 px": (files.claiming(65_000), "Pixel"),
    "header of 11,000 x 11,000 px": (files.claiming(11_000), "Pixel"),
}


@pytest.mark.parametrize("fault", REFUSED)
def test_what_is_no_good_picture_is_refused_with_what_to_do(fault):
    content, word = REFUSED[fault]
    with translation.override("de"), pytest.raises(ValidationError) as error:
        clean_upload(ContentFile(content, name="bild.jpg"))
    (message,) = error.value.messages
    assert word in message
    assert "Bitte" in message or "bitte" in message


def test_a_file_that_is_too_large_is_refused_unread(settings):
    settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE = 100

    class Unread(ContentFile):
        def read(self, *args):
            raise AssertionError("was read")

    with pytest.raises(ValidationError) as error:
        clean_upload(Unread(files.picture(), name="bild.jpg"))
    assert error.value.code == "file_too_large"


def test_pixels_are_counted_before_they_are_decoded(settings, monkeypatch):
    settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS = 1000
    monkeypatch.setattr("PIL.ImageFile.ImageFile.load", lambda *_args: pytest.fail("decoded"))
    with pytest.raises(ValidationError) as error:
        clean_upload(ContentFile(files.picture(), name="bild.jpg"))
    assert error.value.code == "too_many_pixels"


# --- In the admin -------------------------------------------------------------------------------

FORMS = {
    "form": ("wagtailimages:add", "file"),
    "several at once": ("wagtailimages:add_multiple", "files[]"),
    "chooser": ("wagtailimages_chooser:create", "image-chooser-upload-file"),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("limit", [0, 10**6], ids=["on disk", "in memory"])
def test_an_editor_s_upload_is_written_anew_too(db, admin_client, settings, form, limit):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = limit
    view, field = FORMS[form]
    prefix = field.removesuffix("file") if form != "several at once" else ""
    file = SimpleUploadedFile("handy.png", files.with_place() + BEHIND, "image/png")
    data = {f"{prefix}title": "Bild", f"{prefix}licence": "cc0", f"{prefix}ai_use": "none"}
    admin_client.post(
        reverse(view), data | {field: file}, headers={"X-Requested-With": "XMLHttpRequest"}
    )
    waiting = UploadedFile if form == "several at once" else CampaignImage
    with waiting.objects.get().file as stored:
        content = stored.read()
    assert stored.name.endswith(".jpg")
    assert files.GPS not in content
    assert BEHIND not in content
    assert Image.open(io.BytesIO(content)).size == (30, 40)
