"""The campaign in other languages: where they lead, and what each of them shows."""

import datetime as dt
import re
from urllib.parse import urlsplit
from xml.etree import ElementTree

import html5lib
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Locale, Page, PageViewRestriction, Site

from home.models import CampaignSettings, HomePage
from tests import factories

pytestmark = pytest.mark.usefixtures("standing_tree")

PREFIXES = ["/en/", "/de-simple/"]


@pytest.mark.parametrize("prefix", PREFIXES)
@pytest.mark.parametrize("rest", ["", "impulse/", "suche/", "suche/?q=Haltung"])
def test_a_language_without_pages_is_not_found(client, tree, prefix, rest):
    assert client.get(f"{prefix}{rest}").status_code == 404


def test_a_translated_home_page_answers_in_its_language(client, tree):
    english = Locale.objects.create(language_code="en")
    tree.home.copy_for_translation(english).save_revision().publish()

    assert client.get("/en/").status_code == 200
    assert client.get("/en/suche/?q=Haltung").status_code == 200


@pytest.mark.parametrize("prefix", PREFIXES)
def test_where_a_language_has_no_pages_the_default_one_says_so(client, tree, prefix):
    Locale.objects.create(language_code=prefix.strip("/"))
    answer = client.get(f"{prefix}nirgendwo/")
    html = answer.content.decode()
    assert answer.status_code == 404
    assert '<html lang="de">' in html
    assert "Diese Seite gibt es nicht" in html
    assert 'href="/"' in html
    assert answer["Content-Language"] == "de"


def test_a_language_with_pages_says_itself_that_one_is_missing(client, tree):
    english = Locale.objects.create(language_code="en")
    tree.home.copy_for_translation(english).save_revision().publish()
    answer = client.get("/en/nirgendwo/")
    assert (answer.status_code, answer["Content-Language"]) == (404, "en")
    assert '<html lang="en">' in answer.content.decode()


@pytest.mark.parametrize("address", ["/suche/", "/impulse/"])
def test_the_current_page_is_the_breadcrumbs_end_and_no_link(client, tree, address):
    html = client.get(address).content.decode()
    crumbs = html[html.index('<nav class="breadcrumb"') :].split("</nav>")[0]
    assert crumbs.count("<a ") == 1
    assert crumbs.count('<span aria-current="page">') == 1


# --- Three languages ----------------------------------------------------------------------------

LANGUAGES = ("de", "de-simple", "en")


def make_version(page, code, **values):
    """Return a page's public version with words of its own."""
    locale = Locale.objects.get_or_create(language_code=code)[0]
    made = page.specific.copy_for_translation(locale)
    for name, value in values.items():
        setattr(made, name, value)
    made.save_revision().publish()
    return type(made).objects.get(pk=made.pk)


@pytest.fixture
def versions(tree):
    """Return the campaign in three languages: a card in two, a page in all, a story in one."""
    card = factories.PostcardPageFactory(
        parent=tree.postcards, title="Die Würde", slug="wuerde", tags=["Mut"]
    )
    about = factories.StandardPageFactory(
        parent=tree.home, title="Über uns", slug="ueber-uns", show_in_menus=True
    )
    factories.ImpulsePageFactory(parent=tree.impulses, title="Ein Impuls", slug="ein-impuls")
    make_version(tree.home, "de-simple", title="Leichter Start")
    make_version(tree.home, "en", title="English start")
    make_version(tree.postcards, "de-simple", title="Post-Karten", slug="post-karten")
    make_version(card, "de-simple", title="Jeder zählt", slug="jeder-zaehlt")
    make_version(about, "de-simple", title="Wer wir sind", slug="wer-wir-sind")
    make_version(about, "en", title="About us", slug="about-us")
    return tree


