"""A real editor's session: log in, write a guest post, preview it, publish it, read it."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

TITLE = "Ein Stuhl bleibt frei"
SENTENCE = "Wir haben den Stuhl nicht weggeräumt."
QUOTE = "Alle Menschen sind vor dem Gesetz gleich."


@pytest.fixture(scope="module")
def session(campaign, browser: Browser):
    """Return what the browser remembers once the demo editor has logged in."""
    context = browser.new_context(locale="de-DE")
    page = context.new_page()
    page.goto(campaign.address("/admin/"))
    page.get_by_role("textbox", name="Benutzername").fill(campaign.username)
    page.locator("input[type=password]").fill(campaign.password)
    page.get_by_role("button", name="Anmelden").click()
    expect(page).to_have_url(campaign.address("/admin/"))
    yield context.storage_state()
    context.close()


@pytest.fixture
def faults():
    """Return what went wrong in the browser: refused scripts and styles, failed requests."""
    return []


@pytest.fixture
def editor(campaign, session, faults, browser: Browser):
    """Return a page in which the demo editor is logged in."""
    context = browser.new_context(
        locale="de-DE", storage_state=session, viewport={"width": 1400, "height": 1000}
    )
    page = context.new_page()
    page.on("pageerror", lambda error: faults.append(str(error)) if _is_ours(error) else None)
    page.on("console", lambda message: faults.append(message.text) if _is_fault(message) else None)
    page.on("request", lambda request: _keep_foreign(request.url, campaign.url, faults))
    page.goto(campaign.address("/admin/"))
    yield page
    context.close()


def _is_ours(error) -> bool:
    """Tell whether an error is not that of Wagtail's checks, which overtake each other."""
    return "Axe is already running" not in str(error)


def _is_fault(message):
    return "Content Security Policy" in message.text or "status of 5" in message.text


def _keep_foreign(url, own, faults):
    if not url.startswith((f"{own}/", "blob:", "data:")):
        faults.append(url)


def test_the_admin_speaks_german(editor: Page, faults):
    expect(editor.locator("html")).to_have_attribute("lang", re.compile("^de"))
    menu = editor.get_by_role("navigation")
    for name in ("Grundgesetz", "Dezernate", "Autorinnen und Autoren"):
        expect(menu.get_by_role("link", name=name)).to_be_visible()
    labels = menu.locator(".menuitem-label").all()
    assert len(labels) > 5
    cut = "label => label.scrollWidth > label.clientWidth && label.textContent"
    assert [found for label in labels if (found := label.evaluate(cut))] == []
    assert faults == []


def test_a_public_page_leads_an_editor_back_to_its_form(campaign, editor: Page, faults):
    editor.goto(campaign.address("/impulse/siebdruck-im-schulamt/"))
    editor.get_by_role("button", name=re.compile("Wagtail")).click()
    editor.get_by_role("menuitem", name="Diese Seite bearbeiten").click()

    expect(editor).to_have_url(re.compile("/admin/pages/[0-9]+/edit/"))
    assert faults == []


def test_a_date_that_an_editor_types_is_kept(campaign, editor: Page):
    editor.get_by_role("link", name="Autorinnen und Autoren").wait_for()
    editor.goto(campaign.address("/admin/pages/"))
    editor.get_by_role("link", name="Unterseiten von ‚Verwaltung mit Haltung‘ durchsehen").click()
    editor.get_by_role("link", name="Unterseiten von ‚Gastbeiträge‘ durchsehen").click()
    editor.get_by_role("link", name="Unterseite hinzufügen").first.click()
    day = editor.get_by_role("textbox", name="Datum des Beitrags")
    day.fill("24.12.2027")
    day.press("Tab")

    expect(day).to_have_value("24.12.2027")


def test_the_printed_login_reaches_all_that_editors_keep(campaign, editor: Page):
    for place in ("snippets/home/department", "snippets/blog/author"):
        answer = editor.goto(campaign.address(f"/admin/{place}/"))
        assert f"/admin/{place}/" in answer.url, place


def test_nobody_edits_the_law(editor: Page):
    editor.get_by_role("link", name="Grundgesetz").click()

    expect(editor.get_by_role("link", name="Artikel 1", exact=False).first).to_be_visible()
    expect(editor.get_by_role("link", name=re.compile("hinzufügen"))).to_have_count(0)


