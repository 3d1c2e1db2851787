"""The search field offers words and pages while someone types, and is a plain form without."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from .axe import TAGS


@pytest.fixture
def offered(campaign, page: Page):
    """Return the search page with "grund" typed, and suggestions offered."""
    page.goto(campaign.address("/suche/"))
    field(page).press_sequentially("grund")
    expect(page.get_by_role("option").first).to_be_visible()
    return page


def field(page: Page):
    return page.get_by_label("Was suchen Sie?")


def test_words_and_pages_are_offered_while_one_types(offered: Page):
    words = offered.get_by_role("option").all_inner_texts()
    assert "Grundgesetz" in words
    assert any("Postkarte" in word for word in words)
    expect(field(offered)).to_have_attribute("aria-expanded", "true")
    expect(offered.get_by_role("main").get_by_role("status")).to_contain_text(
        f"{len(words)} Vorschläge"
    )


def test_the_arrows_choose_and_enter_goes_there(offered: Page, campaign):
    field(offered).press("ArrowDown")
    first = offered.get_by_role("option", selected=True)
    assert field(offered).get_attribute("aria-activedescendant") == first.get_attribute("id")
    expect(first).to_have_text("Grundrecht")
    field(offered).press("Enter")
    offered.wait_for_url(campaign.address("/suche/?q=Grundrecht"))


def test_a_click_goes_to_a_page(offered: Page):
    offered.get_by_role("option").filter(has_text="Postkarte").first.click()
    offered.wait_for_url("**/postkarten/**")


def test_up_from_the_field_chooses_the_last(offered: Page):
    field(offered).press("ArrowUp")
    expect(offered.get_by_role("option").last).to_have_attribute("aria-selected", "true")


def test_escape_closes_what_is_offered_and_keeps_what_is_typed(offered: Page):
    field(offered).press("Escape")
    expect(offered.get_by_role("listbox")).to_be_hidden()
    expect(field(offered)).to_have_value("grund")


def test_enter_without_a_choice_searches_what_is_typed(offered: Page, campaign):
    field(offered).press("Enter")
    offered.wait_for_url(campaign.address("/suche/?q=grund"))


def test_going_on_closes_what_is_offered(offered: Page):
    field(offered).press("Tab")
    expect(offered.get_by_role("listbox")).to_be_hidden()


def test_what_is_offered_is_accessible(offered: Page):
    results = Axe().run(offered, options={"runOnly": TAGS})
    assert results.violations_count == 0, results.generate_report()


def test_a_server_that_fails_leaves_a_plain_field(campaign, page: Page):
    page.route("**/vorschlaege/**", lambda route: route.abort())
    page.goto(campaign.address("/suche/"))
    with page.expect_request("**/vorschlaege/**"):
        field(page).press_sequentially("grund")
    expect(page.get_by_role("listbox")).to_be_hidden()
    field(page).press("Enter")
    page.wait_for_url(campaign.address("/suche/?q=grund"))


def test_the_form_works_without_scripts(campaign, browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(campaign.address("/suche/"))
    field(page).fill("Grundgesetz")
    page.get_by_role("main").get_by_role("button", name="Suche").click()
    expect(page.locator("mark").first).to_be_visible()
    context.close()
