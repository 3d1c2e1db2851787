"""Nothing leaks: what is not public shows up nowhere, and its address answers nothing."""

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale, Page, PageViewRestriction, Site

from home.lookups import lookups
from home.models import Article, CampaignSettings
from home.visibility import is_visible, topmost, visible_pages
from postcards.models import CourageCardIndexPage
from tests import factories
from tests.hiding import (
    HIDDEN,
    HOUR,
    PRIVATE,
    SECRETS,
    SHARED_TAG,
    SLUG,
    TITLE,
    TYPES,
    WORD,
    Places,
    draft,
    expired,
    public,
    rename_in_draft,
    unpublished,
)
from tests.sample import video

pytestmark = pytest.mark.usefixtures("standing_tree")

# --- Places: where a page may show itself -------------------------------------------------------


def teasers(source, **value):
    defaults = {"title": "Neues", "source": source, "section": None, "tag": "", "pages": []}
    return "teasers", {**defaults, "count": 3, **value}


def named_in_settings(field):
    def place(at):
        page = at.standard()
        site = page.get_site()
        CampaignSettings.objects.update_or_create(site=site, defaults={f"{field}_id": page.pk})
        return page, "/"

    return place


def previous_or_next(make):
    """Let the page stand beside another one."""

    def place(at):
        page = make(at)
        factory = FACTORIES[type(page).__name__]
        neighbour = factory(parent=page.get_parent(), title="Nachbarin")
        return page, neighbour.get_url()

    return place


def signed(at):
    page = at.impulse(body=[video(factories.VideoFactory())])
    factories.SignLanguagePageFactory(parent=at.tree.home)
    return page, "/dgs/"


def linked_in_header(at):
    shown = [video(factories.VideoFactory())]
    return at.make(factories.SignLanguagePageFactory, at.tree.home, body=shown), "/"


FACTORIES = {
    "ImpulsePage": factories.ImpulsePageFactory,
    "PostcardPage": factories.PostcardPageFactory,
    "CourageCardPage": factories.CourageCardPageFactory,
    "GuestPostPage": factories.GuestPostPageFactory,
}


def related(at):
    article = Article.objects.get(number="5")
    page = at.standard(articles=[article])
    other = factories.ImpulsePageFactory(
        parent=at.tree.impulses, title="Andere", articles=[article]
    )
    return page, other.get_url()


def subpage(at):
    page = at.standard()
    return page, page.get_parent().get_url()


def rich_text_link(at):
    page = at.guest_post()
    link = f'<p><a linktype="page" id="{page.pk}">hier</a></p>'
    return page, at.on_page(("text", link))


def rich_text_field_link(at):
    page = at.guest_post()
    link = f'<p><a linktype="page" id="{page.pk}">hier</a></p>'
    post = factories.CourageCardPageFactory(
        parent=at.tree.courage, title="Verweist", back_text=link
    )
    return page, post.get_url()


def block(make, name, value):
    """Put a block that names the page on another page."""

    def place(at):
        page = make(at)
        return page, at.on_page((name, value(page.pk)))

    return place


def home_block(make, fill):
    """Put a section that shows the page on the home page."""

    def place(at):
        page = make(at)
        return page, at.on_home(fill(page, at.tree))

    return place


