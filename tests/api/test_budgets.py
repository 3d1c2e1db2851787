"""An answer asks the database a fixed number of questions, however many pages there are.

"Cold" is a running server whose cache was emptied: filters are counted anew. Known are content
types, which a process never forgets, and the sites' roots, which Wagtail looks up once an hour.
"""

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from wagtail.models import Site

from api import operations
from api.registry import registry
from tests.api.conftest import API
from tests.multiply import multiply
from tests.rich import build_rich_campaign

pytestmark = pytest.mark.django_db
SIZES = [10, 300]
CARDS, PAGE, NAVIGATION, NOT_MODIFIED = 12, 32, 4, 3
FILTERED = "tag=mut&department=dezernat&article=1&locale=de&published_after=2020-01-01"
TYPES = ["home", "standard", "impulse_index", "impulse", "blog_index", "guest_post"]
TYPES += ["postcard_index", "postcard", "courage_card_index", "courage_card"]
LISTS = [
    "/pages",
    "/pages?q=Haltung",
    f"/pages?{FILTERED}",
    f"/pages?q=Haltung&{FILTERED}",
    "/pages?under=/postkarten/&order=title",
    *(f"/pages?type={name}" for name in TYPES),
    "/pages?type=postcard&type=impulse&type=guest_post&limit=100",
]
PATHS = [
    "/",
    "/impulse/",
    "/postkarten/",
    "/mut-mach-karten/",
    "/blog/",
    "/impulse/ein-impuls/",
    "/postkarten/eine-postkarte/",
    "/mut-mach-karten/eine-karte/",
    "/blog/ein-gastbeitrag/",
    "/seite/",
    "/seite/darunter/noch-tiefer/",
]
#: What is asked for, and how many queries it may cost.
BUDGETS = {
    **dict.fromkeys(LISTS, CARDS),
    "second page": CARDS,
    "second page of hits": CARDS,
    **{f"/resolve?path={path}": PAGE for path in PATHS},
    "/resolve?path=/nirgendwo/": 8,
    "/navigation": NAVIGATION,
    "/navigation?depth=5": NAVIGATION,
    "/site": 12,
    "/departments": 4,
    "/articles": 4,
}
SECOND_PAGES = {
    "second page": "/pages?limit=5&order=title",
    "second page of hits": "/pages?limit=5&q=Haltung",
}


def measure(client, address):
    """Return what an answer asks the database when nothing of it is kept."""
    client.get(address)
    cache.clear()
    Site.get_site_root_paths()
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
    expected = 404 if "nirgendwo" in address else 200
    assert response.status_code == expected, (address, response.content[:300])
    return [query["sql"] for query in captured]


def address_of(client, name, department):
    """Return the address behind a name of `BUDGETS`."""
    if first := SECOND_PAGES.get(name):
        answer = client.get(f"{API}{first}").json()
        return f"{API}{first}&cursor={answer['next_cursor']}"
    return f"{API}{name}".replace("department=dezernat", f"department={department}")


@pytest.fixture(scope="module")
def asked(django_db_setup, django_db_blocker, tmp_path_factory):
    """Return the queries of every answer, for every number of pages of each type."""
    found = {}
    with (
        django_db_blocker.unblock(),
        override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media"), API_THROTTLE_RATE=""),
        transaction.atomic(),
    ):
        pages, images = build_rich_campaign()
        department = pages[0].department.slug
        client = Client()
        for size in SIZES:
            for page in pages:
                multiply(page, size, images)
            for name in BUDGETS:
                found[name, size] = measure(client, address_of(client, name, department))
            filled = client.get(address_of(client, f"/pages?{FILTERED}", department)).json()
            assert len(filled["items"]) >= min(20, size), "the filters leave nothing to measure"
        transaction.set_rollback(True)
    cache.clear()
    return found


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", BUDGETS)
def test_an_answer_stays_within_its_budget(asked, name, size):
    queries = asked[name, size]
    assert len(queries) <= BUDGETS[name], "\n".join(queries)


@pytest.mark.parametrize("name", BUDGETS)
def test_the_number_of_pages_costs_no_query(asked, name):
    few, many = (asked[name, size] for size in SIZES)
    assert len(few) == len(many), "\n".join([*few, "", *many])


def test_every_registered_type_has_a_budget():
    assert set(registry.type_names()) == set(TYPES)


@pytest.mark.parametrize(
    "path", ["/pages", "/resolve?path=/seite/", "/navigation", "/site", "/departments", "/articles"]
)
def test_what_has_not_changed_costs_next_to_nothing(rich, client, monkeypatch, path):
    etag = client.get(f"{API}{path}")["ETag"]
    Site.get_site_root_paths()

    def refuse(_content):
        raise AssertionError("a body was made")

    monkeypatch.setattr(operations, "answer", refuse)
    monkeypatch.setattr("home.endpoints.answer", refuse)
    with CaptureQueriesContext(connection) as captured:
        response = client.get(f"{API}{path}", headers={"if-none-match": etag})
    assert (response.status_code, response.content) == (304, b"")
    assert len(captured) <= NOT_MODIFIED, "\n".join(q["sql"] for q in captured)
