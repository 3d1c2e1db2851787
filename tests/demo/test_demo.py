"""`manage.py demo` makes a whole campaign, keeps what editors do, and takes only its own away."""

import io
import json

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.http import HttpResponse
from django.utils import timezone
from PIL import Image as Picture
from taggit.models import Tag
from wagtail.documents.models import Document
from wagtail.fields import StreamField
from wagtail.log_actions import log
from wagtail.models import Page, Site

from demo import account, loader, renditions
from demo.models import DemoObject
from demo.reading import Content, read_content
from home.models import (
    Article,
    CampaignImage,
    CampaignSettings,
    Department,
    HomePage,
    Rota,
    RotaEntry,
    StandardPage,
    rota_problems,
)
from home.text_checks import report_on
from postcards.models import PostcardPage

pytestmark = pytest.mark.django_db

COUNTED = (Page, CampaignImage, Document, Department, RotaEntry, Tag, Site, CampaignSettings)


def tiny_picture(*_args):
    buffer = io.BytesIO()
    Picture.new("RGB", (60, 40), "#22265E").save(buffer, "PNG")
    return buffer.getvalue()


@pytest.fixture(autouse=True)
def quick_pictures_and_own_folders(monkeypatch, settings, tmp_path):
    """Draw nothing large, and keep the login file and uploads of this test to itself."""
    monkeypatch.setattr(loader, "draw", tiny_picture)
    settings.VAR_DIR = tmp_path / "var"
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture(autouse=True)
def law():
    if not Article.objects.exists():
        call_command("import_law", stdout=io.StringIO())


@pytest.fixture
def small(monkeypatch):
    """Load a campaign of four pages instead of the whole one."""
    full = read_content()
    pages = {page["key"]: page for page in full.pages}
    home = pages["start"] | {"body": [], "teaser_image": ""}
    about = pages["ueber"] | {
        "tags": ["Nur in der Demo"],
        "teaser_image": "bild:tueren-koralle",
        "body": [
            {
                "type": "text",
                "value": '<p><a href="seite:postkarten/artikel-1">Karte</a> '
                'und <a href="datei:leitfaden">Datei</a></p>',
            },
            {"type": "postcards", "value": {"cards": ["seite:postkarten/artikel-1"]}},
        ],
    }
    content = Content(
        images=[image for image in full.images if image["key"] == "tueren-koralle"],
        documents=full.documents[:1],
        departments=full.departments[:1],
        people=full.people[:1],
        authors=full.authors[:1],
        pages=[home, pages["postkarten"], pages["postkarten/artikel-1"], about],
        settings={"name": "Haltung zur Probe", "imprint_page": "seite:ueber"},
    )
    content.authors = [content.authors[0] | {"portrait": ""}]
    monkeypatch.setattr(loader, "read_content", lambda: content)
    return content


@pytest.fixture
def own_home():
    """Return the city's own home page, which somebody has worked on."""
    home = HomePage.objects.get()
    home.claim = "Eigene Stadt"
    home.save_revision().publish()
    return HomePage.objects.get()


def demo(*options):
    output = io.StringIO()
    call_command("demo", *options, stdout=output)
    return output.getvalue()


def census():
    users = get_user_model()
    return {model.__name__: model._default_manager.count() for model in (*COUNTED, users)}


def made(key):
    return DemoObject.objects.get(key=key).content_object


def test_the_whole_campaign_stands_after_loading(settings, client):
    before = census()
    former_root = Site.objects.get().root_page
    demo()
    home = Site.objects.get().root_page.specific
    types = [page.specific_class.__name__ for page in home.get_descendants().live()]
    assert types.count("PostcardPage") == 24
    assert types.count("CourageCardPage") >= 12
    assert types.count("ImpulsePage") >= 8
    assert types.count("GuestPostPage") >= 4
    assert not home.get_descendants().not_live().exists()
    assert CampaignSettings.objects.get().name
    entries = list(RotaEntry.objects.all())
    assert rota_problems(entries) == []
    assert len(Rota.on().current) == 1
    now = timezone.now()
    moments = [page.first_published_at for page in home.get_descendants()]
    assert max(moments) <= now
    assert (now - min(moments)).days > 300

    demo_census = census()
    assert demo() is not None
    assert census() == demo_census

    demo("--remove")
    assert census() == before
    assert Site.objects.get().root_page == former_root
    assert not DemoObject.objects.exists()
    files = [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]
    content = read_content()
    left = len(content.images) + len(content.documents) + 2 * len(content.videos)
    assert len(files) == left  # a transaction that ends deletes them


