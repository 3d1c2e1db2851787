"""People who sign in: a colleague without an account, and an editor with a password."""

import re

import pytest
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.contrib.auth.models import Group
from django.urls import reverse

from home import roles
from home.roles import EDITORS

PASSWORD = "ein-langes-Passwort-7"
CODE = re.compile(r"\b\d{4}-\d{4}\b")


def app_code(secret):
    """Return what an authenticator app with this secret shows now."""
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(secret, counter))


@pytest.fixture
def groups(tree):
    """Return the groups of the house; the pages need a site to stand on."""
    roles.create_roles()
    return Group.objects


@pytest.fixture
def editor_account(groups, django_user_model):
    """Return an editor with a password, whose address is one of staff."""
    user = django_user_model.objects.create_user("mara", "mara@stadt.example", PASSWORD)
    user.groups.add(groups.get(name=EDITORS))
    return user


@pytest.fixture
def ask_for_code(client, mailoutbox):
    """Return a function that asks for a code and returns the answer and the code, or None."""

    def ask(email, **data):
        before = len(mailoutbox)
        answer = client.post(reverse("account_request_login_code"), {"email": email, **data})
        sent = mailoutbox[before:]
        return answer, CODE.search(sent[0].body).group() if sent else None

    return ask


@pytest.fixture
def enter_code(client):
    """Return a function that enters a code."""
    return lambda code, **data: client.post(
        reverse("account_confirm_login_code"), {"code": code, **data}
    )


@pytest.fixture
def log_in(client):
    """Return a function that signs in with a password."""
    return lambda login="mara", password=PASSWORD, **data: client.post(
        reverse("account_login"), {"login": login, "password": password, **data}
    )
