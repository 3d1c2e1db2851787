"""People sign in with a real browser: a code from a real mail server, an app, a security key."""

import email
import email.policy
import os
import re
import subprocess
import sys

import pytest
from aiosmtpd.controller import Controller
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.accounts.conftest import CODE, app_code
from tests.browser.conftest import ROOT, _wait_for, free_port

PASSWORD = "ein-langes-Passwort-7"
MAKE_EDITORS = f"""
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from home.models import AccessSettings
group = Group.objects.get(name="Redaktion")
for name in ("mara", "ada"):
    user = get_user_model().objects.create_user(name, name + "@musterstadt.example", "{PASSWORD}")
    user.groups.add(group)
AccessSettings.objects.create().second_factor_groups.add(group)
"""


class Letterbox:
    """Keeps the mails that the server has taken."""

    def __init__(self):
        self.mails = []

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802
        """Take a mail."""
        self.mails.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
        return "250 OK"


@pytest.fixture(scope="module")
def letterbox():
    """Run a mail server."""
    box = Letterbox()
    server = Controller(box, hostname="127.0.0.1", port=free_port())
    server.start()
    box.port = server.port
    yield box
    server.stop()


@pytest.fixture(scope="module")
def site(letterbox, tmp_path_factory):
    """Start the site with two editors who are obliged to have a second factor."""
    folder = tmp_path_factory.mktemp("accounts")
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.browser.mail_settings",
        "DATABASE_URL": f"sqlite:///{folder / 'accounts.sqlite3'}",
        "VAR_DIR": str(folder / "var"),
        "MAIL_PORT": str(letterbox.port),
    }

    def manage(*arguments):
        command = [sys.executable, "manage.py", *arguments]
        return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)

    for command in ("compile_translations", "build_assets", "migrate", "roles"):
        assert manage(command).wait() == 0
    assert manage("shell", "-c", MAKE_EDITORS).wait() == 0
    port = free_port()
    server = manage("runserver", "--noreload", f"127.0.0.1:{port}")
    # Security keys belong to a name; an address in figures is none.
    url = f"http://localhost:{port}"
    try:
        _wait_for(f"{url}/robots.txt", server)
        yield url
    finally:
        server.terminate()
        server.wait()


@pytest.fixture
def page(site, browser):
    """Return a phone's page, which must find nothing to complain about."""
    context = browser.new_context(
        locale="de-DE", base_url=site, viewport={"width": 360, "height": 740}
    )
    page, faults = context.new_page(), []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on(
        "console",
        lambda message: (
            faults.append(message.text) if "Content Security Policy" in message.text else None
        ),
    )
    yield page
    context.close()
    assert faults == []


def sign_in(page, name):
    """Sign in with a password."""
    page.goto("/admin/")
    page.get_by_label("Benutzername oder E-Mail-Adresse").fill(name)
    page.get_by_label("Passwort", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Anmelden").click()


def prove_it_again(page):
    """Type the password once more, before something important changes."""
    page.get_by_label("Passwort").fill(PASSWORD)
    page.get_by_role("button", name="Weiter").click()


def has_no_barrier(page):
    """Look for barriers as WCAG 2.2 AA has them."""
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": tags}})
    assert found.violations_count == 0, found.generate_report()


def test_a_colleague_signs_in_with_a_code_from_a_mail(page, letterbox):
    page.goto("/")
    assert page.context.cookies() == []
    page.get_by_role("link", name="Für Mitarbeitende: Anmelden").click()
    has_no_barrier(page)
    page.get_by_label("E-Mail-Adresse", exact=True).fill("erika@musterstadt.example")
    page.get_by_role("button", name="Code senden").click()
    has_no_barrier(page)
    mail = letterbox.mails[-1]
    assert mail["To"] == "erika@musterstadt.example"
    assert {part.get_content_type() for part in mail.iter_parts()} == {"text/plain", "text/html"}
    page.get_by_label("Code aus der E-Mail").fill(CODE.search(mail["Subject"]).group())
    page.get_by_role("button", name="Anmelden").click()
    expect(page).to_have_url(re.compile("/konto/$"))
    expect(page.get_by_text("Sie sind angemeldet als erika.")).to_be_visible()
    has_no_barrier(page)
    page.get_by_role("button", name="Abmelden").click()
    expect(page).to_have_url(re.compile("/$"))


def test_an_app_opens_the_admin_to_who_is_obliged(page):
    sign_in(page, "mara")
    expect(page).to_have_url(re.compile("/konto/zweiter-faktor/$"))
    has_no_barrier(page)
    page.get_by_role("link", name="App einrichten").click()
    prove_it_again(page)
    has_no_barrier(page)
    secret = page.locator(".app-setup__key").inner_text()
    page.get_by_label("Code, den die App zeigt").fill(app_code(secret))
    page.get_by_role("button", name="App einrichten").click()
    expect(page.locator(".recovery-codes li")).to_have_count(10)
    has_no_barrier(page)
    first = page.locator(".recovery-codes li").first.inner_text()
    page.goto("/admin/")
    expect(page).to_have_url(re.compile("/admin/$"))
    page.context.clear_cookies()
    sign_in(page, "mara")
    has_no_barrier(page)
    page.get_by_label("Code").fill(first)
    page.get_by_role("button", name="Anmelden").click()
    expect(page).to_have_url(re.compile("/admin/$"))


def test_a_security_key_does_so_too(page):
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    key = {
        "protocol": "ctap2",
        "transport": "usb",
        "hasResidentKey": False,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    made = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": key})
    sign_in(page, "ada")
    page.get_by_role("link", name="Schlüssel hinzufügen").click()
    prove_it_again(page)
    has_no_barrier(page)
    page.get_by_label("Name des Schlüssels").fill("Schlüsselbund")
    page.get_by_role("button", name="Schlüssel hinzufügen").click()
    expect(page.locator(".recovery-codes li")).to_have_count(10)
    page.goto("/konto/zweiter-faktor/webauthn/")
    expect(page.get_by_text("Schlüsselbund", exact=True)).to_be_visible()
    page.context.clear_cookies()
    sign_in(page, "ada")
    page.get_by_role("button", name="Sicherheitsschlüssel benutzen").click()
    expect(page).to_have_url(re.compile("/admin/$"))
    page.context.clear_cookies()
    devtools.send("WebAuthn.removeVirtualAuthenticator", made)
    other = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": key})
    sign_in(page, "ada")
    page.get_by_role("button", name="Sicherheitsschlüssel benutzen").click()
    expect(page.get_by_role("alert")).to_contain_text("hat nicht geklappt")
    devtools.send("WebAuthn.removeVirtualAuthenticator", other)
