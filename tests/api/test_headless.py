"""With a headless client: where "view live" leads, what the site still shows, what the API says."""

import pytest
from django.core.checks import run_checks
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import PageViewRestriction, Site

from api.addresses import at_site, client_url, page_link, page_path, page_url
from campaign.origins import origins
from home.models import CampaignPage, StandardPage
from impulses.models import ImpulseIndexPage
from tests import factories
from tests.sample import LISTS

pytestmark = pytest.mark.usefixtures("standing_tree")

HERE, THERE = "http://localhost", "https://front.example/demokratie"


@pytest.fixture
def client_set(settings):
    """A headless client shows the pages, and the site does, too."""
    settings.WAGTAIL_HEADLESS_PREVIEW = {"CLIENT_URLS": {"default": THERE}}


@pytest.fixture
def client_alone(client_set, settings):
    """A headless client shows the pages alone."""
    settings.HEADLESS_RENDER_PAGES = False


@pytest.fixture
def about(tree):
    return factories.StandardPageFactory(parent=tree.home, title="Über", slug="ueber")


# --- "View live" --------------------------------------------------------------------------------


def test_view_live_leads_to_the_client(admin_client, about, client_set):
    edit = admin_client.get(reverse("wagtailadmin_pages:edit", args=[about.pk])).text
    listing = admin_client.get(reverse("wagtailadmin_explore", args=[about.get_parent().pk])).text
    for html in (edit, listing):
        assert f'href="{THERE}/ueber/"' in html
        assert 'href="/ueber/"' not in html


def test_the_message_after_publishing_leads_to_the_client(admin_client, about, client_set):
    form = {
        "title": "Über",
        "slug": "ueber",
        "introduction": "",
        "body-count": "0",
        "article_links-TOTAL_FORMS": "0",
        "article_links-INITIAL_FORMS": "0",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        "licence": "cc-by-4.0",
        "ai_use": "none",
        "action-publish": "1",
    }
    answer = admin_client.post(
        reverse("wagtailadmin_pages:edit", args=[about.pk]), form, follow=True
    )
    (message,) = answer.context["messages"]
    assert f'href="{THERE}/ueber/"' in str(message)


def test_without_a_client_view_live_stays_here(admin_client, about):
    assert about.url == "/ueber/"
    edit = admin_client.get(reverse("wagtailadmin_pages:edit", args=[about.pk])).text
    assert 'href="/ueber/"' in edit


def test_a_client_may_be_named_by_the_sites_host(about, settings):
    clients = {"default": "https://other.example", "localhost": "https://front.example/"}
    settings.WAGTAIL_HEADLESS_PREVIEW = {"CLIENT_URLS": clients}
    assert about.full_url == client_url(about) == "https://front.example/ueber/"


def test_a_client_may_stand_below_the_site(about, settings):
    settings.WAGTAIL_HEADLESS_PREVIEW = {"CLIENT_URLS": {"default": "{SITE_ROOT_URL}/neu"}}
    assert client_url(about) == f"{HERE}/neu/ueber/"


# --- What the site shows ------------------------------------------------------------------------


@pytest.mark.usefixtures("client_set")
def test_a_client_alone_changes_nothing_that_visitors_see(client, about):
    html = client.get("/").text
    assert THERE not in html
    assert client.get("/ueber/").status_code == 200
    assert client.get(f"/api/v1/pages/{about.pk}").json()["url"] == f"{HERE}/ueber/"


@pytest.mark.usefixtures("client_alone")
@pytest.mark.parametrize("path", ["/", *LISTS, "/ueber/", "/suche/"])
@pytest.mark.parametrize("query", ["", "?tag=mut&year=2026", "?x=%0D%0Ay"])
def test_pages_lead_to_the_client(client, about, path, query):
    answer = client.get(f"{path}{query}")
    assert (answer.status_code, answer["Location"]) == (302, f"{THERE}{path}{query}")


@pytest.mark.usefixtures("client_alone")
def test_what_is_no_page_stays(client, admin_client, about):
    for path in ("/api/v1/site", "/robots.txt", "/sitemap.xml", "/impulse/feed/", "/blog/feed/"):
        assert client.get(path).status_code == 200, path
    assert admin_client.get("/admin/").status_code == 200
    image = factories.ImageFactory().get_rendition("width-10|format-jpeg")
    answer = client.get(image.url)
    assert answer.status_code == 200
    assert list(answer.streaming_content)  # which closes the file
    for hidden in ("/nirgendwo/", "/impulse/nirgendwo/"):
        assert client.get(hidden).status_code == 404


@pytest.mark.usefixtures("client_alone")
def test_drawing_a_card_ends_at_the_client(client, tree):
    card = factories.CourageCardPageFactory(parent=tree.courage, slug="karte")
    answer = client.get("/mut-mach-karten/ziehen/", follow=True)
    assert answer.redirect_chain[-1] == (f"{THERE}/mut-mach-karten/karte/", 302)
    assert card.live