def test_every_body_would_pass_the_editors_own_checks():
    demo()
    home = Site.objects.get().root_page.specific
    pages = [page.specific for page in home.get_descendants(inclusive=True)]
    used = set()
    for page in pages:
        for field in page._meta.get_fields():
            if isinstance(field, StreamField):
                value = getattr(page, field.name)
                field.stream_block.clean(value)
                used |= {child.block_type for child in value}
        page.full_clean()
    assert set(home._meta.get_field("body").stream_block.child_blocks) <= used


def test_a_second_run_changes_nothing_and_keeps_what_editors_did(small):
    demo()
    card = PostcardPage.objects.get()
    card.teaser_text = "Von Hand geändert"
    card.save_revision().publish()
    image = CampaignImage.objects.get()
    image.title = "Umbenannt"
    image.save()
    numbers, rows = census(), list(DemoObject.objects.values())
    demo()
    assert census() == numbers
    assert list(DemoObject.objects.values()) == rows
    card.refresh_from_db()
    image.refresh_from_db()
    assert (card.teaser_text, image.title) == ("Von Hand geändert", "Umbenannt")


def test_what_is_missing_comes_back(small):
    demo()
    made("seite:postkarten/artikel-1").delete()
    demo()
    assert PostcardPage.objects.get().live


def test_a_run_that_was_cut_short_is_finished_by_the_next(small, monkeypatch):
    def fail(*_args):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(loader.Loader, "_publish_page", fail)
        with pytest.raises(KeyboardInterrupt):
            demo()
    assert not PostcardPage.objects.live().exists()
    demo()
    assert PostcardPage.objects.live().count() == 1


def test_links_in_texts_become_wagtails_own(small):
    demo()
    stored = made("seite:ueber").body.raw_data[0]["value"]
    card, document = made("seite:postkarten/artikel-1"), made("datei:leitfaden")
    assert f'<a linktype="page" id="{card.pk}">' in stored
    assert f'<a linktype="document" id="{document.pk}">' in stored


def test_removal_leaves_nothing_of_the_demo(small):
    before = census()
    demo()
    demo("--remove")
    assert census() == before
    assert not account.login_file().exists()
    assert demo("--remove")


def test_removal_keeps_a_page_with_a_foreign_child_and_says_so(small):
    demo()
    about = made("seite:ueber")
    about.add_child(instance=StandardPage(title="Vom Presseamt", slug="presse", live=True))
    said = demo("--remove")
    assert "Vom Presseamt" in said
    assert StandardPage.objects.filter(slug="presse").exists()
    assert Page.objects.filter(pk=about.pk).exists()
    # What the kept page uses stays as well, and the site keeps a first page above it.
    assert CampaignImage.objects.exists()
    assert not PostcardPage.objects.exists()
    StandardPage.objects.get(slug="presse").delete()
    demo("--remove")
    assert not DemoObject.objects.exists()


def test_removal_keeps_a_picture_that_a_foreign_page_shows(small):
    root = Site.objects.get().root_page
    demo()
    foreign = StandardPage(
        title="Eigene Seite", slug="eigene", teaser_image=CampaignImage.objects.get()
    )
    Page.objects.get(pk=root.pk).add_child(instance=foreign)
    said = demo("--remove")
    assert "Eigene Seite" in said
    assert CampaignImage.objects.count() == 1
    assert not Document.objects.exists()


def test_removal_keeps_a_tag_that_others_use(small):
    root = Site.objects.get().root_page
    demo()
    foreign = StandardPage(title="Eigene Seite", slug="eigene")
    foreign.tags.add("Nur in der Demo")
    Page.objects.get(pk=root.pk).add_child(instance=foreign)
    demo("--remove")
    assert list(Tag.objects.values_list("name", flat=True)) == ["Nur in der Demo"]


