"""What a visit leaves behind and whom it asks: nothing and nobody."""

import pytest
from playwright.sync_api import Page

from .addresses import ADDRESSES


@pytest.mark.parametrize("kind", ADDRESSES)
def test_a_visit_stores_nothing_and_asks_nobody_else(campaign, page: Page, kind):
    requests, refusals = [], []
    page.on("request", lambda request: requests.append(request.url))
    page.on("console", lambda message: refusals.append(message.text))

    page.goto(campaign.address(ADDRESSES[kind]), wait_until="networkidle")

    assert [url for url in requests if not url.startswith(f"{campaign.url}/")] == []
    assert page.context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert [text for text in refusals if "Content Security Policy" in text] == []


def test_the_first_view_keeps_its_budget(campaign, page: Page):
    page.set_viewport_size({"width": 390, "height": 844})
    sizes = {}

    def keep_size(response):
        sizes[response.url] = int(response.headers.get("content-length", 0))

    page.on("response", keep_size)
    page.goto(campaign.url, wait_until="networkidle")

    assert len(sizes) <= 12, sizes
    assert sum(sizes.values()) <= 250_000
