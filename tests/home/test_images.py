"""A picture that is broken, far too large or missing costs nobody a page."""

import io
import struct
import zlib
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from wagtail.models import UploadedFile

from home.models import CampaignImage, CampaignSettings
from tests import factories

pytestmark = pytest.mark.usefixtures("standing_tree")

# --- Uploads ------------------------------------------------------------------------------------


def picture(kind="PNG"):
    """Return a file of 40 x 30 px with something in it."""
    out = io.BytesIO()
    Image.radial_gradient("L").resize((40, 30)).convert("RGB").save(out, kind)
    return out.getvalue()


def claiming(width, height):
    """Return a PNG whose header claims a size that its pixels do not have."""
    header = b"IHDR" + struct.pack(">II", width, height) + bytes([8, 2, 0, 0, 0])
    chunk = struct.pack(">I", 13) + header + struct.pack(">I", zlib.crc32(header))
    whole = picture()
    return whole[:8] + chunk + whole[8 + len(chunk) :]


SPOILT = {
    "truncated PNG": picture()[:-30],
    "PNG without pixels": picture()[:33],
    "PNG with spoilt pixels": picture()[:50] + b"\0" * 20 + picture()[70:],
    "PNG header alone": picture()[:8],
    "header of 65,000 x 65,000 px": claiming(65_000, 65_000),
    "header of 11,000 x 11,000 px": claiming(11_000, 11_000),
    "header without width": claiming(0, 10),
    "text": b"Ich bin kein Bild.",
    "SVG": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "nothing": b"",
    "null bytes": b"\0" * 100,
    "JPEG that ends early": b"\xff\xd8\xff\xe0\x00\x10JFIF\x00",
    "JPEG with half of its pixels": picture("JPEG")[:-200],
    "WebP with half of its pixels": picture("WEBP")[:-20],
    "GIF with half of its pixels": picture("GIF")[:-20],
    "GIF that ends early": b"GIF89a\xff\xff\xff\xff",
    "WebP that ends early": b"RIFF\xff\xff\xff\xffWEBPVP8 ",
    "AVIF that ends early": b"\0\0\0\x1cftypavif\0\0\0\0avifmif1",
}
ENDINGS = {"JPEG": "jpg", "GIF": "gif", "WebP": "webp", "AVIF": "avif", "SVG": "svg"}
FORMS = {
    "form": ("wagtailimages:add", "file"),
    "several at once": ("wagtailimages:add_multiple", "files[]"),
    "chooser": ("wagtailimages_chooser:create", "image-chooser-upload-file"),
}


@pytest.fixture
def upload(admin_client):
    admin_client.raise_request_exception = False

    def send(form, content, name="bild.png"):
        view, field = FORMS[form]
        prefix = field.removesuffix("file") if form != "several at once" else ""
        data = {f"{prefix}title": "Bild", f"{prefix}licence": "cc0", f"{prefix}ai_use": "none"}
        return admin_client.post(
            reverse(view),
            data | {field: SimpleUploadedFile(name, content, "image/png")},
            headers={"X-Requested-With": "XMLHttpRequest"},
        )

    return send


@pytest.mark.parametrize("form", FORMS)
def test_a_good_picture_is_taken(db, upload, form):
    assert upload(form, picture()).status_code == (302 if form == "form" else 200)
    # Several at once wait until each has its licence.
    waiting = UploadedFile.objects if form == "several at once" else CampaignImage.objects
    with waiting.get().file as stored, Image.open(stored) as taken:
        assert (taken.format, taken.size) == ("PNG", (40, 30))


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("fault", SPOILT)
def test_a_spoilt_picture_is_refused_with_a_word(db, upload, form, fault):
    answer = upload(form, SPOILT[fault], f"bild.{ENDINGS.get(fault.split()[0], 'png')}")
    assert answer.status_code == 200
    assert not CampaignImage.objects.exists()
    assert not UploadedFile.objects.exists()
    if form == "form":
        assert answer.context["form"].errors["file"]
    elif form == "chooser":
        assert answer.json()["step"] == "reshow_creation_form"
    else:
        assert answer.json()["error_message"]


def test_a_picture_is_not_replaced_by_a_spoilt_one(db, admin_client):
    image = factories.ImageFactory()
    before = image.file.name
    address = reverse("wagtailimages:edit", args=[image.pk])
    file = SimpleUploadedFile("bild.png", SPOILT["truncated PNG"], "image/png")
    data = {"title": "Bild", "licence": "cc0", "ai_use": "none", "file": file}
    answer = admin_client.post(address, data)
    assert "file" in answer.context["form"].errors
    assert CampaignImage.objects.get().file.name == before