def test_existing_settings_are_not_touched(small):
    site = Site.objects.get()
    CampaignSettings.objects.create(site=site, name="Stadt mit Rückgrat")
    demo()
    assert CampaignSettings.objects.get().name == "Stadt mit Rückgrat"
    demo("--remove")
    assert CampaignSettings.objects.get().name == "Stadt mit Rückgrat"


def test_an_existing_department_is_used_and_stays(small):
    name = small.departments[0]["name"]
    own = Department.objects.create(name=name, short_name="Dezernat X", slug="dezernat-x")
    demo()
    assert Department.objects.get() == own
    demo("--remove")
    assert Department.objects.get() == own


def test_the_demo_editor_can_log_in_with_the_password_in_the_file(small, client):
    Group.objects.get_or_create(name="Redaktion")
    demo()
    (login,) = json.loads(account.login_file().read_text("utf-8"))
    assert login.pop("role") == "Redaktion"
    assert len(login["password"]) >= 16
    assert account.login_file().stat().st_mode & 0o077 == 0
    assert client.login(**login)
    user = get_user_model().objects.get(username="redaktion")
    assert [group.name for group in user.groups.all()] == ["Redaktion"]


def test_a_foreign_account_of_that_name_keeps_its_password(small):
    user = get_user_model().objects.create_user("redaktion", password="geheim-genug")
    demo()
    demo("--remove")
    user.refresh_from_db()
    assert user.check_password("geheim-genug")
    assert not account.login_file().exists()


def test_an_editor_with_own_pages_is_closed_not_deleted(small):
    root = Site.objects.get().root_page
    demo()
    user = get_user_model().objects.get(username="redaktion")
    own = StandardPage(title="Eigene Seite", slug="eigene", owner=user)
    Page.objects.get(pk=root.pk).add_child(instance=own)
    demo("--remove")
    user.refresh_from_db()
    assert not user.is_active
    assert not user.has_usable_password()
    own.refresh_from_db()
    assert own.owner == user


def test_the_empty_home_page_is_filled_and_emptied_again(small):
    def content():
        values = HomePage.objects.values().get()
        # A draft's and a tree's bookkeeping aside, the page is what it was.
        return {name: value for name, value in values.items() if name != "numchild"}

    before = content()
    demo()
    assert HomePage.objects.get().claim == small.pages[0]["claim"]
    assert Site.objects.get().root_page == HomePage.objects.get().page_ptr
    demo("--remove")
    assert content() == before
    assert not HomePage.objects.get().article_links.exists()


def test_a_home_page_that_was_emptied_keeps_what_hangs_below_it(small):
    demo()
    own = StandardPage(title="Vom Presseamt", slug="presse")
    made("seite:start").add_child(instance=own)
    demo("--remove")
    assert HomePage.objects.get().claim == ""
    assert [page.title for page in HomePage.objects.get().get_children()] == ["Vom Presseamt"]


def test_a_citys_own_home_page_stays_as_it_is_and_comes_back(own_home, small):
    demo()
    assert Site.objects.get().root_page == made("seite:start").page_ptr != own_home.page_ptr
    demo("--remove")
    assert Site.objects.get().root_page == own_home.page_ptr
    assert HomePage.objects.get().claim == "Eigene Stadt"


def row_counts():
    """Return how many rows every table has that is no cache."""
    return {
        model._meta.label: model._base_manager.count()
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed
    }


def test_removal_leaves_not_a_row_behind(small):
    HomePage.objects.get().save(clean=False)  # puts the migration's page into the indexes
    before = row_counts()
    demo()
    page = made("seite:ueber")
    log(page, "wagtail.lock")
    demo("--remove")
    assert row_counts() == before


def edit_page(key):
    page = made(key)
    page.teaser_text = "Von Hand geändert"
    page.save_revision().publish()


def draft_page(key):
    page = made(key)
    page.teaser_text = "Von Hand entworfen"
    page.save_revision()


def edit_title(key):
    changed = made(key)
    changed.title = "Umbenannt"
    changed.save()