HOMES = {"de": "/", "de-simple": "/de-simple/", "en": "/en/"}
ABOUT = {"de": "/ueber-uns/", "de-simple": "/de-simple/wer-wir-sind/", "en": "/en/about-us/"}
CARD = {"de": "/postkarten/wuerde/", "de-simple": "/de-simple/post-karten/jeder-zaehlt/"}
CARDS = {"de": "/postkarten/", "de-simple": "/de-simple/post-karten/"}
STORY = {"de": "/impulse/ein-impuls/"}
#: Where a page's header leads: to its own version, or to what is nearest above it.
LEADS = [
    (HOMES, HOMES),
    (ABOUT, ABOUT),
    (CARD, CARD | {"en": "/en/"}),
    (CARDS, CARDS | {"en": "/en/"}),
    (STORY, STORY | {"de-simple": "/de-simple/", "en": "/en/"}),
]


def document(client, address):
    answer = client.get(address)
    return answer, html5lib.parse(answer.content.decode(), namespaceHTMLElements=False)


def switch(page):
    """Return the links of the header's languages."""
    header = page.find(".//header")
    return {a.get("hreflang"): a for a in header.iter("a") if a.get("hreflang")}


@pytest.mark.parametrize(("own", "leads"), LEADS)
def test_the_switch_leads_to_the_own_version_or_to_what_there_is(client, versions, own, leads):
    for code, address in own.items():
        links = switch(document(client, address)[1])
        assert {name: link.get("href") for name, link in links.items()} == leads
        assert [n for n, link in links.items() if link.get("aria-current") == "true"] == [code]
        assert all(link.get("lang") == name for name, link in links.items())
        for link in links.values():
            assert client.get(link.get("href")).status_code == 200


def test_the_switch_names_each_language_in_itself(client, versions):
    for address in ("/", "/de-simple/", "/en/", "/suche/", "/en/nirgendwo/"):
        links = switch(document(client, address)[1])
        words = ["".join(link.itertext()).strip() for link in links.values()]
        assert words == ["Deutsch", "Leichte Sprache", "English"]
        symbol = links["de-simple"].find("{http://www.w3.org/2000/svg}svg")
        assert symbol.get("aria-hidden") == "true"


@pytest.mark.parametrize("own", [HOMES, ABOUT, CARD, CARDS, STORY])
def test_pages_name_their_versions_and_each_other(client, versions, own):
    expected = {code: f"http://testserver{address}" for code, address in own.items()}
    expected = expected | {"x-default": expected["de"]} if len(own) > 1 else {}
    for code, address in own.items():
        answer, page = document(client, address)
        found = {
            link.get("hreflang"): link.get("href").replace("http://localhost", "http://testserver")
            for link in page.find("head").iter("link")
            if link.get("hreflang")
        }
        assert found == expected
        assert page.get("lang") == answer["Content-Language"] == code


@pytest.mark.parametrize(
    ("address", "own", "others"),
    [
        ("/", "de_DE", ["en_GB"]),
        ("/de-simple/", "de_DE", ["en_GB"]),
        ("/en/", "en_GB", ["de_DE"]),
        ("/de-simple/post-karten/", "de_DE", []),
        ("/impulse/", "de_DE", []),
    ],
)
def test_networks_know_the_languages(client, versions, address, own, others):
    head = document(client, address)[1].find("head")
    found = [(meta.get("property"), meta.get("content")) for meta in head.iter("meta")]
    assert [value for name, value in found if name == "og:locale"] == [own]
    assert [value for name, value in found if name == "og:locale:alternate"] == others


def test_the_sitemap_names_all_versions(client, versions):
    tree = ElementTree.fromstring(client.get("/sitemap.xml").content)  # noqa: S314 -- our own
    found = {}
    for url in tree:
        links = [child for child in url if child.tag.endswith("link")]
        loc = next(child.text for child in url if child.tag.endswith("loc"))
        found[urlsplit(loc).path] = {
            link.get("hreflang"): urlsplit(link.get("href")).path for link in links
        }
    for own in (HOMES, ABOUT, CARD, CARDS):
        for address in own.values():
            assert found[address] == own | {"x-default": own["de"]}
    assert found[STORY["de"]] == {}


WITHDRAW = {
    "unpublished": lambda page: page.unpublish(),
    "expired": lambda page: Page.objects.filter(pk=page.pk).update(
        expire_at=timezone.now() - dt.timedelta(hours=1)
    ),
    "private": lambda page: PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.LOGIN
    ),
}


