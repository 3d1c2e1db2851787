"""Somebody who tells a story, and what they answer."""

import datetime as dt
from contextlib import contextmanager
from io import BytesIO
from unittest import mock

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from impulses.models import Submission
from impulses.sharing import traps
from tests.moderation.conftest import decide, standing_team, team  # noqa: F401

ANSWERS = {
    "wer": {"name": "Bea Beispiel", "show_name": "on", "email": "beitragende@stadt.example"},
    "was": {
        "title": "Siebdruck im Schulamt",
        "kind": "workshop",
        "start_date": "2026-05-23",
        "place": "Rathaus",
        "participants": "40",
    },
    "geschichte": {
        "did": "Wir haben gedruckt. Vierzig Leute kamen.\n\nAm Ende hingen alle Plakate.",
        "effect": "Seitdem sprechen wir anders.",
        "repeat": "Das braucht es:\n- einen Raum\n- Farbe",
        "own_task": "Wir bilden Auszubildende aus.",
    },
    "bilder": {},
    "grundgesetz": {"articles": ["1", "5"]},
}


@contextmanager
def time_machine(seconds):
    """Let it be so many seconds later, for the traps."""
    moment = timezone.now() + dt.timedelta(seconds=seconds)
    with mock.patch.object(traps.timezone, "now", return_value=moment):
        yield


class Author:
    """Somebody at the form, as a browser without JavaScript has it."""

    def __init__(self, client, user, department):
        self.client, self.user, self.department = client, user, department
        client.force_login(user)

    def begin(self):
        self.client.post(reverse("sharing:start"))
        return Submission.objects.filter(user=self.user).latest("pk")

    def answers(self, slug):
        given = dict(ANSWERS[slug])
        return given | {"department": str(self.department.pk)} if slug == "wer" else given

    def post(self, submission, slug, data=None, action="next", **extra):
        data = self.answers(slug) if data is None else data
        return self.client.post(submission.step_url(slug), data | {"action": action}, **extra)

    def fill(self, submission):
        for slug in ANSWERS:
            self.post(submission, slug)
        submission.refresh_from_db()
        return submission

    def last_step(self, submission, monkeypatch=None):
        """Return what the last step sends after somebody has read it."""
        from django.utils import timezone

        moment = timezone.now() - dt.timedelta(seconds=30)
        stamped = traps.signing.dumps([str(submission.token), moment.timestamp()], salt=traps._SALT)
        return {"privacy": "on", "website": "", "shown": stamped}

    def send(self, submission, **changes):
        return self.post(submission, "absenden", self.last_step(submission) | changes)

    def told(self):
        """Return a story that has been handed in."""
        submission = self.fill(self.begin())
        self.send(submission)
        submission.refresh_from_db()
        return submission


@pytest.fixture
def author(team, client):  # noqa: F811
    """Return a contributor at the form."""
    return Author(client, team.beitragende, team.departments["own"])


@pytest.fixture
def picture_file():
    """Return a function that makes a small picture's file."""

    def make(name="bild.jpg", color="red"):
        data = BytesIO()
        Image.new("RGB", (80, 60), color).save(data, "JPEG")
        return SimpleUploadedFile(name, data.getvalue(), "image/jpeg")

    return make
