"""A code by mail signs colleagues in, and tells nobody who has an account."""

import threading

import pytest
from django.contrib.auth import get_user
from django.core import mail
from django.urls import reverse

from campaign.accounts import people
from home.roles import CONTRIBUTORS

pytestmark = pytest.mark.usefixtures("groups")
NEW = "erika.muster@stadt.example"
FOREIGN = "erika@anderswo.example"


def test_a_colleague_without_an_account_signs_in_with_a_code(client, ask_for_code, enter_code):
    _answer, code = ask_for_code(NEW)
    answer = enter_code(code)
    assert answer["Location"] == reverse("account_home")
    user = get_user(client)
    assert user.email == NEW
    assert [group.name for group in user.groups.all()] == [CONTRIBUTORS]
    assert not user.has_usable_password()
    assert client.get(answer["Location"]).status_code == 200


def test_there_is_no_account_before_the_code_has_come_back(
    django_user_model, ask_for_code, enter_code
):
    _answer, code = ask_for_code(NEW)
    enter_code("0000-0000" if code != "0000-0000" else "1111-1111")
    assert not django_user_model.objects.filter(email=NEW).exists()


def test_the_second_time_it_is_the_same_account(client, ask_for_code, enter_code):
    enter_code(ask_for_code(NEW)[1])
    first = get_user(client)
    client.logout()
    enter_code(ask_for_code(NEW.upper())[1])
    assert get_user(client) == first


def test_an_account_that_an_administrator_made_is_found(
    client, editor_account, ask_for_code, enter_code
):
    answer = enter_code(ask_for_code("mara@stadt.example")[1])
    assert get_user(client) == editor_account
    assert answer["Location"] == reverse("wagtailadmin_home")


def test_known_new_and_foreign_addresses_get_the_same_answer(client, editor_account, ask_for_code):
    pages = {}
    for email in ("mara@stadt.example", NEW, FOREIGN):
        answer, _code = ask_for_code(email)
        page = client.get(answer["Location"])
        without = page.content.decode().replace(email, "…")
        token = str(page.context["csrf_token"])
        pages[answer.status_code, answer["Location"], without.replace(token, "…")] = email
    assert len(pages) == 1


def test_known_and_new_addresses_get_the_same_mail(editor_account, ask_for_code, mailoutbox):
    said = set()
    for email in ("mara@stadt.example", NEW):
        _answer, code = ask_for_code(email)
        mail = mailoutbox[-1]
        said.add((mail.subject.replace(code, "…"), mail.body.replace(code, "…")))
    assert len(said) == 1


def test_a_foreign_address_gets_no_mail_and_no_code_fits(
    client, django_user_model, ask_for_code, enter_code, mailoutbox
):
    assert ask_for_code(FOREIGN)[1] is None
    assert mailoutbox == []
    for code in ("", "0000-0000", "None"):
        enter_code(code)
    assert get_user(client).is_anonymous
    assert not django_user_model.objects.filter(email=FOREIGN).exists()


@pytest.mark.parametrize(
    "email", ["erika@stadt.example.org", "erika@xstadt.example", "erika@stadt.example@x.org", "x"]
)
def test_only_the_configured_domain_itself_counts(email, ask_for_code, mailoutbox):
    ask_for_code(email)
    assert mailoutbox == []


def test_a_foreign_address_gets_no_code_even_with_an_account(
    django_user_model, ask_for_code, mailoutbox
):
    django_user_model.objects.create_user("gast", FOREIGN)
    ask_for_code(FOREIGN)
    assert mailoutbox == []


def test_a_closed_account_is_neither_opened_nor_made_anew(
    client, django_user_model, ask_for_code, enter_code
):
    django_user_model.objects.create_user("weg", NEW, is_active=False)
    answer = enter_code(ask_for_code(NEW)[1])
    assert answer["Location"] == reverse("account_inactive")
    assert get_user(client).is_anonymous
    assert django_user_model.objects.filter(email=NEW).count() == 1


def test_an_active_account_goes_before_a_closed_one(django_user_model):
    django_user_model.objects.create_user("weg", NEW, is_active=False)
    active = django_user_model.objects.create_user("da", NEW)
    assert people.find_colleague(NEW) == active


def test_a_code_is_good_once(client, ask_for_code, enter_code):
    _answer, code = ask_for_code(NEW)
    enter_code(code)
    client.logout()
    enter_code(code)
    assert get_user(client).is_anonymous


def test_three_wrong_codes_end_the_attempt(client, ask_for_code, enter_code):
    _answer, code = ask_for_code(NEW)
    for _time in range(3):
        enter_code("wrong")
    enter_code(code)
    assert get_user(client).is_anonymous


def test_an_old_code_does_not_work(client, settings, ask_for_code, enter_code):
    _answer, code = ask_for_code(NEW)
    settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT = -1
    enter_code(code)
    assert get_user(client).is_anonymous


def test_the_way_that_somebody_was_on_is_kept(client, ask_for_code, enter_code):
    answer, code = ask_for_code(NEW, next="/impulse/?tag=mut")
    assert client.get(answer["Location"]).context["redirect_field_value"] == "/impulse/?tag=mut"
    assert enter_code(code, next="/impulse/?tag=mut")["Location"] == "/impulse/?tag=mut"


@pytest.mark.parametrize("away", ["https://boese.example/", "//boese.example", "javascript:x"])
def test_nobody_is_led_elsewhere(away, ask_for_code, enter_code):
    _answer, code = ask_for_code(NEW, next=away)
    assert enter_code(code, next=away)["Location"] == reverse("account_home")


def test_without_domains_there_are_no_codes(client, settings):
    settings.STAFF_DOMAINS = []
    assert client.get(reverse("account_request_login_code")).status_code == 404
    assert client.get(reverse("account_login")).context["code_form"] is None


def test_the_mail_is_short_german_plain_and_html(ask_for_code, mailoutbox):
    _answer, code = ask_for_code(NEW)
    (mail,) = mailoutbox
    assert mail.to == [NEW]
    assert mail.subject == f"{code} ist Ihr Code zum Anmelden"
    assert len(mail.body) < 500
    ((page, kind),) = mail.alternatives
    assert kind == "text/html"
    assert code in page


def test_a_mail_server_that_is_away_is_told_and_breaks_nothing(client, settings, ask_for_code):
    settings.EMAIL_BACKEND = "tests.accounts.test_codes.Away"
    answer, _code = ask_for_code(NEW)
    page = client.get(answer["Location"])
    assert page.status_code == 200
    assert "keine Mails verschicken" in page.content.decode()


class Away(mail.backends.base.BaseEmailBackend):
    """A mail server that does not answer."""

    def send_messages(self, messages):
        raise ConnectionRefusedError


@pytest.mark.django_db(transaction=True)
def test_one_address_in_many_windows_gets_one_account(django_user_model, monkeypatch):
    everybody = threading.Barrier(2, timeout=20)
    find, first = people.find_colleague, threading.local()

    def find_together(email):
        found = find(email)
        if not hasattr(first, "done"):
            first.done = everybody.wait()
        return found

    monkeypatch.setattr(people, "find_colleague", find_together)
    got = []

    def welcome():
        from django.db import connection

        try:
            got.append(people.welcome_colleague(NEW).pk)
        finally:
            connection.close()

    windows = [threading.Thread(target=welcome) for _window in range(2)]
    for window in windows:
        window.start()
    for window in windows:
        window.join()
    assert len(got) == 2
    assert got[0] == got[1]
    assert django_user_model.objects.filter(email=NEW).count() == 1
