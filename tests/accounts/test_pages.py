"""Every page of accounts is German, private, in the campaign's look, and throttled."""

import re
from pathlib import Path

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings as django_settings
from django.template.loader import get_template
from django.urls import NoReverseMatch, reverse

from campaign.accounts.urls import form_views
from campaign.middleware import build_policy
from tests.accounts.conftest import PASSWORD
from tests.campaign.test_headers import Markup

pytestmark = pytest.mark.usefixtures("standing_tree")

OPEN = (
    "account_login",
    "account_request_login_code",
    "account_inactive",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key_done",
    "socialaccount_login_cancelled",
)
INSIDE = (
    "account_home",
    "account_logout",
    "account_change_password",
    "account_reauthenticate",
    "mfa_index",
    "mfa_reauthenticate",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_deactivate_totp",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
)


@pytest.fixture
def signed_in(client, editor_account):
    """Sign the editor in, with an app that gives all pages something to show."""
    TOTP.activate(editor_account, "JBSWY3DPEHPK3PXP")
    RecoveryCodes.activate(editor_account)
    client.force_login(editor_account)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


@pytest.mark.parametrize("name", [*OPEN, *INSIDE])
def test_a_page_is_german_private_and_within_the_policy(request, client, groups, name):
    if name in INSIDE:
        request.getfixturevalue("signed_in")
    page = client.get(reverse(name))
    html = page.content.decode()
    assert page.status_code == 200
    assert '<html lang="de">' in html
    assert "css/campaign.css" in html
    assert "no-store" in page["Cache-Control"]
    assert page["X-Robots-Tag"] == "noindex"
    assert page["Content-Security-Policy"] == build_policy(django_settings.SECURE_CSP)
    assert page["X-Frame-Options"] == "SAMEORIGIN"
    inline = re.sub(r'<script id="[\w-]+" type="application/json">', "<data>", html)
    assert Markup(inline).inline == []
    assert "placeholder=" not in re.sub(r"<header.*?</header>", "", html, flags=re.DOTALL)


def test_every_address_is_looked_at():
    """Those that are missing here need a way to them; other tests walk it."""
    walked = {
        "account_confirm_login_code",
        "account_set_password",
        "account_reset_password_from_key",
        "mfa_authenticate",
        "mfa_activate_totp",
        "mfa_download_recovery_codes",
        "mfa_reauthenticate_webauthn",
        "mfa_remove_webauthn",
        "mfa_edit_webauthn",
        "openid_connect_login",
        "openid_connect_callback",
    }
    assert {*form_views()} == {*OPEN, *INSIDE} | walked


@pytest.mark.parametrize(
    "name",
    [
        *("account/login", "account/request_login_code", "account/confirm_login_code"),
        *("account/logout", "account/account_inactive", "account/reauthenticate"),
        *("account/password_change", "account/password_set", "account/password_reset"),
        *("account/password_reset_done", "account/password_reset_from_key"),
        *("account/password_reset_from_key_done", "mfa/index", "mfa/authenticate"),
        *("mfa/reauthenticate", "mfa/totp/activate_form", "mfa/totp/deactivate_form"),
        *("mfa/recovery_codes/index", "mfa/recovery_codes/generate", "mfa/webauthn/add_form"),
        *("mfa/webauthn/edit_form", "mfa/webauthn/authenticator_list"),
        *("mfa/webauthn/authenticator_confirm_delete", "mfa/webauthn/reauthenticate"),
        *("socialaccount/authentication_error", "socialaccount/login_cancelled", "429"),
    ],
)
def test_the_template_is_ours(name):
    origin = Path(get_template(f"{name}.html").origin.name)
    assert origin.is_relative_to(django_settings.SITE_DIR / "templates")


@pytest.mark.parametrize(
    "name",
    ["account_signup", "account_email", "socialaccount_signup", "socialaccount_connections"],
)
def test_nobody_signs_up_or_takes_another_address(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_the_account_needs_somebody(client, groups):
    answer = client.get(reverse("account_home"))
    assert answer["Location"] == f"{reverse('account_login')}?next={reverse('account_home')}"


def test_every_public_page_leads_there_and_says_nothing_personal(client, signed_in):
    link = f'<a href="{reverse("account_home")}" rel="nofollow">Für Mitarbeitende: Anmelden</a>'
    html = client.get("/impulse/").content.decode()
    assert link in html
    assert "mara" not in html


def test_search_engines_stay_out(client, groups):
    assert f"Disallow: {reverse('account_home')}" in client.get("/robots.txt").content.decode()


def test_a_page_with_a_form_is_never_kept(client, groups, settings):
    settings.PAGE_CACHE_SECONDS = 300
    tokens = set()
    for _visit in range(2):
        client.cookies.clear()
        tokens.add(client.get(reverse("account_reset_password")).cookies["csrftoken"].value)
    assert len(tokens) == 2


# --- How often ----------------------------------------------------------------------------------


def test_too_many_codes_for_one_address_are_told_at_the_field(client, groups, mailoutbox):
    for _time in range(6):
        answer = client.post(
            reverse("account_request_login_code"), {"email": "erika@stadt.example"}
        )
    assert "in fünf Minuten" in answer.context["form"].errors["email"][0]
    assert len(mailoutbox) == 5


def test_too_many_wrong_passwords_lock_the_name_out(client, editor_account, log_in):
    for _time in range(5):
        log_in(password="falsch")
    assert "in fünf Minuten" in log_in().context["form"].non_field_errors()[0]


def test_too_many_tries_get_a_page_that_says_when_to_try_again(client, groups):
    for number in range(31):
        answer = client.post(reverse("account_login"), {"login": f"n{number}", "password": "x"})
    assert answer.status_code == 429
    assert answer["Retry-After"] == "300"
    assert "in 5 Minuten" in answer.content.decode()


def test_behind_a_proxy_its_last_word_is_the_address(client, groups, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1

    def ask(address):
        data = {"login": "x", "password": "x"}
        headers = {"x-forwarded-for": f"192.0.2.99, {address}"}
        return client.post(reverse("account_login"), data, headers=headers).status_code

    for _time in range(31):
        ask("192.0.2.1")
    assert (ask("192.0.2.1"), ask("192.0.2.2")) == (429, 200)


@pytest.mark.parametrize("name", ["account_login", "account_request_login_code"])
@pytest.mark.parametrize("value", ["", "\0", "a" * 10_000, "<script>", "x@y@z", "ä@ö.ü"])
def test_bad_input_is_no_fault(client, groups, name, value):
    answer = client.post(
        reverse(name), {"login": value, "password": value, "email": value, "next": value}
    )
    assert answer.status_code in {200, 302}
