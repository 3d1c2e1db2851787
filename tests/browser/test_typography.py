"""Long words break on a narrow screen, and what people copy is free of what makes them break."""

import pytest
from playwright.sync_api import Page

from .addresses import ADDRESSES

WORD = "Verwaltungsvorstandsbeschluss"
SOFT = "Verwal\u00adtungs\u00advor\u00adstands\u00adbe\u00adschluss"
LARGE = "h1, h2, h3, summary, .card__text, .navigation__link, .navigation__child, .chip, dd"


@pytest.mark.parametrize("kind", ADDRESSES)
def test_a_long_word_overflows_no_narrow_screen(campaign, page: Page, kind):
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(campaign.address(ADDRESSES[kind]))
    for text in (WORD, SOFT):
        page.evaluate(
            """([places, word]) => document.querySelectorAll(places)
                .forEach(element => {
                    element.querySelector(":scope > .added")?.remove();
                    const added = document.createElement("span");
                    added.className = "added";
                    added.textContent = " " + word;
                    element.append(added);
                })""",
            [LARGE, text],
        )
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, text


def test_copied_text_has_no_soft_hyphens(campaign, page: Page):
    page.goto(campaign.url)
    copied = page.evaluate(
        """word => {
            const heading = document.querySelector("h1, h2");
            heading.textContent = word;
            getSelection().selectAllChildren(heading);
            const data = new DataTransfer();
            const event = new ClipboardEvent("copy",
                {clipboardData: data, bubbles: true, cancelable: true});
            heading.dispatchEvent(event);
            return [data.getData("text/plain"), data.getData("text/html"), event.defaultPrevented];
        }""",
        SOFT,
    )
    assert copied == [WORD, WORD, True]
