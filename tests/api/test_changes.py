"""The feed of changes names what was public and what became of it, and nothing else."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from demo.multiply import multiply
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("standing_tree")]


@pytest.fixture
def feed(api, tree):
    """Return a function that reads what has changed since it was last called."""
    state = {"cursor": ""}

    def read():
        found = []
        while True:
            answer = api.json(f"/changes?limit=2{state['cursor']}")
            state["cursor"] = f"&cursor={answer['next_cursor']}"
            found += [(item["kind"], item["path"]) for item in answer["items"]]
            if not answer["has_more"]:
                return found

    return read


@pytest.fixture
def post(tree, feed):
    """Return a published post whose going public has been read."""
    page = factories.GuestPostPageFactory(parent=tree.blog, title="Brief")
    feed()
    return page


def publish(page):
    page.save_revision().publish()


def test_a_reader_begins_with_all_that_is_public(tree, feed):
    paths = {path for _kind, path in feed()}
    assert paths == {"/", "/impulse/", "/postkarten/", "/mut-mach-karten/", "/blog/"}
    assert feed() == []


def test_a_published_page_is_told(tree, feed):
    feed()
    page = factories.GuestPostPageFactory(parent=tree.blog, title="Brief", live=False)
    assert feed() == []
    publish(page)
    assert feed() == [("published", "/blog/brief/")]


def test_a_changed_page_is_told_when_its_draft_goes_live(post, feed):
    post.title = "Neuer Brief"
    revision = post.save_revision()
    assert feed() == []
    revision.publish()
    assert feed() == [("changed", "/blog/brief/")]


def test_a_new_address_is_told(post, feed):
    post.slug = "post"
    publish(post)
    assert feed() == [("moved", "/blog/post/")]


def test_a_withdrawn_page_is_told(post, feed):
    post.unpublish()
    assert feed() == [("withdrawn", "/blog/brief/")]


def test_a_deleted_page_is_told(post, feed):
    post.delete()
    assert feed() == [("deleted", "/blog/brief/")]


@pytest.mark.parametrize("kind", ["password", "login", "groups"])
def test_a_page_that_gets_private_is_withdrawn_and_comes_back(post, feed, kind):
    restriction = PageViewRestriction.objects.create(page=post, restriction_type=kind)
    assert feed() == [("withdrawn", "/blog/brief/")]
    restriction.delete()
    assert feed() == [("published", "/blog/brief/")]


def test_what_lies_below_a_hidden_page_is_withdrawn_with_it(tree, post, feed):
    tree.blog.refresh_from_db()  # it has a child now
    tree.blog.unpublish()
    assert set(feed()) == {("withdrawn", "/blog/"), ("withdrawn", "/blog/brief/")}


def test_an_expired_page_is_withdrawn_without_a_scheduler(post, feed):
    now = timezone.now()
    Page.objects.filter(pk=post.pk).update(expire_at=now - dt.timedelta(seconds=1))
    assert feed() == [("withdrawn", "/blog/brief/")]


def test_a_page_that_was_never_public_is_never_named(tree, feed):
    feed()
    page = factories.GuestPostPageFactory(parent=tree.blog, title="Nie", live=False)
    page.save_revision()
    page.delete()
    assert feed() == []


def test_the_version_tells_of_what_is_no_page(api, tree):
    before = api.json("/changes")["version"]
    assert api.json("/changes")["version"] == before
    factories.DepartmentFactory()
    assert api.json("/changes")["version"] != before


@pytest.mark.parametrize(
    "cursor",
    ["x", "AAAA", "WyJjaGFuZ2VzIiwgbnVsbCwgLTFd", "WyJjaGFuZ2VzIiwgbnVsbCwgOTk5OTk5XQ"],
)
def test_a_forged_cursor_is_refused(api, tree, cursor):
    assert api.get(f"/changes?cursor={cursor}").status_code == 422


def test_the_number_of_pages_costs_no_query(api, post):
    counts = []
    for size in (10, 200):
        multiply(post, size)
        api.json("/changes?limit=100")
        with CaptureQueriesContext(connection) as captured:
            api.json("/changes?limit=100")
        counts.append(len(captured))
    assert counts == [counts[0]] * 2
    assert counts[0] <= 5