def edit_department(key):
    department = made(key)
    department.rota_entries.all().delete()


def edit_settings(key):
    campaign = made(key)
    campaign.claim = "Von Hand"
    campaign.save()


@pytest.mark.parametrize(
    ("key", "edit"),
    [
        ("seite:start", edit_page),
        ("seite:ueber", edit_page),
        ("seite:postkarten/artikel-1", draft_page),
        ("bild:tueren-koralle", edit_title),
        ("datei:leitfaden", edit_title),
        ("dezernat:i", edit_department),
        ("einstellungen", edit_settings),
    ],
)
def test_what_an_editor_changed_stays_unless_all_is_to_go(small, key, edit):
    HomePage.objects.get().save(clean=False)  # puts the migration's page into the indexes
    before = row_counts()
    demo()
    edit(key)
    said = demo("--remove")
    assert f"Behalten: {key} (" in said
    assert "--all" in said
    assert made(key)
    kept = set(DemoObject.objects.values_list("key", flat=True))
    # What it stands below and what it uses.
    ways = {key, "seite:postkarten", "seite:start", "website:leere-startseite", "konto:redaktion"}
    ways |= {"bild:tueren-koralle", "datei:leitfaden", "dezernat:i"}
    assert {name for name in kept if not name.startswith("schlagwort:")} <= ways
    demo("--remove", "--all")
    assert not DemoObject.objects.exists()
    assert row_counts() == before


def test_all_takes_no_page_away_below_which_an_editors_own_one_lies(small):
    demo()
    about = made("seite:ueber")
    about.add_child(instance=StandardPage(title="Vom Presseamt", slug="presse"))
    edit_page("seite:ueber")
    assert "Vom Presseamt" in demo("--remove", "--all")
    assert StandardPage.objects.filter(slug="presse").exists()
    assert StandardPage.objects.get(slug="ueber").teaser_text == "Von Hand geändert"


def test_the_site_keeps_the_demos_home_page_when_there_is_no_other(own_home, small):
    former = Site.objects.get().root_page
    demo()
    Page.objects.get(pk=former.pk).delete()
    demo("--remove")
    assert Site.objects.get().root_page == Page.objects.get(depth=2)
    assert DemoObject.objects.filter(key="seite:start").exists()


def test_a_new_site_is_made_where_there_is_none_and_goes_again(small):
    Site.objects.all().delete()
    demo()
    assert Site.objects.get().root_page == made("seite:start").page_ptr
    demo("--remove")
    assert not Site.objects.exists()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"claims": "x"}, "claims"),
        ({"body": [{"type": "html", "value": ""}]}, "html"),
        ({"articles": ["99"]}, "artikel:99"),
        ({"introduction": "bild:tueren-koralle"}, "introduction"),
        ({"authors": ["person:petersohn"]}, "authors"),
    ],
)
def test_content_that_does_not_fit_is_named(small, change, message):
    small.pages[-1].update(change)
    with pytest.raises(CommandError, match=message):
        demo()


def test_every_page_is_fetched_for_its_pictures(small, settings):
    settings.ALLOWED_HOSTS = ["haltung.example"]
    said = demo("--renditions")
    assert "4" in said
    assert "404" not in said
    assert "500" not in said


def test_a_page_that_does_not_answer_is_reported(small, monkeypatch):
    monkeypatch.setattr(
        renditions.Client, "get", lambda *_args, **_options: HttpResponse(status=503)
    )
    assert "/postkarten/ " in demo("--renditions")
    assert demo("--renditions").count("503") == 4


def test_uploads_by_others_are_not_the_demos(small):
    own = Document.objects.create(title="Eigenes", file=ContentFile(b"x", name="eigenes.txt"))
    demo()
    demo("--remove")
    assert list(Document.objects.all()) == [own]


def test_leichte_sprache_in_the_demo_keeps_the_rules_that_the_editor_checks():
    demo()
    pages = Page.objects.filter(locale__language_code="de-simple").specific()
    reports = {page.title: report_on(page) for page in pages}
    assert len(reports) >= 10
    assert {title: report.simple for title, report in reports.items() if report.simple} == {}
    assert not any(report.is_above for report in reports.values())
