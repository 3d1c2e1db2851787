"""A colleague tells a story on a telephone: with and without scripts, session and connection."""

import io
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from .axe import TAGS

PHONE = {"width": 360, "height": 740}
#: Make a contributor and a session of theirs; how people log in is tested elsewhere.
SESSION = """
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import Group, User
from django.contrib.sessions.backends.db import SessionStore
user, _new = User.objects.get_or_create(
    username="bea", email="bea@musterstadt.example"
)
User.objects.filter(pk=user.pk).update(first_name="", last_name="")  # a story gives it a name
user.groups.add(Group.objects.get(name="Beitragende"))
session = SessionStore()
session[SESSION_KEY] = str(user.pk)
session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
session[HASH_SESSION_KEY] = user.get_session_auth_hash()
session.save()
print(session.session_key)
"""
END_SESSIONS = "from django.contrib.sessions.models import Session; Session.objects.all().delete()"


def sign_in(campaign, context):
    """Put a session of the contributor into a browser."""
    cookie = {"name": "sessionid", "value": campaign.run(SESSION), "url": campaign.url}
    context.add_cookies([cookie])


@pytest.fixture
def open_phone(campaign, browser: Browser):
    """Return a function that opens a telephone in which a contributor is signed in."""
    contexts = []

    def make(**options):
        context = browser.new_context(locale="de-DE", viewport=PHONE, **options)
        contexts.append(context)
        sign_in(campaign, context)
        page = context.new_page()
        page.goto(campaign.address("/impulse/teilen/"))
        page.get_by_role("button", name="Beitrag beginnen").click()
        expect(page.get_by_text("Schritt 1 von 6")).to_be_visible()
        page.wait_for_load_state("networkidle")  # the script that saves has come
        return page

    yield make
    for context in contexts:
        context.close()


def go_on(page: Page):
    page.get_by_role("button", name="Weiter", exact=True).click()


def picture():
    data = io.BytesIO()
    Image.new("RGB", (800, 600), "teal").save(data, "JPEG")
    return {"name": "bild.jpg", "mimeType": "image/jpeg", "buffer": data.getvalue()}


def tell(page: Page, title: str, at_step=lambda: None, department: int = 1):
    """Go through all steps but the last button."""
    if (name := page.get_by_label("Ihr Name")).count():
        name.fill("Bea Beispiel")
    page.get_by_label("Dezernat", exact=True).select_option(index=department)
    at_step()
    go_on(page)
    page.get_by_label("Titel").fill(title)
    page.get_by_label("Was war es?").select_option(label="Workshop")
    page.get_by_label("Wann war es?").fill("2026-05-23")
    at_step()
    go_on(page)
    page.get_by_label("Was habt ihr gemacht?").fill("Wir haben gedruckt. Alle waren da.\n\nSchön.")
    page.get_by_label("Was hat es bewirkt?").fill("Man bleibt stehen und liest.")
    page.get_by_label("Was braucht es zum Nachmachen?").fill("- einen Raum\n- Farbe")
    page.get_by_label("Zu welcher Aufgabe").fill("Wir bilden aus.")
    at_step()
    go_on(page)
    page.get_by_label("Bild auswählen").set_input_files(picture())
    page.get_by_role("button", name="Bild hochladen").click()
    expect(page.get_by_role("heading", name="Bild 1")).to_be_visible()
    shown = page.locator("#bilder img")
    assert shown.evaluate("async (img) => (await img.decode(), img.naturalWidth)")
    go_on(page)
    expect(page.get_by_role("alert")).to_contain_text("Bitte beschreiben Sie das Bild.")
    at_step()
    page.get_by_label("Was ist zu sehen?").first.fill("Ein Plakat an einer Wand")
    page.get_by_label("Wer hat das Bild gemacht?").first.fill("Foto: Bea Beispiel")
    page.get_by_label("Nein").first.check()
    go_on(page)
    page.get_by_label("Artikel 1:").check()
    at_step()
    go_on(page)
    expect(page.get_by_text("Schritt 6 von 6")).to_be_visible()
    page.get_by_label("Ich habe gelesen").check()
    at_step()


