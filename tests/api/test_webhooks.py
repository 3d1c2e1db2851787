"""Webhooks are told of changes: signed, to the outside only, for a day, and never of a draft."""

import datetime as dt
import json
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.utils import timezone
from standardwebhooks.webhooks import Webhook as Signer

from api import outgoing, webhooks
from api.changes import reconcile
from api.models import Delivery, Webhook
from tests import factories

pytestmark = pytest.mark.django_db


class Receiver(ThreadingHTTPServer):
    """A server that keeps what it is told, and answers as it is told to."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.messages = []
        self.status = 204
        self.release = threading.Event()
        self.release.set()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}/haken?x=1"


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.messages.append((self.path, dict(self.headers), body))
        self.server.release.wait(10)
        self.send_response(self.server.status)
        self.send_header("Location", "/anderswo")
        self.end_headers()

    def log_message(self, *args):
        """Say nothing."""


@pytest.fixture
def receiver(settings):
    """Run a server that may be told although it is on this machine."""
    settings.API_WEBHOOKS_ALLOW_PRIVATE = True
    server = Receiver()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.release.set()
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def webhook(tree, receiver):
    """Return a webhook that knows what is public by now."""
    reconcile()
    return Webhook.objects.create(name="Startseite", url=receiver.url)


@pytest.fixture
def happens(django_capture_on_commit_callbacks):
    """Let what waits for the end of a transaction happen after the block."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def post(tree, **values):
    return factories.GuestPostPageFactory(parent=tree.blog, title="Brief", **values)


def publish(page):
    page.save_revision().publish()


def test_a_published_page_is_told_with_a_signature(tree, receiver, webhook, happens):
    with happens():
        publish(page := post(tree, live=False))
    [(path, headers, body)] = receiver.messages
    assert path == "/haken?x=1"
    message = Signer(webhook.secret).verify(body, headers)
    assert message["type"] == "page.published"
    assert message["data"] == {
        "id": page.pk,
        "type": "guest_post",
        "locale": "de",
        "path": "/blog/brief/",
        "url": "http://localhost/blog/brief/",
    }
    delivery = webhook.deliveries.get()
    assert (delivery.status, delivery.response_status, delivery.attempts) == ("delivered", 204, 1)


def test_each_kind_of_change_is_told(tree, receiver, webhook, happens):
    page = post(tree, live=False)

    def rename():
        page.slug = "post"
        publish(page)

    steps = [lambda: publish(page), lambda: publish(page), rename, page.unpublish]
    steps += [lambda: publish(page), page.delete]
    for step in steps:
        page.refresh_from_db()
        with happens():
            step()
    kinds = [json.loads(body)["type"] for _path, _headers, body in receiver.messages]
    assert kinds == [
        "page.published",
        "page.changed",
        "page.moved",
        "page.withdrawn",
        "page.published",
        "page.deleted",
    ]
    assert "url" not in json.loads(receiver.messages[-1][2])["data"]


def test_a_draft_is_not_told(tree, receiver, webhook, happens):
    with happens():
        page = post(tree, live=False)
        page.save_revision()
        page.delete()
    webhooks.notify.enqueue()
    assert receiver.messages == []


def test_nobody_is_told_what_they_do_not_want_to_know(tree, receiver, webhook, happens):
    Webhook.objects.filter(pk=webhook.pk).update(kinds=["deleted"])
    with happens():
        publish(post(tree, live=False))
    assert receiver.messages == []


def test_a_webhook_that_is_off_is_told_nothing(tree, receiver, webhook, happens):
    Webhook.objects.filter(pk=webhook.pk).update(active=False)
    with happens():
        publish(post(tree, live=False))
    assert receiver.messages == []
    assert not Delivery.objects.exists()


def test_a_failed_message_is_tried_again_for_a_day_and_then_no_more(
    tree, receiver, webhook, happens
):
    receiver.status = 500
    with happens():
        publish(post(tree, live=False))
    waits = []
    while (delivery := webhook.deliveries.get()).status == "pending":
        wait = delivery.next_attempt_at - timezone.now()
        assert wait > dt.timedelta(0)
        waits.append(wait)
        assert webhooks.send_due() == 0
        Delivery.objects.update(next_attempt_at=timezone.now())
        assert webhooks.send_due() == 1
    assert delivery.status == "failed"
    assert delivery.response_status == 500
    assert len(receiver.messages) == 1 + len(webhooks.BACKOFF)
    assert dt.timedelta(hours=20) < sum(waits, dt.timedelta(0)) < dt.timedelta(hours=24)
    assert len({headers["webhook-id"] for _path, headers, _body in receiver.messages}) == 1


def test_a_message_arrives_after_its_receiver_is_back(tree, receiver, webhook, happens):
    receiver.status = 503
    with happens():
        publish(post(tree, live=False))
    receiver.status = 200
    Delivery.objects.update(next_attempt_at=timezone.now())
    webhooks.send_due()
    assert webhook.deliveries.get().status == "delivered"


