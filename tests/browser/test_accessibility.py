"""WCAG 2.2 AA on every page type, wide and narrow, light and dark; nothing overflows."""

import pytest
from playwright.sync_api import Page, expect

from .addresses import ADDRESSES
from .axe import assert_accessible

#: What Wagtail shows to editors as a problem of the page, beyond the standard.
EDITORS_CHECKS = {"p-as-heading": {"enabled": True}}
LONGEST = "Verwaltungsvorstandsbeschlussvorlagenverzeichnis"


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("kind", ADDRESSES)
def test_axe_finds_nothing(campaign, page: Page, kind, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(campaign.address(ADDRESSES[kind]))

    assert_accessible(page, **EDITORS_CHECKS)


@pytest.mark.parametrize("kind", ADDRESSES)
def test_nothing_overflows_a_narrow_screen(campaign, page: Page, kind):
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(campaign.address(ADDRESSES[kind]))
    # The longest words that an administration could write, wherever there is a title.
    page.evaluate(
        """word => document.querySelectorAll('h1, h2, h3, summary, .prose p, .chip, dd')
            .forEach(element => { element.append(' ' + word) })""",
        LONGEST,
    )

    width = page.evaluate("document.documentElement.scrollWidth")

    assert width <= 320


@pytest.mark.parametrize("kind", ["home page", "impulse", "guest post"])
def test_text_of_twice_the_size_stays_readable(campaign, page: Page, kind):
    page.set_viewport_size({"width": 640, "height": 900})
    page.goto(campaign.address(ADDRESSES[kind]))

    page.evaluate("document.documentElement.style.fontSize = '200%'")

    assert page.evaluate("document.documentElement.scrollWidth") <= 640


def test_the_keyboard_reaches_every_link_of_the_home_page(campaign, page: Page):
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(campaign.url)
    wanted = page.evaluate(
        """() => [...document.querySelectorAll('a[href], button, input, summary')]
            .filter(element => element.checkVisibility({visibilityProperty: true})).length"""
    )
    reached = set()
    for _step in range(wanted + 5):
        page.keyboard.press("Tab")
        place = page.evaluate(
            """() => { const e = document.activeElement;
                return e === document.body ? null
                    : [...document.querySelectorAll('*')].indexOf(e) }"""
        )
        if place is None:
            break
        reached.add(place)

    assert len(reached) >= wanted


def test_the_first_stop_of_the_keyboard_skips_to_the_content(campaign, page: Page):
    page.goto(campaign.url)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.locator("main")).to_be_focused()


def test_the_page_reads_without_scripts(campaign, browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(campaign.address("/mut-mach-karten/"))
    page.get_by_role("link", name="Karte ziehen").click()

    assert "/mut-mach-karten/" in page.url
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    context.close()
