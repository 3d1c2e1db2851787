"""Cards of the campaign in other websites: found by oEmbed, shown in a frame without script."""

import datetime as dt
import re
from html.parser import HTMLParser

import html5lib
import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction, Site

from api import delivery
from home.models import CampaignSettings
from postcards.models import CourageCardPage
from tests import factories
from tests.sample import PAGES, build_campaign

KINDS = ("postcard", "courage card", "impulse", "guest post")
OEMBED = "/api/v1/oembed"
HOST = "http://localhost"


@pytest.fixture
def site(db):
    """A campaign with a page of every type, each by its kind."""
    tree = build_campaign()
    CampaignSettings.for_site(Site.objects.get())  # the first look writes them
    roots = (tree.postcards, tree.courage, tree.impulses, tree.blog)
    return {
        kind: Page.objects.child_of(root).get().specific
        for kind, root in zip(KINDS, roots, strict=True)
    }


def oembed(client, url, **parameters):
    return client.get(OEMBED, {"url": url, **parameters})


def address(page):
    return f"/api/v1/embed/{page.pk}"


def directives(response):
    parts = (part.split() for part in response["Content-Security-Policy"].split(";"))
    return {name: values for name, *values in parts}


class Elements(HTMLParser):
    """The elements of a page with their attributes."""

    def __init__(self, html):
        super().__init__()
        self.all = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.all.append((tag, dict(attrs)))

    def named(self, name):
        return [attrs for tag, attrs in self.all if tag == name]


# --- oEmbed -------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_an_address_leads_to_the_frame_of_its_card(client, site, kind):
    page = site[kind]
    answer = oembed(client, page.full_url)
    assert answer.status_code == 200
    found = answer.json()
    assert (found["version"], found["type"], found["title"]) == ("1.0", "rich", page.title)
    (frame,) = Elements(found["html"]).named("iframe")
    assert frame["src"] == f"{HOST}{address(page)}"
    assert (frame["width"], frame["height"]) == (str(found["width"]), str(found["height"]))
    assert client.get(address(page)).status_code == 200


@pytest.mark.parametrize("kind", KINDS)
def test_a_frame_keeps_the_limits(client, site, kind):
    found = oembed(client, site[kind].full_url, maxwidth=200, maxheight=90).json()
    assert (found["width"], found["height"]) == (200, 90)
    wide = oembed(client, site[kind].full_url, maxwidth=10**9, maxheight=10**30).json()
    assert wide == oembed(client, site[kind].full_url).json()


@pytest.mark.parametrize("name", ["maxwidth", "maxheight"])
@pytest.mark.parametrize("value", ["0", "-1", "abc", "1.5", ""])
def test_a_limit_is_a_positive_number(client, site, name, value):
    answer = oembed(client, site["postcard"].full_url, **{name: value})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["parameter"] == name


def test_there_is_no_xml(client, site):
    answer = oembed(client, site["postcard"].full_url, format="xml")
    assert (answer.status_code, answer["Content-Type"]) == (501, "application/problem+json")
    assert oembed(client, site["postcard"].full_url, format="yaml").status_code == 422


@pytest.mark.parametrize("name", ["home", "postcards", "page", "not found", "search"])
def test_what_has_no_card_has_no_frame(client, site, name):
    assert oembed(client, f"{HOST}{PAGES[name]}").status_code == 404


@pytest.mark.parametrize(
    "url",
    [
        "https://elsewhere.example/postkarten/eine-postkarte/",
        "/postkarten/eine-postkarte/",
        "ftp://localhost/postkarten/eine-postkarte/",
        "javascript:alert(1)",
        "http://[::1",
        "http://localhost",
        "http://localhost.evil.example/postkarten/eine-postkarte/",
        "",
    ],
)
def test_an_address_elsewhere_has_no_frame(client, site, url):
    assert oembed(client, url).status_code == 404


def test_an_address_at_the_headless_client_has_its_frame(client, site, settings):
    settings.WAGTAIL_HEADLESS_PREVIEW = {"CLIENT_URLS": {"default": "https://front.example/de"}}
    path = "/postkarten/eine-postkarte/"
    assert oembed(client, f"https://front.example/de{path}").json()["title"] == "Eine Postkarte"
    assert oembed(client, f"https://front.example{path}").status_code == 404


@pytest.mark.parametrize("kind", KINDS)
def test_pages_name_the_address_of_their_frame(client, site, kind):
    links = Elements(client.get(PAGES[kind]).text).named("link")
    (found,) = [link for link in links if link.get("type") == "application/json+oembed"]
    assert client.get(found["href"]).json()["title"] == site[kind].title


@pytest.mark.parametrize("name", ["home", "postcards", "page", "search"])
def test_other_pages_name_none(client, site, name):
    assert "json+oembed" not in client.get(PAGES[name]).text


