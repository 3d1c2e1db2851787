"""Saving while somebody tells: all that was typed, valid or not."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.datastructures import MultiValueDict

from home.moderation import flow

from .forms import PictureForm
from .models import Submission
from .steps import BY_SLUG, PICTURES, STEPS, Step

#: Fields that a browser does not send when they are empty.
BOXES = frozenset({"show_name", "show_email", "articles", "privacy"})


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
def save(submission: Submission, step: Step, data: MultiValueDict[str, str]) -> bool:
    """Keep what was typed in a step; False if the story cannot be changed at present."""
    now = locked(submission)
    if not flow.may_change(status_of(now)):
        return False
    typed = {
        name: [plain(value) for value in data.getlist(name)]
        for name in step.names()
        if name in data or name in BOXES
    }
    now.answers = now.answers | typed
    now.step = max((BY_SLUG.get(now.step, STEPS[0]), step), key=lambda one: one.number).slug
    now.save(update_fields=["answers", "step", "updated_at"])
    if step == PICTURES:
        _save_pictures(now, data)
    submission.refresh_from_db()
    return True


def _save_pictures(submission: Submission, data: MultiValueDict[str, str]) -> None:
    for picture in submission.pictures.all():
        names = {name: f"{picture.prefix}-{name}" for name in PictureForm.names()}
        typed = {name: plain(data[key]) for name, key in names.items() if key in data}
        if typed:
            picture.answers = picture.answers | typed
            picture.save(update_fields=["answers"])


def plain(value: Any) -> str:
    """Return a text without the one character that databases do not take."""
    return str(value).replace("\0", "")


# --- An expired session ---------------------------------------------------------------------------

_KEPT = "sharing_kept"
#: What is kept for somebody whose session has expired, in characters.
MOST_KEPT = 200_000


def keep_for_login(session: Any, token: Any, step: Step, data: MultiValueDict[str, str]) -> None:
    """Keep in a visitor's session what they sent after theirs had expired.

    Whoever knows no submission's token can keep nothing.
    """
    values = {name: data.getlist(name) for name in data if name not in {"csrfmiddlewaretoken"}}
    size = sum(len(value) for some in values.values() for value in some)
    if size <= MOST_KEPT and Submission.objects.filter(token=token).exists():
        session[_KEPT] = {"token": str(token), "step": step.slug, "values": values}


def take_kept(session: Any, user: Any) -> Submission | None:
    """Save what was kept before the login, once; None if there was nothing, or it was another's."""
    kept: Mapping[str, Any] | None = session.pop(_KEPT, None) if _KEPT in session else None
    if kept is None or (step := BY_SLUG.get(kept["step"])) is None:
        return None
    submission = Submission.objects.filter(token=kept["token"], user=user).first()
    if submission is None or not save(submission, step, MultiValueDict(kept["values"])):
        return None
    return submission
