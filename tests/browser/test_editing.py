"""A real editor's session: log in, write a guest post, preview it, publish it, read it."""

import re

import pytest
from playwright.sync_api import Page, expect

TITLE = "Ein Stuhl bleibt frei"


@pytest.fixture
def editor(campaign, page: Page):
    """Return a browser in which the demo editor is logged in."""
    page.set_viewport_size({"width": 1400, "height": 1000})
    page.goto(campaign.address("/admin/"))
    page.get_by_label("Benutzername").fill(campaign.username)
    page.get_by_label("Passwort", exact=True).fill(campaign.password)
    page.get_by_role("button", name="Anmelden").click()
    expect(page).to_have_url(campaign.address("/admin/"))
    return page


def test_the_admin_speaks_german(editor):
    expect(editor.locator("html")).to_have_attribute("lang", re.compile("^de"))
    for name in ("Grundgesetz", "Dezernate und Staffel", "Autorinnen und Autoren"):
        assert editor.get_by_role("link", name=name).count(), name
