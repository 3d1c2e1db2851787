"""The way of a page through moderation: handing in, asking back, rejecting, withdrawing."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.log_actions import log
from wagtail.models import Page, TaskState, WorkflowState

from . import desks
from .mails import name_of, tell_question, tell_rejection

State = Literal["draft", "in_review", "question", "published", "rejected", "withdrawn"]
#: The states in which an author may change a story.
OPEN: frozenset[State] = frozenset({"draft", "question", "withdrawn"})


@dataclass(frozen=True)
class Status:
    """Where a page stands: its state, the desk that has it, since when, and the last note."""

    state: State
    desk: str = ""
    since: dt.datetime | None = None
    reason: str = ""
    note: Any = None


class NoWorkflowError(LookupError):
    """No workflow leads to a publication of this page."""


@transaction.atomic
def submit(page: Page, user: Any) -> None:
    """Hand a page in, or hand it in again after a question.

    Raises `NoWorkflowError`, and `PermissionDenied` if it is in review already.
    """
    state = _locked_state(page)
    if state is None:
        workflow = page.get_workflow()
        if workflow is None:
            raise NoWorkflowError
        workflow.start(page, user)
    elif state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        state.resume(user)
    else:
        raise PermissionDenied


@transaction.atomic
def answer(page: Page, user: Any, text: str) -> None:
    """Answer a question; the page goes back to the desk that has asked.

    Raises `PermissionDenied` if nobody has asked.
    """
    state = _locked_state(page)
    if state is None or state.status != WorkflowState.STATUS_NEEDS_CHANGES:
        raise PermissionDenied
    _note(page, "answer", user, text)
    log(instance=page, action="home.answer", user=user, data={"comment": text})
    state.resume(user)


@transaction.atomic
def withdraw(page: Page, user: Any) -> None:
    """Take a page out of moderation. Raises `PermissionDenied` if it is in none."""
    state = _locked_state(page)
    if state is None:
        raise PermissionDenied
    _note(page, "withdrawal", user, "")
    state.cancel(user=user)


# --- What a desk decides; called by `ReviewTask.on_action`, which has checked the right to -------


def approve(page: Page, task_state: TaskState, user: Any, text: str) -> None:
    """Approve the page; the last desk's approval publishes it."""
    _note(page, "approval", user, text)
    task_state.approve(user=user, comment=text)


def question(page: Page, task_state: TaskState, user: Any, text: str) -> None:
    """Send the page back to its author with a question."""
    _note(page, "question", user, text)
    task_state.reject(user=user, comment=text)
    tell_question(page, user, text)


def decline(page: Page, task_state: TaskState, user: Any, text: str) -> None:
    """Reject the page for good: it leaves moderation as a draft."""
    _note(page, "rejection", user, text)
    log(instance=page, action="home.reject", user=user, data={"comment": text})
    task_state.workflow_state.cancel(user=user)
    tell_rejection(page, user, text)


# --- Where pages stand ----------------------------------------------------------------------------


def statuses(pages: Iterable[Page]) -> dict[int, Status]:
    """Return where each page stands, by its primary key; a fixed number of queries."""
    from ..models import ReviewNote

    found = {page.pk: page for page in pages}
    telling = ReviewNote.objects.filter(page__in=found).exclude(kind__in=("approval", "note"))
    notes: dict[int, Any] = {note.page_id: note for note in telling.order_by("pk")}
    active = {
        int(state.object_id): state
        for state in WorkflowState.objects.active()
        .filter(object_id__in=[str(pk) for pk in found])
        .select_related("current_task_state")
    }
    tasks = _specific_tasks(active.values())
    return {pk: _status(page, active.get(pk), tasks, notes.get(pk)) for pk, page in found.items()}


def status_of(page: Page) -> Status:
    """Return where one page stands."""
    return statuses([page])[page.pk]


def may_change(status: Status) -> bool:
    """Tell whether an author may change a story that stands so."""
    return status.state in OPEN


def _status(page: Page, state: Any, tasks: dict[int, Any], note: Any) -> Status:
    if page.live:
        return Status("published", since=page.last_published_at, note=note)
    task_state: Any = state.current_task_state if state else None
    if task_state and state.status == WorkflowState.STATUS_IN_PROGRESS:
        task = tasks[task_state.task_id]
        desk = task.desk(page) if hasattr(task, "desk") else task.name
        return Status("in_review", desk=desk, since=task_state.started_at, note=note)
    if task_state and state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        reason = note.text if note else task_state.comment
        since = note.created_at if note else task_state.finished_at
        return Status("question", since=since, reason=reason, note=note)
    ended: dict[str, State] = {"rejection": "rejected", "withdrawal": "withdrawn"}
    if note and (kind := ended.get(note.kind)):
        return Status(kind, since=note.created_at, reason=note.text, note=note)
    return Status("draft", since=page.latest_revision_created_at, note=note)


def _specific_tasks(states: Iterable[Any]) -> dict[int, Any]:
    from wagtail.models import Task

    ids = {state.current_task_state.task_id for state in states if state.current_task_state}
    return {task.pk: task for task in Task.objects.filter(pk__in=ids).specific()} if ids else {}


def _locked_state(page: Page) -> WorkflowState | None:
    """Return the page's active workflow state; whoever else decides on the page waits."""
    desks.lock(page.pk)
    return WorkflowState.objects.active().for_instance(page).first()


def _note(page: Page, kind: str, user: Any, text: str) -> Any:
    from ..models import ReviewNote

    return ReviewNote.objects.create(
        page_id=page.pk,
        kind=kind,
        author=user,
        author_name=name_of(user),
        text=text,
        revision_id=page.latest_revision_id,
    )