def test_an_editor_writes_a_guest_post_and_a_citizen_reads_it(
    campaign, editor: Page, browser: Browser, faults
):
    editor.goto(campaign.address("/admin/pages/"))
    editor.get_by_role("link", name="Unterseiten von ‚Verwaltung mit Haltung‘ durchsehen").click()
    editor.get_by_role("link", name="Unterseiten von ‚Gastbeiträge‘ durchsehen").click()
    editor.get_by_role("link", name="Unterseite hinzufügen").first.click()
    editor.get_by_role("textbox", name="Titel").first.fill(TITLE)
    choose(editor, editor.locator("main"), "Autorin oder Autor auswählen", "Leyla Aksoy")
    body = editor.get_by_role("region", name="Text", exact=True).first
    insert(editor, body, "Text")
    body.get_by_role("textbox").last.click()
    editor.keyboard.type(SENTENCE)
    insert(editor, body, "Postkarten")
    choose(editor, body, re.compile("auswählen"), "Artikel 3: Gleichheit")

    editor.get_by_role("button", name="Vorschau umschalten").click()
    preview = editor.frame_locator("#w-preview-iframe")
    expect(preview.get_by_text(SENTENCE)).to_be_visible()
    expect(preview.get_by_text(QUOTE).first).to_be_visible()
    editor.get_by_role("button", name="Mehr Aktionen").click()
    editor.get_by_role("button", name="Veröffentlichen").click()
    # The form saves itself now and then; the message says whether it had done so before.
    published = re.compile(f"‚{TITLE}‘ wurde .*veröffentlicht")
    expect(editor.get_by_text(published)).to_be_visible()
    assert faults == []

    citizen = browser.new_context()
    page = citizen.new_page()
    page.goto(campaign.address("/blog/"))
    page.get_by_role("link", name=TITLE).first.click()
    expect(page.get_by_role("heading", level=1, name=TITLE)).to_be_visible()
    order = [page.get_by_text(text).first.bounding_box()["y"] for text in (SENTENCE, QUOTE)]
    assert order == sorted(order)
    expect(page.get_by_text("Leyla Aksoy").first).to_be_visible()
    citizen.close()


def test_a_wrong_quotation_names_the_nearest_sentence_and_loses_nothing(campaign, editor: Page):
    wrong = "Alle Menschen sind vor dem Gericht gleich."
    editor.goto(campaign.address("/admin/pages/"))
    editor.get_by_role("link", name="Unterseiten von ‚Verwaltung mit Haltung‘ durchsehen").click()
    editor.get_by_role("link", name="Unterseiten von ‚Postkarten‘ durchsehen").click()
    editor.get_by_role("link", name="Artikel 3: Gleichheit").first.click()
    headline = editor.get_by_role("textbox", name=re.compile(r"^Satz\W*$"))
    headline.fill(wrong)

    editor.get_by_role("button", name="Entwurf speichern").click()

    expect(editor.get_by_text(QUOTE).first).to_be_visible()
    expect(headline).to_have_value(wrong)


def test_the_panel_of_checks_follows_what_an_editor_types(campaign, editor: Page, faults):
    editor.goto(campaign.address("/admin/pages/"))
    editor.get_by_role("link", name="Unterseiten von ‚Verwaltung mit Haltung‘ durchsehen").click()
    editor.get_by_role("link", name="Unterseiten von ‚Impulse‘ durchsehen").click()
    editor.get_by_role("link", name="Sätze am Bauzaun").first.click()

    editor.get_by_role("button", name="Überprüfungen umschalten").click()
    checks = editor.get_by_role("region", name="Sprache")
    expect(checks.get_by_text("Ziel: höchstens 12")).to_be_visible()
    expect(checks.get_by_text("Leicht genug")).to_be_visible()
    expect(editor.get_by_text("Lesezeit", exact=True).first).to_be_visible()
    before = checks.locator(".language-checks__value strong").inner_text()
    checks.get_by_text("Was bedeutet der Wert?").click()
    editor.get_by_role("textbox", name="Einleitung").fill(
        "Alle Kolleg:innen der Straßenbauverwaltungsabteilung berücksichtigten außerordentlich "
        "umfangreiche Beteiligungsmöglichkeiten verschiedenster Interessengruppen. " * 3
    )

    expect(checks.get_by_text("Kolleg:innen", exact=True).first).to_be_visible()
    expect(checks.locator(".language-checks__value strong")).not_to_have_text(before)
    expect(checks.get_by_text("Der Wert zählt lange Wörter")).to_be_visible()
    assert faults == []


def test_the_panel_of_checks_goes_on_when_a_new_page_has_saved_itself(
    campaign, editor: Page, faults
):
    # What is typed before belongs to the form as it was.
    editor.add_init_script(
        "addEventListener('w-unsaved:watch-edits', () => { document.body.dataset.watched = '' })"
    )
    editor.goto(campaign.address("/admin/pages/add/home/standardpage/3/"))
    editor.locator("body[data-watched]").wait_for()
    editor.get_by_role("button", name="Überprüfungen umschalten").click()
    value = editor.get_by_role("region", name="Sprache").locator(".language-checks__value strong")
    editor.get_by_role("textbox", name="Titel").first.fill("Was sich selbst speichert")
    text = editor.get_by_role("textbox", name="Einleitung")
    text.fill("Wir sind da. Du bist da. Es ist schön hier. Der Bus fährt oft. " * 3)
    expect(editor).to_have_url(re.compile("/admin/pages/[0-9]+/edit/"))
    expect(value).to_have_text("unter 4")
    text.fill("Verwaltungsverfahrensrechtliche Rahmenbedingungen berücksichtigen wir. " * 7)
    expect(value).to_have_text(re.compile(r"^\d\d,\d$"))
    assert faults == []


def insert(page: Page, body, block):
    """Insert a block at the end of a StreamField."""
    body.get_by_title("Einen Block einfügen").last.click()
    page.get_by_role("option", name=block, exact=True).click()


def choose(page: Page, place, button, name):
    """Choose an object in the dialog behind a button."""
    place.get_by_role("button", name=button).last.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("link", name=name).first.click()
    expect(dialog).to_have_count(0)
