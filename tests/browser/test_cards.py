"""Citizens take cards along: by keyboard, without scripts, on a phone."""

import json
from urllib.request import urlopen

from playwright.sync_api import expect


def test_every_card_of_the_demo_is_fit_for_press_and_readers(campaign):
    code = "from tests.browser.demo_cards import judge; print(judge())"
    number, faults = json.loads(campaign.run(code))
    assert number >= 40
    assert faults == []


def test_a_sheet_is_put_together_by_keyboard_and_without_scripts(campaign, browser):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(campaign.address("/postkarten/"))
    page.get_by_role("link", name="Einen Bogen zusammenstellen").click()
    for name in ("Artikel 1: Menschenwürde", "Artikel 4: Glaube und Gewissen"):
        box = page.get_by_label(name, exact=True)
        box.focus()
        page.keyboard.press("Space")
        expect(box).to_be_checked()
    with page.expect_response(lambda answer: "/karten/" in answer.url) as found:
        page.get_by_role("button", name="Bogen erstellen").press("Enter")
    answer = found.value
    assert answer.status == 200
    assert answer.headers["content-type"] == "application/pdf"
    context.close()


def test_a_forgotten_choice_is_said_at_the_form(campaign, page):
    page.goto(campaign.address("/postkarten/bogen/"))
    page.get_by_role("button", name="Bogen erstellen").click()
    expect(page.get_by_role("alert")).to_have_text("Bitte wählen Sie eine bis vier Karten.")


def test_a_card_offers_its_files(campaign, page):
    page.goto(campaign.address("/postkarten/artikel-1/"))
    region = page.get_by_role("region", name="Diese Karte mitnehmen")
    assert region.get_by_role("heading", level=3).all_inner_texts() == [
        "Zum Selbstdrucken",
        "Ansehen und teilen",
        "Für die Druckerei",
    ]
    with page.expect_download() as found:
        region.get_by_role("link", name="PDF/X-4").click()
    assert found.value.suggested_filename == "artikel-1-druck.pdf"


def test_a_shared_link_shows_the_card(campaign, page):
    page.goto(campaign.address("/postkarten/artikel-1/"))
    address = page.locator('meta[property="og:image"]').get_attribute("content")
    with urlopen(address, timeout=30) as answer:
        assert answer.headers["Content-Type"] == "image/jpeg"
