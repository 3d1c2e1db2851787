"""An answer asks the database a fixed number of questions, however many pages there are."""

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from wagtail.models import Site

from demo.multiply import multiply
from tests.api.conftest import Reader
from tests.rich import build_rich_campaign

SIZES = [10, 300]
LISTS = (
    "/pages",
    "/pages?type=postcard&limit=20",
    "/pages?type=guest_post&limit=20",
    "/pages?type=impulse&order=title",
    "/pages?tag=mut&article=1&department=dezernat-0",
    "/pages?q=Haltung&type=postcard",
    "/pages?under=/impulse/&order=path",
)
PATHS = (
    "/",
    "/impulse/",
    "/impulse/ein-impuls/",
    "/postkarten/",
    "/postkarten/eine-postkarte/",
    "/mut-mach-karten/",
    "/mut-mach-karten/eine-karte/",
    "/blog/",
    "/blog/ein-gastbeitrag/",
    "/seite/",
    "/seite/darunter/noch-tiefer/",
)
BUDGETS = (
    dict.fromkeys(LISTS, 12)
    | {f"/resolve?path={path}": 32 for path in PATHS}
    | {"/navigation": 4, "/navigation?depth=5": 4, "/site": 10, "/departments": 5, "/articles": 4}
)


def ask(reader, path):
    """Return what an answer asks the database when nothing of it is cached."""
    reader.json(path)
    cache.clear()
    Site.get_site_root_paths()
    with CaptureQueriesContext(connection) as captured:
        reader.json(path)
    return [query["sql"] for query in captured]


@pytest.fixture(scope="module")
def asked(django_db_setup, django_db_blocker, tmp_path_factory):
    """Return the queries of every path, for every number of pages of each type."""
    found = {}
    with (
        django_db_blocker.unblock(),
        override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media")),
        transaction.atomic(),
    ):
        pages, images = build_rich_campaign()
        for size in SIZES:
            for page in pages:
                multiply(page, size, images)
            for path in BUDGETS:
                found[path, size] = ask(Reader(), path)
        transaction.set_rollback(True)
    cache.clear()
    return found


@pytest.mark.django_db
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("path", BUDGETS)
def test_an_answer_stays_within_its_budget(asked, path, size):
    assert len(asked[path, size]) <= BUDGETS[path], "\n".join(asked[path, size])


@pytest.mark.django_db
@pytest.mark.parametrize("path", BUDGETS)
def test_the_number_of_pages_costs_no_query(asked, path):
    few, many = (asked[path, size] for size in SIZES)
    assert len(few) == len(many), "\n".join([*few, "", *many])


@pytest.mark.parametrize("path", ["/pages", "/resolve?path=/blog/ein-gastbeitrag/"])
def test_an_answer_that_has_not_changed_costs_two_queries(api, rich, path):
    etag = api.get(path)["ETag"]
    with CaptureQueriesContext(connection) as captured:
        response = api.get(path, **{"if-none-match": etag})
    assert response.status_code == 304
    assert len(captured) == 2, [query["sql"] for query in captured]
