"""Nothing leaks through the API: what is hidden changes no count, and is like what never was."""

from dataclasses import fields

import pytest
from django.core.cache import cache
from django.db import transaction
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale, Page, Site

from home.models import Article
from tests import factories
from tests.api.conftest import API
from tests.home import test_visibility as html
from tests.home.test_visibility import HIDDEN, SECRETS, SLUG, TAG, TITLE, WORD, public
from tests.sample import Tree, build_tree


class Places(html.Places):
    """The page tree, asked through the API."""

    def get(self, address):
        """Return what the API says of an address; a page's own is asked by its path."""
        asks = address.startswith(API)
        parameters = {} if asks else {"path": address}
        response = self.client.get(address if asks else f"{API}/resolve", parameters)
        assert response.status_code in {200, 404}, response.content
        return response.content.decode()


def asked(make, path):
    """Ask the API for something after a page was made."""

    def place(at):
        page = make(at)
        return page, API + (path(page) if callable(path) else path)

    return place


def redirected(at):
    page = at.impulse()
    Redirect.objects.create(old_path="/alt", redirect_page=page)
    return page, "/alt/"


def translated(at):
    """Let the page be another one's translation."""
    english = Locale.objects.get_or_create(language_code="en")[0]
    at.tree.home.copy_for_translation(english).save_revision().publish()
    original = factories.StandardPageFactory(parent=at.tree.home, title="Original")
    page = original.copy_for_translation(english)
    page.title, page.slug = TITLE, SLUG
    page.save_revision().publish()
    Site.clear_site_root_paths_cache()
    return page, original.get_url()


#: Places beyond those that `tests/home/test_visibility.py` crosses already.
PLACES = {
    "pages at a path": asked(Places.standard, lambda page: f"/pages?under={page.get_url()}"),
    "pages at an id": asked(Places.standard, lambda page: f"/pages?under={page.pk}"),
    "pages of a department": asked(
        Places.impulse, lambda page: f"/pages?department={page.department.slug}"
    ),
    "the page itself": asked(Places.guest_post, lambda page: f"/pages/{page.pk}"),
    "the page by its path": lambda at: ((page := at.impulse()), page.get_url()),
    "a page below it": lambda at: (at.section(), Page.objects.get(title="Unterseite").get_url()),
    "a redirect": redirected,
    "another language": translated,
}


@pytest.fixture(scope="module", autouse=True)
def standing_tree(django_db_setup, django_db_blocker):
    """Build the page tree once for all tests here."""
    with django_db_blocker.unblock(), transaction.atomic():
        build_tree()
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def unthrottled(settings):
    settings.API_THROTTLE_RATE = ""


@pytest.fixture
def tree(home):
    by_type = {type(page): page for page in home.get_children().specific()}
    return Tree(home, *(by_type[field.type] for field in fields(Tree)[1:]))


@pytest.fixture
def places(tree, client):
    return Places(tree, client)


def show(places, name, state):
    page, address = PLACES[name](places)
    state(page)
    return places.get(address)


@pytest.mark.parametrize("place", PLACES)
def test_a_public_page_shows_itself(places, place):
    text = show(places, place, public)
    assert TITLE in text or SLUG in text


@pytest.mark.parametrize("state", HIDDEN)
@pytest.mark.parametrize("place", PLACES)
def test_a_hidden_page_is_in_no_answer(places, place, state):
    text = show(places, place, HIDDEN[state])
    assert not [secret for secret in SECRETS if secret in text]


@pytest.mark.parametrize("place", PLACES)
def test_what_waits_in_a_draft_is_in_no_answer(places, place):
    text = show(places, place, html.rename_in_draft)
    assert not [secret for secret in SECRETS if secret in text]


@pytest.mark.parametrize("place", PLACES)
def test_a_page_that_goes_public_again_shows_itself_again(places, place):
    page, address = PLACES[place](places)
    html.unpublished(page)
    places.get(address)
    page.specific_class.objects.get(pk=page.pk).save_revision().publish()
    text = places.get(address)
    assert TITLE in text or SLUG in text


# --- Numbers ------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", [None, WORD])
@pytest.mark.parametrize("state", HIDDEN)
def test_a_hidden_page_counts_nowhere(places, client, state, words):
    def counted():
        cache.clear()  # some states are written past the signals that renew the content's mark
        answer = client.get(f"{API}/pages", {"q": words} if words else {}).json()
        return answer["total"], answer["facets"]

    page = places.impulse(articles=[Article.objects.get(number="5")])
    visible = counted()
    HIDDEN[state](page)
    hidden = counted()
    Page.objects.get(pk=page.pk).delete()
    assert counted() == hidden != visible


@pytest.mark.parametrize("state", HIDDEN)
@pytest.mark.parametrize("make", html.TYPES.values(), ids=html.TYPES.keys())
def test_a_hidden_pages_id_is_like_one_that_never_was(places, client, make, state):
    page = make(places)
    HIDDEN[state](page)
    hidden, never = (client.get(f"{API}/pages/{pk}") for pk in (page.pk, 987_654))
    assert (hidden.status_code, hidden.content) == (never.status_code, never.content)
    assert hidden.status_code == 404
    hidden, never = (
        client.get(f"{API}/resolve", {"path": path}) for path in (page.get_url(), "/nie-gewesen/")
    )
    assert (hidden.status_code, hidden.content) == (404, never.content)


# --- Languages and redirects --------------------------------------------------------------------


@pytest.mark.parametrize(
    "state", [html.draft, html.expired, html.unpublished, *html.PRIVATE.values()]
)
def test_a_language_is_named_only_while_its_home_page_is_public(tree, client, state):
    english = Locale.objects.get_or_create(language_code="en")[0]
    home = tree.home.copy_for_translation(english)
    home.title = TITLE
    home.save_revision().publish()
    Site.clear_site_root_paths_cache()
    assert TITLE in client.get(f"{API}/site").content.decode()
    assert client.get(f"{API}/navigation?locale=en").status_code == 200
    state(home)
    assert [one["code"] for one in client.get(f"{API}/site").json()["locales"]] == ["de"]
    assert client.get(f"{API}/navigation?locale=en").status_code == 404


def test_nothing_answers_while_the_home_page_is_hidden(places, tree, client):
    page = places.impulse()
    html.unpublished(tree.home)
    for path in (f"/pages/{page.pk}", "/resolve?path=/", "/navigation"):
        assert client.get(API + path).status_code == 404
    assert client.get(f"{API}/pages").json()["total"] == 0


def test_an_account_sees_no_more_than_anybody(places, admin_client, client):
    page = places.impulse()
    html.PRIVATE["login"](page)
    for path in (f"/pages/{page.pk}", f"/pages?q={WORD}", f"/resolve?path={page.get_url()}"):
        assert admin_client.get(API + path).content == client.get(API + path).content


def test_names_of_who_submitted_or_saved_are_in_no_answer(places, admin_client, admin_user, client):
    admin_user.first_name, admin_user.last_name = "Verena", "Vertraulich"
    admin_user.save()
    page = places.impulse(owner=admin_user)
    page.save_revision(user=admin_user).publish(user=admin_user)
    for path in (f"/pages/{page.pk}", "/pages", "/site"):
        text = client.get(API + path).content.decode()
        assert not [word for word in ("Verena", "Vertraulich", admin_user.email) if word in text]


def test_the_secret_words_are_what_a_page_would_show(places):
    """The tests above look for the right words."""
    page = places.impulse()
    assert (page.title, page.slug) == (TITLE, SLUG)
    assert TAG in places.get(f"{API}/pages/{page.pk}")
