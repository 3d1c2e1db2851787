"""Every mail is kept until a server has taken it."""

import datetime as dt

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message
from django.core.mail import EmailMultiAlternatives
from django.core.management import call_command
from django.db import transaction
from post_office.models import STATUS, Email

from tests.browser.conftest import free_port

pytestmark = pytest.mark.django_db


class Inbox(Message):
    """What a mail server has taken."""

    def __init__(self):
        super().__init__()
        self.mails = []

    def handle_message(self, message):
        self.mails.append(message)


@pytest.fixture
def port(settings):
    """Return the port on which the outbox looks for a mail server."""
    settings.EMAIL_BACKEND = "post_office.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    return settings.EMAIL_PORT


@pytest.fixture
def server(port):
    """Return a function that starts the mail server and gives its inbox."""
    running = []

    def start():
        inbox = Inbox()
        controller = Controller(inbox, hostname="127.0.0.1", port=port)
        controller.start()
        running.append(controller)
        return inbox

    yield start
    for controller in running:
        controller.stop()


@pytest.fixture
def send(django_capture_on_commit_callbacks):
    """Return a function that sends a mail, as a request does."""

    def do():
        with django_capture_on_commit_callbacks(execute=True):
            mail = EmailMultiAlternatives("Grüße", "Ein Text.", to=["mara@stadt.example"])
            mail.attach_alternative("<p>Ein Text.</p>", "text/html")
            mail.send()

    return do


def test_a_mail_is_sent_at_once(server, send):
    inbox = server()
    send()
    (mail,) = inbox.mails
    assert mail["To"] == "mara@stadt.example"
    assert {part.get_content_type() for part in mail.walk()} >= {"text/plain", "text/html"}
    assert Email.objects.get().status == STATUS.sent


@pytest.mark.django_db(transaction=True)
def test_a_mail_waits_while_the_server_is_down(server, send, port):
    send()
    assert Email.objects.get().status == STATUS.requeued
    inbox = server()
    Email.objects.update(scheduled_time=Email.objects.get().created - dt.timedelta(minutes=1))
    call_command("send_queued_mail")
    assert len(inbox.mails) == 1
    assert Email.objects.get().status == STATUS.sent


def test_a_mail_of_a_transaction_that_fails_is_never_sent(server, send):
    inbox = server()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        EmailMultiAlternatives("Grüße", "Ein Text.", to=["mara@stadt.example"]).send()
        raise ZeroDivisionError
    assert not Email.objects.exists()
    assert not inbox.mails
