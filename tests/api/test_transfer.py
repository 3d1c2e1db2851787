"""What an export holds, and that an import brings all of it back."""

import datetime as dt
import io
import json
import re
from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import override_settings
from django.utils import timezone, translation
from PIL import Image as PillowImage
from taggit.models import Tag
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents.models import Document
from wagtail.fields import StreamField
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    Locale,
    Page,
    PageViewRestriction,
    Site,
)

from api import images
from api.transfer import exporting
from api.transfer.folder import digest
from blog.models import Author, GuestPostPage
from demo import loader
from home.models import (
    CampaignImage,
    CampaignRendition,
    CampaignSettings,
    ContentVersion,
    Department,
    HomePage,
    StandardPage,
    Video,
)
from home.search import find_hits, searched_pages
from postcards.models import CourageCardPage, PostcardPage
from tests import factories
from tests.rich import build_rich_campaign, streamed

pytestmark = pytest.mark.django_db


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


@pytest.fixture
def anew(settings, tmp_path):
    """Return a function that makes the instance a new one."""
    return lambda: start_anew(settings, tmp_path / "other media")


@pytest.fixture
def folder(tmp_path):
    """Return where an export goes."""
    return tmp_path / "export"


@pytest.fixture
def small(tree):
    """Return the page tree with two pages."""
    factories.StandardPageFactory(parent=tree.home, title="Über", slug="ueber")
    factories.PostcardPageFactory(parent=tree.postcards, title="Eine Postkarte")
    return tree


@pytest.fixture
def rich(db):
    """Return pages of every type, with all that is hard to bring back."""
    pages, images = build_rich_campaign()
    _impulse, postcard, courage, post, upper, *_others = pages
    transparent = factories.ImageFactory(file=picture((300, 200), "RGBA", "PNG"))
    CampaignSettings.objects.update(
        logo=transparent, claim="Haltung zeigen", publisher_name="Stadt"
    )
    GuestPostPage.objects.filter(pk=post.pk).update(
        seo_title="Für Suchende", social_text="Zum Teilen", source_date=dt.date(2026, 1, 2)
    )
    PostcardPage.objects.filter(pk=postcard.pk).update(card_color="beere", paragraphs="1, 3")
    CourageCardPage.objects.filter(pk=courage.pk).update(card_color="sonne")
    Page.objects.filter(pk=upper.pk).update(expire_at=timezone.now() + dt.timedelta(days=9))
    # A picture whose file is gone.
    lost = factories.ImageFactory(title="Verloren")
    StandardPage.objects.filter(pk=upper.pk).update(teaser_image=lost)
    Path(lost.file.path).unlink()
    # Another language.
    english = Locale.objects.create(language_code="en")
    home = Site.objects.get().root_page.specific
    front = home.copy_for_translation(english)
    front.slug, front.title = "start-en", "Home"
    front.save_revision().publish()
    about = upper.copy_for_translation(english)
    about.body = streamed([("text", f'<p><a linktype="page" id="{upper.pk}">there</a></p>')])
    about.save_revision().publish()
    Redirect.add_redirect("/alt", upper)
    Redirect.add_redirect("/weg", "https://example.org/weg", is_permanent=False)
    return pages, images


@pytest.fixture
def large(rich, monkeypatch):
    """Return a picture that is larger than any size of it; its heights are rounded."""
    monkeypatch.setattr(images, "WIDTHS", (48, 96, 144))  # as 480, 960, 1440, but quick
    pages, _images = rich
    image = factories.ImageFactory(
        file=picture((192, 130)),
        title="Groß",
        focal_point_x=33,
        focal_point_y=78,
        focal_point_width=10,
        focal_point_height=4,
        credit="Foto: Presseamt",
        licence="cc0",
        ai_use="assisted",
    )
    GuestPostPage.objects.filter(pk=pages[3].pk).update(title_image=image)
    return image


# --- There and back -----------------------------------------------------------------------------


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


def test_a_round_trip_is_lossless(large, anew, settings, folder):
    export(folder / "first")
    before = stored()
    anew()
    with override_settings(SECRET_KEY="another one"):
        said = take_in(folder / "first")
        assert differences(before, stored()) == []
        export(folder / "second")
    first, second = contents(folder / "first"), contents(folder / "second")
    assert second.keys() == first.keys()
    assert [name for name in first if first[name] != second[name]] == []
    assert f"{len(before)} pages" in said


