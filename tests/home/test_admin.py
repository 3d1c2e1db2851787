"""Editors find everything in the admin, may do what their role says, and cannot alter the law."""

import datetime as dt
import re

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.core.management.base import CommandError
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation.trans_real import DjangoTranslation
from wagtail.documents.models import Document
from wagtail.models import GroupPagePermission, Locale, Page, Workflow
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from blog.models import Author
from home import roles
from home.models import Article, CampaignSettings, Department, RotaEntry
from tests import factories
from tests.home.test_tree import BELOW

pytestmark = pytest.mark.usefixtures("standing_tree")

# --- Roles --------------------------------------------------------------------------------------


def run_roles(capsys):
    call_command("roles")
    return capsys.readouterr().out.splitlines()


def test_roles_are_created_once(db, capsys):
    first = run_roles(capsys)
    assert "+ Redaktion" in first
    assert len(first) > 20
    assert run_roles(capsys) == ["Alle Gruppen sind, wie sie sein sollen."]


def test_a_role_that_lost_something_gets_it_back_and_keeps_what_it_was_given(db, capsys):
    run_roles(capsys)
    group = Group.objects.get(name="Redaktion")
    given = Permission.objects.get(codename="add_user")
    group.permissions.add(given)
    group.permissions.remove(Permission.objects.get(codename="view_article"))
    GroupPagePermission.objects.filter(group=group).first().delete()
    assert len(run_roles(capsys)) == 2
    assert group.permissions.filter(pk=given.pk).exists()


def test_a_permission_that_is_not_there_is_named_and_nothing_is_created(db, monkeypatch):
    role = roles.Role("Neue", general=("home.fly_department",), pages=(), collections=())
    monkeypatch.setattr(roles, "ROLES", (role,))
    with pytest.raises(CommandError, match=r"home\.fly_department"):
        call_command("roles")
    assert not Group.objects.filter(name="Neue").exists()


LISTS = {
    "home": "wagtailadmin_home",
    "pages": "wagtailadmin_explore_root",
    "pictures": "wagtailimages:index",
    "upload of pictures": "wagtailimages:add_multiple",
    "documents": "wagtaildocs:index",
    "law": "wagtailsnippets_home_article:list",
    "departments": "wagtailsnippets_home_department:list",
    "new department": "wagtailsnippets_home_department:add",
    "authors": "wagtailsnippets_blog_author:list",
    "new author": "wagtailsnippets_blog_author:add",
    "choice of a page": "wagtailadmin_choose_page",
    "choice of a picture": "wagtailimages_chooser:choose",
    "choice of a document": "wagtaildocs_chooser:choose",
    "account": "wagtailadmin_account",
}
CLOSED = {
    "accounts": "wagtailusers_users:index",
    "groups": "wagtailusers_groups:index",
    "sites": "wagtailsites:index",
    "languages": "wagtaillocales:index",
    "new article": "wagtailsnippets_home_article:add",
}


@pytest.mark.parametrize("name", LISTS)
def test_an_editor_reaches_everything_that_the_work_needs(editor, name):
    response = editor.get(reverse(LISTS[name]))
    assert response.status_code == 200
    assert 'lang="de"' in response.content.decode() or response["Content-Type"] != "text/html"


SEARCHES = {
    "pages": ("wagtailadmin_pages:search", "Stadtgespräch"),
    "explorer": ("wagtailadmin_explore_root", "Stadtgespräch"),
    "pictures": ("wagtailimages:index", "Kreisbild"),
    "documents": ("wagtaildocs:index", "Merkblatt"),
    "law": ("wagtailsnippets_home_article:list", "Artikel 12a"),
    "departments": ("wagtailsnippets_home_department:list", "Amt für Zus"),
    "authors": ("wagtailsnippets_blog_author:list", "Mara Bei"),
    "choice of a page": ("wagtailadmin_choose_page_search", "Stadtgespräch"),
    "choice of a picture": ("wagtailimages_chooser:choose_results", "Kreisbild"),
    "choice of a document": ("wagtaildocs_chooser:choose_results", "Merkblatt"),
    "choice of an author": ("wagtailsnippetchoosers_blog_author:choose_results", "Mara Bei"),
}


