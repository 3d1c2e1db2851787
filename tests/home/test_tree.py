"""The page tree takes no nonsense; neighbours, related pages and the rota stand in their order."""

import datetime as dt
import re

import html5lib
import pytest
from django.apps import apps
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from wagtail.models import Locale, Page, Site
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from home.checks import page_types_are_described
from home.models import (
    CampaignPage,
    CampaignSettings,
    HomePage,
    IndexPage,
    RotaEntry,
    StandardPage,
)
from tests import factories

TYPES = {model._meta.label: model for model in apps.get_models() if issubclass(model, CampaignPage)}
OVERVIEWS = {
    "impulses.ImpulseIndexPage": "impulses.ImpulsePage",
    "postcards.PostcardIndexPage": "postcards.PostcardPage",
    "postcards.CourageCardIndexPage": "postcards.CourageCardPage",
    "blog.BlogIndexPage": "blog.GuestPostPage",
}
#: Everything that an editor may put below something.
BELOW = {
    "wagtailcore.Page": {"home.HomePage"},
    "home.HomePage": {"home.SignLanguagePage", "home.StandardPage", *OVERVIEWS},
    "home.StandardPage": {"home.StandardPage"},
    **{overview: {listed} for overview, listed in OVERVIEWS.items()},
}


# --- What stands below what ---------------------------------------------------------------------


@pytest.mark.parametrize("parent", ["wagtailcore.Page", *TYPES])
def test_below_a_page_stands_only_what_makes_sense(parent):
    model = TYPES.get(parent, Page)
    offered = {child._meta.label for child in model.creatable_subpage_models()}
    assert offered & TYPES.keys() == BELOW.get(parent, set())


def test_nothing_of_another_makers_can_be_built():
    ours = {model._meta.label for parent in TYPES.values() for model in _creatable(parent)}
    assert ours <= TYPES.keys()


def _creatable(parent):
    return parent.creatable_subpage_models()


ADD_HOME = reverse_lazy("wagtailadmin_pages:add", args=["home", "homepage", 1])


def home_form(**values):
    """Return what the form of a home page sends."""
    home = HomePage.objects.first()
    return nested_form_data(
        {
            "title": "Zweite",
            "slug": "zweite",
            "claim": "Noch eine",
            "body": streamfield([]),
            "article_links": inline_formset([]),
            "comments": inline_formset([]),
            "licence": home.licence,
            "ai_use": home.ai_use,
            **values,
        }
    )


def test_a_language_has_one_home_page_a_site(home, admin_client):
    assert not HomePage.can_create_at(home.get_parent())
    assert admin_client.post(ADD_HOME, home_form()).status_code == 302
    assert HomePage.objects.count() == 1
    # English lacks one; the form of a German one still refuses.
    Locale.objects.create(language_code="en")
    assert HomePage.can_create_at(home.get_parent())
    refused = admin_client.post(ADD_HOME, home_form())
    assert "Diese Sprache hat schon eine Startseite" in refused.content.decode()
    assert HomePage.objects.count() == 1
    admin_client.post(f"{ADD_HOME}?locale=en", home_form(locale="en"))
    assert HomePage.objects.get(slug="zweite").locale.language_code == "en"
    assert not HomePage.can_create_at(home.get_parent())


def test_a_second_site_may_have_a_home_page_of_its_own(home, admin_client):
    Site.objects.create(hostname="zweite.example", root_page=home)
    admin_client.post(ADD_HOME, home_form())
    assert HomePage.objects.count() == 2
    assert not HomePage.can_create_at(home.get_parent())


def test_a_home_page_is_not_copied_beside_itself(home, admin_client):
    Locale.objects.create(language_code="en")
    address = reverse_lazy("wagtailadmin_pages:copy", args=[home.pk])
    data = {"new_title": "Kopie", "new_slug": "kopie", "new_parent_page": home.get_parent().pk}
    assert admin_client.post(address, data).status_code == 302
    assert HomePage.objects.count() == 1


@pytest.mark.parametrize("label", OVERVIEWS)
def test_a_campaign_has_one_overview_of_a_kind(tree, label):
    assert not TYPES[label].can_create_at(HomePage.objects.get())
    (overview,) = TYPES[label].objects.all()
    overview.delete()
    assert TYPES[label].can_create_at(HomePage.objects.get())


