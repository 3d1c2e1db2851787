"""Translations in the admin: texts of their own, which nothing keeps in step with their source."""

from typing import Any

from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _t
from wagtail import hooks
from wagtail.admin import messages

from .visibility import untranslated

#: What would keep a translation in step with its source; ours are texts of their own.
SYNCED_ACTIONS = frozenset({"localize-restart-translation", "localize-convert-to-alias"})


@hooks.register("construct_page_action_menu")
def offer_no_synced_translation(items: list[Any], request: Any, context: Any) -> None:  # noqa: ARG001
    """Leave out the actions that would put another language's text into a translation."""
    items[:] = [item for item in items if item.name not in SYNCED_ACTIONS]


@hooks.register("before_edit_page", order=-1)
def refuse_synced_translation(request: Any, page: Any) -> Any:
    """Lead back to the editor whoever asks for such an action nevertheless."""
    if not SYNCED_ACTIONS & request.POST.keys():
        return None
    return redirect("wagtailadmin_pages:edit", page.pk)


@hooks.register("register_admin_urls", order=-1)
def replace_conversion() -> list[Any]:
    """Answer, before wagtail-localize does, at the address that makes an alias of a translation.

    It would put the source's text where a translation was, public and approved by nobody.
    """
    address = "localize/page/<int:page_id>/convert_to_alias/"
    return [path(address, lead_to_editor, name="no_conversion_to_alias")]


def lead_to_editor(_request: Any, page_id: int) -> Any:
    """Lead to the page's editor."""
    return redirect("wagtailadmin_pages:edit", page_id)


@hooks.register("after_publish_page")
def tell_what_hides_page(request: Any, page: Any) -> None:
    """Tell whoever publishes a page that one above it waits for its translation."""
    if (above := page.get_ancestors().filter(untranslated()).first()) and page.live:
        message = _t(
            "Nobody sees this page yet: “%(title)s” above it has no text of its own in this "
            "language. Please translate and publish that one, too."
        )
        messages.warning(request, message % {"title": above.title})