@pytest.mark.parametrize("state", WITHDRAW)
def test_what_is_not_public_is_no_version(client, versions, state):
    english = Page.objects.get(slug="about-us")
    WITHDRAW[state](english)
    page = document(client, "/ueber-uns/")[1]
    assert switch(page)["en"].get("href") == "/en/"
    assert "en" not in {link.get("hreflang") for link in page.find("head").iter("link")}
    assert "/en/about-us/" not in client.get("/sitemap.xml").content.decode()


@pytest.mark.parametrize("state", WITHDRAW)
def test_a_language_without_its_home_page_is_not_offered(client, versions, state):
    WITHDRAW[state](Page.objects.get(title="English start"))
    assert list(switch(document(client, "/ueber-uns/")[1])) == ["de", "de-simple"]


def test_one_language_needs_no_switch(client, tree):
    page = document(client, "/")[1]
    assert not switch(page)
    assert page.find(".//header//nav[@aria-label='Sprachen']") is None
    assert not [link for link in page.find("head").iter("link") if link.get("hreflang")]


def menu_of(page):
    navigation = page.find(".//nav[@aria-label='Hauptnavigation']")
    if navigation is None:
        navigation = page.find(".//nav[@aria-label='Main navigation']")
    return [a.get("href") for a in navigation.iter("a")]


def test_every_language_has_its_own_menu(client, versions):
    assert menu_of(document(client, "/de-simple/")[1]) == [CARDS["de-simple"], ABOUT["de-simple"]]
    assert menu_of(document(client, "/en/about-us/")[1]) == [ABOUT["en"]]
    assert ABOUT["de"] in menu_of(document(client, "/")[1])


def test_legal_pages_come_in_the_readers_language_or_in_german(client, versions):
    about = Page.objects.get(slug="ueber-uns")
    story = Page.objects.get(slug="ein-impuls")
    CampaignSettings.objects.create(
        site=versions.home.get_site(), imprint_page=about, privacy_page=story
    )
    for code, address in HOMES.items():
        footer = document(client, address)[1].find(".//footer")
        links = [a.get("href") for a in footer.iter("a")]
        assert links == [ABOUT[code], STORY["de"], "/konto/"]


@pytest.mark.parametrize("code", ["de-simple", "en"])
def test_a_home_page_lists_what_there_is_in_its_language(client, versions, code):
    main = document(client, HOMES[code])[1].find(".//main")
    links = [a.get("href") for a in main.iter("a")]
    assert links == ([CARDS[code]] if code in CARDS else []) + [ABOUT[code]]
    assert not list(document(client, "/")[1].find(".//main").iter("a"))


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("/suche/?tag=mut", CARD["de"]),
        ("/de-simple/suche/?tag=mut", CARD["de-simple"]),
        ("/en/suche/?tag=mut", None),
        ("/postkarten/", CARD["de"]),
        ("/de-simple/post-karten/", CARD["de-simple"]),
        ("/suche/?q=Würde", CARD["de"]),
        ("/de-simple/suche/?q=zählt", CARD["de-simple"]),
        ("/en/suche/?q=zählt", None),
    ],
)
def test_lists_show_their_language_only(client, versions, address, found):
    main = document(client, address)[1].find(".//main")
    links = {urlsplit(a.get("href")).path for a in main.iter("a")} & {*CARD.values()}
    assert links == ({found} if found else set())


def test_feeds_hold_their_language_and_tell_the_versions_apart(client, versions):
    story = Page.objects.get(slug="ein-impuls").specific
    make_version(versions.impulses, "de-simple", title="Ideen", slug="ideen")
    make_version(story, "de-simple", title="Eine Idee", slug="eine-idee")
    german, simple = (
        client.get(address).content.decode()
        for address in ("/impulse/feed/", "/de-simple/ideen/feed/")
    )
    assert "Ein Impuls" in german
    assert "Eine Idee" not in german
    assert "Eine Idee" in simple
    assert "Ein Impuls" not in simple
    names = [re.findall(r"<entry>.*?<id>(.*?)</id>", feed, re.DOTALL) for feed in (german, simple)]
    assert names[0] != names[1]
    assert 'xml:lang="de"' in german
    assert 'xml:lang="de-simple"' in simple