def test_an_overview_lists_what_stands_below_it():
    for label, listed in OVERVIEWS.items():
        assert issubclass(TYPES[label], IndexPage)
        assert TYPES[label].listed_type() is TYPES[listed]


@pytest.mark.parametrize("model", TYPES.values(), ids=TYPES.keys())
def test_every_page_type_is_explained(model):
    for words in (model.page_description, model._meta.verbose_name):
        assert isinstance(words, Promise)
        assert str(words)


@pytest.mark.parametrize("model", TYPES.values(), ids=TYPES.keys())
def test_every_page_type_has_an_icon_of_its_own(model, icons):
    assert model.page_icon in icons
    assert [other.page_icon for other in TYPES.values()].count(model.page_icon) == 1


@pytest.mark.parametrize(
    ("name", "check_id"), [("page_description", "home.E001"), ("page_icon", "home.E002")]
)
def test_a_page_type_that_does_not_show_itself_is_an_error(monkeypatch, name, check_id):
    assert page_types_are_described() == []
    monkeypatch.setattr(StandardPage, name, "")
    (error,) = page_types_are_described()
    assert (error.id, error.obj) == (check_id, StandardPage)
    assert name in error.msg


@pytest.mark.parametrize("model", TYPES.values(), ids=TYPES.keys())
def test_every_field_that_an_editor_fills_in_has_a_german_name(model):
    inherited = {field.name for field in Page._meta.get_fields()}
    for field in model._meta.get_fields():
        if field.name not in inherited and field.editable and not field.auto_created:
            assert isinstance(field.verbose_name, Promise), field.name


# --- Previous and next --------------------------------------------------------------------------


def day(number):
    return dt.date(2026, 1, number)


LISTED = {
    "impulse": (factories.ImpulsePageFactory, "impulses", "start_date"),
    "guest post": (factories.GuestPostPageFactory, "blog", "published_on"),
    "postcard": (factories.PostcardPageFactory, "postcards", None),
    "courage card": (factories.CourageCardPageFactory, "courage", None),
}


@pytest.fixture
def beside(client):
    """Return a function that reads which pages a page calls previous and next."""

    def read(page):
        context = client.get(page.get_url()).context
        return tuple(
            found.title if found else None
            for found in (context["previous_page"], context["next_page"])
        )

    return read


@pytest.mark.parametrize("kind", LISTED)
def test_previous_and_next_follow_the_list(tree, client, beside, kind):
    factory, overview, date_field = LISTED[kind]
    parent = getattr(tree, overview)
    # Two on the same day: their order is the list's, too.
    days = [day(5), day(9), day(9), day(1)] if date_field else [None] * 4
    for number, date in enumerate(days):
        values = {date_field: date} if date_field else {}
        factory(parent=parent, title=f"Nummer {number}", **values)
    listed = client.get(parent.get_url()).context["listing"].items
    titles = [page.title for page in listed]
    assert [beside(page) for page in listed] == list(
        zip([None, *titles[:-1]], [*titles[1:], None], strict=True)
    )


@pytest.mark.parametrize("kind", LISTED)
def test_previous_and_next_stay_in_their_language(tree, beside, kind):
    factory, overview, _field = LISTED[kind]
    parent = getattr(tree, overview)
    page = factory(parent=parent)
    english = factory(
        parent=parent, title="English", locale=Locale.objects.create(language_code="en")
    )
    assert beside(page) == (None, None)
    assert english.locale_id != page.locale_id


def test_a_preview_of_a_new_page_has_no_neighbours(tree, rf):
    factories.ImpulsePageFactory(parent=tree.impulses)
    page = factories.ImpulsePageFactory.build(title="Neu", department=None)
    page.path, page.depth = f"{tree.impulses.path}0009", tree.impulses.depth + 1
    assert page.neighbours() == (None, None)


# --- Related pages ------------------------------------------------------------------------------


def test_those_with_most_articles_in_common_come_first(tree, client, article):
    one, two, three = (article(number) for number in ("1", "2", "3"))
    page = factories.ImpulsePageFactory(parent=tree.impulses, articles=[one, two, three])
    now = timezone.now()
    for title, articles, age in (
        ("Eins, alt", [one], 9),
        ("Alle drei", [three, two, one], 5),
        ("Eins, neu", [one], 1),
        ("Zwei", [one, two], 7),
        ("Keiner", [article("4")], 0),
    ):
        factories.GuestPostPageFactory(
            parent=tree.blog,
            title=title,
            articles=articles,
            first_published_at=now - dt.timedelta(days=age),
        )
    related = client.get(page.get_url()).context["related_pages"]
    assert [found.title for found in related] == ["Alle drei", "Zwei", "Eins, neu"]


