"""What axe says about a page in light and dark."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
#: The dark scheme changes colours alone (tests/campaign/test_assets.py): all rules look at the
#: light one, and at the dark one those that axe files under `cat.color`.
LOOKS = {
    "light": TAGS,
    "dark": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
}


def assert_accessible(page: Page, **rules):
    """Let axe look at a page as it is shown, in both schemes; `rules` come on top in the light."""
    for scheme, only in LOOKS.items():
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        options = {"runOnly": only} | ({"rules": rules} if scheme == "light" and rules else {})
        results = Axe().run(page, options=options)
        assert results.violations_count == 0, f"{scheme}:\n{results.generate_report()}"
