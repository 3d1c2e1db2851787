"""A draft, the editor who asks, and somebody outside with a link."""

import re

import pytest
from django.contrib.auth.models import Group, User
from django.core import mail
from django.test import Client
from django.urls import reverse

from home import roles
from home.models import SignOff
from tests import factories

LINK = re.compile(r"http://testserver(/freigabe/\S+/)")


@pytest.fixture
def mara(db):
    """Return an editor with a name and an address."""
    roles.create_roles()
    user = User.objects.create_user(
        "mara", "mara@stadt.example", first_name="Mara", last_name="Beispiel"
    )
    user.groups.add(Group.objects.get(name="Redaktion"))
    return user


@pytest.fixture
def admin(mara):
    """Return the editor's client."""
    client = Client()
    client.force_login(mara)
    return client


@pytest.fixture
def draft(tree, mara):
    """Return a draft with a revision."""
    page = factories.StandardPageFactory(
        parent=tree.home,
        title="Der Entwurf",
        live=False,
        body=[{"type": "text", "value": "<p>So steht es da.</p>"}],
    )
    page.save_revision(user=mara)
    page.refresh_from_db()
    return page


@pytest.fixture
def ask(admin, draft):
    """Return a function that asks Erika, and returns the sign-off and her link's path."""

    def ask_for(page=draft, **values):
        sent = {"name": "Erika Muster", "email": "erika@verein.example", "days": "14", **values}
        mail.outbox.clear()
        answer = admin.post(reverse("sign_offs", args=[page.pk]), sent)
        assert answer.status_code == 200, answer
        found = LINK.search(mail.outbox[0].body)
        return SignOff.objects.latest("pk"), found[1]

    return ask_for


@pytest.fixture
def guest():
    """Return a client without an account, which forms need a token from."""
    return Client(enforce_csrf_checks=True)


def send(client, path, **values):
    """Read the page and send its form like a browser does."""
    client.get(path)
    token = client.cookies["csrftoken"].value if "csrftoken" in client.cookies else ""
    return client.post(path, {"csrfmiddlewaretoken": token, **values})
