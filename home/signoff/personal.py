"""What sign-offs keep about people outside: their names, addresses and answers."""

from typing import Any

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from wagtail.models import PageLogEntry

from ..models import ReviewNote, SignOff
from ..personal import Part, Person


def _of(person: Person) -> Any:
    # Those that were erased have an empty address, which is nobody's.
    found = SignOff.objects.filter(email__iexact=person.address).exclude(email="")
    return found.order_by("pk")


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
        # By the sign-off's own entries: another guest of the page may have the same name.
        for entry in PageLogEntry.objects.filter(
            page_id=asked.page_id, action__startswith="home.sign_off.", data__sign_off=asked.pk
        ):
            notes = ReviewNote.objects.filter(pk=entry.data.get("note"))
            notes.update(author_name=nobody, text="")
            entry.data |= {"name": nobody, "comment": ""}
            entry.save(update_fields=["data"])
    _of(person).update(name=nobody, email="", comment="")
    return len(found)


PART = Part("sign-offs", _("Sign-offs from outside"), export, erase)