PLACES = {
    "impulses": lambda at: (at.impulse(), "/impulse/"),
    "filtered impulses": lambda at: (at.impulse(), f"/impulse/?tag={SHARED_TAG}"),
    "postcards": lambda at: (at.postcard(), "/postkarten/"),
    "courage cards": lambda at: (at.courage_card(), "/mut-mach-karten/"),
    "guest posts": lambda at: (at.guest_post(), "/blog/"),
    "search": lambda at: (at.impulse(), f"/suche/?q={WORD}"),
    "search by tag": lambda at: (at.postcard(), f"/suche/?tag={SHARED_TAG}"),
    "search with tag": lambda at: (at.guest_post(), f"/suche/?q={WORD}&tag={SHARED_TAG}"),
    "feed of impulses": lambda at: (at.impulse(), "/impulse/feed/"),
    "feed of guest posts": lambda at: (at.guest_post(), "/blog/feed/"),
    "sitemap": lambda at: (at.courage_card(), "/sitemap.xml"),
    "menu": lambda at: (at.standard(show_in_menus=True), "/"),
    "draw": lambda at: (at.courage_card(), "/mut-mach-karten/ziehen/"),
    "related pages": related,
    "previous or next impulse": previous_or_next(lambda at: at.impulse()),
    "previous or next postcard": previous_or_next(lambda at: at.postcard()),
    "previous or next courage card": previous_or_next(lambda at: at.courage_card()),
    "previous or next guest post": previous_or_next(lambda at: at.guest_post()),
    "link in a text": rich_text_link,
    "link on a card's back": rich_text_field_link,
    "postcards block": block(lambda at: at.postcard(), "postcards", lambda pk: {"cards": [pk]}),
    "courage card block": block(
        lambda at: at.courage_card(), "courage_card", lambda pk: {"card": pk}
    ),
    "link list": block(
        lambda at: at.impulse(),
        "links",
        lambda pk: {"items": [{"title": "Mehr", "page": pk}]},
    ),
    "call to action": block(
        lambda at: at.impulse(),
        "call_to_action",
        lambda pk: {"title": "Los", "label": "Hier", "page": pk},
    ),
    "teasers of the latest": home_block(
        lambda at: at.impulse(), lambda page, tree: teasers("latest", section=tree.impulses.pk)
    ),
    "teasers by hand": home_block(
        lambda at: at.guest_post(),
        lambda page, tree: teasers("picked", pages=[page.pk]),
    ),
    "teasers by tag": home_block(
        lambda at: at.impulse(), lambda page, tree: teasers("tag", tag=SHARED_TAG)
    ),
    "teasers' section": home_block(
        lambda at: at.section(), lambda page, tree: teasers("latest", section=page.pk)
    ),
    "wall of postcards": home_block(
        lambda at: at.postcard(),
        lambda page, tree: ("postcard_wall", {"section": tree.postcards.pk, "count": 8}),
    ),
    "today's courage card": home_block(
        lambda at: at.courage_card(),
        lambda page, tree: ("courage_today", {"section": tree.courage.pk}),
    ),
    "footer": named_in_settings("imprint_page"),
    "header": named_in_settings("simple_language_page"),
    "sign language": signed,
    "header's sign language": linked_in_header,
}


#: Places whose address is that of a page; the API has it under its path.
OF_A_PAGE = [
    name
    for name in PLACES
    if name.split()[0] not in {"search", "feed", "sitemap", "menu", "draw", "filtered"}
    and name not in {"impulses", "postcards", "courage cards", "guest posts", "footer", "header"}
    and name != "header's sign language"
]


def in_api(name):
    """Return the same place as the API shows it."""

    def place(at):
        page, address = PLACES[name](at)
        return page, f"/api/v1/resolve?path={address}"

    return place


def settings_in_api(field):
    """Name the page in the campaign's settings, and read them in the API."""

    def place(at):
        page, _address = named_in_settings(field)(at)
        return page, "/api/v1/site"

    return place


def asked(make, path):
    """Ask the API for something after a page was made."""

    def place(at):
        page = make(at)
        return page, f"/api/v1{path(page)}"

    return place


def redirected(address):
    """Ask for the old address of a page."""

    def place(at):
        page = at.impulse()
        Redirect.objects.create(old_path="/alt", redirect_page=page)
        return page, address

    return place


def translated(at):
    """Let the page be another one's translation."""
    english = Locale.objects.get_or_create(language_code="en")[0]
    at.tree.home.copy_for_translation(english).save_revision().publish()
    original = factories.StandardPageFactory(parent=at.tree.home, title="Original")
    page = original.copy_for_translation(english)
    page.title, page.slug = TITLE, SLUG
    page.save_revision().publish()
    Site.clear_site_root_paths_cache()
    return page, f"/api/v1/resolve?path={original.get_url()}"


PLACES |= {f"{name} in the API": in_api(name) for name in OF_A_PAGE} | {
    "API's list": lambda at: (at.impulse(), "/api/v1/pages?limit=100"),
    "API's list of a type": lambda at: (at.postcard(), "/api/v1/pages?type=postcard"),
    "API's list by tag": lambda at: (at.guest_post(), f"/api/v1/pages?tag={SHARED_TAG}"),
    "API's list below": lambda at: (at.courage_card(), "/api/v1/pages?under=/mut-mach-karten/"),
    "API's search": lambda at: (at.impulse(), f"/api/v1/pages?q={WORD}"),
    "API's search by type": lambda at: (at.postcard(), f"/api/v1/pages?q={WORD}&type=postcard"),
    "API's menu": lambda at: (at.standard(show_in_menus=True), "/api/v1/navigation"),
    "API's changes": lambda at: (at.impulse(), "/api/v1/changes?limit=100"),
    "API's legal pages": settings_in_api("privacy_page"),
    "API's page of sign language": lambda at: (linked_in_header(at)[0], "/api/v1/site"),
    "API's list below a path": asked(
        Places.standard, lambda page: f"/pages?under={page.get_url()}"
    ),
    "API's list below an id": asked(Places.standard, lambda page: f"/pages?under={page.pk}"),
    "API's list of a department": asked(
        Places.impulse, lambda page: f"/pages?department={page.department.slug}"
    ),
    "API's page": asked(Places.guest_post, lambda page: f"/pages/{page.pk}"),
    "API's page by its path": asked(Places.impulse, lambda page: f"/resolve?path={page.get_url()}"),
    "API's page below it": asked(
        Places.section,
        lambda _page: f"/resolve?path={Page.objects.get(title='Unterseite').get_url()}",
    ),
    "API's redirect": redirected("/api/v1/resolve?path=/alt/"),
    "redirect": redirected("/alt/"),
    "redirect with a query": redirected("/alt/?a=1"),
    "API's other language": translated,
}