def test_what_a_text_links_does_not_push_in_among_the_related(tree, client, article):
    other = factories.ImpulsePageFactory(parent=tree.impulses, title="Verlinkt")
    alike = factories.ImpulsePageFactory(parent=tree.impulses, articles=[article("1")])
    link = f'<p><a linktype="page" id="{other.pk}">hier</a></p>'
    page = factories.StandardPageFactory(
        parent=tree.home, articles=[article("1")], body=[{"type": "text", "value": link}]
    )
    related = client.get(page.get_url()).context["related_pages"]
    assert [found.pk for found in related] == [alike.pk]


def test_among_equals_tags_and_then_the_department_decide(tree, client, article):
    ours = factories.DepartmentFactory()
    shared = {"parent": tree.impulses, "articles": [article("1")]}
    page = factories.ImpulsePageFactory(**shared, department=ours, tags=["Mut", "Schule"])
    now = timezone.now()
    for age, title, more in (
        (1, "Neu", {}),
        (2, "Dezernat", {"department": ours}),
        (3, "Zwei Schlagwörter", {"tags": ["Mut", "Schule", "Sport"]}),
        (4, "Ein Schlagwort", {"tags": ["Mut"]}),
    ):
        factories.ImpulsePageFactory(
            **shared, title=title, first_published_at=now - dt.timedelta(days=age), **more
        )
    related = client.get(page.get_url()).context["related_pages"]
    assert [found.title for found in related] == ["Zwei Schlagwörter", "Ein Schlagwort", "Dezernat"]


def test_an_article_leads_to_its_public_postcard(tree, client, article):
    one, two, three = (article(number) for number in ("1", "2", "3"))
    card = factories.PostcardPageFactory(parent=tree.postcards, article=one, slug="eins")
    factories.PostcardPageFactory(parent=tree.postcards, article=one, slug="eins-2")
    factories.PostcardPageFactory(parent=tree.postcards, article=two, slug="zwei", live=False)
    page = factories.ImpulsePageFactory(parent=tree.impulses, articles=[one, two, three])
    html = client.get(page.get_url()).content.decode()
    links = re.findall(r'class="articles__link" href="(.*?)">(.*?)<', html)
    assert links == [(card.get_url(), "Artikel 1")]
    # A card leads to another one, never to itself.
    factories.PageArticle.objects.create(page=card, article=one)
    assert (
        f'articles__link" href="{card.get_url()}"'
        not in client.get(card.get_url()).content.decode()
    )


# --- The home page's sections -------------------------------------------------------------------


def titles(html):
    """Return the titles of the cards on a page."""
    return [
        title.replace("\u00ad", "")
        for title in re.findall(r'class="stretched" href=".*?">(.*?)<', html)
    ]


def test_the_latest_of_a_section_stand_in_its_lists_order(tree, client):
    now = timezone.now()
    for day, age, title in ((3, 1, "Mitte"), (1, 0, "Früh"), (9, 5, "Spät")):
        factories.ImpulsePageFactory(
            parent=tree.impulses,
            title=title,
            start_date=dt.date(2026, 3, day),
            first_published_at=now - dt.timedelta(days=age),
        )
    tree.home.refresh_from_db()
    block = {"title": "Neue", "source": "latest", "section": tree.impulses.pk, "pages": []}
    tree.home.body = [{"type": "teasers", "value": block | {"tag": "", "count": 2}}]
    tree.home.save()
    assert titles(client.get("/").content.decode()) == ["Spät", "Mitte"]
    assert titles(client.get("/impulse/").content.decode()) == ["Spät", "Mitte", "Früh"]


def test_a_card_stands_once_on_the_home_page_unless_it_is_picked(tree, client):
    impulses = [
        factories.ImpulsePageFactory(
            parent=tree.impulses,
            title=f"Impuls {day}",
            tags=["Mut"],
            start_date=dt.date(2026, 3, day),
            first_published_at=timezone.now() - dt.timedelta(days=day),
        )
        for day in range(1, 8)
    ]
    tree.home.refresh_from_db()
    block = {"title": "Wand", "section": tree.impulses.pk, "tag": "Mut", "count": 2}
    picked = [impulses[6].pk, impulses[0].pk]
    tree.home.body = [
        {"type": "teasers", "value": block | {"source": source, "pages": picked}}
        for source in ("latest", "tag", "tag", "picked", "picked")
    ]
    tree.home.save()
    shown = [title[-1] for title in titles(client.get("/").content.decode())]
    assert shown == ["6", "5", "2", "3", "4", "7", "1", "7", "1"]


