"""A story's whole way: a colleague's telephone, two desks, the public; every mail is caught."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_sharing import PHONE, send, tell

TITLE = "Ein Brunnen voller Fragen"
QUESTION = "Wie viele haben mitgemacht?"
ANSWER = "Vierzig, und drei Hunde."


@pytest.fixture
def sign_in(campaign, browser: Browser):
    """Return a function that signs somebody of the city in, on a screen of their own."""
    contexts = []

    def do(name, start, **options) -> Page:
        context = browser.new_context(locale="de-DE", base_url=campaign.url, **options)
        contexts.append(context)
        page = context.new_page()
        page.goto(f"/konto/anmelden/?next={start}")
        page.get_by_label("Benutzername oder E-Mail-Adresse").fill(name)
        page.get_by_label("Passwort", exact=True).fill(campaign.passwords[name])
        page.get_by_role("button", name="Anmelden", exact=True).click()
        expect(page).to_have_url(re.compile(f"{re.escape(start)}$"))
        return page

    yield do
    for context in contexts:
        context.close()


def decide(page: Page, name: str):
    """Open the oldest page that waits under this title, and choose an action of its desk."""
    page.goto("/admin/")
    page.get_by_role("link", name=TITLE).first.click()
    page.get_by_role("button", name="Mehr Aktionen").click()
    page.get_by_role("button", name=name, exact=True).click()


def test_a_story_goes_from_a_telephone_over_two_desks_to_the_public(
    campaign, letterbox, sign_in, browser
):
    author = sign_in("beitrag", "/impulse/teilen/", viewport=PHONE)
    author.get_by_role("button", name="Beitrag beginnen").click()
    tell(author, TITLE, department=4)
    send(author)
    assert letterbox.titles("beitrag", TITLE) == [f"Eingegangen: {TITLE}"]
    assert letterbox.titles("dezernat-4", TITLE) == [f"Bitte prüfen: {TITLE}"]
    assert letterbox.titles("redaktion", TITLE) == []

    department = sign_in("dezernat-4", "/admin/")
    decide(department, "Rückfrage stellen")
    department.get_by_label("Grund").fill(QUESTION)
    department.get_by_role("dialog").get_by_role("button", name="Rückfrage stellen").click()
    expect(department.get_by_text("wurde aktualisiert").first).to_be_visible()
    assert letterbox.titles("beitrag", TITLE)[-1] == f"Rückfrage zu: {TITLE}"

    author.goto("/impulse/teilen/meine/")
    author.get_by_role("link", name=TITLE).click()
    expect(author.get_by_text(QUESTION).first).to_be_visible()
    author.get_by_label("Ihre Antwort").fill(ANSWER)
    author.get_by_role("button", name="Antwort senden").click()
    expect(author.get_by_text(ANSWER).first).to_be_visible()

    decide(department, "Freigeben")
    expect(department.get_by_text("wurde aktualisiert").first).to_be_visible()
    assert letterbox.titles("redaktion", TITLE) == [f"Bitte prüfen: {TITLE}"]

    citizen = browser.new_context(base_url=campaign.url).new_page()
    address = "/impulse/ein-brunnen-voller-fragen/"
    assert citizen.goto(address).status == 404
    editor = sign_in("freigabe", "/admin/")
    decide(editor, "Freigeben")
    expect(editor.get_by_text("wurde aktualisiert").first).to_be_visible()

    assert citizen.goto(address).status == 200
    expect(citizen.get_by_role("heading", name=TITLE)).to_be_visible()
    expect(citizen.get_by_alt_text("Ein Plakat an einer Wand").first).to_be_visible()
    assert letterbox.titles("beitrag", TITLE)[-1] == f"Veröffentlicht: {TITLE}"
    author.goto("/impulse/teilen/meine/")
    expect(author.get_by_text("Veröffentlicht").first).to_be_visible()
    citizen.context.close()