# --- The frame ----------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_a_card_is_a_valid_page_without_script(client, site, kind):
    html = client.get(address(site[kind])).text
    html5lib.HTMLParser(strict=True).parse(html)
    elements = Elements(html)
    assert not elements.named("script")
    assert not [attrs for _tag, attrs in elements.all if {"style", "onclick"} & attrs.keys()]
    assert elements.named("html") == [{"lang": "de"}]
    assert len(elements.named("h1")) == len(elements.named("main")) == 1
    here = [link for link in elements.named("a") if link["href"] == site[kind].full_url]
    assert {("_blank", "noopener")} <= {(link.get("target"), link.get("rel")) for link in here}
    assert elements.named("base") == [{"target": "_blank"}]


@pytest.mark.parametrize("kind", KINDS)
def test_a_card_may_be_framed_and_runs_nothing(client, site, kind):
    answer = client.get(address(site[kind]))
    policy = directives(answer)
    assert policy["default-src"] == policy["base-uri"] == policy["form-action"] == ["'none'"]
    assert policy["frame-ancestors"] == ["*"]
    assert "script-src" not in policy
    assert "X-Frame-Options" not in answer
    assert not answer.cookies
    assert "cookie" not in answer["Vary"].lower()


def test_a_setting_says_who_may_frame(site, settings):
    settings.SECURE_CSP_VIEWS = {
        "api:get_embed": {**settings.SECURE_CSP_EMBED, "frame-ancestors": ["https://a.example"]}
    }
    answer = Client().get(address(site["postcard"]))
    assert directives(answer)["frame-ancestors"] == ["https://a.example"]


def test_an_unchanged_card_may_still_be_framed(client, site):
    first = client.get(address(site["postcard"]))
    again = client.get(address(site["postcard"]), HTTP_IF_NONE_MATCH=first["ETag"])
    assert again.status_code == 304
    assert again["Content-Security-Policy"] == first["Content-Security-Policy"]
    assert "X-Frame-Options" not in again


def test_only_cards_may_be_framed(client, site):
    for path in ("/api/v1/site", PAGES["postcard"]):
        answer = client.get(path)
        assert directives(answer)["frame-ancestors"] == ["'self'"]
        assert answer["X-Frame-Options"] == "SAMEORIGIN"


def test_the_back_of_a_courage_card_reads_without_script(client, site):
    CourageCardPage.objects.update(back_text="<p>Frag nach.</p>", team="Azubis")
    html = client.get(address(site["courage card"])).text
    back = re.search(r"<details.*?</details>", html, re.DOTALL).group()
    assert "Frag nach." in back
    assert "Azubis" in back


def test_a_picture_has_its_credit(client, site):
    image = factories.ImageFactory(credit="Mara Beispiel")
    card = site["postcard"]
    card.picture, card.design = image, "picture"
    card.save()
    html = client.get(address(card)).text
    assert "Mara Beispiel" in html
    sources = [source["srcset"] for source in Elements(html).named("source")]
    assert sources
    assert all(source.startswith("/media/images/") for source in sources)


def test_a_card_speaks_the_language_of_its_page(client, site):
    answer = client.get(address(site["postcard"]), HTTP_ACCEPT_LANGUAGE="en")
    assert answer["Content-Language"] == "de"
    assert "in einem neuen Fenster" in answer.text


def test_a_card_asks_the_database_a_fixed_number_of_times(
    client, site, django_assert_max_num_queries
):
    for kind in KINDS:
        client.get(address(site[kind]))
        with django_assert_max_num_queries(20):
            client.get(address(site[kind]))


def test_a_changed_template_has_another_tag(client, site, tmp_path, monkeypatch):
    template = tmp_path / "card.html"
    template.write_text("one")
    monkeypatch.setattr(delivery.registry, "sources", [tmp_path])
    delivery.release.cache_clear()
    first = delivery.release()
    template.write_text("two")
    delivery.release.cache_clear()
    assert delivery.release() != first
    delivery.release.cache_clear()


# --- What nobody may see ------------------------------------------------------------------------


def withdraw(page):
    page.live = False
    page.save()


def expire(page):
    page.expire_at = timezone.now() - dt.timedelta(minutes=1)
    page.save()


def make_private(page):
    PageViewRestriction.objects.create(page=page, restriction_type="password", password="x")


def hide_branch(page):
    make_private(page.get_parent())


@pytest.mark.parametrize("hide", [withdraw, expire, make_private, hide_branch])
def test_what_is_not_public_has_no_frame(client, site, hide):
    for page in site.values():
        url = page.full_url
        hide(page)
        assert client.get(address(page)).status_code == 404
        assert oembed(client, url).status_code == 404


@pytest.mark.parametrize("pk", ["0", "999999", "9" * 19, "9" * 100, "-1", "abc", "1.0", "%00"])
def test_an_id_of_nothing_is_a_problem(client, site, pk):
    answer = client.get(f"/api/v1/embed/{pk}")
    assert answer.status_code in {400, 404}
    assert answer["Content-Type"] == "application/problem+json"


def test_pages_without_a_card_have_no_frame(client, site):
    home = Site.objects.get().root_page
    assert client.get(address(home)).status_code == 404