def test_the_demo_campaign_survives_a_round_trip(db, anew, folder, settings, tmp_path, monkeypatch):
    settings.VAR_DIR = tmp_path / "var"
    monkeypatch.setattr(loader, "draw", lambda *_how: picture((40, 30), kind="PNG").read())
    call_command("demo", stdout=io.StringIO())
    export(folder / "first")
    anew()
    take_in(folder / "first")
    export(folder / "second")
    first, second = contents(folder / "first"), contents(folder / "second")
    assert second.keys() == first.keys()
    assert [name for name in first if first[name] != second[name]] == []


def test_an_imported_page_is_found_by_its_words_and_tags(rich, anew, folder):
    export(folder)
    anew()
    take_in(folder)
    pages = searched_pages()
    hits = pages.filter(pk__in=find_hits("Mara Beispiel", pages))
    assert "Ein Gastbeitrag" in hits.values_list("title", flat=True)
    assert searched_pages(tag="rathaus").exists()
    assert Page.find_problems() == ([], [], [], [], [])


def test_new_pages_go_on_where_the_imported_numbers_end(small, anew, folder):
    export(folder)
    anew()
    take_in(folder)
    home = Site.objects.get().root_page
    assert factories.StandardPageFactory(parent=home, title="Neu").url == "/neu/"


def test_an_import_renews_the_mark_of_the_content(small, anew, folder):
    export(folder)
    anew()
    before = ContentVersion.current()
    take_in(folder)
    assert ContentVersion.current() != before


def test_imported_pages_are_served(client, rich, anew, folder):
    export(folder)
    anew()
    take_in(folder)
    for place in read(folder, "tree.json")["items"]:
        assert client.get(place["url"]).status_code == 200, place["url"]


def test_a_picture_comes_back_with_what_is_owed_to_its_maker(large, anew, folder):
    export(folder)
    anew()
    take_in(folder)
    image = CampaignImage.objects.get(title="Groß")
    assert (image.credit, image.licence, image.ai_use) == ("Foto: Presseamt", "cc0", "assisted")
    assert (image.width, image.height) == (144, 97)
    # Of 192 x 130 pixels it was 33 and 78: 17 % and 60 %.
    assert (image.focal_point_x, image.focal_point_y) == (24, 58)
    with PillowImage.open(image.file.path) as picture:
        assert picture.size == (144, 97)


def test_a_partly_transparent_picture_stays_so(rich, anew, folder):
    export(folder)
    anew()
    take_in(folder)
    logo = CampaignSettings.objects.get().logo
    with PillowImage.open(logo.file.path) as picture:
        assert picture.mode == "RGBA"


# --- What is in it ------------------------------------------------------------------------------


def test_two_exports_are_the_same(rich, folder):
    export(folder / "first")
    export(folder / "second")
    assert contents(folder / "first") == contents(folder / "second")


def test_an_export_does_not_depend_on_the_secret_key(small, folder):
    export(folder / "first")
    with override_settings(SECRET_KEY="another one"):
        export(folder / "second")
    assert contents(folder / "first") == contents(folder / "second")


def test_pages_are_as_the_api_answers_them(client, small, folder):
    export(folder)
    for place in read(folder, "tree.json")["items"]:
        page = read(folder, f"pages/{place['id']}.json")
        assert page == client.get(f"/api/v1/pages/{place['id']}").json()
    for name in ("site", "departments", "articles"):
        assert read(folder, f"{name}.json") == client.get(f"/api/v1/{name}").json()
    menu = client.get("/api/v1/navigation?depth=5").json()
    assert read(folder, "navigation/de.json") == menu


