"""Lists: filters that combine and count, pages that are never out of range, words for each view."""

import datetime as dt
import random
from itertools import product
from urllib.parse import urlencode

import html5lib
import pytest
from django.db import transaction

from blog.models import BlogIndexPage
from home.listing import PER_PAGE, Pager
from home.models import Article
from postcards.models import CourageCardIndexPage, PostcardIndexPage
from tests import factories
from tests.sample import build_tree

CHOICES = {
    "department": ["dezernat-a", "dezernat-b"],
    "kind": ["workshop", "tour", "talk"],
    "article": ["1", "12a", "praeambel"],
    "tag": ["mut", "alltag", "rathaus"],
    "year": ["2025", "2026"],
}
#: One value a filter, or none: every way to combine the filters.
COMBINATIONS = [
    {name: value for name, value in zip(CHOICES, values, strict=True) if value}
    for values in product(*(["", values[0]] for values in CHOICES.values()))
]
COUNT = 40


@pytest.fixture(scope="module")
def standing_list(django_db_setup, django_db_blocker):
    """Keep many impulses of all sorts; return what each of them is."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build_impulses()
        transaction.set_rollback(True)


def build_impulses():
    chance, tree = random.Random(1949), build_tree()
    departments = {
        slug: factories.DepartmentFactory(slug=slug, short_name=slug)
        for slug in CHOICES["department"]
    }
    articles = {article.slug: article for article in Article.objects.all()}
    rows = []
    for number in range(COUNT):
        row = {name: {chance.choice(CHOICES[name])} for name in ("department", "kind", "year")}
        row |= {
            name: set(chance.sample(CHOICES[name], chance.randint(0, 3)))
            for name in ("article", "tag")
        }
        (slug,), (kind,), (year,) = row["department"], row["kind"], row["year"]
        start = dt.date(int(year), 1 + number % 12, 1 + number // 12)
        factories.ImpulsePageFactory(
            parent=tree.impulses,
            title=f"Impuls {number}",
            department=departments[slug],
            kind=kind,
            start_date=start,
            articles=[articles[slug] for slug in row["article"]],
            tags=[tag.title() for tag in row["tag"]],
        )
        rows.append(row | {"title": f"Impuls {number}", "start": start})
    return rows


@pytest.fixture
def impulses(standing_list, db):
    return standing_list


def matching(rows, chosen):
    """Return those of some impulses that have every chosen value."""
    return [row for row in rows if all(value in row[name] for name, value in chosen.items())]


def parse(response):
    return html5lib.parse(response.content.decode(), namespaceHTMLElements=False)


# --- Filters ------------------------------------------------------------------------------------


@pytest.mark.parametrize("chosen", COMBINATIONS, ids=lambda chosen: "+".join(chosen) or "none")
def test_filters_combine_and_count(impulses, client, chosen):
    listing = client.get("/impulse/", chosen).context["listing"]
    left = matching(impulses, chosen)
    assert listing.total == len(left)
    assert {page.title for page in listing.items} <= {row["title"] for row in left}
    assert len(listing.items) == min(len(left), PER_PAGE)
    for facet in listing.facets:
        others = {name: value for name, value in chosen.items() if name != facet.name}
        expected = {
            value: len(matching(impulses, others | {facet.name: value}))
            for value in CHOICES[facet.name]
        }
        shown = {option.value: option.count for option in facet.options}
        left_out = {value for value, count in expected.items() if not count} - {*chosen.values()}
        assert shown == {key: n for key, n in expected.items() if key not in left_out}
        selected = [option.value for option in facet.options if option.selected]
        assert selected == [chosen[name] for name in chosen if name == facet.name]


def test_the_newest_come_first(impulses, client):
    newest = sorted(impulses, key=lambda row: row["start"], reverse=True)[:PER_PAGE]
    items = client.get("/impulse/").context["listing"].items
    assert [page.start_date for page in items] == [row["start"] for row in newest]


def test_filters_stand_in_the_order_of_the_law_and_of_time(impulses, client):
    facets = {facet.name: facet for facet in client.get("/impulse/").context["listing"].facets}
    labels = {name: [option.label for option in facet.options] for name, facet in facets.items()}
    assert labels["article"] == ["Präambel", "Artikel 1", "Artikel 12a"]
    assert labels["year"] == ["2026", "2025"]
    assert labels["kind"] == ["Führung", "Gespräch", "Workshop"]


@pytest.mark.parametrize("chosen", [{}, {"tag": "mut"}, {"tag": "mut", "year": "2026"}])
def test_every_link_leads_to_as_many_pages_as_it_says(impulses, client, chosen):
    facets = client.get("/impulse/", chosen).context["listing"].facets
    for option in (option for facet in facets for option in facet.options):
        assert client.get(option.url).context["listing"].total == option.count


def test_all_filters_stand_in_links_and_in_a_form_without_scripts(impulses, client):
    chosen = {"tag": "mut", "kind": "tour"}
    page = parse(client.get("/impulse/", chosen))
    form = page.find(".//form[@class='filters__form']")
    assert form.get("method") == "get"
    assert form.find(".//button[@type='submit']") is not None
    selects = {select.get("name"): select for select in form.iter("select")}
    assert selects.keys() == CHOICES.keys()
    for name, select in selects.items():
        assert page.find(f".//label[@for='{select.get('id')}']") is not None
        options = {option.get("value"): option for option in select.iter("option")}
        assert options.keys() == {"", *CHOICES[name]}
        selected = [value for value, option in options.items() if "selected" in option.attrib]
        assert selected == [value for key, value in chosen.items() if key == name]
    links = {link.get("href") for link in page.iter("a")}
    assert "/impulse/?kind=workshop&tag=mut" in links
    assert {"/impulse/?kind=tour", "/impulse/?tag=mut", "/impulse/"} <= links


@pytest.mark.parametrize(
    "wrong",
    [{"tag": "gibtesnicht"}, {"year": "1949"}, {"kind": "WORKSHOP"}, {"department": "1 OR 1=1"}],
)
def test_a_wrong_value_is_left_out_and_said_so(impulses, client, wrong):
    response = client.get("/impulse/", wrong | {"article": "12a"})
    listing = response.context["listing"]
    assert listing.chosen == {"article": "12a"}
    assert listing.total == len(matching(impulses, {"article": "12a"}))
    assert "nicht zu verstehen" in response.content.decode()
    assert "nicht zu verstehen" not in client.get("/impulse/?article=12a").content.decode()


def test_filters_that_leave_nothing_say_so_and_show_the_way_back(impulses, client):
    chosen = next(
        chosen
        for values in product(*CHOICES.values())
        if not matching(impulses, chosen := dict(zip(CHOICES, values, strict=True)))
    )
    response = client.get("/impulse/", chosen)
    page = parse(response)
    empty = page.find(".//div[@class='empty']")
    assert response.context["listing"].total == 0
    assert "Zu dieser Auswahl" in "".join(empty.itertext())
    assert empty.find(".//a").get("href") == "/impulse/"
    assert {choice.label for choice in response.context["listing"].active} == {
        "dezernat-a",
        "Workshop",
        "Artikel 1",
        "Mut",
        "2025",
    }


def test_a_list_without_pages_says_so_and_offers_no_filter(impulses, client):
    page = parse(client.get("/blog/"))
    assert page.find(".//div[@class='empty']") is not None
    assert page.find(".//form[@class='filters__form']") is None


# --- Pages of a list ----------------------------------------------------------------------------

LAST = -(-COUNT // PER_PAGE)


@pytest.mark.parametrize(
    ("asked", "number"),
    [
        ("", 1),
        ("1", 1),
        ("2", 2),
        (LAST, LAST),
        ("0", 1),
        ("-1", 1),
        ("abc", 1),
        ("1.5", 1),
        ("٣", 1),
        (LAST + 1, LAST),
        ("99999", LAST),
        ("9" * 400, LAST),
    ],
)
def test_no_page_number_leads_out_of_the_list(impulses, client, asked, number):
    listing = client.get("/impulse/", {"page": asked}).context["listing"]
    assert listing.pager.number == number
    assert len(listing.items) == (COUNT - (LAST - 1) * PER_PAGE if number == LAST else PER_PAGE)


def test_the_pages_hold_every_entry_once(impulses, client):
    seen, url = [], "/impulse/"
    while url:
        response = client.get(url)
        seen += [page.title for page in response.context["listing"].items]
        url = response.context["listing"].pager.next_url
    assert sorted(seen) == sorted(row["title"] for row in impulses)


def test_the_next_page_keeps_the_filters(impulses, client):
    page = parse(client.get("/impulse/?department=dezernat-a&page=2"))
    hrefs = {link.get("rel"): link.get("href") for link in page.findall(".//a[@rel]")}
    assert hrefs["prev"] == "/impulse/?department=dezernat-a"


@pytest.mark.parametrize(
    ("number", "pages"),
    [
        (1, [1, 2, None, 9]),
        (2, [1, 2, 3, None, 9]),
        (5, [1, None, 4, 5, 6, None, 9]),
        (9, [1, None, 8, 9]),
    ],
)
def test_the_pager_shows_the_ends_and_the_neighbours(number, pages):
    pager = Pager(number, 90, 10, lambda page: f"?page={page}")
    assert [link and link.number for link in pager.pages] == pages
    assert [link.number for link in pager.pages if link and link.current] == [number]
    assert (bool(pager.previous_url), bool(pager.next_url)) == (number > 1, number < 9)


# --- What search engines and readers are told ---------------------------------------------------


def told(response):
    """Return title, canonical address and robots of a page."""
    head = parse(response).find("head")
    robots = head.find("meta[@name='robots']")
    return (
        head.find("title").text,
        head.find("link[@rel='canonical']").get("href"),
        robots.get("content") if robots is not None else "",
    )


@pytest.mark.parametrize(
    ("query", "words", "canonical", "robots"),
    [
        ({}, "", "", ""),
        ({"page": "1"}, "", "", ""),
        ({"page": "2"}, " – Seite 2", "?page=2", ""),
        ({"page": "99999"}, f" – Seite {LAST}", f"?page={LAST}", ""),
        ({"tag": "mut"}, ": Mut", "?tag=mut", "noindex"),
        ({"tag": "mut", "kind": "tour"}, ": Führung, Mut", "?kind=tour&tag=mut", "noindex"),
        (
            {"page": "2", "department": "dezernat-a"},
            ": dezernat-a – Seite 2",
            "?department=dezernat-a&page=2",
            "noindex",
        ),
        ({"tag": "gibtesnicht", "utm_source": "x"}, "", "", ""),
    ],
    ids=lambda value: urlencode(value) if isinstance(value, dict) else None,
)
def test_every_view_of_a_list_says_what_it_is(impulses, client, query, words, canonical, robots):
    title, address, instruction = told(client.get("/impulse/", query))
    assert title == f"Impulse{words} – Haltung"
    assert address == f"http://localhost/impulse/{canonical}"
    assert instruction == robots


@pytest.mark.parametrize(
    ("factory", "overview", "query"),
    [
        (factories.PostcardPageFactory, PostcardIndexPage, "article=1"),
        (factories.CourageCardPageFactory, CourageCardIndexPage, "occasion=sitzung"),
        (factories.GuestPostPageFactory, BlogIndexPage, "article=1&year=2026"),
    ],
)
def test_every_list_filters_and_says_so(impulses, client, article, factory, overview, query):
    parent = overview.objects.get()
    values = {"occasions": ["Sitzung"]} if "occasion" in query else {"articles": [article("1")]}
    page = factory(parent=parent, **values)
    response = client.get(f"{parent.get_url()}?{query}")
    assert [item.pk for item in response.context["listing"].items] == [page.pk]
    assert told(response)[1:] == (f"{parent.full_url}?{query}", "noindex")
