"""Every page is valid HTML with one outline, and says what screen readers need to know."""

from collections import Counter
from itertools import pairwise

import html5lib
import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client, override_settings
from wagtail.models import PageViewRestriction

from tests import factories
from tests.rich import build_rich_campaign
from tests.sample import body

pytestmark = pytest.mark.django_db
#: Every page type with every block; lists with and without entries; the pages that have no type.
ADDRESSES = {
    "/": 200,
    "/impulse/": 200,
    "/impulse/ein-impuls/": 200,
    "/impulse/?tag=mut&kind=workshop": 200,
    "/impulse/?tag=gibtesnicht": 200,
    "/postkarten/": 200,
    "/postkarten/eine-postkarte/": 200,
    "/mut-mach-karten/": 200,
    "/mut-mach-karten/eine-karte/": 200,
    "/blog/": 200,
    "/blog/ein-gastbeitrag/": 200,
    "/seite/": 200,
    "/untitelt/": 200,
    "/geheim/": 200,
    "/suche/": 200,
    "/suche/?q=Haltung": 200,
    "/suche/?q=Quastenflosser": 200,
    "/suche/?q=x": 200,
    "/suche/?tag=mut": 200,
    "/konto/anmelden/?next=/": 200,
    "/konto/anmelden/code/": 200,
    "/konto/passwort/vergessen/": 200,
    "/nirgendwo/": 404,
    "/suche/?q=%00": 400,
}


def untitled(blocks):
    """Return blocks without their headings: an outline must hold without them."""
    return [
        {"type": block["type"], "value": block["value"] | {"title": ""}}
        if isinstance(block["value"], dict) and "title" in block["value"]
        else block
        for block in blocks
        if block["type"] not in {"heading", "call_to_action"}
    ]


@pytest.fixture(scope="module")
def documents(django_db_setup, django_db_blocker, tmp_path_factory):
    """Return the HTML of every address."""
    media = tmp_path_factory.mktemp("media")
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=media), transaction.atomic():
        pages, _images = build_rich_campaign()
        home = pages[0].get_site().root_page.specific
        bare = untitled([*body(), *pages[0].body.raw_data])
        factories.StandardPageFactory(parent=home, title="Untitelt", body=bare)
        secret = factories.StandardPageFactory(parent=home, title="Geheim")
        PageViewRestriction.objects.create(
            page=secret, restriction_type=PageViewRestriction.PASSWORD, password="sesam"
        )
        answers = {address: Client().get(address) for address in ADDRESSES}
        home.body = untitled(home.body.raw_data)
        home.save()
        answers["home page without headings"] = Client().get("/")
        transaction.set_rollback(True)
    cache.clear()
    for address, status in ADDRESSES.items():
        assert answers[address].status_code == status, address
    return {address: answer.content.decode() for address, answer in answers.items()}


@pytest.fixture(params=[*ADDRESSES, "home page without headings"])
def text(request, documents):
    return documents[request.param]


@pytest.fixture
def document(text):
    return html5lib.parse(text, namespaceHTMLElements=False)


def words(element):
    return "".join(element.itertext()).strip()


def test_the_html_is_valid_in_its_structure(text):
    html5lib.HTMLParser(strict=True).parse(text)


def test_a_fault_in_the_structure_is_found():
    with pytest.raises(html5lib.html5parser.ParseError):
        html5lib.HTMLParser(strict=True).parse("<!DOCTYPE html><title>a</title><p><div></p>")


def test_the_page_says_its_language_and_title(document):
    assert document.get("lang") == "de"
    assert words(document.find("head/title"))


def test_there_is_one_main_heading(document):
    assert len(document.findall(".//h1")) == 1
    assert len(document.findall(".//main")) == 1
    assert words(document.find(".//main//h1"))


def test_headings_skip_no_level_and_say_something(document):
    headings = [element for element in document.iter() if element.tag in {"h1", "h2", "h3", "h4"}]
    in_main = [element for element in document.find(".//main").iter() if element in headings]
    assert all(words(heading) for heading in headings)
    levels = [int(heading.tag[1]) for heading in in_main]
    outline = [(heading.tag, words(heading)) for heading in in_main]
    assert levels[0] == 1, outline
    assert all(b - a <= 1 for a, b in pairwise(levels)), outline


def test_every_id_stands_once_and_every_reference_has_its_target(document):
    ids = Counter(element.get("id") for element in document.iter() if element.get("id"))
    assert not [name for name, count in ids.items() if count > 1]
    for element in document.iter():
        for attribute in ("for", "aria-labelledby", "aria-describedby", "popovertarget"):
            assert set((element.get(attribute) or "").split()) <= ids.keys()
        if element.tag == "a" and (element.get("href") or "").startswith("#"):
            assert element.get("href")[1:] in ids


def test_every_picture_has_its_words_and_its_size(document):
    for image in document.iter("img"):
        assert "alt" in image.attrib
        assert int(image.get("width")) > 0
        assert int(image.get("height")) > 0


def test_pages_with_pictures_were_looked_at(documents):
    assert sum("<img" in text for text in documents.values()) > 8


def test_links_and_buttons_have_names_and_lead_somewhere(document):
    for element in (*document.iter("a"), *document.iter("button")):
        images = [image.get("alt") for image in element.iter("img")]
        assert words(element) or any(images) or element.get("aria-label")
        assert element.tag == "button" or element.get("href") or "href" not in element.attrib


def test_every_field_has_a_label(document):
    labelled = {label.get("for") for label in document.iter("label")}
    fields = [*document.iter("input"), *document.iter("select"), *document.iter("textarea")]
    for field in fields:
        assert field.get("type") == "hidden" or field.get("id") in labelled


def test_navigations_of_one_page_have_names_of_their_own(document):
    names = [nav.get("aria-label") for nav in document.iter("nav")]
    assert all(names)
    assert len(names) == len(set(names))


def test_tables_have_captions_and_header_cells(documents):
    page = html5lib.parse(documents["/seite/"], namespaceHTMLElements=False)
    tables = list(page.iter("table"))
    assert tables
    for table in tables:
        assert words(table.find("caption"))
        assert {cell.get("scope") for cell in table.iter("th")} <= {"col", "row"}
        assert table.find("thead//th") is not None
