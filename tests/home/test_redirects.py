"""A published page that gets another slug is found at its old address, and so is its branch."""

import pytest
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from tests import factories

pytestmark = pytest.mark.usefixtures("standing_tree")


@pytest.fixture(params=["de", "de-simple", "en"])
def pages(request, tree):
    """Return a page and the one below it, in one of the languages."""
    root = tree.home
    if request.param != "de":
        locale = Locale.objects.get_or_create(language_code=request.param)[0]
        root = tree.home.copy_for_translation(locale)
        root.save_revision().publish()
    page = factories.StandardPageFactory(parent=root, title="Alt", slug="alt", locale=root.locale)
    child = factories.StandardPageFactory(
        parent=page, title="Darunter", slug="darunter", locale=root.locale
    )
    return page, child


@pytest.fixture
def edit(admin_client, django_capture_on_commit_callbacks):
    """Return a function that saves a page under another slug, in its form."""

    def save(page, slug, publish=True):
        with django_capture_on_commit_callbacks(execute=True):
            send_form(admin_client, page, slug, publish)

    return save


def send_form(client, page, slug, publish):
    data = nested_form_data(
        {
            "title": page.title,
            "slug": slug,
            "body": streamfield([]),
            "article_links": inline_formset([]),
            "comments": inline_formset([]),
            "licence": "cc-by-4.0",
            "ai_use": "none",
            **({"action-publish": "1"} if publish else {}),
        }
    )
    response = client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data)
    assert response.status_code == 302


def fresh_url(page):
    return type(page).objects.get(pk=page.pk).get_url()


def test_the_old_addresses_of_a_page_and_its_branch_lead_to_the_new_ones(pages, edit, client):
    old = [fresh_url(page) for page in pages]
    edit(pages[0], "neu")
    new = [fresh_url(page) for page in pages]
    assert new == [url.replace("/alt/", "/neu/") for url in old]
    for before, after in zip(old, new, strict=True):
        response = client.get(before)
        assert (response.status_code, response["Location"]) == (301, after)
        assert client.get(after).status_code == 200


def test_a_page_that_gets_its_old_slug_back_is_at_home_there(pages, edit, client):
    url = fresh_url(pages[0])
    for slug in ("neu", "alt"):
        edit(pages[0], slug)
    assert client.get(url).status_code == 200
    response = client.get(url.replace("/alt/", "/neu/"))
    assert (response.status_code, response["Location"]) == (301, url)


def test_a_draft_with_another_slug_moves_nothing(pages, edit, client):
    edit(pages[0], "neu", publish=False)
    assert not Redirect.objects.exists()
    assert client.get(fresh_url(pages[0])).status_code == 200


@pytest.fixture
def moved(tree):
    """Return a page that an old address leads to."""
    page = factories.StandardPageFactory(parent=tree.home, slug="neu")
    Redirect.add_redirect("/alt", page)
    return page


def leads_to(client, address):
    """Return where the site and the API say that an address leads."""
    found = client.get("/api/v1/resolve", {"path": address}).json()
    return client.get(address)["Location"], found["location"].removeprefix("http://localhost")


@pytest.mark.parametrize("query", ["?year=2025&tag=mut", "?b=1&a=2", "?q=W%C3%BCrde", "?q=a+b"])
@pytest.mark.usefixtures("moved")
def test_a_redirect_keeps_the_query(client, query):
    assert leads_to(client, f"/alt/{query}") == (f"/neu/{query}", f"/neu/{query}")


@pytest.mark.usefixtures("moved")
def test_a_redirect_from_an_address_with_a_query_leads_where_it_says(client):
    Redirect.add_redirect("/alt?p=7", "/woanders/")
    Redirect.add_redirect("/drei", "/ziel/?a=1#da")
    Redirect.add_redirect("/vier", "/ziel/#da")
    assert leads_to(client, "/alt/?p=7") == ("/woanders/", "/woanders/")
    assert leads_to(client, "/drei/?b=2") == ("/ziel/?a=1#da", "/ziel/?a=1#da")
    assert leads_to(client, "/vier/?b=2") == ("/ziel/?b=2#da", "/ziel/?b=2#da")


def test_an_old_address_of_a_withdrawn_page_leads_nowhere(client, moved):
    moved.unpublish()
    for query in ("", "?seite=2"):
        response = client.get(f"/alt/{query}")
        assert (response.status_code, "Location" in response) == (404, False)


def test_a_temporary_redirect_stays_temporary(client, moved):
    Redirect.objects.create(old_path="/kurz", redirect_page=moved, is_permanent=False)
    assert client.get("/kurz/").status_code == 302


@pytest.mark.parametrize("name", ["impulses", "blog"])
def test_a_feed_moves_with_its_overview(tree, client, django_capture_on_commit_callbacks, name):
    page = getattr(tree, name)
    before = f"{page.get_url()}feed/"
    with django_capture_on_commit_callbacks(execute=True):
        page.slug = "aktionen"
        page.save_revision().publish()
    assert leads_to(client, before) == ("/aktionen/feed/", "/aktionen/feed/")
    assert client.get("/aktionen/feed/").status_code == 200


def test_an_overview_without_a_feed_has_one_address(tree):
    assert tree.postcards.get_route_paths() == ["/"]
