"""What somebody reads in the admin whose decision a rule of the house refuses."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views import View
from wagtail.admin import messages
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.workflow import CollectWorkflowActionDataView, WorkflowActionView
from wagtail.models import TaskState

from .desks import overtaken

Dispatch = Callable[..., HttpResponse]


def with_reason(dispatch: Dispatch) -> Dispatch:
    """Let a page's view answer a refusal with its reason, and with the page.

    Where there is none, Wagtail says that somebody has no access.
    """

    @wraps(dispatch)
    def answer(view: Any, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            if getattr(view, "is_overtaken", False):
                raise PermissionDenied(overtaken())
            return dispatch(view, request, *args, **kwargs)
        except PermissionDenied as error:
            reason = str(error) or _reason(view, request.user)
            # The editor's own page cannot lead to itself.
            if not reason or (isinstance(view, EditView) and request.method != "POST"):
                raise
            messages.error(request, reason)
        page = reverse("wagtailadmin_pages:edit", args=[view.kwargs["page_id"]])
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            return JsonResponse({"step": "success", "redirect": page})
        return redirect(page)

    return answer


def _reason(view: Any, user: Any) -> str:
    """Return why a desk's button is not for somebody: Wagtail's view asks before the desk does."""
    reason = getattr(getattr(view, "task", None), "refusal_of", None)
    return reason(view.action_name, view.object.specific, user) if reason else ""


def with_old_buttons(setup: Callable[..., None]) -> Callable[..., None]:
    """Let a desk's view begin although what its button was for waits there no more."""

    @wraps(setup)
    def begin(view: Any, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        view.is_overtaken = not TaskState.objects.filter(pk=kwargs["task_state_id"]).exists()
        if view.is_overtaken:
            View.setup(view, request, *args, **kwargs)
        else:
            setup(view, request, *args, **kwargs)

    return begin


# The views of a desk's decisions: in the editor, in lists, and the dialogs of both.
for page_view in (EditView, WorkflowActionView, CollectWorkflowActionDataView):
    page_view.dispatch = with_reason(page_view.dispatch)
for desk_view in (WorkflowActionView, CollectWorkflowActionDataView):
    desk_view.setup = with_old_buttons(desk_view.setup)
