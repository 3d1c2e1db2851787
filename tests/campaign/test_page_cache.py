"""A page is rendered once, and again as soon as anything that it shows has changed."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction, Site

from campaign import page_cache
from home.models import CampaignSettings, ContentVersion, Department
from impulses.models import ImpulsePage
from tests.sample import build_campaign


@pytest.fixture(autouse=True)
def campaign(db, settings):
    """Return a campaign whose pages are kept."""
    settings.PAGE_CACHE_SECONDS = 300
    CampaignSettings.for_site(Site.objects.get())
    return build_campaign()


@pytest.fixture
def story():
    """Return the campaign's impulse story."""
    return ImpulsePage.objects.visible().first()


def test_the_second_visitor_costs_one_query(client):
    first = client.get("/")

    with CaptureQueriesContext(connection) as queries:
        second = client.get("/")

    assert len(queries) == 1
    assert second.content == first.content
    assert second.headers["Content-Security-Policy"] == first.headers["Content-Security-Policy"]


def test_a_browser_that_has_the_page_gets_no_body(client):
    etag = client.get("/")["ETag"]

    again = client.get("/", headers={"if-none-match": etag})

    assert again.status_code == 304
    assert again.content == b""
    assert again.headers["Cache-Control"] == "no-cache"


def rename(story):
    story.title = "Ein neuer Titel"
    story.save_revision().publish()


def withdraw(story):
    story.unpublish()


def delete(story):
    story.delete()


def restrict(story):
    PageViewRestriction.objects.create(
        page=Page.objects.get(pk=story.pk), restriction_type="password", password="sesam"
    )


def restrict_the_parent(story):
    PageViewRestriction.objects.create(
        page=story.get_parent(), restriction_type="password", password="sesam"
    )


def move_to_a_draft(story):
    home = story.get_parent().get_parent()
    hidden = home.add_child(instance=Page(title="Abstellraum", slug="abstellraum", live=False))
    Page.objects.get(pk=story.pk).move(hidden, "first-child")


CHANGES = [rename, withdraw, delete, restrict, restrict_the_parent, move_to_a_draft]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_a_change_shows_at_once_everywhere(client, story, change):
    title, places = story.title, ["/impulse/", story.url]
    for place in places:
        assert title in client.get(place).text

    change(ImpulsePage.objects.get(pk=story.pk))

    for place in places:
        assert title not in client.get(place).text, place


def test_settings_and_snippets_show_at_once(client, story):
    before = client.get(story.url).text
    campaign, department = (
        CampaignSettings.objects.get(),
        Department.objects.get(pk=story.department_id),
    )
    campaign.municipality = "Stadt Andersheim"
    campaign.save()
    department.short_name = "Dezernat Neunundneunzig"
    department.save()

    after = client.get(story.url).text

    for text in ("Stadt Andersheim", "Dezernat Neunundneunzig"):
        assert text not in before
        assert text in after


def test_a_draft_leaves_kept_pages_alone(story):
    mark = ContentVersion.current()
    story.title = "Noch nicht fertig"

    story.save_revision()

    assert ContentVersion.current() == mark


@pytest.fixture
def kept(monkeypatch):
    """Return how long each page is kept, in seconds, instead of keeping it."""
    seconds = []
    monkeypatch.setattr(page_cache.cache, "set", lambda _key, _page, time=0: seconds.append(time))
    Site.get_site_root_paths()  # Wagtail's own use of the cache
    seconds.clear()
    return seconds


def test_a_kept_page_ends_when_the_next_page_expires(client, story, kept):
    story.expire_at = timezone.now() + dt.timedelta(seconds=90)
    story.save()
    kept.clear()

    client.get("/impulse/")

    assert 0 < kept[-1] <= 90


@pytest.mark.parametrize(
    "address", ["/?x=1", "/suche/?q=Freiheit", "/mut-mach-karten/ziehen/", "/gibt-es-nicht/"]
)
def test_endless_addresses_and_chance_are_never_kept(client, address):
    assert "ETag" not in client.get(address).headers


def test_a_password_form_is_never_kept(client, story):
    restrict(story)

    answer = client.get(story.url)

    assert answer.cookies
    assert "ETag" not in answer.headers


def test_whoever_is_logged_in_gets_a_page_of_their_own(client, admin_client):
    client.get("/")

    assert "ETag" not in admin_client.get("/").headers


def test_hosts_do_not_share_pages(client):
    client.get("/", headers={"host": "localhost"})

    with CaptureQueriesContext(connection) as queries:
        client.get("/", headers={"host": "testserver"})

    assert len(queries) > 1
