"""The API's documentation, and a card in another website, as a browser sees them."""

import json
import urllib.request

from playwright.sync_api import Page, expect

DOCS = "/api/v1/docs"
CARDS = ("postcard", "courage card", "impulse", "guest post")


def test_the_documentation_shows_every_operation_under_the_policy(campaign, page: Page):
    requests, messages = [], []
    page.on("request", lambda request: requests.append(request.url))
    page.on("console", lambda message: messages.append(message.text))
    page.on("pageerror", lambda error: messages.append(str(error)))

    page.goto(campaign.address(DOCS), wait_until="networkidle")

    with urllib.request.urlopen(campaign.address("/api/v1/openapi.json")) as answer:
        paths = json.load(answer)["paths"]
    expect(page.locator(".opblock")).to_have_count(sum(len(methods) for methods in paths.values()))
    page.locator("#operations-default-get_site .opblock-summary-control").click()
    page.get_by_role("button", name="Execute").click()
    expect(page.locator(".live-responses-table .response-col_status").first).to_contain_text("200")
    local = (f"{campaign.url}/", "data:")
    assert [url for url in requests if not url.startswith(local)] == []
    assert messages == []
    assert page.context.cookies() == []