def test_a_reader_of_the_feed_takes_no_message_away(api, tree, receiver, webhook, happens):
    with happens():
        publish(post(tree, live=False))
        api.json("/changes")
    assert len(receiver.messages) == 1


def test_a_failing_receiver_is_asked_once_however_much_there_is_to_tell(
    tree, receiver, webhook, happens
):
    receiver.status = 500
    pages = [post(tree, slug=f"brief-{number}", live=False) for number in range(3)]
    with happens():
        for page in pages:
            publish(page)
    assert len(receiver.messages) == 1
    assert Delivery.objects.filter(status="pending").count() == 3


def test_what_waits_for_a_failing_receiver_holds_up_nobody_else(
    monkeypatch, tree, receiver, webhook, happens
):
    receiver.status = 500
    with happens():
        for number in range(2):
            publish(post(tree, slug=f"brief-{number}", live=False))
    other = Webhook.objects.create(name="Anderswo", url=f"{receiver.url}&anderswo")
    Delivery.objects.create(webhook=other, message_id="msg_1", kind="page.published", payload={})
    receiver.status = 200
    monkeypatch.setattr(webhooks, "AT_ONCE", 1)
    webhooks.send_due()
    assert other.deliveries.get().status == "delivered"


def test_a_timer_tells_what_expired_and_what_waits(tree, receiver, webhook, happens, capsys):
    with happens():
        publish(page := post(tree, live=False))
    receiver.status = 500
    type(page).objects.filter(pk=page.pk).update(expire_at=timezone.now())
    call_command("send_webhooks")
    assert capsys.readouterr().out == "1 messages wait.\n"
    receiver.status = 200
    Delivery.objects.filter(status="pending").update(next_attempt_at=timezone.now())
    call_command("send_webhooks")
    assert capsys.readouterr().out == "0 messages wait.\n"
    kinds = [json.loads(body)["type"] for _path, _headers, body in receiver.messages]
    assert kinds == ["page.published", "page.withdrawn", "page.withdrawn"]


def test_an_address_that_became_private_is_not_told(tree, receiver, webhook, happens, settings):
    settings.API_WEBHOOKS_ALLOW_PRIVATE = False
    with happens():
        publish(post(tree, live=False))
    assert receiver.messages == []
    told = webhook.deliveries.get()
    assert (told.status, told.response_status) == ("pending", None)
    assert told.error


def test_an_address_may_hold_german_letters(receiver):
    assert outgoing.post(receiver.url.replace("haken", "h\u00fcgel"), b"{}", {}) == 204
    assert receiver.messages[0][0].startswith("/h%C3%BCgel")


def test_a_redirect_is_not_followed(tree, receiver, webhook, happens):
    receiver.status = 302
    with happens():
        publish(post(tree, live=False))
    assert len(receiver.messages) == 1
    assert webhook.deliveries.get().status == "pending"


def test_a_receiver_that_does_not_answer_is_left(monkeypatch, receiver):
    monkeypatch.setattr(outgoing, "TOTAL_TIMEOUT", 0.05)
    receiver.release.clear()
    with pytest.raises(outgoing.UnreachableError):
        outgoing.post(receiver.url, b"{}", {})


def test_nobody_listens(settings):
    settings.API_WEBHOOKS_ALLOW_PRIVATE = True
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
        with pytest.raises(outgoing.UnreachableError):
            outgoing.post(f"http://127.0.0.1:{port}/", b"{}", {})


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://localhost:8000/",
        "http://[::1]/",
        "http://10.1.2.3/",
        "http://172.16.0.1/",
        "http://192.168.1.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::ffff:127.0.0.1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[2002:7f00:1::]/",
        "http://[fe80::1]/",
        "http://[fec0::1]/",
        "http://[::127.0.0.1]/",
        "http://[fd00::1]/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://0.0.0.0/",
        "http://224.0.0.1/",
        "http://user:secret@example.org/",
        "ftp://example.org/",
        "file:///etc/passwd",
        "http:///",
        "http://example.org:99999/",
        "",
    ],
)
def test_no_address_of_the_own_network_is_asked(url):
    with pytest.raises(outgoing.ForbiddenAddressError):
        outgoing.post(url, b"{}", {})
    with pytest.raises(ValidationError):
        Webhook(name="Innen", url=url).clean()


@pytest.mark.parametrize("others", [[], ["93.184.216.34"]])
def test_a_name_of_the_own_network_is_not_asked(monkeypatch, others):
    found = [(2, 1, 6, "", (address, 80)) for address in [*others, "10.0.0.1"]]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: found)
    with pytest.raises(outgoing.ForbiddenAddressError):
        outgoing.post("http://harmlos.example/", b"{}", {})
