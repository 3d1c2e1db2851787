"""Publishing many pages at once: refused while the form of one of them would refuse it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _t
from wagtail import hooks
from wagtail.admin import messages
from wagtail.fields import StreamField
from wagtail.models import Page

from .models import CampaignPage
from .moderation.guard import refusal_to_publish
from .page_forms import untranslated_message
from .versions import copied_from


def is_complete(page: Page) -> bool:
    """Tell whether a page may be published as it is: its fields, and all blocks in them."""
    try:
        page.full_clean()
        for field in page._meta.concrete_fields:
            if isinstance(field, StreamField):
                field.stream_block.clean(getattr(page, field.name))
    except ValidationError:
        return False
    return True


@hooks.register("before_bulk_action")
def refuse_unready(
    request: HttpRequest, action_type: str, objects: list[Any], action: Any
) -> HttpResponse | None:
    """Name the pages that cannot be published: Wagtail publishes drafts without a look at them."""
    if action_type != "publish" or action.model is not Page:
        return None
    pages = list(objects)
    if action.cleaned_form.cleaned_data["include_descendants"]:
        pages += [draft for page in objects for draft in page.get_descendants().not_live()]
    drafts = [page.get_latest_revision_as_object() for page in pages]
    problems = [
        f"{draft}: {untranslated_message(copy)}"
        for draft in drafts
        if isinstance(draft, CampaignPage) and (copy := copied_from(draft))
    ]
    if incomplete := [draft.title for draft in drafts if not is_complete(draft)]:
        message = _t(
            "Nothing was published. Something required is missing in: %(pages)s. Open the page "
            "and publish it there; the form then shows what."
        )
        problems.append(message % {"pages": ", ".join(incomplete)})
    problems += [
        f"{draft}: {reason}"
        for draft in drafts
        if (reason := refusal_to_publish(draft, request.user, draft.latest_revision))
    ]
    for problem in problems:
        messages.error(request, problem)
    if not problems:
        for page in pages:
            if page.latest_revision_id is None:
                # Wagtail would make one, as if whoever publishes the page had written it.
                page.latest_revision = page.specific.save_revision(clean=False)
    return redirect(action.next_url) if problems else None
