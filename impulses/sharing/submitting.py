"""Handing in, answering, withdrawing, deleting: each done once, however often it is sent."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from home.moderation import flow
from home.pictures.usage import is_used

from ..models import ImpulseIndexPage
from . import pages
from .drafts import locked, status_of
from .models import Submission
from .steps import Step, missing

#: The states in which an author may delete a story that was never public.
DELETABLE = frozenset({"draft", "withdrawn", "rejected"})


class IncompleteError(Exception):
    """Something is missing in the steps of `args`."""

    def __init__(self, steps: list[Step]) -> None:
        super().__init__(steps)
        self.steps = steps


@transaction.atomic
def submit(submission: Submission, user: Any, parent: ImpulseIndexPage) -> Submission:
    """Make a page of the story and hand it in; a story that is in already stays as it is.

    Raises `IncompleteError`, `ValidationError` and `flow.NoWorkflowError`.
    """
    now = locked(submission)
    if not flow.may_change(status_of(now)):
        return now
    if steps := missing(now):
        raise IncompleteError(steps)
    _name_account(user, now.answer("name"))
    page = pages.write(now, user, parent)
    now.submitted_at, now.withdrawn_at = timezone.now(), None
    now.save(update_fields=["page", "written", "submitted_at", "withdrawn_at", "updated_at"])
    flow.submit(page, user)
    return now


def _name_account(user: Any, name: str) -> None:
    """Give an account without a name the one that its owner has told, for mails and editors."""
    if user.get_full_name() or not (words := name.split()):
        return
    user.first_name, user.last_name = " ".join(words[:-1]), words[-1]
    user.save(update_fields=["first_name", "last_name"])


@transaction.atomic
def answer(submission: Submission, user: Any, text: str, parent: ImpulseIndexPage | None) -> None:
    """Answer a question, with what was changed in the story meanwhile, if it is complete.

    Raises `PermissionDenied` if nobody has asked, `IncompleteError` and `ValidationError`.
    """
    now = locked(submission)
    if status_of(now).state != "question":
        raise PermissionDenied
    if parent is not None and pages.snapshot(now) != now.written:
        if steps := missing(now):
            raise IncompleteError(steps)
        pages.write(now, user, parent)
        now.save(update_fields=["written", "updated_at"])
    flow.answer(now.page, user, text)


@transaction.atomic
def withdraw(submission: Submission, user: Any) -> None:
    """Take a story out of moderation. Raises `PermissionDenied` if it is not in it."""
    now = locked(submission)
    if now.page is None:
        raise PermissionDenied
    flow.withdraw(now.page, user)
    now.withdrawn_at = timezone.now()
    now.save(update_fields=["withdrawn_at", "updated_at"])


def may_withdraw(status: flow.Status) -> bool:
    """Tell whether a story that stands so can be withdrawn."""
    return status.state in {"in_review", "question"}


def may_delete(submission: Submission, status: flow.Status) -> bool:
    """Tell whether its author may delete a story."""
    was_public = submission.page is not None and submission.page.first_published_at is not None
    return status.state in DELETABLE and not was_public


@transaction.atomic
def delete(submission: Submission) -> None:
    """Delete a story with its page and its pictures. Raises `PermissionDenied` if it may not be."""
    now = locked(submission)
    if not may_delete(now, status_of(now)):
        raise PermissionDenied
    remove(now)


def remove(submission: Submission) -> None:
    """Delete a submission, the page that was never public, and pictures that nothing else uses."""
    images = [picture.image for picture in submission.pictures.select_related("image")]
    page = submission.page
    submission.delete()
    if page is not None:
        # Wagtail writes the titles of deleted pages into the server's log.
        Page.objects.filter(pk=page.pk).update(title="–")
        page.delete()
    for image in images:
        if not image.submission_pictures.exists() and not is_used(image):
            image.delete()
