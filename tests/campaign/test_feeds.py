"""The feeds are valid Atom (RFC 4287), stand on absolute addresses and hold what is public."""

import datetime as dt
from html import unescape
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from wagtail.models import Page

from home.feeds import LATEST
from home.models import CampaignSettings
from tests import factories
from tests.sample import Tree

pytestmark = pytest.mark.usefixtures("standing_tree")

ATOM = "{http://www.w3.org/2005/Atom}"
FEEDS = {
    "/impulse/feed/": lambda tree, **values: factories.ImpulsePageFactory(
        parent=tree.impulses, **values
    ),
    "/blog/feed/": lambda tree, **values: factories.GuestPostPageFactory(
        parent=tree.blog, **values
    ),
}


def parse(response):
    return ElementTree.fromstring(response.content)  # noqa: S314 -- our own answer


@pytest.fixture(params=FEEDS)
def address(request):
    return request.param


@pytest.fixture
def publish(tree: Tree, address):
    return lambda **values: FEEDS[address](tree, **values)


@pytest.fixture
def read(client, address):
    """Return a function that fetches the feed and reads it as XML."""

    def fetch():
        response = client.get(address, headers={"host": "localhost"})
        assert response.status_code == 200
        assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
        return parse(response)

    return fetch


def text(element, name):
    (child,) = element.findall(f"{ATOM}{name}")
    return child.text


def entries(feed):
    return feed.findall(f"{ATOM}entry")


def test_a_feed_says_what_it_is(publish, read, address):
    publish()
    feed = read()
    assert feed.tag == f"{ATOM}feed"
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == "de"
    assert text(feed, "title")
    assert urlsplit(text(feed, "id")).scheme
    assert parse_datetime(text(feed, "updated")).tzinfo
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links["self"] == f"http://localhost{address}"
    assert links["alternate"] == f"http://localhost{address.removesuffix('feed/')}"


def test_somebody_answers_for_every_entry(publish, read, home):
    CampaignSettings.objects.create(site=home.get_site(), publisher_name="Stadt Musterstadt")
    publish()
    author = read().find(f"{ATOM}author")
    assert text(author, "name") == "Stadt Musterstadt"


def test_every_entry_has_what_atom_requires(publish, read):
    pages = [publish(search_description="Worum & <worum>") for _ in range(3)]
    found = entries(read())
    assert len(found) == len(pages)
    assert len({text(entry, "id") for entry in found}) == len(pages)
    for entry in found:
        assert text(entry, "id").startswith("urn:uuid:")
        assert text(entry, "title").startswith("Seite")
        # Atom's summary is HTML here: read as such, it says what the editor wrote.
        assert entry.find(f"{ATOM}summary").get("type") == "html"
        assert unescape(text(entry, "summary")) == "Worum & <worum>"
        assert parse_datetime(text(entry, "updated")) >= parse_datetime(text(entry, "published"))
        (link,) = entry.findall(f"{ATOM}link")
        assert link.get("href") in {page.full_url for page in pages}


def test_a_guest_post_names_its_authors(tree, client):
    authors = [factories.AuthorFactory(name=name) for name in ("Mara", "Kim")]
    factories.GuestPostPageFactory(parent=tree.blog, authors=authors)
    (entry,) = entries(parse(client.get("/blog/feed/")))
    assert text(entry.find(f"{ATOM}author"), "name") == "Mara, Kim"


def test_the_newest_come_first_and_old_ones_drop_out(publish, read):
    now = timezone.now()
    for age in range(LATEST + 2):
        publish(title=f"Alter {age}", first_published_at=now - dt.timedelta(days=age))
    titles = [text(entry, "title") for entry in entries(read())]
    assert titles == [f"Alter {age}" for age in range(LATEST)]


def test_the_feed_is_as_new_as_its_newest_change(publish, read):
    changed = timezone.now().replace(microsecond=0)
    publish(first_published_at=changed - dt.timedelta(days=9), last_published_at=changed)
    publish(first_published_at=changed - dt.timedelta(days=3))
    assert parse_datetime(text(read(), "updated")) == changed


def test_an_entry_keeps_its_name_when_its_page_moves(publish, read):
    page = publish()
    before = text(entries(read())[0], "id")
    page.slug = "anders"
    page.save()
    (entry,) = entries(read())
    assert text(entry, "id") == before
    assert entry.find(f"{ATOM}link").get("href").endswith("/anders/")


def test_a_feed_without_entries_is_still_valid(tree, read):
    feed = read()
    assert entries(feed) == []
    assert parse_datetime(text(feed, "updated"))


@pytest.mark.parametrize("hide", ["draft", "expired", "elsewhere"])
def test_what_is_not_public_or_not_of_this_list_is_left_out(publish, read, tree, address, hide):
    values = {
        "draft": {"live": False},
        "expired": {"expire_at": timezone.now() - dt.timedelta(hours=1)},
        "elsewhere": {},
    }[hide]
    if hide == "elsewhere":
        (other,) = FEEDS.keys() - {address}
        FEEDS[other](tree)
    else:
        publish(**values)
    assert entries(read()) == []


def test_control_characters_do_not_spoil_the_feed(publish, read):
    page = publish(title="Vorher")
    Page.objects.filter(pk=page.pk).update(title="Mit\x0bSteuerzeichen")
    assert len(entries(read())) == 1


def test_the_list_leads_to_its_feed(publish, client, address):
    publish()
    html = client.get(address.removesuffix("feed/")).content.decode()
    assert 'type="application/atom+xml" title="' in html
    assert f'href="{address}"' in html
