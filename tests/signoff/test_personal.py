"""Somebody outside gets to know what is kept about them, and has it erased."""

import pytest
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
