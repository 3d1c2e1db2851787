"""The API's documentation works under the site's policy, and asks nobody else."""

import json
import urllib.request

from playwright.sync_api import Page, expect


def test_the_documentation_shows_every_operation_and_tries_one(campaign, page: Page):
    requests, messages = [], []
    page.on("request", lambda request: requests.append(request.url))
    page.on("console", lambda message: messages.append(message.text))
    page.on("pageerror", lambda error: messages.append(str(error)))
    with urllib.request.urlopen(campaign.address("/api/v1/openapi.json")) as answer:
        paths = json.load(answer)["paths"]

    page.goto(campaign.address("/api/v1/docs"), wait_until="networkidle")

    expect(page.locator(".opblock")).to_have_count(sum(len(methods) for methods in paths.values()))
    page.locator(".opblock", has_text="/api/v1/site").locator("button").first.click()
    page.get_by_role("button", name="Execute").click()
    expect(page.locator(".live-responses-table .response-col_status").last).to_contain_text("200")
    assert [url for url in requests if not url.startswith((f"{campaign.url}/", "data:"))] == []
    assert messages == []
    assert page.context.cookies() == []
