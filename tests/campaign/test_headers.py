"""Every answer protects its reader: strict policies, no cookie, nothing from third parties."""

from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import pytest
from django.urls import reverse

from tests.sample import OTHERS, PAGES

pytestmark = pytest.mark.usefixtures("campaign")
EVERYTHING = PAGES | OTHERS
OWN_HOST = "testserver"
#: Attributes that make a browser load something or send something, by element.
LOADING = {"src", "srcset", "imagesrcset", "poster", "data", "action", "formaction", "background"}
#: Relations of `<link>` that load nothing.
QUIET_LINKS = {"canonical", "alternate", "license", "next", "prev"}


class Markup(HTMLParser):
    """What an HTML page would load, and what runs inside of it."""

    def __init__(self, html):
        super().__init__()
        self.loaded, self.inline = [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        values = {name: value or "" for name, value in attrs}
        self.inline += [f"<{tag} {name}>" for name in values if name.startswith("on")]
        self.inline += [f"<{tag} style>"] * ("style" in values) + ["<style>"] * (tag == "style")
        is_data = values.get("type") == "application/ld+json"
        if tag == "script" and "src" not in values and not is_data:
            self.inline.append("<script>")
        self.inline += [value for value in values.values() if value.startswith("javascript:")]
        for name in LOADING & values.keys():
            several = "srcset" in name
            parts = values[name].split(",") if several else [values[name]]
            self.loaded += [part.split()[0] for part in parts if part.strip()]
        if tag == "link" and not set(values.get("rel", "").split()) <= QUIET_LINKS:
            self.loaded.append(values["href"])


def policy(response):
    parts = (part.split() for part in response["Content-Security-Policy"].split(";"))
    return {name: values for name, *values in parts}


@pytest.mark.parametrize("address", EVERYTHING.values(), ids=EVERYTHING.keys())
def test_the_policy_allows_only_the_site_itself(client, address):
    directives = policy(client.get(address))
    assert directives["default-src"] == ["'none'"]
    assert directives["script-src"] == directives["style-src"] == ["'self'"]
    assert directives["base-uri"] == ["'none'"]
    assert directives["frame-ancestors"] == directives["form-action"] == ["'self'"]
    sources = {source for values in directives.values() for source in values}
    assert sources <= {"'self'", "'none'", "data:"}


@pytest.mark.parametrize("address", EVERYTHING.values(), ids=EVERYTHING.keys())
def test_every_answer_carries_the_protecting_headers(client, address):
    response = client.get(address)
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    for feature in ("camera", "microphone", "geolocation", "browsing-topics"):
        assert f"{feature}=()" in response["Permissions-Policy"]


@pytest.mark.parametrize("address", EVERYTHING.values(), ids=EVERYTHING.keys())
def test_no_public_view_sets_a_cookie_or_depends_on_one(client, address):
    response = client.get(address)
    assert not response.cookies
    assert "cookie" not in response.get("Vary", "").lower()


@pytest.mark.parametrize("address", PAGES.values(), ids=PAGES.keys())
def test_no_page_loads_anything_from_elsewhere(client, address):
    markup = Markup(client.get(address).content.decode())
    here = f"http://{OWN_HOST}{address}"
    absolute = [urljoin(here, url) for url in markup.loaded if not url.startswith("data:")]
    assert any(url.endswith(".css") for url in absolute)
    assert not [url for url in absolute if urlsplit(url).hostname != OWN_HOST]


@pytest.mark.parametrize("address", PAGES.values(), ids=PAGES.keys())
def test_no_page_holds_what_the_policy_would_block(client, address):
    assert Markup(client.get(address).content.decode()).inline == []


def test_the_markup_check_finds_what_it_is_there_for():
    markup = Markup(
        '<p style="a" onclick="b"><a href="javascript:c"></a><style></style><script>d</script>'
        '<img srcset="https://a.example/1 1x, https://b.example/2 2x"><link rel=icon href=/i>'
    )
    assert len(markup.inline) == 5
    assert markup.loaded == ["https://a.example/1", "https://b.example/2", "/i"]


def test_the_admin_keeps_a_policy_of_its_own(client):
    directives = policy(client.get(reverse("wagtailadmin_home")))
    assert directives["default-src"] == ["'none'"]
    assert "'unsafe-inline'" in directives["script-src"]
    assert "'unsafe-eval'" not in directives["script-src"]


@pytest.mark.parametrize("name", ["not found", "search", "draw"])
def test_views_that_are_no_content_stay_out_of_search_engines(client, name):
    response = client.get(EVERYTHING[name])
    in_header = "noindex" in response.get("X-Robots-Tag", "")
    assert in_header or b'name="robots" content="noindex"' in response.content
