"""A card in another website: readable, whole, and quiet."""

import http.server
import json
import threading
import urllib.parse
import urllib.request

import pytest
from playwright.sync_api import Page, expect

from .addresses import ADDRESSES
from .axe import assert_accessible

CARDS = ("postcard", "courage card", "impulse", "guest post")


def embedding(campaign, kind, maxwidth):
    """Return the HTML that oEmbed gives for a page."""
    query = urllib.parse.urlencode({"url": campaign.address(ADDRESSES[kind]), "maxwidth": maxwidth})
    with urllib.request.urlopen(campaign.address(f"/api/v1/oembed?{query}")) as answer:
        html = json.load(answer)["html"]
    # The site in the database stands at another port.
    return html.replace("http://127.0.0.1:8000", campaign.url)


def card_address(campaign, kind):
    """Return the address of a page's card."""
    return embedding(campaign, kind, 480).partition('src="')[2].partition('"')[0]


class Elsewhere(http.server.BaseHTTPRequestHandler):
    """A website of another origin that shows what its server was given."""

    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(self.server.html.encode())

    def log_message(self, *_args):
        """Say nothing."""


@pytest.fixture(scope="module")
def elsewhere():
    """Serve a website of another origin."""
    with http.server.ThreadingHTTPServer(("localhost", 0), Elsewhere) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def show(campaign, elsewhere, page, kind, width):
    """Show a card in the website elsewhere and return its frame."""
    icon = '<link rel="icon" href="data:,">'
    embedded = embedding(campaign, kind, width)
    elsewhere.html = f"<!doctype html><title>Elsewhere</title>{icon}{embedded}"
    page.goto(f"http://localhost:{elsewhere.server_port}/", wait_until="networkidle")
    expect(page.frame_locator("iframe").locator("h1")).to_be_visible()
    return page.frames[1]


@pytest.mark.parametrize("width", [320, 480])
@pytest.mark.parametrize("kind", CARDS)
def test_another_website_shows_a_whole_card(campaign, elsewhere, page: Page, kind, width):
    messages = []
    page.on("console", lambda message: messages.append(message.text))
    page.set_viewport_size({"width": width + 40, "height": 900})

    frame = show(campaign, elsewhere, page, kind, width)

    assert frame.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert frame.evaluate("document.documentElement.scrollHeight - innerHeight") <= 0
    assert [text for text in messages if "Content Security Policy" in text] == []
    assert page.context.cookies() == []


@pytest.mark.parametrize("width", [320, 800])
@pytest.mark.parametrize("kind", CARDS)
def test_axe_finds_nothing_in_a_card(campaign, page: Page, kind, width):
    page.set_viewport_size({"width": width, "height": 500})
    page.goto(card_address(campaign, kind))

    assert_accessible(page)


def test_the_back_of_a_courage_card_opens_without_scripts(campaign, browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    card = card_address(campaign, "courage card")
    page.goto(card)
    page.get_by_text("Karte umdrehen").click()

    expect(page.locator(".embed-back__text")).to_be_visible()
    context.close()


def test_a_link_leads_out_of_the_frame(campaign, elsewhere, page: Page):
    frame = show(campaign, elsewhere, page, "impulse", 480)
    for link in frame.locator("a.stretched, a.embed-foot__link").all():
        with page.expect_popup() as popup:
            link.click()
        assert popup.value.evaluate("opener") is None
        popup.value.close()
