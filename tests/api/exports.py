"""Exports in tests: made, read, spoilt, taken in by an instance that is a new one."""

import io
import json
import re

from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.utils import translation
from PIL import Image as PillowImage
from taggit.models import Tag
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents.models import Document
from wagtail.fields import StreamField
from wagtail.models import (
    Locale,
    Page,
    Site,
)

from api.transfer.folder import digest
from blog.models import Author
from home.models import (
    CampaignImage,
    Department,
    HomePage,
    Video,
)


def export(folder, *options):
    """Export, and return what the command says."""
    out = io.StringIO()
    with translation.override("en"):
        call_command("export", "--out", str(folder), *options, stdout=out, stderr=out)
    return out.getvalue()


def take_in(folder):
    """Import, and return what the command says."""
    out = io.StringIO()
    with translation.override("en"):
        call_command("import", str(folder), stdout=out)
    return out.getvalue()


def contents(folder):
    """Return all files of a folder with their bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def read(folder, name):
    return json.loads((folder / name).read_text(encoding="utf-8"))


def picture(size, mode="RGB", kind="JPEG"):
    """Return a file with something in it; partly transparent as RGBA."""
    out, shade = io.BytesIO(), PillowImage.radial_gradient("L").resize(size)
    image = shade.convert(mode)
    if mode == "RGBA":
        image.putalpha(shade)
    image.save(out, kind)
    return ContentFile(out.getvalue(), name=f"bild.{kind.lower()}")


def start_anew(settings, folder):
    """Make the instance one that has just been migrated: an empty home page, and the law."""
    for page in Page.objects.filter(depth=2):
        page.specific.delete()
    for model in (Site, Department, Author, CampaignImage, Document, Video, Tag, Redirect):
        model.objects.all().delete()
    Locale.objects.exclude(language_code=settings.LANGUAGE_CODE).delete()
    home = Page.get_first_root_node().add_child(
        instance=HomePage(title="Startseite", slug="start", claim="(leer)")
    )
    Site.objects.create(hostname="anderswo.example", root_page=home, is_default_site=True)
    settings.MEDIA_ROOT = folder
    cache.clear()


def stored():
    """Return everything that is stored of the public content, as an editor would find it."""

    def bare(value):
        """Leave out what nobody sees: numbers of list items, defaults, the order of attributes."""
        if isinstance(value, str):
            return re.sub(r'<a id="(\d+)" linktype="(\w+)">', r'<a linktype="\2" id="\1">', value)
        if isinstance(value, list):
            return [bare(v) for v in value]
        if isinstance(value, dict) and value.get("type") == "item":
            return bare(value["value"])
        if isinstance(value, dict):
            return {k: bare(v) for k, v in value.items() if v not in (None, "", [], {}, 3)}
        return value

    left_out = {
        "path", "numchild", "draft_title", "latest_revision", "live_revision", "owner",
        "latest_revision_created_at", "has_unpublished_changes", "page_ptr",
    }  # fmt: skip
    found = {}
    for page in Page.objects.filter(depth__gt=1).order_by("path").specific():
        fields = {
            field.name: bare(getattr(page, field.name).get_prep_value())
            if isinstance(field, StreamField)
            else bare(field.value_from_object(page))
            for field in page._meta.concrete_fields
            if field.name not in left_out
        }
        fields["locale"] = page.locale.language_code
        fields["department"] = page.department and page.department.slug
        fields["tags"] = [link.tag.slug for link in page.tag_links.all()]
        fields["articles"] = [link.article_id for link in page.article_links.all()]
        fields["parent"] = page.get_parent().pk
        found[page.pk] = fields
    return found


def differences(before, after):
    """Return (page, field, before, after) of all that is not the same."""
    assert after.keys() == before.keys()
    return [
        (pk, name, value, after[pk][name])
        for pk, fields in before.items()
        for name, value in fields.items()
        if value != after[pk][name]
    ]


def spoil(name, change):
    """Return a function that changes a file of an export, and its sum in the manifest, too."""

    def do(folder):
        path = folder / name
        data = json.loads(path.read_text(encoding="utf-8"))
        change(data)
        path.write_text(json.dumps(data), encoding="utf-8")
        if name != "manifest.json":
            manifest = read(folder, "manifest.json")
            with path.open("rb") as file:
                manifest["files"][name] = digest(file)
            (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")

    return do