# --- The rota -----------------------------------------------------------------------------------


def lead(name, first, last):
    """Let a department lead the campaign from one month to another, counted from this one."""

    def month(distance):
        today = timezone.localdate()
        total = today.year * 12 + today.month - 1 + distance
        return dt.date(total // 12, total % 12 + 1, 1)

    entry = factories.RotaEntryFactory.build(
        department=factories.DepartmentFactory(short_name=name), start=month(first), end=month(last)
    )
    entry.clean()
    entry.save()


@pytest.fixture
def rota_on_home(tree):
    tree.home.refresh_from_db()
    tree.home.body = [{"type": "rota_now", "value": {"title": "Gerade dran"}}]
    tree.home.save()


@pytest.mark.parametrize("address", ["/", "/impulse/"])
def test_the_department_whose_turn_it_is_is_shown(rota_on_home, client, address):
    lead("Dezernat I", -3, -1)
    lead("Dezernat II", 0, 0)
    lead("Dezernat III", 1, 2)
    lead("Dezernat IV", 3, 4)
    html = client.get(address).content.decode()
    main = html[html.index("<main") :]
    assert "Gerade dran" in main
    assert "Dezernat II<" in main
    assert "Dezernat III –" in main.replace("\u00ad", "")
    assert "Dezernat I<" not in main
    assert "Dezernat IV" not in main


@pytest.mark.parametrize("address", ["/", "/impulse/"])
def test_without_a_rota_nobody_has_a_turn(rota_on_home, client, address):
    assert "Gerade dran" not in client.get(address).content.decode()


@pytest.mark.parametrize("address", ["/", "/impulse/"])
def test_a_department_stands_once_however_often_it_is_entered(rota_on_home, client, address):
    lead("Dezernat I", -1, 0)
    department = RotaEntry.objects.get().department
    today = timezone.localdate()
    factories.RotaEntryFactory(department=department, start=today, end=today)
    html = client.get(address).content.decode()
    assert html.count('class="rota__short"') == 1


@pytest.mark.parametrize("address", ["/", "/impulse/"])
def test_departments_that_lead_together_show_their_own_months(rota_on_home, client, address):
    lead("Dezernat I", -1, 0)
    lead("Dezernat II", 0, 2)
    html = client.get(address).content.decode()
    for entry in RotaEntry.objects.all():
        assert f'<span class="rota__months">{entry.period}</span>' in html
    assert "rota__period" not in html


@pytest.mark.parametrize("address", ["/", "/impulse/"])
def test_in_a_gap_the_next_department_is_named(rota_on_home, client, address):
    lead("Dezernat I", -3, -2)
    lead("Dezernat II", 2, 3)
    html = client.get(address).content.decode()
    section = " ".join(html[html.index('<section class="rota"') :].split("</section>")[0].split())
    start = RotaEntry.objects.get(department__short_name="Dezernat II").start
    assert "Als Nächstes" in section
    assert f"ab {date_format(start, 'F Y')}" in section
    assert ">Dezernat II<" in section
    assert "Dezernat I<" not in html


# --- A new installation -------------------------------------------------------------------------


def test_an_empty_installation_greets_its_visitors(home, client):
    html = client.get("/").content.decode()
    headings = re.findall(r"<h1[^>]*>([^<]*)</h1>", html)
    assert headings == ["Haltung"]
    assert "Die ersten Inhalte entstehen gerade" in html
    html5lib.HTMLParser(strict=True).parse(html)


def test_the_name_of_the_campaign_stands_in_for_a_claim(home, client):
    site = Site.objects.get()
    CampaignSettings.objects.create(site=site, name="Stadt mit Rückgrat")
    assert ">Stadt mit Rückgrat</h1>" in client.get("/").content.decode()
    home.claim = "Da sein"
    home.save()
    html = client.get("/").content.decode()
    assert ">Da sein</h1>" in html
    assert "Die ersten Inhalte entstehen gerade" not in html
