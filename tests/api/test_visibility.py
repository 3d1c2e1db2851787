"""Nothing leaks through the API: what is hidden changes no count, and is like what never was."""

import pytest
from django.core.cache import cache
from wagtail.models import Locale, Page, Site

from home.models import Article
from tests import hiding
from tests.api.conftest import API
from tests.hiding import HIDDEN, SLUG, TAG, TITLE, WORD

pytestmark = pytest.mark.usefixtures("standing_tree")


@pytest.fixture(autouse=True)
def unthrottled(settings):
    settings.API_THROTTLE_RATE = ""


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
@pytest.mark.parametrize("make", hiding.TYPES.values(), ids=hiding.TYPES.keys())
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


# --- Languages, people ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "state", [hiding.draft, hiding.expired, hiding.unpublished, *hiding.PRIVATE.values()]
)
def test_a_language_is_named_only_while_its_home_page_is_public(places, client, state):
    english = Locale.objects.get_or_create(language_code="en")[0]
    home = places.tree.home.copy_for_translation(english)
    home.title = TITLE
    home.save_revision().publish()
    Site.clear_site_root_paths_cache()
    assert TITLE in client.get(f"{API}/site").content.decode()
    assert client.get(f"{API}/navigation?locale=en").status_code == 200
    state(home)
    assert [one["code"] for one in client.get(f"{API}/site").json()["locales"]] == ["de"]
    assert client.get(f"{API}/navigation?locale=en").status_code == 404


def test_nothing_answers_while_the_home_page_is_hidden(places, client):
    page = places.impulse()
    hiding.unpublished(places.tree.home)
    for path in (f"/pages/{page.pk}", "/resolve?path=/", "/navigation"):
        assert client.get(API + path).status_code == 404
    assert client.get(f"{API}/pages").json()["total"] == 0


def test_an_account_sees_no_more_than_anybody(places, admin_client, client):
    page = places.impulse()
    hiding.PRIVATE["login"](page)
    for path in (f"/pages/{page.pk}", f"/pages?q={WORD}", f"/resolve?path={page.get_url()}"):
        assert admin_client.get(API + path).content == client.get(API + path).content


def test_names_of_who_submitted_or_saved_are_in_no_answer(places, admin_client, admin_user, client):
    admin_user.first_name, admin_user.last_name = "Verena", "Vertraulich"
    admin_user.save()
    page = places.impulse(owner=admin_user)
    page.save_revision(user=admin_user).publish()
    for path in (f"/pages/{page.pk}", "/pages", "/site"):
        text = client.get(API + path).content.decode()
        assert not [word for word in ("Verena", "Vertraulich", admin_user.email) if word in text]


def test_the_secret_words_are_what_a_page_would_show(places):
    """The tests above look for the right words."""
    page = places.impulse()
    assert (page.title, page.slug) == (TITLE, SLUG)
    assert TAG in places.get(f"{API}/pages/{page.pk}")