@pytest.mark.usefixtures("client_alone")
def test_a_private_page_asks_for_nothing_here(client, about):
    PageViewRestriction.objects.create(page=about, restriction_type="password", password="x")
    assert client.get("/ueber/")["Location"] == f"{THERE}/ueber/"


@pytest.mark.usefixtures("client_alone")
def test_feeds_and_the_sitemap_name_the_client(client, tree):
    factories.GuestPostPageFactory(parent=tree.blog, slug="post", authors=[])
    for path in ("/blog/feed/", "/sitemap.xml"):
        text = client.get(path).text
        assert f"{THERE}/blog/post/" in text
        assert f"{HERE}/blog/post/" not in text


@pytest.mark.usefixtures("client_alone")
def test_an_editors_redirect_leads_to_the_client(client, about):
    Redirect.objects.create(old_path="/alt", redirect_page=about, is_permanent=True)
    assert client.get("/alt/")["Location"] == f"{THERE}/ueber/"
    found = client.get("/api/v1/resolve", {"path": "/alt/"}).json()
    assert found["location"] == f"{THERE}/ueber/"


# --- What the API says --------------------------------------------------------------------------


@pytest.mark.usefixtures("client_alone")
def test_pages_stand_at_the_client_and_files_at_the_site(client, tree, about):
    link = f'<p><a linktype="page" id="{tree.blog.pk}">Blog</a> <a href="/documents/1/a">A</a></p>'
    about.body = [
        {"type": "text", "value": link},
        {
            "type": "links",
            "value": {"title": "", "items": [{"title": "B", "page": tree.blog.pk, "text": ""}]},
        },
    ]
    about.teaser_image = factories.ImageFactory()
    about.save()
    found = client.get(f"/api/v1/pages/{about.pk}").json()
    assert found["url"] == found["seo"]["canonical"] == f"{THERE}/ueber/"
    assert found["path"] == "/ueber/"
    assert [one["url"] for one in found["breadcrumbs"]] == [f"{THERE}/"]
    text, links = found["body"]
    assert f'href="{THERE}/blog/"' in text["text"]["html"]
    assert f'href="{HERE}/documents/1/a"' in text["text"]["html"]
    assert links["items"][0]["href"] == links["items"][0]["page"]["url"] == f"{THERE}/blog/"
    sources = found["teaser_image"]["sources"]
    assert all(source["url"].startswith(f"{HERE}/api/v1/images/") for source in sources)
    assert client.get("/api/v1/resolve", {"path": "/ueber/"}).json()["page"]["url"] == found["url"]


def test_addresses_outside_of_the_api_stay_relative(about):
    assert page_link(about) == page_path(about) == "/ueber/"
    with at_site(Site.objects.get()):
        assert page_link(about) == page_url(about) == f"{HERE}/ueber/"
    nowhere = StandardPage(title="x", url_path="/x/")
    assert (page_url(nowhere), page_path(nowhere), client_url(nowhere)) == ("", "", "")


# --- Where nothing shows the pages --------------------------------------------------------------


def problems():
    return {problem.id: problem for problem in run_checks()}


@pytest.fixture
def no_templates(settings, tmp_path):
    """A project without our templates, but for the page that tells that nothing was found."""
    (tmp_path / "404.html").write_text("nothing")
    templates = {**settings.TEMPLATES[0], "DIRS": [tmp_path]}
    settings.TEMPLATES = [templates]


def test_without_templates_a_page_is_not_found(admin_client, about, no_templates):
    for path in ("/", "/impulse/", "/ueber/"):
        assert admin_client.get(path).status_code == 404
    draft = reverse("wagtailadmin_pages:view_draft", args=[about.pk])
    assert admin_client.get(draft).status_code == 404
    assert admin_client.get("/api/v1/pages").status_code == 200
    found = problems()["home.W002"]
    assert "home.StandardPage" in found.msg
    assert "CLIENT_URLS" in found.hint


def test_without_templates_a_client_shows_drafts(admin_client, about, no_templates, client_alone):
    draft = reverse("wagtailadmin_pages:view_draft", args=[about.pk])
    assert f"{THERE}/?content_type=home.standardpage" in admin_client.get(draft).text
    assert admin_client.get("/ueber/")["Location"] == f"{THERE}/ueber/"
    assert "home.W002" not in problems()


def test_switched_off_without_a_client_a_page_is_not_found(client, about, settings):
    settings.HEADLESS_RENDER_PAGES = False
    for path in ("/", "/ueber/", "/suche/"):
        assert client.get(path).status_code == 404
    assert "home.W003" in problems()
    assert client.get(f"/api/v1/pages/{about.pk}").json()["url"] == f"{HERE}/ueber/"


def test_the_site_has_all_templates():
    assert not {"home.W002", "home.W003"} & problems().keys()
    assert issubclass(ImpulseIndexPage, CampaignPage)
    assert ImpulseIndexPage.has_template()


# --- Settings -----------------------------------------------------------------------------------


def test_the_admin_may_frame_the_client():
    addresses = ["https://a.example/de/", "https://a.example", "http://b.example:3000", "{ROOT}/x"]
    assert origins(addresses) == ["https://a.example", "http://b.example:3000"]
