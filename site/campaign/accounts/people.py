"""Who may have an account, and how one comes to be."""

from typing import Any

from allauth.account.internal.userkit import filter_users_by_email
from allauth.account.models import EmailAddress
from allauth.utils import generate_unique_username
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction

from home.roles import CONTRIBUTORS


def is_staff_address(email: str) -> bool:
    """Tell whether a code may be sent to an address: it is one of the configured domains."""
    return email.rpartition("@")[2].lower() in settings.STAFF_DOMAINS


def find_colleague(email: str) -> Any:
    """Return the account of an address, an active one first; None if there is none."""
    found = filter_users_by_email(email, prefer_verified=True, for_login=True)
    return min(found, key=lambda user: (not user.is_active, user.pk), default=None)


def welcome_colleague(email: str) -> Any:
    """Return the account of an address that somebody has proven to be theirs, made if need be."""
    for _try in range(3):
        if user := find_colleague(email):
            return user
        try:
            return _create_colleague(email)
        except IntegrityError:
            continue  # another window was quicker
    raise RuntimeError(f"no account could be made for {email}")


@transaction.atomic
def _create_colleague(email: str) -> Any:
    users = get_user_model()
    user = users._default_manager.create_user(generate_unique_username([email]), email=email)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    join_contributors(user)
    return user


def join_contributors(user: Any) -> None:
    """Put a new account into the group of those who share stories."""
    group, _is_new = Group.objects.get_or_create(name=CONTRIBUTORS)
    user.groups.add(group)