# --- Files that went bad on the disk ------------------------------------------------------------


def remove(path):
    path.unlink()


def write(content):
    return lambda path: path.write_bytes(content)


DAMAGE = {
    "missing": remove,
    "empty": write(b""),
    "text": write(b"Ich bin kein Bild."),
    "truncated": write(SPOILT["truncated PNG"]),
    "far too large": write(SPOILT["header of 65,000 x 65,000 px"]),
}


def in_fields(tree, image):
    """Put the picture into every field of every page type."""
    author = factories.AuthorFactory(portrait=image)
    pages = [
        factories.ImpulsePageFactory(parent=tree.impulses, teaser_image=image),
        factories.PostcardPageFactory(parent=tree.postcards, picture=image, design="picture"),
        factories.CourageCardPageFactory(parent=tree.courage, picture=image, teaser_image=image),
        factories.GuestPostPageFactory(parent=tree.blog, title_image=image, authors=[author]),
        factories.StandardPageFactory(parent=tree.home, teaser_image=image),
    ]
    tree.home.hero_image = image
    tree.home.save()
    lists = [page.get_parent().get_url() for page in pages]
    feeds = [f"{lists[0]}feed/", f"{lists[3]}feed/"]
    return [*(page.get_url() for page in pages), *lists, *feeds]


def in_blocks(tree, image):
    """Put the picture into every block that shows one."""
    shown = {"image": image.pk, "decorative": True, "alt_text": "", "caption": "Unterschrift"}
    body = [
        ("picture", shown),
        ("gallery", {"title": "", "pictures": [shown, shown]}),
        ("contact", {"name": "Mara Beispiel", "portrait": image.pk}),
        ("logos", {"title": "", "items": [{"image": image.pk, "name": "Stiftung"}]}),
    ]
    body = [{"type": name, "value": value} for name, value in body]
    return [factories.StandardPageFactory(parent=tree.home, body=body).get_url()]


def in_sections(tree, image):
    """Put pages with the picture on the home page."""
    in_fields(tree, image)
    sections = [("postcard_wall", tree.postcards), ("courage_today", tree.courage)]
    teased = [("teasers", tree.impulses), ("teasers", tree.blog)]
    tree.home.body = [
        {"type": name, "value": {"title": "Neues", "source": "latest", "section": section.pk}}
        for name, section in [*sections, *teased]
    ]
    tree.home.save()
    return ["/"]


def in_settings(tree, image):
    """Make the picture the campaign's logo."""
    CampaignSettings.objects.update_or_create(site=tree.home.get_site(), defaults={"logo": image})
    return ["/", "/suche/", "/nirgendwo/"]


@pytest.mark.parametrize("damage", DAMAGE)
@pytest.mark.parametrize("place", [in_fields, in_blocks, in_sections, in_settings])
def test_a_damaged_file_costs_no_page(tree, client, place, damage):
    image = factories.ImageFactory()
    addresses = place(tree, image)
    DAMAGE[damage](Path(image.file.path))
    for address in addresses:
        expected = 404 if address == "/nirgendwo/" else 200
        assert client.get(address).status_code == expected, address


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_file_can_be_replaced_in_the_admin(db, admin_client, damage):
    image = factories.ImageFactory()
    DAMAGE[damage](Path(image.file.path))
    addresses = [
        reverse("wagtailimages:index"),
        reverse("wagtailimages_chooser:choose"),
        reverse("wagtailimages:edit", args=[image.pk]),
    ]
    assert [admin_client.get(address).status_code for address in addresses] == [200] * 3
    file = SimpleUploadedFile("bild.png", picture(), "image/png")
    data = {"title": "Bild", "licence": "cc0", "ai_use": "none", "file": file}
    assert admin_client.post(addresses[-1], data).status_code == 302
    assert CampaignImage.objects.get().width == 40


def test_a_damaged_picture_is_not_shared(tree, client):
    image = factories.ImageFactory()
    page = factories.ImpulsePageFactory(parent=tree.impulses, teaser_image=image)
    assert b"og:image" in client.get(page.get_url()).content
    image.renditions.all().delete()
    Path(image.file.path).unlink()
    assert b"og:image" not in client.get(page.get_url()).content


def test_a_rendition_whose_file_is_gone_costs_no_page(tree, client):
    image = factories.ImageFactory()
    page = factories.ImpulsePageFactory(parent=tree.impulses, teaser_image=image)
    client.get(page.get_url())
    for rendition in image.renditions.all():
        Path(rendition.file.path).unlink()
    assert client.get(page.get_url()).status_code == 200
    assert client.get(tree.impulses.get_url()).status_code == 200
