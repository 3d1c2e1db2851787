"""Sign-offs in the admin: an entry in a page's menu, its list and form, and the log's words."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.urls import path, reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.views.pages.utils import get_breadcrumbs_items_for_page
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogFormatter
from wagtail.models import Page

from .asking import ask, may_ask, revoke
from .forms import AskForm

TEMPLATE = "home/admin/sign_offs.html"
NAME = "sign_offs"


def _page_for(request: HttpRequest, page_id: int) -> Page:
    page = get_object_or_404(Page, pk=page_id)
    if not may_ask(page, request.user):
        raise PermissionDenied
    return page


def sign_offs(request: HttpRequest, page_id: int) -> HttpResponse:
    """Show a page's sign-offs, and ask for one; the new link is shown in this answer only."""
    page = _page_for(request, page_id)
    form = AskForm(request.POST or None, page=page)
    link = ""
    if request.method == "POST" and form.is_valid():

        def link_of(token: str) -> str:
            return request.build_absolute_uri(reverse("sign_off", args=[token]))

        link = ask(page, request.user, form.cleaned_data, link_of)
        form = AskForm(page=page)
    rows = page.sign_offs.select_related("page", "revision", "created_by")
    own = {"url": "", "label": _t("Sign-offs from outside"), "sublabel": page.draft_title}
    context = {
        "breadcrumbs_items": [*get_breadcrumbs_items_for_page(page, request.user), own],
        "header_icon": "comment",
        "header_title": own["label"],
        "page": page,
        "form": form,
        "link": link,
        "sign_offs": rows,
    }
    return render(request, TEMPLATE, context)


@require_POST
def revoke_sign_off(request: HttpRequest, page_id: int, pk: int) -> HttpResponse:
    """Make a link worthless."""
    page = _page_for(request, page_id)
    sign_off = get_object_or_404(page.sign_offs.select_related("page", "revision"), pk=pk)
    if revoke(sign_off, request.user):
        messages.success(request, _t("The link for %(name)s is revoked.") % {"name": sign_off.name})
    else:
        messages.warning(request, _t("This link was not open any more."))
    return redirect(NAME, page.pk)


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    """Put the list below the page's own address."""
    return [
        path("pages/<int:page_id>/sign-offs/", sign_offs, name=NAME),
        path(
            "pages/<int:page_id>/sign-offs/<int:pk>/revoke/", revoke_sign_off, name=f"{NAME}_revoke"
        ),
    ]


@hooks.register("register_page_header_buttons")
def buttons(page: Page, user: Any, next_url: Any, view_name: str) -> list[Button]:  # noqa: ARG001
    """Lead there from the page's menu."""
    try:
        get_template(TEMPLATE)
    except TemplateDoesNotExist:  # the library alone
        return []
    if not may_ask(page, user):
        return []
    address = reverse(NAME, args=[page.pk])
    return [Button(_("Ask for a sign-off from outside"), address, icon_name="comment", priority=64)]


class NamedFormatter(LogFormatter):
    """A log entry that names who was asked or has answered."""

    def format_message(self, log_entry: Any) -> str:
        """Return what has happened, with the name."""
        return str(self.message) % {"name": log_entry.data.get("name", "")}

    def format_comment(self, log_entry: Any) -> str:
        """Return what was written."""
        return str(log_entry.data.get("comment", ""))


@hooks.register("register_log_actions")
def register_log_actions(actions: Any) -> None:
    """Name what is written into the log."""
    for what, label, message in (
        ("asked", _("Ask for a sign-off from outside"), _("%(name)s asked for a sign-off")),
        ("approved", _("Sign off from outside"), _("Signed off by %(name)s, from outside")),
        (
            "changes",
            _("Want changes from outside"),
            _("Changes wanted by %(name)s, from outside"),
        ),
        (
            "revoked",
            _("Revoke a link for a sign-off"),
            _("Link for the sign-off by %(name)s revoked"),
        ),
    ):
        formatter = type("Formatter", (NamedFormatter,), {"label": label, "message": message})
        actions.register_action(f"home.sign_off.{what}")(formatter)
