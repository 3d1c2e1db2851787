"""Reminders: of what waits at a desk, of questions without an answer, and when a desk is silent."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.models import TaskState, WorkflowState

from ..models import CampaignSettings, DepartmentCheck, Reminder, ReviewTask
from . import mails, people
from .four_eyes import writers_of

#: What is sent once for each task: to its desk, to everybody, to the author.
DESK, EVERYBODY, AUTHOR = "desk", "everybody", "author"


def send_reminders(now: dt.datetime | None = None) -> dict[str, int]:
    """Send the reminders that are due; return how many pages they were about, by kind."""
    now = now or timezone.now()
    rules = CampaignSettings.of_house()
    remind_since = now - dt.timedelta(days=rules.reminder_days)
    escalate_since = now - dt.timedelta(days=rules.escalation_days)
    sent = dict.fromkeys((DESK, EVERYBODY, AUTHOR), 0)
    for state in _waiting().filter(started_at__lte=remind_since):
        sent[DESK] += _once(state, DESK, _remind_desk)
        is_silent = state.started_at <= escalate_since
        if is_silent and isinstance(state.task.specific, DepartmentCheck):
            sent[EVERYBODY] += _once(state, EVERYBODY, _tell_everybody)
    for state in _questions().filter(finished_at__lte=remind_since):
        sent[AUTHOR] += _once(state, AUTHOR, _remind_author)
    return sent


def _waiting() -> Any:
    """Return what lies on desks."""
    states = TaskState.objects.filter(
        status=TaskState.STATUS_IN_PROGRESS,
        workflow_state__status=WorkflowState.STATUS_IN_PROGRESS,
    )
    return states.select_related("task", "revision", "workflow_state").order_by("pk")


def _questions() -> Any:
    """Return what waits for an author's answer."""
    states = TaskState.objects.filter(
        workflowstate__status=WorkflowState.STATUS_NEEDS_CHANGES,
        status=TaskState.STATUS_REJECTED,
    )
    return states.select_related("task", "revision", "workflow_state").order_by("pk")


@transaction.atomic
def _once(state: TaskState, kind: str, send: Any) -> bool:
    """Send a reminder unless it was sent; the mail and its note belong together."""
    if not isinstance(state.task.specific, ReviewTask):
        return False
    _reminder, is_new = Reminder.objects.get_or_create(task_state=state, kind=kind)
    if is_new:
        send(state.revision.as_object(), state)
    return is_new


def _remind_desk(page: Any, state: TaskState) -> None:
    task = state.task.specific
    mails.remind_desk(page, state, task.reviewers(page).exclude(pk__in=writers_of(page)))


def _tell_everybody(page: Any, state: TaskState) -> None:
    others = people.editors().exclude(pk__in=writers_of(page))
    mails.remind_desk(page, state, others, is_late=True)


def _remind_author(page: Any, state: TaskState) -> None:
    mails.remind_author(page, state.comment)
