"""Saving while somebody tells: all that was typed, valid or not."""

import json
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.datastructures import MultiValueDict

from home.moderation import flow

from . import merging
from .forms import PictureForm
from .models import Submission
from .steps import BY_SLUG, NEW, PICTURES, STEPS, Step

#: Fields that a browser does not send when they are empty.
BOXES = frozenset({"show_name", "show_email", "articles", "privacy"})
PICTURE_BOX = "agreed"
#: Fields that are chosen and not typed.
CHOICES = BOXES | {"department", "kind", "shows_people", PICTURE_BOX}
#: The name under which a step's base tells which picture came last.
_LAST = "bilder"


@dataclass(frozen=True)
class Saved:
    """What a form is based on after it was saved, and the fields that another window changed."""

    base: str
    conflicts: list[str]


def status_of(submission: Submission) -> flow.Status:
    """Return where a story stands."""
    if submission.page is None:
        return flow.Status("draft", since=submission.updated_at)
    return flow.status_of(submission.page)


def locked(submission: Submission) -> Submission:
    """Return the submission as it is now; whoever else changes it waits. In a transaction."""
    Submission.objects.select_for_update().get(pk=submission.pk)
    # Asked anew: PostgreSQL gives a row that it has waited for, but joins it as it was before.
    return Submission.objects.select_related("page").get(pk=submission.pk)


@transaction.atomic
def save(submission: Submission, step: Step, data: MultiValueDict[str, str]) -> Saved | None:
    """Keep what was changed in a step; None if the story cannot be changed at present."""
    now = locked(submission)
    if not flow.may_change(status_of(now)):
        return None
    pictures = list(now.pictures.all()) if step == PICTURES else []
    base = merging.read_base(data.get(merging.BASE, ""))
    sent = _sent(step, pictures, data)
    if step == PICTURES:
        _leave_uploaded(sent, pictures, base)
    choices = {name for name in sent if name.rpartition("-")[2] in CHOICES}
    merged = merging.merge(_stored(now, pictures), sent, base, choices=choices)
    for picture in pictures:
        _take_out(merged.values, picture)
    now.answers = now.answers | merged.values
    now.step = max((BY_SLUG.get(now.step, STEPS[0]), step), key=lambda one: one.number).slug
    now.save(update_fields=["answers", "step", "updated_at"])
    submission.refresh_from_db()
    return Saved(_told(_digests(now, step, pictures) | merged.base), merged.conflicts)


def base_of(submission: Submission, step: Step) -> str:
    """Return what a step's form is based on that shows the submission as it is."""
    pictures = list(submission.pictures.all()) if step == PICTURES else []
    return _told(_digests(submission, step, pictures))


def is_undecided(submission: Submission, step: Step) -> bool:
    """Tell whether a text of another window stands beside a field of a step still."""
    pictures = list(submission.pictures.all()) if step == PICTURES else []
    names = _digests(submission, step, pictures)
    return any(merging.others(submission.answers, name) for name in names)


@transaction.atomic
def decide(submission: Submission, name: str, chosen: str, *, take: bool) -> None:
    """Put a text that another window has left beside a field into it, or away."""
    now = locked(submission)
    if not flow.may_change(status_of(now)):
        return
    pictures = list(now.pictures.all())
    stored = _stored(now, pictures)
    merging.decide(stored, name, chosen, take=take)
    for picture in pictures:
        _take_out(stored, picture)
    now.answers = stored
    now.save(update_fields=["answers", "updated_at"])
    submission.refresh_from_db()


def overlay(picture: Any, data: MultiValueDict[str, str]) -> None:
    """Let a picture show what was typed and could not be saved."""
    for name in PictureForm.names():
        if (key := f"{picture.prefix}-{name}") in data:
            picture.answers[name] = plain(data[key])


def _sent(step: Step, pictures: list[Any], data: MultiValueDict[str, str]) -> dict[str, list[str]]:
    """Return what a form has sent, by the names of its fields."""
    names = list(step.names())
    names += [f"{one.prefix}-{name}" for one in pictures for name in PictureForm.names()]
    prefixes = {key.rpartition("-")[0] for key in data}
    return {
        name: [plain(value) for value in data.getlist(name)]
        for name in names
        if name in data or name in BOXES or _is_unticked(name, prefixes)
    }


def _is_unticked(name: str, prefixes: set[str]) -> bool:
    """Tell whether a box of a picture's form was not sent, and its form was."""
    prefix, _dash, field = name.rpartition("-")
    return field == PICTURE_BOX and prefix in prefixes


def _stored(submission: Submission, pictures: list[Any]) -> dict[str, Any]:
    """Return what a step holds by the names of its fields; those of pictures have a prefix."""
    return submission.answers | {
        f"{picture.prefix}-{name}": [picture.answer(name)]
        for picture in pictures
        for name in PictureForm.names()
    }


def _digests(submission: Submission, step: Step, pictures: list[Any]) -> dict[str, str]:
    stored = _stored(submission, pictures)
    names = {*step.names(), *(name for name in stored if name not in submission.answers)}
    last = {_LAST: _last(pictures)} if step == PICTURES else {}
    return merging.digests(stored, names) | last


def _told(base: dict[str, str]) -> str:
    """Return a base as the form tells it; the script compares it as a text."""
    return json.dumps(base, sort_keys=True)


def _last(pictures: list[Any]) -> str:
    return str(max((picture.pk for picture in pictures), default=0))


def _leave_uploaded(sent: dict[str, list[str]], pictures: list[Any], base: dict[str, str]) -> None:
    """Leave out what a picture that came since has got already; it is not the next one's."""
    known = {str(one.pk) for one in pictures} | {"0"}
    if (before := base.get(_LAST)) not in known:
        return
    newer = [one for one in pictures if one.pk > int(before)]
    for name in PictureForm.names():
        values = sent.get(f"{NEW}-{name}", [])
        if any(values and values[-1] == picture.answer(name) for picture in newer):
            del sent[f"{NEW}-{name}"]


def _take_out(values: dict[str, Any], picture: Any) -> None:
    """Move a picture's values from those of the submission to the picture."""
    typed = {
        name: "".join(values.pop(key)[-1:])
        for name in PictureForm.names()
        if (key := f"{picture.prefix}-{name}") in values
    }
    if typed and typed != picture.answers:
        picture.answers = picture.answers | typed
        picture.save(update_fields=["answers"])


def plain(value: Any) -> str:
    """Return a text without the one character that databases do not take."""
    return str(value).replace("\0", "")
