"""Four eyes: what somebody has written, somebody else must release."""

from typing import Any

from django.utils.translation import gettext as _t
from wagtail.models import Page, Revision


def needs_four_eyes(page: Page) -> bool:
    """Tell whether nobody may publish this page alone: by its type, or by its workflow."""
    from ..models import CampaignPage, ReviewTask

    if not isinstance(page, CampaignPage):
        return False
    return page.four_eyes or ReviewTask.checks(page.get_workflow())


def writers_of(page: Page, revision: Revision | None = None) -> set[int]:
    """Return the accounts that wrote what would be published: all since it last was.

    `revision` is the one to be published, by default the latest. Who began a page that was never
    public has written it, too.
    """
    revisions = page.revisions.all()
    if page.live_revision_id:
        revisions = revisions.filter(pk__gt=page.live_revision_id)
    writers = set(revisions.values_list("user_id", flat=True))
    if page.first_published_at is None:
        writers.add(page.owner_id)
    revision = revision or page.latest_revision
    if revision is not None:
        writers.add(revision.user_id)
    return writers - {None}


def advice() -> str:
    """Say how a page becomes public that nobody may publish alone."""
    return _t(
        "Nobody publishes a page of this kind alone. Please submit it for moderation; "
        "somebody else then releases it."
    )


def refusal(page: Page, user: Any, revision: Revision | None = None) -> str:
    """Return why somebody may not release what stands on a page; "" if there is no reason."""
    if not (needs_four_eyes(page) and user.pk in writers_of(page, revision)):
        return ""
    return _t(
        "Four eyes: You have written or changed “%(title)s” yourself since it was last published. "
        "Please let somebody else release it."
    ) % {"title": page.title}
