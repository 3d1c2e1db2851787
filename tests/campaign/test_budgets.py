"""A view asks the database a fixed number of questions, however many pages there are.

"Uncached" is what a running server meets whose cache was emptied: no page is kept and no picture's
size is remembered. Known are content types and compiled templates, which a process never forgets,
and the sites' roots, which Wagtail looks up once an hour (two queries). The pictures' sizes are on
the disk since the first visit.
"""

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from wagtail.models import Site

from demo.multiply import multiply
from tests.rich import build_rich_campaign

pytestmark = pytest.mark.django_db
SIZES = [10, 300]
#: What is asked for, and how many queries it may cost.
BUDGETS = {
    "/": 20,
    "/impulse/": 15,
    "/impulse/?page=2": 15,
    "/impulse/?tag=mut&kind=workshop&article=1&year=2026": 15,
    "/postkarten/": 15,
    "/postkarten/?tag=mut&article=1": 15,
    "/mut-mach-karten/": 15,
    "/mut-mach-karten/?tag=mut&article=1&page=2": 15,
    "/blog/": 15,
    "/blog/?tag=mut&article=1&year=2026": 15,
    "/impulse/ein-impuls/": 15,
    "/postkarten/eine-postkarte/": 15,
    "/mut-mach-karten/eine-karte/": 15,
    "/blog/ein-gastbeitrag/": 16,
    "/seite/": 15,
    "/dgs/": 18,
    "/seite/darunter/noch-tiefer/": 15,
    "/suche/": 10,
    "/suche/?q=Haltung": 10,
    "/suche/?q=Haltung&page=2": 10,
    "/suche/?tag=mut": 10,
    "/impulse/feed/": 10,
    "/blog/feed/": 10,
    "/sitemap.xml": 10,
    "/mut-mach-karten/ziehen/": 10,
    "/kampagne.css": 5,
    "/nirgendwo/": 10,
}


def ask(client, address):
    """Return what a view asks the database when nothing of it is cached."""
    client.get(address)
    cache.clear()
    Site.get_site_root_paths()
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
    expected = {"/nirgendwo/": 404, "/mut-mach-karten/ziehen/": 302}.get(address, 200)
    assert response.status_code == expected, address
    return [query["sql"] for query in captured]


@pytest.fixture(scope="module")
def asked(django_db_setup, django_db_blocker, tmp_path_factory):
    """Return the queries of every address, for every number of pages of each type."""
    media = tmp_path_factory.mktemp("media")
    found = {}
    with (
        django_db_blocker.unblock(),
        override_settings(MEDIA_ROOT=media, PAGE_CACHE_SECONDS=0),
        transaction.atomic(),
    ):
        pages, images = build_rich_campaign()
        for size in SIZES:
            for page in pages:
                multiply(page, size, images)
                assert page.get_parent().get_children().type(type(page)).count() == size
            for address in BUDGETS:
                found[address, size] = ask(Client(headers={"host": "localhost"}), address)
        transaction.set_rollback(True)
    cache.clear()
    return found


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("address", BUDGETS)
def test_a_view_stays_within_its_budget(asked, address, size):
    queries = asked[address, size]
    assert len(queries) <= BUDGETS[address], "\n".join(queries)


@pytest.mark.parametrize("address", BUDGETS)
def test_the_number_of_pages_costs_no_query(asked, address):
    few, many = (asked[address, size] for size in SIZES)
    assert len(few) == len(many), "\n".join([*few, "", *many])
