"""Long words break softly where people read them; dates and numbers are written as in German."""

import datetime as dt
import re

import pytest
from bs4 import BeautifulSoup
from django.template import engines
from django.utils import translation
from wagtail.models import Locale, Page

from tests import factories

pytestmark = pytest.mark.usefixtures("standing_tree")

WORD, SOFT = (
    "Verwaltungsvorstandsbeschluss",
    "Ver\u00adwal\u00adtungs\u00advor\u00adstands\u00adbe\u00adschluss",
)


def hyphenated(text, language):
    template = engines["django"].from_string("{% load campaign_tags %}{{ text|hyphenate }}")
    with translation.override(language):
        return template.render({"text": text})


@pytest.mark.parametrize(
    ("language", "word", "shown"),
    [
        ("de", WORD, SOFT),
        ("de", "fünfzehnstellig", "fünf\u00adzehn\u00adstel\u00adlig"),
        ("de", "vierzehnstellg", "vierzehnstellg"),
        ("de", "mara@verwaltungsvorstand.example", "mara@verwaltungsvorstand.example"),
        ("de-simple", WORD, WORD),
        ("de-simple", "Verwaltungs-vorstands-beschluss", "Verwaltungs-vorstands-beschluss"),
        ("en", WORD, WORD),
    ],
)
def test_long_german_words_get_soft_hyphens(language, word, shown):
    assert hyphenated(word, language) == shown


def body():
    item = {"title": WORD, "text": "<p>Text</p>"}
    blocks = {
        "heading": {"text": WORD, "level": "h2"},
        "steps": {"title": WORD, "items": [item]},
        "accordion": {"items": [item]},
        "timeline": {"title": WORD, "items": [{"date": "1949", **item}]},
        "theses": {"title": WORD, "items": [{"thesis": "Ja", "impulse": "Nein"}]},
        "links": {"title": WORD, "items": [{"title": WORD, "url": "https://example.org/"}]},
        "call_to_action": {
            "title": WORD,
            "label": "Los",
            "text": "",
            "url": "https://example.org/",
        },
    }
    return [{"type": name, "value": value} for name, value in blocks.items()]


@pytest.fixture
def pages(tree):
    """Make pages whose titles, teasers and headings hold a long word, in the menu, too."""
    for parent in (tree.impulses, tree.postcards, tree.courage, tree.blog):
        page = Page.objects.get(pk=parent.pk).specific
        page.title = f"{WORD}: {page.title}"
        page.save()
    common = {"title": WORD, "slug": "lang", "search_description": f"Ein {WORD}."}
    factories.ImpulsePageFactory(
        parent=tree.impulses,
        body=body(),
        department=factories.DepartmentFactory(name=WORD),
        **common,
    )
    factories.PostcardPageFactory(parent=tree.postcards, body=body(), **common)
    factories.CourageCardPageFactory(parent=tree.courage, sentence=f"{WORD}!", **common)
    factories.GuestPostPageFactory(parent=tree.blog, body=body(), **common)
    return factories.StandardPageFactory(
        parent=tree.home, body=body(), show_in_menus=True, **common
    )


ADDRESSES = [
    "/lang/",
    *(f"/{name}/" for name in ("impulse", "postkarten", "mut-mach-karten", "blog")),
    *(f"/{name}/lang/" for name in ("impulse", "postkarten", "mut-mach-karten", "blog")),
    f"/suche/?q={WORD}",
]
#: Where a word may stand whole: it is not set large, or it is no text of the page's own.
UNBROKEN = "dd, input, share-page, .chip, option, .prose, script, title"


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_heading_card_teaser_or_menu_holds_a_long_word_unbroken(client, pages, address):
    soup = BeautifulSoup(client.get(address).content, "html.parser")
    assert SOFT in soup.body.get_text()
    for element in soup.body.select(UNBROKEN):
        element.decompose()
    unbroken = soup.body.find_all(string=re.compile(WORD))
    assert [(text.parent.name, text.parent.get("class")) for text in unbroken] == []


@pytest.mark.parametrize("address", ADDRESSES)
def test_what_machines_read_holds_no_soft_hyphen(client, pages, address):
    soup = BeautifulSoup(client.get(address).content, "html.parser")
    data = [str(soup.head), *(element.string for element in soup.find_all("script"))]
    attributes = [str(value) for element in soup.find_all(True) for value in element.attrs.values()]
    assert WORD in str(soup.head) or "suche" in address
    assert not [text for text in (*data, *attributes) if text and "\u00ad" in text]


def test_feeds_and_the_api_hold_no_soft_hyphen(client, pages):
    for address in ("/blog/feed/", "/impulse/feed/", "/api/v1/pages"):
        text = client.get(address).content.decode()
        assert WORD in text
        assert "\u00ad" not in text


@pytest.mark.parametrize(
    ("code", "prefix", "texts"),
    [
        ("de", "", ["4. März 2025", "1.240", "1.234,5 Stunden"]),
        ("de-simple", "/de-simple", ["4. März 2025", "1.240", "1.234,5"]),
        ("en", "/en", ["4 March 2025", "1,240", "1,234.5 hours"]),
    ],
)
def test_dates_and_numbers_are_written_as_the_language_does(client, tree, code, prefix, texts):
    locale, _new = Locale.objects.get_or_create(language_code=code)
    overview = tree.impulses
    if code != "de":
        home = tree.home.copy_for_translation(locale)
        home.save_revision().publish()
        overview = tree.impulses.copy_for_translation(locale)
        overview.save_revision().publish()
    page = factories.ImpulsePageFactory(
        parent=overview,
        title="Zahlen",
        slug="zahlen",
        locale=locale,
        start_date=dt.date(2025, 3, 4),
        participants=1240,
        hours="1234.5",
    )
    html = client.get(f"{prefix}{page.get_parent().get_url().removeprefix(prefix)}zahlen/")
    text = " ".join(BeautifulSoup(html.content, "html.parser").main.get_text(" ").split())
    for wanted in texts:
        assert wanted in text
