"""What sign-offs keep about people outside: their names, addresses and answers."""

from typing import Any

from django.utils.translation import gettext as _t
from wagtail.models import PageLogEntry

from ..models import ReviewNote, SignOff
from ..personal import Part, Person


def _of(person: Person) -> Any:
    return SignOff.objects.filter(email__iexact=person.address).order_by("pk")


def export(person: Person) -> list[dict[str, Any]]:
    """Return what a person was asked, and what they have answered."""
    return [
        {
            "page": asked.page_id,
            "name": asked.name,
            "asked": asked.created_at.isoformat(),
            "answered": asked.answered_at.isoformat() if asked.answered_at else None,
            "answer": asked.answer,
            "comment": asked.comment,
        }
        for asked in _of(person)
    ]


def erase(person: Person) -> int:
    """Keep that somebody has answered, and take name, address and words out of it."""
    nobody = _t("Deleted account")
    found = list(_of(person))
    for asked in found:
        entries = PageLogEntry.objects.filter(
            page_id=asked.page_id, action__startswith="home.sign_off."
        )
        for entry in entries:
            if entry.data.get("name") == asked.name:
                entry.data |= {"name": nobody, "comment": ""}
                entry.save(update_fields=["data"])
        notes = ReviewNote.objects.filter(page=asked.page_id, author=None, author_name=asked.name)
        notes.update(author_name=nobody, text="")
    _of(person).update(name=nobody, email="", comment="")
    return len(found)


PART = Part("sign-offs", export, erase)
