"""Those who look after the interface manage webhooks in the admin, and see how messages went."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.urls import reverse

from api.models import Delivery, Webhook
from home.roles import create_roles
from tests.api.test_webhooks import receiver  # noqa: F401 -- a fixture

pytestmark = pytest.mark.django_db


def member(client, group):
    create_roles()
    user = get_user_model().objects.create_user("mara", "mara@stadt.example", "geheim")
    user.groups.add(Group.objects.get(name=group))
    client.force_login(user)
    return client


@pytest.fixture
def technician(client):
    return member(client, "Technik")


@pytest.fixture
def webhook(tree, receiver):  # noqa: F811
    return Webhook.objects.create(name="Startseite", url=receiver.url)


def form(**values):
    return {"name": "App", "url": "https://93.184.216.34/", "kinds": ["published"], **values}


def test_the_secret_is_shown_once(technician, tree):
    response = technician.post(reverse("webhook:add"), form(active="on"), follow=True)
    webhook = Webhook.objects.get()
    assert webhook.kinds == ["published"]
    assert webhook.secret in response.content.decode()
    for address in (reverse("webhook:index"), reverse("webhook:edit", args=[webhook.pk])):
        assert webhook.secret not in technician.get(address).content.decode()


def test_a_new_secret_is_made_when_it_is_asked_for(technician, webhook):
    old, address = webhook.secret, reverse("webhook:edit", args=[webhook.pk])
    values = form(url=webhook.url, active="on")
    assert old not in technician.post(address, values, follow=True).content.decode()
    webhook.refresh_from_db()
    assert webhook.secret == old
    answer = technician.post(address, values | {"renew_secret": "on"}, follow=True)
    webhook.refresh_from_db()
    assert webhook.secret != old
    assert webhook.secret in answer.content.decode()


def test_an_address_inside_is_refused_at_its_field(technician, tree):
    response = technician.post(reverse("webhook:add"), form(url="http://10.0.0.1/"))
    assert not Webhook.objects.exists()
    assert "Diese Adresse kann nicht benachrichtigt werden" in response.content.decode()


def test_a_delivery_is_shown_and_sent_again(technician, webhook, receiver):  # noqa: F811
    delivery = Delivery.objects.create(
        webhook=webhook,
        message_id="msg_1",
        kind="published",
        payload={"type": "page.published", "data": {"path": "/blog/brief/"}},
        status="failed",
        attempts=8,
        next_attempt_at=None,
    )
    listed = technician.get(reverse("delivery:index")).content.decode()
    assert "/blog/brief/" in listed
    assert "fehlgeschlagen" in listed
    address = reverse("delivery:edit", args=[delivery.pk])
    assert "Noch einmal senden" in technician.get(address).content.decode()
    technician.post(address, follow=True)
    assert len(receiver.messages) == 1
    delivery.refresh_from_db()
    assert (delivery.status, delivery.attempts) == ("delivered", 1)


def test_nobody_writes_a_delivery_by_hand(technician, tree):
    assert technician.get(reverse("delivery:add")).status_code == 302


def test_the_menu_leads_to_the_documentation_for_those_who_may(technician, tree):
    menu = technician.get("/admin/").content.decode()
    assert re.search(reverse("api:openapi-view"), menu)
    assert "Schnittstelle" in menu


def test_editors_do_not_see_the_interface(client, tree):
    editor = member(client, "Redaktion")
    assert reverse("api:openapi-view") not in editor.get("/admin/").content.decode()
    assert editor.get(reverse("webhook:index")).status_code == 302
