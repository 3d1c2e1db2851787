"""Somebody without an account reads a version on a phone, and answers in a real browser."""

import re

import pytest
from playwright.sync_api import Browser, expect

from .axe import assert_accessible


@pytest.fixture(scope="module")
def link(campaign, browser: Browser):
    """Return the link that the editors send for an impulse."""
    context = browser.new_context(locale="de-DE", viewport={"width": 1400, "height": 1000})
    page = context.new_page()
    page.goto(campaign.address("/admin/login/"))
    page.get_by_role("textbox", name="Benutzername").fill(campaign.username)
    page.locator("input[type=password]").fill(campaign.password)
    page.get_by_role("button", name="Anmelden").click()
    expect(page).to_have_url(campaign.address("/admin/"))
    page.goto(campaign.address("/admin/pages/?q=Siebdruck"))
    page.get_by_role("link", name="Siebdruck im Schulamt", exact=False).first.click()
    number = re.search(r"/pages/(\d+)/", page.url)[1]
    page.goto(campaign.address(f"/admin/pages/{number}/sign-offs/"))
    page.get_by_label("Name").fill("Erika Muster")
    page.get_by_label("E-Mail-Adresse").fill("erika@verein.example")
    page.get_by_role("button", name="Link senden").click()
    yield page.get_by_role("textbox", name="Der Link").input_value()
    context.close()


@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing(link, page, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(link)
    page.get_by_text("Jetzt antworten").click()
    page.get_by_role("button", name="Antwort senden").first.click()
    expect(page.get_by_role("alert")).to_be_focused()
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_answer_is_sent_without_scripts_and_once(link, browser: Browser):
    context = browser.new_context(
        java_script_enabled=False, locale="de-DE", viewport={"width": 360, "height": 800}
    )
    page = context.new_page()
    page.goto(link)
    answer = page.get_by_role("region", name="Ihre Antwort")
    answer.get_by_label("Änderungswunsch").check()
    answer.get_by_role("button", name="Antwort senden").click()
    expect(page).to_have_title(re.compile("^Fehler: "))
    expect(page.get_by_role("alert")).to_have_count(1)
    expect(answer.get_by_role("alert")).to_be_focused()
    answer.get_by_role("link", name="Bitte schreiben Sie, was anders sein soll.").click()
    expect(answer.get_by_label("Kommentar")).to_be_focused()

    answer.get_by_label("Kommentar").fill("Der zweite Satz.")
    answer.get_by_role("button", name="Antwort senden").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Vielen Dank für Ihre Antwort")
    page.reload()
    expect(page.get_by_text("Dieser Link wurde bereits am")).to_be_visible()
    context.close()