@pytest.fixture
def shelves(tree):
    """Put something on every shelf that can be searched."""
    factories.StandardPageFactory(parent=tree.home, title="Stadtgespräch")
    factories.ImageFactory(title="Kreisbild")
    factories.AuthorFactory()
    factories.DepartmentFactory()
    Document.objects.create(title="Merkblatt", file=ContentFile(b"x", name="a.pdf"))


@pytest.mark.parametrize("name", SEARCHES)
def test_the_admins_searches_find_what_is_there(shelves, editor, name):
    view, words = SEARCHES[name]
    response = editor.get(reverse(view), {"q": words})
    assert response.status_code == 200
    assert words in response.content.decode().replace('value="' + words, "")
    nothing = editor.get(reverse(view), {"q": "Quastenflosser"}).content.decode()
    assert words not in nothing


@pytest.mark.parametrize(
    "words", ['"', '"Amt', 'a" b', "  ", "\u00a0", "*", "a AND", "title:x", "-"]
)
@pytest.mark.parametrize("name", SEARCHES)
def test_the_admins_searches_take_any_words(shelves, editor, name, words):
    assert editor.get(reverse(SEARCHES[name][0]), {"q": words}).status_code == 200


@pytest.mark.parametrize("name", CLOSED)
def test_an_editor_is_kept_out_of_the_rest(editor, name):
    response = editor.get(reverse(CLOSED[name]))
    assert (response.status_code, response.get("Location")) == (302, "/admin/")


@pytest.mark.parametrize(
    ("parent", "child"),
    [(parent, child) for parent, children in BELOW.items() for child in sorted(children)],
)
def test_an_editor_can_begin_and_open_a_page_of_every_type(tree, editor, parent, child):
    factories.StandardPageFactory(parent=tree.home)
    Locale.objects.create(language_code="en")  # a language without a home page
    app, model = child.lower().split(".")
    place = Page.objects.filter(
        content_type__app_label=parent.split(".")[0].lower(),
        content_type__model=parent.split(".")[1].lower(),
    ).first()
    if child.endswith("IndexPage"):
        (existing,) = Page.objects.filter(content_type__model=model)
        assert editor.get(reverse("wagtailadmin_pages:edit", args=[existing.pk])).status_code == 200
        return
    new = reverse("wagtailadmin_pages:add", args=[app, model, place.pk])
    assert editor.get(new).status_code == 200


def shown_icons(part):
    """Return the names of the icons in a piece of HTML."""
    return re.findall(r'href="#icon-([\w-]+)"', part)


def test_the_choice_of_a_page_type_shows_each_types_icon(home, editor):
    home.get_children().delete()  # what stands is not offered again
    response = editor.get(
        reverse("wagtailadmin_pages:add_subpage", args=[home.pk]), {"next": "/a/"}
    )
    rows = response.content.decode().partition('<ul class="listing">')[2].split("<li>")[1:]
    offered = {apps.get_model(label) for label in BELOW["home.HomePage"]}
    assert len(rows) == len(offered)
    for model in offered:
        new = reverse("wagtailadmin_pages:add", args=[*model._meta.label_lower.split("."), home.pk])
        (row,) = (row for row in rows if f'href="{new}?next=/a/"' in row)
        assert shown_icons(row) == [model.page_icon]
        assert str(model.page_description) in row


@pytest.mark.parametrize("view", ["wagtailadmin_explore", "wagtailadmin_pages:search"])
def test_lists_of_pages_show_the_types_icons(tree, editor, view):
    factories.PostcardPageFactory(parent=tree.postcards, title="Stadtgespräch")
    address = reverse(view, args=[tree.postcards.pk] if view.endswith("explore") else [])
    html = editor.get(address, {"q": "Stadtgespräch"}).content.decode()
    assert shown_icons(html).count("mail") == 1


