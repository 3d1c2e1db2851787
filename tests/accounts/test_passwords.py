"""Editors sign in with a password, and get a new one by mail."""

import re

import pytest
from django.contrib.auth import get_user
from django.contrib.auth.hashers import MD5PasswordHasher
from django.contrib.auth.models import User
from django.urls import reverse

from tests.accounts.conftest import PASSWORD

pytestmark = pytest.mark.usefixtures("standing_tree", "editor_account")
NEW = "noch-ein-langes-Wort-8"


@pytest.mark.parametrize("login", ["mara", "MARA", "mara@stadt.example"])
def test_name_and_address_both_sign_in(login, client, log_in):
    assert log_in(login)["Location"] == reverse("wagtailadmin_home")
    assert get_user(client).username == "mara"


def test_a_wrong_password_and_an_unknown_name_are_told_alike(log_in):
    answers = {
        log_in(login, "falsch").context["form"].non_field_errors()[0]
        for login in ("mara", "niemand")
    }
    assert len(answers) == 1


def test_the_way_that_somebody_was_on_is_kept(log_in):
    assert log_in(next="/admin/pages/")["Location"] == "/admin/pages/"


def test_nobody_is_led_elsewhere(log_in):
    assert log_in(next="https://boese.example/")["Location"] == reverse("wagtailadmin_home")


@pytest.mark.parametrize(
    "address", ["/admin/login/?next=/admin/pages/", "/_util/login/?next=/admin/pages/"]
)
def test_other_login_forms_lead_to_ours(client, address):
    answer = client.get(address)
    assert answer["Location"] == f"{reverse('account_login')}?next=/admin/pages/"


@pytest.mark.parametrize("address", ["/admin/login/", "/_util/login/", "/en/_util/login/"])
def test_other_login_forms_sign_nobody_in(client, address):
    client.post(address, {"username": "mara", "password": PASSWORD})
    assert get_user(client).is_anonymous


@pytest.mark.parametrize("address", ["", "done/", "confirm/MQ/abc-def/"])
def test_the_admins_own_way_to_a_new_password_leads_to_ours(client, address):
    answer = client.get(f"/admin/password_reset/{address}")
    assert answer["Location"] == reverse("account_reset_password")


def test_the_admin_leads_to_our_form(client):
    answer = client.get("/admin/pages/")
    assert answer["Location"] == f"{reverse('account_login')}?next=/admin/pages/"


def test_a_link_by_mail_leads_to_a_new_password(client, log_in, mailoutbox):
    client.post(reverse("account_reset_password"), {"email": "mara@stadt.example"})
    (mail,) = mailoutbox
    assert mail.subject == "Neues Passwort wählen"
    link = re.search(r"http://testserver(/\S+)", mail.body).group(1)
    form = client.get(link, follow=True)
    action = form.redirect_chain[-1][0]
    assert "_password_reset_key" in client.session
    done = client.post(action, {"password1": NEW, "password2": NEW}, follow=True)
    assert done.status_code == 200
    assert log_in(password=PASSWORD).status_code == 200
    assert log_in(password=NEW).status_code == 302
    again = client.get(link)
    assert "gilt nicht mehr" in again.content.decode()


def test_a_reset_does_not_tell_who_has_an_account(client, mailoutbox):
    answers = {
        client.post(reverse("account_reset_password"), {"email": email}, follow=True).content
        for email in ("mara@stadt.example", "niemand@stadt.example", "x@anderswo.example")
    }
    assert len(answers) == 1
    assert len(mailoutbox) == 1


def test_a_password_can_be_changed_and_a_mail_tells_so(client, log_in, mailoutbox):
    log_in()
    data = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    answer = client.post(reverse("account_change_password"), data)
    assert answer["Location"] == reverse("account_home")
    assert [mail.subject for mail in mailoutbox] == ["Ihre Anmeldung hat sich geändert"]
    client.logout()
    assert log_in(password=NEW).status_code == 302


def test_weak_passwords_are_refused_at_the_field(client, log_in):
    log_in()
    data = {"oldpassword": PASSWORD, "password1": "12345", "password2": "12345"}
    page = client.post(reverse("account_change_password"), data).content.decode()
    assert 'aria-describedby="id_password1_helptext id_password1_error"' in page
    assert 'id="id_password1_helptext"' in page


def test_the_admins_own_account_page_still_changes_the_password(client, log_in):
    log_in()
    page = client.get(reverse("wagtailadmin_account"))
    assert page.status_code == 200
    assert "password-old_password" in page.content.decode()
    # The address proves who somebody is; an administrator changes it.
    assert "name_email-email" not in page.content.decode()


def test_signing_out_of_the_admin_leads_to_our_form(client, log_in):
    log_in()
    answer = client.post(reverse("wagtailadmin_logout"))
    assert answer["Location"] == reverse("account_login")
    assert get_user(client).is_anonymous


def test_a_session_ends_after_half_a_day(client, log_in):
    log_in()
    assert client.cookies["sessionid"]["max-age"] == 12 * 60 * 60


def test_who_is_signed_in_finds_what_there_is(client, log_in):
    log_in()
    page = client.get(reverse("account_login"), follow=True).content.decode()
    for name in ("account_change_password", "mfa_index", "account_logout", "wagtailadmin_home"):
        assert f'"{reverse(name)}"' in page


@pytest.mark.parametrize(
    "login",
    ["mara", "mara@stadt.example", "MARA@stadt.example", "niemand", "niemand@stadt.example"],
)
def test_a_wrong_password_is_hashed_once_whoever_is_meant(login, log_in, monkeypatch):
    hashed = []
    encode = MD5PasswordHasher.encode

    def counted(self, password, salt):
        hashed.append(password)
        return encode(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    assert log_in(login, "falsch").status_code == 200
    assert hashed == ["falsch"]


def test_a_wrong_password_is_hashed_once_for_an_account_without_a_password(log_in, monkeypatch):
    User.objects.create_user("ole", "ole@stadt.example")
    hashed = []
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(
        MD5PasswordHasher, "encode", lambda self, *given: hashed.append(1) or encode(self, *given)
    )
    log_in("ole@stadt.example", "falsch")
    assert len(hashed) == 1