def send(page: Page):
    """Send the story as somebody who has read it: again, where that was quick."""
    page.get_by_role("button", name="Beitrag absenden").click()
    thanks = page.get_by_role("heading", name="Danke!")
    quick = page.get_by_role("alert").get_by_text("sehr schnell")
    expect(thanks.or_(quick)).to_be_visible()
    if quick.is_visible():
        page.wait_for_timeout(3100)  # what the trap asks of everybody
        page.get_by_role("button", name="Beitrag absenden").click()
    expect(thanks).to_be_visible()


def test_a_story_is_told_on_a_telephone(open_phone):
    page = open_phone()
    faults = []
    page.on("pageerror", lambda error: faults.append(str(error)))

    def check():
        results = Axe().run(page, options={"runOnly": TAGS})
        assert results.violations_count == 0, results.generate_report()
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= PHONE["width"], page.url

    tell(page, "Siebdruck am Telefon", check)
    send(page)
    check()
    page.get_by_role("link", name="Stand ansehen").click()
    check()
    page.get_by_role("link", name="So sieht es aus").click()
    expect(page.get_by_role("heading", name="Siebdruck am Telefon")).to_be_visible()
    expect(page.get_by_alt_text("Ein Plakat an einer Wand").first).to_be_visible()
    assert not faults


def test_a_story_is_told_without_scripts(open_phone):
    page = open_phone(java_script_enabled=False)
    tell(page, "Siebdruck ohne Skripte")
    send(page)


def test_the_form_saves_while_one_types(open_phone):
    page = open_phone()
    page.get_by_label("Ihr Name").fill("Bea B.")
    expect(page.get_by_role("status")).to_have_text(re.compile(r"Gespeichert um \d\d:\d\d"))
    page.reload()
    expect(page.get_by_label("Ihr Name")).to_have_value("Bea B.")
    assert page.evaluate("localStorage.length") == 0


def test_what_is_typed_without_a_connection_is_saved_once_there_is_one(open_phone):
    page = open_phone()
    page.context.set_offline(True)
    page.get_by_label("Ihr Name").fill("Bea ohne Netz")
    expect(page.get_by_role("status")).to_contain_text("Nicht gespeichert")
    page.context.set_offline(False)
    expect(page.get_by_role("status")).to_contain_text("Gespeichert um")
    page.reload()
    expect(page.get_by_label("Ihr Name")).to_have_value("Bea ohne Netz")


def test_what_is_typed_after_the_session_has_ended_comes_back_after_the_login(campaign, open_phone):
    page = open_phone()
    step = page.url
    campaign.run(END_SESSIONS)
    page.get_by_label("Ihr Name").fill("Bea nach der Pause")
    expect(page.get_by_role("status")).to_contain_text("Ihre Sitzung ist abgelaufen.")
    login = page.get_by_role("link", name="Neu anmelden").get_attribute("href")
    assert "next=%2Fimpulse%2Fteilen%2F" in login
    sign_in(campaign, page.context)
    page.goto(step)
    expect(page.get_by_label("Ihr Name")).to_have_value("Bea nach der Pause")
    expect(page.get_by_role("status")).to_contain_text("Gespeichert um")
    assert page.evaluate("localStorage.length") == 0


# --- Copies in the browser ------------------------------------------------------------------------


def copies(page: Page) -> list[str]:
    return page.evaluate("Object.keys(localStorage)")


@pytest.fixture
def at_step(open_phone):
    """Return a function that opens the second step on a phone, and its address."""

    def make(page=None):
        page = page or open_phone()
        page.get_by_label("Ihr Name").fill("Bea Beispiel")
        page.get_by_label("Dezernat", exact=True).select_option(index=1)
        go_on(page)
        expect(page.get_by_text("Schritt 2 von 6")).to_be_visible()
        page.wait_for_load_state("networkidle")
        return page

    return make


