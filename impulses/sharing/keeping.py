"""What was sent after a session had expired: kept in a visitor's new one until the login."""

from collections.abc import Mapping
from typing import Any

from django.utils.datastructures import MultiValueDict

from . import drafts
from .models import Submission
from .steps import BY_SLUG, Step

_KEPT, _ANSWER = "sharing_kept", "sharing_answer"
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
    if submission is None or not drafts.save(submission, step, MultiValueDict(kept["values"])):
        return None
    return submission


def keep_answer(session: Any, token: Any, text: str) -> None:
    """Keep an answer to a question that was sent after the session had expired."""
    text = drafts.plain(text)
    if 0 < len(text) <= MOST_KEPT and Submission.objects.filter(token=token).exists():
        session[_ANSWER] = {"token": str(token), "text": text}


def kept_answer(session: Any, token: Any) -> str:
    """Return the answer that was kept for a story; "" if there is none."""
    kept: Mapping[str, str] = session.get(_ANSWER) or {}
    return kept["text"] if kept.get("token") == str(token) else ""


def forget_answer(session: Any) -> None:
    """Forget the answer that was kept: it has been sent."""
    session.pop(_ANSWER, None)