def named_files(value):
    """Yield all addresses in JSON that lead to files of the export."""
    if isinstance(value, dict):
        for inner in value.values():
            yield from named_files(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from named_files(inner)
    elif isinstance(value, str) and value.startswith("media/"):
        yield value


def test_all_files_that_are_named_are_there_and_no_other(rich, folder):
    export(folder)
    named = set()
    for path in folder.rglob("*.json"):
        if path.name != "manifest.json":
            named |= set(named_files(json.loads(path.read_text(encoding="utf-8"))))
    assert named == {name for name in contents(folder) if name.startswith("media/")}
    assert any(name.endswith("a.pdf") for name in named)


def test_no_original_leaves(rich, folder):
    export(folder)
    originals = {Path(image.file.path).read_bytes()
                 for image in CampaignImage.objects.exclude(title="Verloren")}  # fmt: skip
    assert not originals & set(contents(folder).values())


def test_a_text_links_documents_by_their_place_in_the_folder(rich, folder):
    pages, _images = rich
    export(folder)
    page = read(folder, f"pages/{pages[3].pk}.json")
    file = Document.objects.get()
    assert f'href="media/documents/{file.pk}-{file.filename}"' in page["lead"]["html"]


def hide(how, page):
    """Hide a page from the public."""
    if how == "draft":
        page.unpublish()
    elif how == "expired":
        Page.objects.filter(pk=page.pk).update(expire_at=timezone.now() - dt.timedelta(days=1))
    else:
        PageViewRestriction.objects.create(page=page, restriction_type="password", password="x")


@pytest.mark.parametrize("how", ["draft", "expired", "private"])
def test_what_is_not_public_is_not_in_it(how, small, folder):
    image = factories.ImageFactory(title="Zyx-Bild")
    author = factories.AuthorFactory(name="Zyx-Person", portrait=image)
    file = Document.objects.create(title="Zyx-Datei", file=ContentFile(b"Zyx", name="zyx.pdf"))
    linked = f'<p><a linktype="document" id="{file.pk}">Datei</a></p>'
    secret = factories.GuestPostPageFactory(
        parent=small.blog,
        title="Zyx",
        slug="zyx",
        teaser_image=image,
        authors=[author],
        tags=["Zyx-Schlagwort"],
        body=streamed([("text", linked), ("download", {"document": file.pk})]),
    )
    postcard = PostcardPage.objects.get()
    postcard.body = streamed([("links", {"items": [{"title": "Mehr", "page": secret.pk}]})])
    postcard.save()
    Redirect.add_redirect("/zyx-alt", secret)
    hide(how, secret)
    said = export(folder)
    everything = b"\n".join(contents(folder).values())
    assert "0 pictures, 0 documents" in said
    assert b"zyx" not in everything.lower()
    assert not (folder / f"pages/{secret.pk}.json").exists()


def test_a_draft_of_a_public_page_is_not_in_it(small, folder):
    page = StandardPage.objects.get()
    page.title = "Entwurf"
    page.save_revision()
    export(folder)
    assert read(folder, f"pages/{page.pk}.json")["title"] == "Über"
    assert b"Entwurf" not in b"\n".join(contents(folder).values())


def test_a_document_of_a_private_collection_has_no_file(small, anew, folder):
    closed = Collection.get_first_root_node().add_child(name="Intern")
    CollectionViewRestriction.objects.create(collection=closed, restriction_type="login")
    file = Document.objects.create(
        title="Intern", file=ContentFile(b"Geheimnis", name="a.pdf"), collection=closed, file_size=9
    )
    page = StandardPage.objects.get()
    page.body = streamed([("download", {"document": file.pk, "title": "", "text": ""})])
    page.save()
    export(folder / "first")
    assert b"Geheimnis" not in contents(folder / "first").values()
    anew()
    take_in(folder / "first")
    export(folder / "second")
    assert contents(folder / "first") == contents(folder / "second")


def test_another_site_stays_out(small, folder):
    other = factories.HomePageFactory(parent=Page.get_first_root_node(), slug="andere")
    Site.objects.create(hostname="andere.example", root_page=other)
    export(folder / "first")
    export(folder / "second", "--site", "andere.example")
    here, there = (read(folder / name, "tree.json")["items"] for name in ("first", "second"))
    assert [place["id"] for place in there] == [other.pk]
    assert other.pk not in [place["id"] for place in here]


def test_a_site_whose_home_page_is_hidden_has_nothing_to_export(small, folder):
    Page.objects.filter(pk=small.home.pk).update(live=False)
    with pytest.raises(CommandError):
        export(folder)
    assert not (folder / "manifest.json").exists()


def test_an_unknown_site_is_refused(small, folder):
    with pytest.raises(CommandError, match="no such site"):
        export(folder, "--site", "nirgendwo.example")


# --- Interrupted, repeated ----------------------------------------------------------------------


def states(folder):
    """Return when and as what each file was written."""
    return {
        path: (path.stat().st_ino, path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file() and path.name != "manifest.json"
    }


def test_a_second_run_writes_nothing_but_the_manifest(rich, folder):
    export(folder)
    before = states(folder)
    assert "(1 files written)" in export(folder)
    assert states(folder) == before


def test_an_interrupted_export_is_incomplete_and_goes_on_where_it_stopped(
    rich, folder, tmp_path, monkeypatch
):
    export(tmp_path / "whole")
    pages, _images = rich
    real, broken = exporting.whole, max(page.pk for page in pages)

    def break_off(page):
        if page.pk == broken:
            raise KeyboardInterrupt
        return real(page)

    monkeypatch.setattr(exporting, "whole", break_off)
    with pytest.raises(KeyboardInterrupt):
        export(folder)
    assert not (folder / "manifest.json").exists()
    done = states(folder)
    assert done
    with pytest.raises(CommandError, match="no complete export"):
        take_in(folder)
    monkeypatch.setattr(exporting, "whole", real)
    export(folder)
    assert contents(folder) == contents(tmp_path / "whole")
    assert done.items() <= states(folder).items()


def test_deleted_and_spoilt_files_are_made_again_and_old_ones_go(rich, folder):
    export(folder)
    whole = contents(folder)
    names = sorted(whole)
    for name in names[::5]:
        (folder / name).unlink()
    (folder / "tree.json").write_text("{}")
    (folder / "pages/999999.json").write_text("{}")
    (folder / "pages/.abc.part").write_text("{}")
    (folder / "old").mkdir()
    (folder / "format.json").write_bytes(whole["format.json"])
    export(folder)
    assert contents(folder) == whole
    assert not (folder / "old").exists()


def test_a_size_whose_file_is_gone_is_made_again(small, folder):
    StandardPage.objects.update(teaser_image=factories.ImageFactory())
    export(folder / "first")
    for rendition in CampaignRendition.objects.all():
        Path(rendition.file.path).unlink()
    export(folder / "second")
    assert contents(folder / "first") == contents(folder / "second")


def test_a_withdrawn_page_leaves_the_export(small, folder):
    export(folder)
    page = StandardPage.objects.get()
    page.unpublish()
    export(folder)
    assert not (folder / f"pages/{page.pk}.json").exists()


def test_content_that_changes_meanwhile_is_written_again(small, folder, monkeypatch):
    page, real, changes = StandardPage.objects.get(), exporting.whole, iter(["Neu"])

    def change(shown):
        if shown.pk != page.pk and (title := next(changes, "")):
            page.title = title
            page.save()
        return real(shown)

    monkeypatch.setattr(exporting, "whole", change)
    export(folder)
    home = read(folder, f"pages/{page.pk}.json")
    assert home["title"] == "Neu"


def test_content_that_never_rests_is_not_exported(small, folder, monkeypatch):
    export(folder)  # what was complete is so no longer
    real = exporting.whole

    def change(shown):
        ContentVersion.renew()
        return real(shown)

    monkeypatch.setattr(exporting, "whole", change)
    with pytest.raises(CommandError, match="keeps changing"):
        export(folder)
    assert not (folder / "manifest.json").exists()


def test_a_folder_with_something_else_is_left_alone(small, folder):
    (folder / "images").mkdir(parents=True)
    (folder / "images/urlaub.jpg").write_bytes(b"x")
    with pytest.raises(CommandError, match="something else"):
        export(folder)
    assert contents(folder) == {"images/urlaub.jpg": b"x"}


# --- Texts alone --------------------------------------------------------------------------------


def test_an_export_of_texts_makes_no_pictures_and_cannot_be_imported(rich, anew, folder):
    export(folder, "--no-media")
    assert not (folder / "media").exists()
    assert not CampaignRendition.objects.exists()
    anew()
    with pytest.raises(CommandError, match="without pictures"):
        take_in(folder)


# --- What an import refuses ---------------------------------------------------------------------


@pytest.fixture
def nothing_written(settings, anew, folder):
    """Return a function that imports, expects an error and looks whether anything was written."""

    def check(folder, match):
        before = stored(), ContentVersion.current(), Department.objects.count()
        with pytest.raises(CommandError, match=match):
            take_in(folder)
        assert (stored(), ContentVersion.current(), Department.objects.count()) == before
        assert not CampaignImage.objects.exists()
        media = Path(settings.MEDIA_ROOT)
        assert [path for path in media.rglob("*") if path.is_file()] == []

    return check


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


DAMAGES = {
    "a file is missing": (lambda f: (f / "tree.json").unlink(), "tree.json is missing"),
    "a file is cut": (lambda f: (f / "site.json").write_bytes(b"{"), "site.json is missing or"),
    "no manifest": (lambda f: (f / "manifest.json").unlink(), "no complete export"),
    "no JSON": (lambda f: (f / "manifest.json").write_bytes(b"\xff{"), "cannot be read"),
    "a list": (lambda f: (f / "manifest.json").write_bytes(b"[]"), "cannot be read"),
    "newer format": (spoil("manifest.json", lambda m: m.update(version=99)), "has the format 99"),
    "outside": (
        spoil("manifest.json", lambda m: m["files"].update({"../../etc/passwd": "0"})),
        "damaged",
    ),
    "unknown article": (
        spoil("articles.json", lambda a: a["items"][0].update(slug="999", label="Artikel 999")),
        "Artikel 999",
    ),
    "unknown language": (
        spoil("tree.json", lambda t: t["items"][0].update(locale="fr")),
        "“fr”",
    ),
    "no tree": (spoil("tree.json", lambda t: t.clear()), "tree.json cannot be imported"),
    "no site": (spoil("site.json", lambda t: t.clear()), "site.json cannot be imported"),
    "a page twice": (
        spoil("tree.json", lambda t: t["items"].append(t["items"][-1])),
        "cannot be imported",
    ),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_a_damaged_export_is_refused_and_nothing_is_written(
    name, small, anew, nothing_written, folder
):
    StandardPage.objects.update(teaser_image=factories.ImageFactory())
    export(folder)
    anew()
    damage, message = DAMAGES[name]
    damage(folder)
    nothing_written(folder, message)


@pytest.mark.parametrize("how", ["type", "block", "picture"])
def test_a_page_that_does_not_fit_is_refused_and_named(how, rich, anew, nothing_written, folder):
    export(folder)
    pk = rich[0][3].pk

    def change(page):
        if how == "type":
            page["type"] = "gallery"
        elif how == "block":
            page["body"][0]["type"] = "carousel"
        else:
            page["teaser_image"]["id"] = 987654

    spoil(f"pages/{pk}.json", change)(folder)
    anew()
    nothing_written(folder, f"pages/{pk}.json cannot be imported")


@pytest.mark.parametrize("what", ["page", "published home page", "department", "picture"])
def test_an_instance_with_content_is_refused(what, small, anew, folder):
    export(folder)
    anew()
    home = Site.objects.get().root_page
    if what == "page":
        factories.StandardPageFactory(parent=home)
    elif what == "published home page":
        Page.objects.filter(pk=home.pk).update(first_published_at=timezone.now())
    elif what == "department":
        factories.DepartmentFactory()
    else:
        factories.ImageFactory()
    with pytest.raises(CommandError, match="empty instance"):
        take_in(folder)
    assert Site.objects.get().root_page == home


# --- Progress -----------------------------------------------------------------------------------


class Terminal(io.StringIO):
    """A stream that people look at."""

    def isatty(self):
        return True


def test_a_line_tells_of_each_phase(rich, folder):
    lines = export(folder).splitlines()
    counts = read(folder, "manifest.json")["counts"]
    assert [line.rpartition(": ")[2] for line in lines[:3]] == [
        f"{count}/{count}" for count in (counts["pages"], counts["images"], counts["documents"])
    ]


def test_a_terminal_counts_in_place(small, folder):
    out = Terminal()
    call_command("export", "--out", str(folder), stdout=out)
    first, *_rest = out.getvalue().split("\n")
    assert first.count("\r") == len(read(folder, "tree.json")["items"])
