"""What an export holds and an import refuses; of all that a campaign can have: the rich one."""

import datetime as dt
import io
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import override_settings
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents.models import Document
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    Page,
    PageViewRestriction,
    Site,
)

from api.transfer import exporting
from demo import loader
from home.models import CampaignRendition, ContentVersion, StandardPage
from postcards.models import PostcardPage
from tests import factories
from tests.api.exports import (
    contents,
    export,
    picture,
    read,
    spoil,
    take_in,
)
from tests.rich import streamed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("standing_tree")]


@pytest.fixture
def small(tree):
    """Return the page tree with two pages."""
    factories.StandardPageFactory(parent=tree.home, title="Über", slug="ueber")
    factories.PostcardPageFactory(parent=tree.postcards, title="Eine Postkarte")
    return tree


# --- There and back -----------------------------------------------------------------------------


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


# --- What is in it ------------------------------------------------------------------------------


def test_an_export_does_not_depend_on_the_secret_key(small, folder):
    export(folder / "first")
    with override_settings(SECRET_KEY="another one"):
        export(folder / "second")
    assert contents(folder / "first") == contents(folder / "second")


def test_pages_are_as_the_api_answers_them(client, small, folder):
    export(folder)
    for place in read(folder, "tree.json")["items"]:
        page = read(folder, f"pages/{place['id']}.json")
        answer = client.get(f"/api/v1/pages/{place['id']}").json()
        # What is made of a card is made anew, wherever the card goes.
        assert page == answer | ({"outputs": []} if "outputs" in answer else {})
    for name in ("site", "departments", "articles"):
        assert read(folder, f"{name}.json") == client.get(f"/api/v1/{name}").json()
    menu = client.get("/api/v1/navigation?depth=5").json()
    assert read(folder, "navigation/de.json") == menu


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


# --- What an import refuses ---------------------------------------------------------------------


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


def test_a_terminal_counts_in_place(small, folder):
    out = Terminal()
    call_command("export", "--out", str(folder), stdout=out)
    first, *_rest = out.getvalue().split("\n")
    assert first.count("\r") == len(read(folder, "tree.json")["items"])