def show(places, name, state):
    """Return what a citizen reads at a place after `state` has come over the page."""
    page, address = PLACES[name](places)
    state(page)
    return places.get(address)


@pytest.mark.parametrize("place", PLACES)
def test_a_public_page_shows_itself(places, place):
    text = show(places, place, public)
    assert TITLE in text or SLUG in text


@pytest.mark.parametrize("state", HIDDEN)
@pytest.mark.parametrize("place", PLACES)
def test_a_hidden_page_shows_up_nowhere(places, place, state):
    text = show(places, place, HIDDEN[state])
    assert not [secret for secret in SECRETS if secret in text]


@pytest.mark.parametrize("place", PLACES)
def test_what_waits_in_a_draft_shows_up_nowhere(places, place):
    text = show(places, place, rename_in_draft)
    assert not [secret for secret in SECRETS if secret in text]


@pytest.mark.parametrize("place", PLACES)
def test_a_page_that_goes_public_again_shows_itself_again(places, place):
    page, address = PLACES[place](places)
    unpublished(page)
    places.get(address)
    page.specific_class.objects.get(pk=page.pk).save_revision().publish()
    text = places.get(address)
    assert TITLE in text or SLUG in text


# --- The page's own address ---------------------------------------------------------------------


def is_locked(response: HttpResponse) -> bool:
    """Tell whether an answer asks for an account or a password."""
    if response.status_code == 302:
        return response["Location"].startswith("/konto/anmelden/")
    return response.status_code == 200 and b'type="password"' in response.content


@pytest.mark.parametrize("kind", TYPES)
def test_a_public_pages_address_answers(places, client, kind):
    response = client.get(TYPES[kind](places).get_url())
    assert response.status_code == 200
    assert TITLE in response.content.decode().replace("\u00ad", "")


@pytest.mark.parametrize("state", HIDDEN)
@pytest.mark.parametrize("kind", TYPES)
def test_a_hidden_pages_address_answers_nothing(places, client, kind, state):
    page = TYPES[kind](places)
    address = page.get_url()
    HIDDEN[state](page)
    response = client.get(address)
    asks = any(name in state for name in PRIVATE)
    assert is_locked(response) if asks else response.status_code == 404
    text = response.content.decode().replace("\u00ad", "")
    assert TITLE not in text
    assert WORD not in text


@pytest.mark.parametrize(
    "address", ["impulse/", "impulse/feed/", "blog/feed/", "mut-mach-karten/ziehen/"]
)
@pytest.mark.parametrize("state", [draft, expired, unpublished, *PRIVATE.values()])
def test_views_below_a_hidden_overview_answer_nothing(places, client, address, state):
    for make in (Places.impulse, Places.guest_post, Places.courage_card):
        make(places)
    slug = address.partition("/")[0]
    state(Page.objects.get(slug=slug, depth=3))
    response = client.get(f"/{address}")
    assert response.status_code == 404 or is_locked(response)
    assert TITLE not in response.content.decode()


@pytest.mark.parametrize("state", [draft, expired, unpublished])
def test_nothing_answers_below_a_hidden_page_however_deep(places, client, state):
    page = places.standard()
    deeper = factories.StandardPageFactory(parent=page, title="Tief", slug="tief")
    deepest = factories.StandardPageFactory(parent=deeper, title="Am tiefsten", slug="grund")
    assert client.get(deepest.get_url()).status_code == 200
    state(page)
    assert client.get(deepest.get_url()).status_code == 404
    assert not is_visible(deepest)


@pytest.mark.parametrize("state", [draft, expired, unpublished])
def test_nothing_answers_while_the_home_page_is_hidden(places, client, state):
    page = places.impulse()
    state(places.tree.home)
    for address in ("/", "/impulse/", page.get_url()):
        assert client.get(address).status_code == 404
    assert not visible_pages().filter(depth__gt=1).exists()


def test_a_password_opens_the_page_for_whoever_knows_it(places, client):
    page = places.impulse()
    PRIVATE["password"](page)
    form = client.get(page.get_url())
    assert is_locked(form)
    restriction = PageViewRestriction.objects.get()
    action = f"/_util/authenticate_with_password/{restriction.pk}/{page.pk}/"
    assert action in form.content.decode()
    wrong = client.post(action, {"password": "falsch", "return_url": page.get_url()})
    assert TITLE not in wrong.content.decode()
    right = client.post(action, {"password": "sesam", "return_url": page.get_url()}, follow=True)
    assert TITLE in right.content.decode().replace("\u00ad", "")
    assert "no-store" in right["Cache-Control"]