def fill_what(page: Page, title: str):
    page.get_by_label("Titel").fill(title)
    page.get_by_label("Was war es?").select_option(label="Workshop")
    page.get_by_label("Wann war es?").fill("2026-05-23")


def open_again(page: Page) -> Page:
    """Open the same address in another tab."""
    other = page.context.new_page()
    other.goto(page.url)
    other.wait_for_load_state("networkidle")
    return other


def test_a_button_leaves_no_copy_that_overwrites_what_is_newer(at_step):
    page = at_step()
    step = page.url
    fill_what(page, "Vom Telefon")
    go_on(page)  # sooner than it saves by itself
    expect(page.get_by_text("Schritt 3 von 6")).to_be_visible()
    assert copies(page) == []
    page.goto(step)
    other = open_again(page)
    other.get_by_label("Titel").fill("Vom Rechner")
    expect(other.get_by_role("status")).to_contain_text("Gespeichert um")
    page.reload()
    expect(page.get_by_label("Titel")).to_have_value("Vom Rechner")
    expect(page.get_by_role("status")).to_be_empty()


def test_what_was_left_unsaved_comes_back_if_nobody_has_changed_the_story(at_step, campaign):
    page = at_step()
    step = page.url
    page.get_by_label("Titel").fill("Halb getippt")
    page.goto(campaign.address("/konto/"))
    assert len(copies(page)) == 1
    page.goto(step)
    expect(page.get_by_label("Titel")).to_have_value("Halb getippt")
    expect(page.get_by_role("status")).to_contain_text("Gespeichert um")
    assert copies(page) == []


def test_what_was_left_unsaved_overwrites_nothing_newer_by_itself(at_step):
    page = at_step()
    step = page.url
    page.context.set_offline(True)
    page.get_by_label("Titel").fill("Vom Zug aus")
    expect(page.get_by_role("status")).to_contain_text("Nicht gespeichert")
    page.goto("about:blank")
    page.context.set_offline(False)
    other = page.context.new_page()
    other.goto(step.replace("/was/", "/wer/"))
    key = other.evaluate("Object.keys(localStorage)[0]")
    copy = other.evaluate("key => localStorage.getItem(key)", key)
    other.evaluate("localStorage.clear()")
    other.goto(step)
    other.get_by_label("Titel").fill("Vom Rechner")
    expect(other.get_by_role("status")).to_contain_text("Gespeichert um")
    other.evaluate("([key, copy]) => localStorage.setItem(key, copy)", [key, copy])
    page.goto(step)
    expect(page.get_by_label("Titel")).to_have_value("Vom Rechner")
    expect(page.get_by_role("status")).to_contain_text("anderswo geändert")
    page.get_by_role("button", name="Ins Formular einsetzen").click()
    expect(page.get_by_label("Titel")).to_have_value("Vom Zug aus")
    expect(page.get_by_role("status")).to_contain_text("Gespeichert um")
    page.reload()
    expect(page.get_by_label("Titel")).to_have_value("Vom Zug aus")
    expect(page.get_by_role("blockquote")).to_have_text("Vom Rechner")
    page.get_by_role("button", name="Diesen Text nehmen").click()
    expect(page.get_by_label("Titel")).to_have_value("Vom Rechner")
    assert copies(page) == []


def test_two_tabs_change_different_fields(at_step):
    page = at_step()
    fill_what(page, "Erster Titel")
    expect(page.get_by_role("status")).to_contain_text("Gespeichert um")
    other = open_again(page)
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.get_by_label("Titel").fill("Zweiter Titel")
    other.get_by_label("Wo war es?").fill("Rathaus")
    expect(other.get_by_role("status")).to_contain_text("Gespeichert um")
    other.reload()
    expect(other.get_by_label("Titel")).to_have_value("Zweiter Titel")
    expect(other.get_by_label("Wo war es?")).to_have_value("Rathaus")