def test_linked_data_names_the_language(client, versions):
    html = client.get(ABOUT["de-simple"]).content.decode()
    assert '"inLanguage": "de-simple"' in html


def test_the_api_names_the_versions(client, versions):
    page = Page.objects.get(slug="wuerde")
    data = client.get(f"/api/v1/pages/{page.pk}").json()
    assert data["locale"] == "de"
    assert [(one["locale"], one["path"]) for one in data["translations"]] == [
        ("de-simple", CARD["de-simple"])
    ]


def test_languages_cost_no_query_each(client, tree, settings):
    settings.PAGE_CACHE_SECONDS = 0
    about = factories.StandardPageFactory(parent=tree.home, slug="ueber-uns")
    counts = []
    for code in LANGUAGES:
        if code != "de":
            make_version(tree.home, code)
            make_version(about, code)
        Site.get_site_root_paths()
        client.get("/ueber-uns/")
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/ueber-uns/").status_code == 200
        counts.append(len(captured))
    assert set(counts) == {counts[0]}


SPELLINGS = ("Grundgesetz", "Grund-Gesetz", "Grund·gesetz", "Grund•gesetz")


@pytest.mark.parametrize("typed", SPELLINGS)
@pytest.mark.parametrize("written", SPELLINGS)
@pytest.mark.parametrize("place", ["title", "introduction", "search_description"])
def test_divided_words_are_found_however_they_are_written(client, versions, typed, written, place):
    home = HomePage.objects.get(locale__language_code="de-simple")
    values = {"title": "Eine Seite", "introduction": "", "search_description": ""}
    values[place] = f"Das {written} gilt."
    factories.StandardPageFactory(parent=home, slug="regeln", **values)
    html = client.get("/de-simple/suche/", {"q": typed}).content.decode()
    assert "/de-simple/regeln/" in html


def test_an_english_page_marks_the_laws_words_as_german(client, versions):
    card = Page.objects.get(slug="wuerde").specific
    make_version(versions.postcards, "en", title="Postcards", slug="postcards")
    make_version(card, "en", title="Dignity", slug="dignity")
    page = document(client, "/en/postcards/dignity/")[1]
    sentence = page.find(".//*[@class='postcard__sentence']")
    assert sentence.get("lang") == page.find(".//blockquote").get("lang") == "de"


def test_a_draft_is_shown_in_its_language(versions):
    page = Page.objects.get(slug="wer-wir-sind").specific
    page.title = "Das sind wir"
    answer = page.make_preview_request()
    html = answer.rendered_content if hasattr(answer, "rendered_content") else ""
    assert '<html lang="de-simple">' in html
    assert "Das sind wir" in html


def test_english_pages_speak_plain_english(client, versions):
    about = Page.objects.get(slug="ueber-uns")
    CampaignSettings.objects.create(site=versions.home.get_site(), imprint_page=about)
    for address, words in {
        "/en/about-us/": ["By email", "Legal notice"],
        "/en/suche/?q=x": ["Please enter at least two letters."],
        "/en/nirgendwo/": ["The address may be mistyped, or the page has been removed."],
    }.items():
        shown = client.get(address).content.decode()
        assert [word for word in words if word not in shown] == []


@pytest.mark.parametrize(("address", "language"), [("/", None), ("/en/", "de")])
def test_a_link_into_another_language_says_so(client, versions, home, address, language):
    imprint = factories.StandardPageFactory(parent=home, title="Impressum")
    site = Site.objects.get(is_default_site=True)
    CampaignSettings.objects.update_or_create(
        site=site, defaults={"imprint_page": imprint, "publisher_address": "Am Markt 1"}
    )
    footer = document(client, address)[1].find(".//footer")
    (link,) = (a for a in footer.iter("a") if a.get("href") == imprint.url)
    assert link.get("hreflang") == language
    assert footer.find(".//address").get("lang") == language
