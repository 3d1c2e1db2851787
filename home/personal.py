"""What is stored about a person: told to them, and erased when they ask for it (GDPR, 15 and 17).

Each app says what it keeps, with `register`; whoever asks gets all of it.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from wagtail.models import ModelLogEntry

from .models import ReviewNote

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Person:
    """Somebody who asks: their address, and their account, if they have one."""

    address: str
    user: Any = None


@dataclass(frozen=True)
class Part:
    """What one app keeps about people: its name in files, and the one that people read.

    `export` returns it as data for JSON; `erase` deletes it or makes it anonymous, and returns how
    many things that were.
    """

    name: str
    label: Any
    export: Callable[[Person], Any]
    erase: Callable[[Person], int]


class NotErasableError(Exception):
    """The account of an administrator: another one has to take that role away first."""


_parts: dict[str, Part] = {}


def register(part: Part) -> None:
    """Add what an app keeps about people. They are erased in this order, the account last."""
    _parts[part.name] = part


def find_people(address: str) -> list[Person]:
    """Return whom an e-mail address belongs to; without an account, the address alone.

    What is no text belongs to nobody: SQLite compares up to a null byte, PostgreSQL refuses it.
    """
    address = address.strip()
    if not address or not address.isprintable():
        return []
    users = get_user_model()._default_manager.filter(email__iexact=address).order_by("pk")
    return [Person(address, user) for user in users] or [Person(address)]


def export(person: Person) -> dict[str, Any]:
    """Return all that is stored about a person, by what it is; without what is empty."""
    found = {part.name: part.export(person) for part in [*_parts.values(), ACCOUNT]}
    return {name: data for name, data in found.items() if data}


def label_of(name: str) -> str:
    """Return what a part is called for people."""
    return next(str(part.label) for part in [*_parts.values(), ACCOUNT] if part.name == name)


@transaction.atomic
def erase(person: Person) -> dict[str, int]:
    """Erase what is stored about a person; return how much, by what it is.

    Raises `NotErasableError`.
    """
    if person.user is not None and person.user.is_superuser:
        raise NotErasableError
    erased = {part.name: part.erase(person) for part in [*_parts.values(), ACCOUNT]}
    logger.info("A person's data were erased: %s.", erased)
    return erased


# --- What the foundation keeps --------------------------------------------------------------------


def _export_account(person: Person) -> Any:
    user = person.user
    if user is None:
        return None
    return {
        "username": user.get_username(),
        "name": user.get_full_name(),
        "email": user.email,
        "groups": [group.name for group in user.groups.order_by("name")],
        "joined": user.date_joined.isoformat(),
        "last_login": user.last_login.isoformat() if user.last_login else None,
    }


def _erase_account(person: Person) -> int:
    """Delete the account; pages, revisions and pictures stay, without a name."""
    if person.user is None:
        return 0
    kind = ContentType.objects.get_for_model(person.user)
    ModelLogEntry.objects.filter(content_type=kind, object_id=str(person.user.pk)).delete()
    person.user.delete()
    return 1


def _notes(person: Person) -> Any:
    if person.user is None:
        return ReviewNote.objects.none()
    return ReviewNote.objects.filter(author=person.user)


def _export_notes(person: Person) -> Any:
    return [
        {
            "page": note.page_id,
            "kind": note.kind,
            "text": note.text,
            "at": note.created_at.isoformat(),
        }
        for note in _notes(person)
    ]


def _erase_notes(person: Person) -> int:
    """Leave the conversation, and take the name out of it."""
    return int(_notes(person).update(author=None, author_name=_t("Deleted account")))


ACCOUNT = Part("account", _("Account"), _export_account, _erase_account)
register(Part("conversation", _("Conversation about pages"), _export_notes, _erase_notes))
