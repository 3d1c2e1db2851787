"""Moderation in the admin: the action menu, lists, the panel of what waits, and log entries."""

from typing import Any

from django.db.models import prefetch_related_objects
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.log_actions import LogFormatter
from wagtail.models import Task, TaskState

from .election import election_end
from .four_eyes import needs_four_eyes


@hooks.register("construct_page_action_menu")
def hide_publishing(menu_items: list[Any], _request: Any, context: dict[str, Any]) -> None:
    """Offer no button that the form would refuse: here, pages are submitted and then released."""
    page = context.get("page") or context.get("parent_page")
    if page is not None and (needs_four_eyes(page.specific) or election_end()):
        menu_items[:] = [item for item in menu_items if item.name != "action-publish"]


class ReasonFormatter(LogFormatter):
    """An entry with the reason that was given."""

    def format_comment(self, log_entry: Any) -> str:
        """Return the reason."""
        return str((log_entry.data or {}).get("comment", ""))


@hooks.register("register_log_actions")
def register_log_actions(actions: Any) -> None:
    """Name what moderation writes into the log."""

    for action, label, message in (
        ("home.answer", _("Answer a question"), _("Question answered")),
        ("home.reject", _("Reject"), _("Rejected")),
    ):
        formatter = type("Formatter", (ReasonFormatter,), {"label": label, "message": message})
        actions.register_action(action)(formatter)
    actions.register_action(
        "home.publish_in_election",
        _("Publish in a time of election"),
        _("Published in a time of election, with the leadership's second approval"),
    )


def desks_of(states: list[Any]) -> dict[int, str]:
    """Return what the desks are called at which pages wait; a fixed number of queries.

    It is the name that mails and "Meine Beiträge" use: with the department, where it is one's.
    """
    from ..models.base import page_types_with

    pages = {state.pk: state.revision.content_object for state in states}
    for model in page_types_with("department"):
        prefetch_related_objects(
            [page for page in pages.values() if isinstance(page, model)], "department"
        )
    tasks = Task.objects.filter(pk__in={state.task_id for state in states}).specific()
    by_id = {task.pk: task for task in tasks}
    return {
        state.pk: desk(pages[state.pk]) if (desk := getattr(task, "desk", None)) else task.name
        for state in states
        if (task := by_id[state.task_id])
    }


class WaitingPanel(Component):
    """What waits for the person who has logged in, the oldest first."""

    name = "waiting_for_me"
    template_name = "home/admin/waiting.html"
    order = 90

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Add a row for each task: page, desk, author, and for how many days it has waited."""
        user = parent_context["request"].user
        states = (
            TaskState.objects.reviewable_by(user)
            .select_related("revision__user", "task", "workflow_state__requested_by")
            .prefetch_related("revision__content_object")
            .order_by("started_at", "pk")
        )
        now = timezone.now()
        states = [state for state in states if state.revision.content_object]
        desks = desks_of(states)
        rows = [
            {
                "page": state.revision.content_object,
                "title": state.revision.object_str,
                "desk": desks[state.pk],
                "author": state.workflow_state.requested_by,
                "since": state.started_at,
                "days": (now - state.started_at).days,
            }
            for state in states
        ]
        return {**super().get_context_data(parent_context), "rows": rows}


@hooks.register("construct_homepage_panels")
def show_what_waits(_request: Any, panels: list[Any]) -> None:
    """Replace Wagtail's own list of what can be moderated."""
    try:
        get_template(WaitingPanel.template_name)
    except TemplateDoesNotExist:  # the library alone
        return
    panels[:] = [p for p in panels if getattr(p, "name", "") != "workflow_objects_to_moderate"]
    panels.append(WaitingPanel())