def test_without_a_connection_the_button_stays_and_says_so(at_step):
    page = at_step()
    fill_what(page, "Im Funkloch")
    page.context.set_offline(True)
    go_on(page)
    status = page.get_by_role("status")
    expect(status).to_contain_text("Nicht gespeichert")
    expect(status).to_be_in_viewport()
    expect(page.get_by_label("Titel")).to_have_value("Im Funkloch")
    page.context.set_offline(False)
    go_on(page)
    expect(page.get_by_text("Schritt 3 von 6")).to_be_visible()
    assert copies(page) == []


def test_the_line_that_says_what_is_saved_covers_no_field(at_step):
    page = at_step()
    page.context.set_offline(True)
    for name in ("Titel", "Wo war es?", "Wie viele"):
        page.get_by_label(name).press_sequentially("12")
        status = page.get_by_role("status")
        expect(status).to_contain_text("Nicht gespeichert")
        expect(status).to_be_in_viewport()
        line, field = status.bounding_box(), page.get_by_label(name).bounding_box()
        assert field["y"] + field["height"] <= line["y"]
    page.context.set_offline(False)


def test_the_next_picture_gets_nothing_of_the_one_before(at_step):
    page = at_step()
    page.goto(page.url.replace("/was/", "/bilder/"))
    page.wait_for_load_state("networkidle")
    page.get_by_label("Bild auswählen").set_input_files(picture())
    page.get_by_label("Was ist zu sehen?").fill("Drei Leute")
    page.get_by_label("Wer hat das Bild gemacht?").fill("Foto: Bea")
    page.get_by_label("Ja", exact=True).check()
    page.get_by_label("Falls ja: Alle").check()
    page.get_by_label("Falls ja: Wo").fill("Ordner 7")
    page.get_by_role("button", name="Bild hochladen").click()
    expect(page.get_by_role("heading", name="Bild 1")).to_be_visible()
    for _time in range(2):
        assert copies(page) == []
        expect(page.get_by_label("Was ist zu sehen?").first).to_have_value("Drei Leute")
        expect(page.get_by_label("Ja", exact=True).first).to_be_checked()
        expect(page.get_by_label("Was ist zu sehen?").last).to_have_value("")
        expect(page.get_by_label("Ja", exact=True).last).not_to_be_checked()
        expect(page.get_by_label("Falls ja: Alle").last).not_to_be_checked()
        expect(page.get_by_role("status")).to_be_empty()
        page.reload()
        page.wait_for_load_state("networkidle")


def test_what_is_wrong_is_read_out_first(at_step):
    page = at_step()
    go_on(page)
    expect(page.get_by_role("alert")).to_be_focused()
    page.goto(page.url.replace("/was/", "/bilder/"))
    page.wait_for_load_state("networkidle")
    page.get_by_role("button", name="Bild hochladen").click()
    expect(page.get_by_role("alert")).to_contain_text("wählen Sie zuerst ein Bild")
    expect(page.get_by_role("alert")).to_be_focused()


@pytest.mark.parametrize("way", ["sign out", "delete"])
def test_copies_go_with_the_story_and_with_who_signs_out(at_step, campaign, way):
    page = at_step()
    story = page.url.removesuffix("was/")
    page.context.set_offline(True)
    page.get_by_label("Titel").fill("Geheim")
    expect(page.get_by_role("status")).to_contain_text("Nicht gespeichert")
    page.goto("about:blank")
    page.context.set_offline(False)
    page.goto(campaign.address("/konto/"))
    assert len(copies(page)) == 1
    if way == "sign out":
        page.get_by_role("button", name="Abmelden").click()
        page.wait_for_url(campaign.address("/"), wait_until="commit")
    else:
        page.goto(f"{story}loeschen/")
        page.get_by_role("button", name="Löschen").click()
        page.wait_for_url("**/meine/")
        page.wait_for_load_state("networkidle")
    assert copies(page) == []
