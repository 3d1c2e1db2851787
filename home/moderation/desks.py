"""What lies on a desk is one version: whoever decides has read that one, and no later one."""

from typing import Any

from django.utils.translation import gettext as _t
from wagtail.models import Page, Revision, TaskState, WorkflowState


def lock(page_pk: Any) -> None:
    """Let everybody else wait who saves or decides about a page, until the transaction's end.

    Always the first row that is locked: two who waited for each other's would both fail.
    """
    Page.objects.select_for_update().order_by().filter(pk=page_pk).values_list("pk").first()


def locked(page: Page) -> TaskState | None:
    """Return what a desk has to decide about a page, or None; decisions wait."""
    lock(page.pk)
    states = WorkflowState.objects.filter(status=WorkflowState.STATUS_IN_PROGRESS)
    state = states.for_instance(page).select_related("current_task_state").first()
    return state.current_task_state if state else None


def put(revision: Revision, task_state: TaskState) -> None:
    """Put a new version on the desk, in the place of the one that nobody has decided about.

    It waits under a new number, so that a button that somebody still has before them, beside the
    text of the old one, decides nothing. How long the page has waited stays.
    """
    from ..models import Reminder

    old, started_at, state = task_state.pk, task_state.started_at, task_state.workflow_state
    task_state.pk, task_state._state.adding = None, True
    task_state.revision = revision
    task_state.save(force_insert=True)
    TaskState.objects.filter(pk=task_state.pk).update(started_at=started_at)
    state.current_task_state = task_state
    state.save(update_fields=["current_task_state"])
    Reminder.objects.filter(task_state=old).update(task_state=task_state)
    TaskState.objects.filter(pk=old).delete()


def overtaken() -> str:
    """Say that a decision came too late."""
    return _t(
        "Somebody has changed the page or decided about it meanwhile. Please read it again; "
        "nothing has been decided by you."
    )


def may_be_overwritten(revision: Revision) -> bool:
    """Tell whether autosave may write over a version: nobody has handed it in or decided on it."""
    from ..models import ReviewNote

    decided = revision.task_states.exclude(status=TaskState.STATUS_IN_PROGRESS)
    return not (decided.exists() or ReviewNote.objects.filter(revision=revision).exists())


def was_released(page: Any, revision: Revision | None) -> bool:
    """Tell whether exactly this version has passed the desks of a workflow."""
    if revision is None:
        return False
    ways = WorkflowState.objects.for_instance(page).filter(
        status=WorkflowState.STATUS_APPROVED,
        task_states__revision=revision,
        task_states__status=TaskState.STATUS_APPROVED,
    )
    return ways.exists()
