"""Mails to editors are in the language each of them chose."""

import html
import re

import pytest
from django.contrib.auth.models import User
from django.template.loader import render_to_string
from django.utils import translation
from wagtail.models import Comment, CommentReply, Page, Workflow

from campaign.messages import is_familiar
from home.roles import create_roles
from tests.admin_texts import ALIKE, content, in_language
from tests.sample import build_campaign

pytestmark = pytest.mark.django_db


@pytest.fixture
def card():
    """A page of a campaign with roles."""
    create_roles()
    build_campaign()
    return Page.objects.get(slug="eine-karte").specific


@pytest.fixture
def people():
    """Who writes, and who approves."""
    return [
        User.objects.create_user("mara", "mara@stadt.example", "Zwölf Boxkämpfer"),
        User.objects.create_superuser("jo", "jo@stadt.example"),
    ]


def submit(card, writer, approver):
    """Ask for approval."""
    card.save_revision(user=writer)
    return Workflow.objects.get(name="Freigabe").start(card, writer)


def approve(card, writer, approver):
    """Approve, which publishes."""
    state = submit(card, writer, approver)
    state.current_task_state.approve(user=approver)


def reject(card, writer, approver):
    """Send it back with a reason."""
    state = submit(card, writer, approver)
    state.current_task_state.reject(user=approver, comment="Eine Karte")


MOMENTS = {"submitted": submit, "approved": approve, "rejected": reject}


def lines(mails):
    """Return what mails say, a line each, without addresses and what editors wrote."""
    text = re.sub(r"(?s)<style.*?</style>|<[^>]*>|https?://\S+", "\n", "\n".join(mails))
    found = {line.strip(' -"') for line in html.unescape(text).splitlines()}
    return {line for line in found - content() if re.search(r"[^\W\d_]{2}", line)}


def texts_of(mail):
    """Return a mail's subject and bodies."""
    return [mail.subject, mail.body, *(str(body) for body, _type in mail.alternatives)]


@pytest.mark.parametrize("moment", MOMENTS)
def test_mails_about_approval_are_in_the_reader_s_language(moment, card, people, mailoutbox):
    said = {}
    for code in ("de", "en"):
        for person in people:
            in_language(person, code)
        mailoutbox.clear()
        MOMENTS[moment](card, *User.objects.order_by("is_superuser"))
        said[code] = lines(text for mail in mailoutbox for text in texts_of(mail))
        card.workflow_states.all().delete()
    assert_translated(said)


def test_mails_about_comments_are_in_the_reader_s_language(card, people):
    writer, _approver = people
    comment = Comment(pk=1, page=card, user=writer, text="Eine Karte")
    context = {
        "page": card,
        "editor": writer,
        "user": writer,
        "new_comments": [comment],
        "resolved_comments": [comment],
        "deleted_comments": [comment],
        "replied_comments": [
            {"comment": comment, "replies": [CommentReply(user=writer, text="Eine Karte")]}
        ],
    }
    endings = ("_subject.txt", ".txt", ".html")
    said = {}
    for code in ("de", "en"):
        with translation.override(code):
            name = "wagtailadmin/notifications/updated_comments"
            said[code] = lines(render_to_string(f"{name}{end}", context) for end in endings)
    assert_translated(said)


def test_mail_for_a_new_password_is_in_german(client, people, mailoutbox):
    said = {}
    for code in ("de", "en"):
        mailoutbox.clear()
        answer = client.post(
            "/konto/passwort/vergessen/",
            {"email": people[0].email},
            headers={"accept-language": code},
        )
        assert answer.status_code == 302
        said[code] = lines(text for mail in mailoutbox for text in texts_of(mail))
    assert said["de"]
    assert not [line for line in said["de"] if re.search(r"\b(the|your|password)\b", line)]


def assert_translated(said):
    """Hold every line to be German in the German mail, with "Sie"."""
    assert said["de"]
    assert said["de"] & said["en"] - ALIKE == set()
    assert not list(filter(is_familiar, said["de"]))
