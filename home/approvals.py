"""Approving in a workflow: refused while the page may not go live as it is."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _t
from wagtail.admin import messages
from wagtail.admin.views.pages.workflow import WorkflowActionView
from wagtail.models import Page, WorkflowState
from wagtail.workflows import publish_workflow_state

from .bulk_publishing import is_complete
from .models import CampaignPage
from .page_forms import untranslated_message
from .pictures.consent import refusal, unsettled_on
from .versions import copied_from


def refusal_of(draft: Page) -> str:
    """Return why a draft may not go live; "" if it may."""
    if isinstance(draft, CampaignPage) and (copy := copied_from(draft)):
        return untranslated_message(copy)
    if images := unsettled_on(draft):
        return refusal(images)
    if not is_complete(draft):
        return _t("Something required is missing. Please open the page; its form shows what.")
    return ""


def publish_if_ready(state: WorkflowState, user: Any = None) -> None:
    """Publish what a workflow has approved; whichever way it ended, no page that is not ready."""
    page = state.content_object
    if not isinstance(page, Page):
        publish_workflow_state(state, user=user)
    elif not refusal_of(page.get_latest_revision_as_object()):
        # All desks have approved, so that the last one needs no right to publish alone.
        draft = page.get_latest_revision()
        draft.publish(user=user, skip_permission_checks=True)


def approve_if_ready(
    view: WorkflowActionView, request: HttpRequest, *args: Any, **kwargs: Any
) -> HttpResponse:
    """Answer the buttons of lists and menus: Wagtail approves drafts without a look at them."""
    draft = view.object.get_latest_revision_as_object()
    reason = refusal_of(draft) if view.action_name == "approve" else ""
    if not reason:
        return wagtails_post(view, request, *args, **kwargs)
    messages.error(request, f"{draft}: {reason}")
    if request.headers.get("x-requested-with") == "XMLHttpRequest":
        answer = {"step": "success", "redirect": view.redirect_url}
        return view.render_modal_json(request, answer)
    return redirect(view.redirect_url)


wagtails_post = WorkflowActionView.post
WorkflowActionView.post = approve_if_ready
# What Wagtail has for it (WAGTAIL_FINISH_WORKFLOW_ACTION) is read before there are models.
WorkflowState.on_finish = publish_if_ready