def test_a_page_for_accounts_asks_for_one_in_the_campaigns_look(places, client):
    page = places.impulse()
    PRIVATE["login"](page)
    User.objects.create_user("mara", password="sesam")
    answer = client.get(page.get_url(), follow=True)
    form = answer.content.decode()
    assert "css/campaign.css" in form
    assert '<meta name="robots" content="noindex">' in form
    assert TITLE not in form
    action = answer.redirect_chain[-1][0].partition("?")[0]
    empty = client.post(action, {"next": page.get_url()}).content.decode()
    for field in ("login", "password"):
        assert f'aria-describedby="id_{field}_error"' in empty
        assert f'id="id_{field}_error"' in empty
    data = {"login": "mara", "password": "falsch", "next": page.get_url()}
    assert "errorlist nonfield" in client.post(action, data).content.decode()
    right = client.post(action, data | {"password": "sesam"}, follow=True)
    assert TITLE in right.content.decode().replace("\u00ad", "")


def test_a_page_for_others_does_not_lead_in_circles(places, client):
    page = places.impulse()
    PRIVATE["group"](page)
    client.force_login(User.objects.create_user("mara"))
    answer = client.get(page.get_url(), follow=True)
    assert answer.status_code == 200
    assert "Ihr Konto darf diese Seite nicht sehen" in answer.content.decode()


def test_an_account_opens_the_page_but_lists_it_nowhere(places, admin_client):
    page = places.impulse()
    PRIVATE["login"](page)
    assert admin_client.get(page.get_url()).status_code == 200
    assert TITLE not in admin_client.get("/impulse/").content.decode()


# --- The queryset itself ------------------------------------------------------------------------


def test_hidden_branches_do_not_hide_their_namesakes(home):
    """A path that merely begins alike, or a sibling, is another branch."""
    hidden = factories.StandardPageFactory(parent=home, title="Verborgen")
    factories.StandardPageFactory(parent=hidden, title="Kind")
    sibling = factories.StandardPageFactory(parent=home, title="Daneben")
    child = factories.StandardPageFactory(parent=sibling, title="Daneben unten")
    unpublished(hidden)
    titles = set(visible_pages().values_list("title", flat=True))
    assert {sibling.title, child.title} <= titles
    assert not {"Verborgen", "Kind"} & titles


def test_a_page_is_visible_until_the_moment_it_expires(home):
    page = factories.StandardPageFactory(parent=home, expire_at=timezone.now() + HOUR)
    assert is_visible(page)
    expired(page)
    assert not is_visible(page)


def test_one_request_looks_for_hidden_branches_once(home, django_assert_num_queries):
    Site.get_site_root_paths()  # cached for all requests
    with lookups(), django_assert_num_queries(3):
        visible_pages().exists()
        visible_pages().count()


def test_a_page_on_no_site_is_not_visible(home):
    adrift = factories.HomePageFactory(parent=home.get_parent(), title="Start zwei")
    below_it = factories.StandardPageFactory(parent=adrift)
    assert not is_visible(adrift)
    assert not is_visible(below_it)


def test_outside_a_request_nothing_is_remembered(home):
    page = factories.StandardPageFactory(parent=home)
    child = factories.StandardPageFactory(parent=page)
    assert is_visible(child)
    unpublished(page)
    assert not is_visible(child)


@pytest.mark.parametrize(
    ("paths", "expected"),
    [
        ([], ()),
        (["0001"], ("0001",)),
        (["0001", "00010001", "0002"], ("0001", "0002")),
        (["00010001", "00010002"], ("00010001", "00010002")),
    ],
)
def test_only_the_topmost_hidden_paths_count(paths, expected):
    assert topmost(paths) == expected


# --- Drawing a card -----------------------------------------------------------------------------


def test_without_a_public_card_drawing_leads_to_the_overview(places, client):
    draft(places.courage_card())
    response = client.get("/mut-mach-karten/ziehen/")
    assert (response.status_code, response["Location"]) == (302, "/mut-mach-karten/")


def test_the_card_just_shown_is_not_drawn_again(places, client):
    shown = places.courage_card()
    other = factories.CourageCardPageFactory(parent=places.tree.courage, title="Andere")
    for _ in range(8):
        response = client.get(f"/mut-mach-karten/ziehen/?nicht={shown.pk}")
        assert response["Location"] == other.get_url()
    assert "no-store" in response["Cache-Control"]


def test_the_only_card_is_drawn_again(places, client):
    shown = places.courage_card()
    response = client.get(f"/mut-mach-karten/ziehen/?nicht={shown.pk}")
    assert response["Location"] == shown.get_url()
    assert isinstance(shown.get_parent().specific, CourageCardIndexPage)
