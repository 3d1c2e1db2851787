"""Somebody outside gets to know what is kept about them, and has it erased."""

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.urls import reverse
from post_office.models import Email
from wagtail.models import PageLogEntry

from home import personal
from home.models import ReviewNote, SignOff
from tests.signoff.conftest import send

pytestmark = pytest.mark.django_db
PERSON = personal.Person("erika@verein.example")


@pytest.fixture
def answered(ask, guest):
    """Return a sign-off with an answer."""
    sign_off, path = ask()
    send(guest, path, answer="changes", comment="Bitte mein Amt nennen.")
    return sign_off


def test_a_person_outside_is_told_what_is_kept(answered):
    (kept,) = personal.export(PERSON)["sign-offs"]
    assert kept["name"] == "Erika Muster"
    assert kept["comment"] == "Bitte mein Amt nennen."


def test_a_person_outside_is_erased_from_the_log_too(answered):
    personal.erase(PERSON)
    said = [*PageLogEntry.objects.values_list("data", flat=True)]
    said += ReviewNote.objects.values_list("author_name", "text")
    said += SignOff.objects.values_list("name", "email", "comment")
    for word in ("Erika", "verein.example", "mein Amt"):
        assert word not in str(said)
    assert SignOff.objects.get().answered_at


def test_another_guest_of_the_same_name_stays(ask, guest):
    for email, said in (("erika@verein.example", "Ja."), ("erika@anderswo.example", "Nein.")):
        _sign_off, path = ask(email=email)
        send(guest, path, answer="changes", comment=said)
    personal.erase(PERSON)
    entries = PageLogEntry.objects.filter(action="home.sign_off.changes")
    kept = {(entry.data["name"], entry.data["comment"]) for entry in entries}
    assert kept == {("Gelöschtes Konto", ""), ("Erika Muster", "Nein.")}
    (note,) = ReviewNote.objects.filter(author_name="Erika Muster")
    assert "Nein." in note.text
    assert SignOff.objects.get(email="erika@anderswo.example").comment == "Nein."
    asked = PageLogEntry.objects.filter(action="home.sign_off.asked")
    assert sorted(entry.data["name"] for entry in asked) == ["Erika Muster", "Gelöschtes Konto"]


def test_mails_that_tell_of_a_guest_go_too_and_no_others(ask, guest, settings):
    paths = [ask(email=f"{name}@verein.example")[1] for name in ("erika", "eva-erika")]
    settings.EMAIL_BACKEND = "post_office.EmailBackend"
    for path in paths:
        send(guest, path, answer="changes", comment="Bitte mein Amt nennen.")
    for address in ("erika@verein.example", "xerika@verein.example"):
        Email.objects.create(to=[address], from_email="a@stadt.example", subject="Für sie")
    assert Email.objects.count() == 4
    assert personal.export(PERSON)["mails"][0]["subject"] == "Änderungswunsch: Der Entwurf"

    erased = personal.erase(PERSON)

    assert erased["mails"] == 2
    left = {(mail.to[0], (mail.headers or {}).get("Reply-To")) for mail in Email.objects.all()}
    assert left == {
        ("mara@stadt.example", "eva-erika@verein.example"),
        ("xerika@verein.example", None),
    }


def test_the_command_says_in_german_what_it_has_erased(answered, capsys):
    call_command("person", "erase", PERSON.address)
    said = capsys.readouterr().out
    assert "Freigaben von außen: 1" in said
    assert "E-Mails: 0" in said
    assert not [word for word in ("sign-offs", "mails:", "submissions", "account") if word in said]


@pytest.mark.parametrize("address", ["", " ", "\0", "a\0b@verein.example", "\udcff@x.example"])
def test_no_address_is_nobodys(answered, admin, mara, address):
    personal.erase(PERSON)
    assert SignOff.objects.get().email == ""
    assert personal.find_people(address) == []
    assert personal.export(personal.Person("")) == {}
    with pytest.raises(CommandError):
        call_command("person", "erase", address)
    User.objects.filter(pk=mara.pk).update(is_superuser=True)
    if address.isprintable() or "\0" in address:
        for action in ({}, {"action": "export"}, {"action": "erase", "sure": "yes"}):
            answer = admin.post(reverse("personal_data"), {"address": address} | action)
            assert answer.status_code == 200
            assert answer.context["found"] == []


def test_the_admin_names_what_is_stored_in_german(answered, admin, mara):
    User.objects.filter(pk=mara.pk).update(is_superuser=True)
    address = {"address": "Erika@verein.example"}
    html = admin.get(reverse("personal_data"), address).content.decode()
    assert "Freigaben von außen: 1" in html
    assert "sign-offs" not in html
    answer = admin.post(reverse("personal_data"), address | {"action": "export"})
    assert 'filename="personendaten.json"' in answer["Content-Disposition"]