# --- The law ------------------------------------------------------------------------------------


@pytest.fixture
def wording(db):
    """Return what the law says; no page stands in the way of deleting an article."""
    return lambda: list(Article.objects.values_list("number", "title", "paragraphs"))


@pytest.mark.parametrize("who", ["editor", "admin_client"])
@pytest.mark.parametrize("view", ["add", "edit", "delete", "copy"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_writes_the_law(request, wording, who, view, method):
    client, before = request.getfixturevalue(who), wording()
    pk = Article.objects.get(number="1").pk
    try:
        address = reverse(
            f"wagtailsnippets_home_article:{view}", args=[] if view == "add" else [pk]
        )
    except Exception:  # there is no such view at all
        assert view == "copy"
        return
    response = getattr(client, method)(address, {"title": "Anders", "number": "999"})
    assert (response.status_code, response.get("Location")) in {(302, "/admin/"), (404, None)}
    assert wording() == before


@pytest.mark.parametrize("who", ["editor", "admin_client"])
def test_nobody_deletes_the_law_by_the_dozen(request, wording, who):
    client, before = request.getfixturevalue(who), wording()
    ids = [str(pk) for pk in Article.objects.values_list("pk", flat=True)]
    address = reverse("wagtail_bulk_action", args=["home", "article", "delete"])
    client.post(f"{address}?{'&'.join(f'id={pk}' for pk in ids)}&next=/admin/")
    client.post(f"{address}?id=all&next=/admin/")
    assert wording() == before


def test_the_law_shows_no_buttons_that_would_write(editor):
    html = editor.get(reverse("wagtailsnippets_home_article:list")).content.decode()
    pk = Article.objects.get(number="1").pk
    for view in ("edit", "delete"):
        assert reverse(f"wagtailsnippets_home_article:{view}", args=[pk]) not in html
    assert reverse("wagtailsnippets_home_article:add") not in html
    assert reverse("wagtailsnippets_home_article:inspect", args=[pk]) in html


# --- The rota -----------------------------------------------------------------------------------


def department_form(name, *entries):
    """Return what the form of a department sends."""
    data = {
        "name": f"Amt {name}",
        "short_name": name,
        "slug": name.lower(),
        "fields_of_work": "",
        "color": "petrol",
        "rota_entries-TOTAL_FORMS": len(entries),
        "rota_entries-INITIAL_FORMS": 0,
    }
    for number, (start, end) in enumerate(entries):
        prefix = f"rota_entries-{number}"
        data |= {f"{prefix}-start": start, f"{prefix}-end": end, f"{prefix}-id": ""}
    return data


@pytest.fixture
def save(editor):
    """Return a function that saves a new department and reads what the editor is told."""

    def send(name, *entries):
        address = reverse("wagtailsnippets_home_department:add")
        response = editor.post(address, department_form(name, *entries), follow=True)
        assert Department.objects.filter(short_name=name).exists()
        return [str(message) for message in response.context["messages"]]

    return send


@pytest.mark.parametrize(
    ("months", "words"),
    [
        (("2040-02-10", "2040-04-20"), "Staffel: Februar – März 2040: I und II führen"),
        (("2040-05-01", "2040-05-01"), "Staffel: April 2040: Kein Dezernat"),
        (("2040-04-30", "2040-04-01"), None),
    ],
    ids=["overlap", "gap", "neither"],
)
def test_an_editor_is_told_at_once_what_is_wrong_with_the_rota(save, months, words):
    assert not any("Staffel" in told for told in save("I", ("2040-01-15", "2040-03-01")))
    warnings = [told for told in save("II", months) if "Staffel" in told]
    assert len(warnings) == (words is not None)
    assert all(words in warning for warning in warnings)
    assert {entry.start.day for entry in RotaEntry.objects.all()} == {1}


def test_an_editor_is_not_told_again_of_what_is_past(save, editor):
    past = ("2005-01-01", "2005-03-01"), ("2005-02-01", "2005-02-01"), ("2005-06-01", "2040-01-01")
    assert not any("Staffel" in told for told in save("I", *past))
    html = editor.get(reverse("wagtailsnippets_home_department:list")).content.decode()
    assert "Februar 2005: I ist mehrfach eingetragen." in html
    assert "April – Mai 2005: Kein Dezernat" in html


def test_an_editor_is_told_when_the_rota_ends_soon_or_has_ended(save):
    today = timezone.localdate()
    assert any(
        "Die Staffel endete mit März 2005" in told for told in save("I", *[["2005-03-01"] * 2])
    )
    soon = ("2005-04-01", today.isoformat())
    assert any("Die Staffel endet mit" in told for told in save("II", soon))
    later = ((today + dt.timedelta(32)).isoformat(), (today + dt.timedelta(99)).isoformat())
    assert not any("endet" in told for told in save("III", later))


@pytest.mark.parametrize("year", ["0026", "1999", "2101", "9999"])
def test_a_turn_in_an_odd_year_is_refused_at_its_field(editor, year):
    address = reverse("wagtailsnippets_home_department:add")
    response = editor.post(address, department_form("I", (f"{year}-03-01", f"{year}-04-01")))
    assert "zwischen 2000 und 2100" in response.content.decode()
    assert not Department.objects.exists()


def test_the_list_of_departments_shows_overlaps_and_gaps(editor):
    for name, start, end in (
        ("Dezernat I", "2026-01-01", "2026-02-28"),
        ("Dezernat II", "2026-02-01", "2026-03-31"),
        ("Dezernat III", "2026-06-01", "2026-06-30"),
    ):
        department = factories.DepartmentFactory(short_name=name)
        days = {"start": dt.date.fromisoformat(start), "end": dt.date.fromisoformat(end)}
        factories.RotaEntryFactory(department=department, **days)
    html = editor.get(reverse("wagtailsnippets_home_department:list")).content.decode()
    words = " ".join(html.split())
    assert "Februar 2026: Dezernat I und Dezernat II führen die Kampagne gleichzeitig." in words
    assert "April – Mai 2026: Kein Dezernat führt die Kampagne." in words
    rows = re.findall(r"<tr> <td>(.*?)</td> <td>(.*?):", words)
    assert rows == [
        ("Januar – Februar 2026", "Dezernat I"),
        ("Februar – März 2026", "Dezernat II"),
        ("Juni 2026", "Dezernat III"),
    ]


def test_a_departments_own_overlap_is_worded_as_such(save, editor):
    warnings = save("I", ("2040-01-15", "2040-03-01"), ("2040-03-01", "2040-04-01"))
    assert any("März 2040: I ist mehrfach eingetragen." in warning for warning in warnings)
    html = editor.get(reverse("wagtailsnippets_home_department:list")).content.decode()
    assert "März 2040: I ist mehrfach eingetragen." in html


def test_a_rota_without_gaps_shows_no_warning(editor):
    factories.RotaEntryFactory(start=dt.date(2026, 1, 1), end=dt.date(2040, 12, 31))
    html = editor.get(reverse("wagtailsnippets_home_department:list")).content.decode()
    assert "help-warning" not in html


def test_a_turn_that_ends_before_it_begins_is_refused_at_its_field(editor):
    address = reverse("wagtailsnippets_home_department:add")
    data = department_form("I", ("2026-03-01", "2026-01-01"))
    response = editor.post(address, data)
    assert response.status_code == 200
    assert "vor dem ersten" in response.content.decode()
    assert not Department.objects.exists()


# --- Guest posts --------------------------------------------------------------------------------


def test_a_guest_post_without_an_author_is_refused_in_plain_words(tree, editor):
    address = reverse("wagtailadmin_pages:add", args=["blog", "guestpostpage", tree.blog.pk])
    data = nested_form_data(
        {
            "title": "Ohne Namen",
            "slug": "ohne-namen",
            "lead": rich_text(""),
            "body": streamfield([]),
            "published_on": "2026-05-23",
            "author_links": inline_formset([]),
            "article_links": inline_formset([]),
            "comments": inline_formset([]),
            "licence": "cc-by-4.0",
            "ai_use": "none",
            "action-publish": "1",
        }
    )
    html = editor.post(address, data).content.decode()
    assert "Bitte wählen Sie aus, wer den Beitrag geschrieben hat." in html
    assert "Formular abschicken" not in html
    assert not tree.blog.get_children().exists()


# --- Settings and snippets ----------------------------------------------------------------------


def settings_form(**values):
    days = {"reminder_days": "3", "escalation_days": "7", "retention_days": "180"}
    empty = {"social_profiles-count": "0", "gender_form": "neutral", **days}
    data = {"name": "Haltung", "accent_color": "#c8321f", **empty, **values}
    return data | {f"{name}_page": "" for name in ("imprint", "privacy", "accessibility")}


@pytest.mark.parametrize(
    ("color", "taken"), [("#123456", True), ("#ffcc00", False), ("rot", False)]
)
def test_the_accent_is_checked_for_its_contrast_on_saving(leader, home, color, taken):
    address = reverse("wagtailsettings:edit", args=["home", "campaignsettings", home.get_site().pk])
    assert leader.get(address).status_code == 200
    response = leader.post(address, settings_form(accent_color=color))
    assert response.status_code == (302 if taken else 200)
    saved = CampaignSettings.objects.filter(accent_color=color).exists()
    assert saved == taken
    if not taken:
        assert response.context["form"].errors.keys() == {"accent_color"}


def test_an_author_who_wrote_something_cannot_be_deleted(tree, editor):
    author = factories.AuthorFactory()
    factories.GuestPostPageFactory(parent=tree.blog, authors=[author])
    address = reverse("wagtailsnippets_blog_author:delete", args=[author.pk])
    assert editor.post(address).status_code < 500
    assert Author.objects.filter(pk=author.pk).exists()


def test_a_department_that_did_something_cannot_be_deleted(tree, editor):
    page = factories.ImpulsePageFactory(parent=tree.impulses)
    address = reverse("wagtailsnippets_home_department:delete", args=[page.department.pk])
    assert editor.post(address).status_code < 500
    assert Department.objects.filter(pk=page.department.pk).exists()


HANDBOOK = settings.BASE_DIR / "docs" / "handbuch.md"


def test_the_menu_and_the_handbook_have_the_same_names(editor):
    menu = re.findall(r'"label": "(.*?)"', editor.get("/admin/").content.decode())
    names = [label.encode().decode("unicode_escape") for label in menu]
    handbook = HANDBOOK.read_text(encoding="utf-8")
    for ours in ("Grundgesetz", "Dezernate", "Autorinnen und Autoren"):
        assert ours in names
        assert f"**{ours}**" in handbook


def bold_names(text):
    """Return what a text has in bold, path by path; a sentence or a head ("So:") is no name."""
    for words in re.findall(r"\*\*(.+?)\*\*", text, re.DOTALL):
        for name in " ".join(words.split()).split(" → "):
            if name[-1] not in ".:…":
                yield name.casefold()


def test_names_in_bold_in_the_handbook_are_the_admins(db):
    catalogue = DjangoTranslation("de")._catalog
    shown = {
        catalogue[key].replace("\N{NO-BREAK SPACE}", " ").casefold() for key in {*catalogue.keys()}
    }
    with translation.override("de"):
        shown |= {
            (
                translation.gettext("Submit to %(workflow_name)s") % {"workflow_name": name}
            ).casefold()
            for name in Workflow.objects.values_list("name", flat=True)
        }
    names = set(bold_names(HANDBOOK.read_text(encoding="utf-8")))
    assert len(names) > 30
    assert names - shown == set()
