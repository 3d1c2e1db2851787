"""The last door before the public: whichever way something is published, it leads through here."""

import logging
from typing import Any

from wagtail.actions.publish_page_revision import (
    PublishPagePermissionError,
    PublishPageRevisionAction,
)
from wagtail.log_actions import log
from wagtail.models import Page, Revision

from . import four_eyes
from .election import election_end, has_second_approval, refusal_in_election

logger = logging.getLogger(__name__)


def refusal_to_publish(page: Page, user: Any, revision: Revision | None) -> str:
    """Return why somebody may not publish a revision of a page; "" if they may.

    Without `user` it is the calendar that publishes.
    """
    from ..models import CampaignPage
    from ..pictures import consent

    if images := consent.unsettled_on(revision.as_object() if revision else page):
        return consent.refusal(images)
    if not isinstance(page, CampaignPage):
        return ""
    reason = four_eyes.refusal(page, user, revision) if user else ""
    return reason or refusal_in_election(page, revision)


def publish(action: PublishPageRevisionAction, skip_permission_checks: bool = False) -> Any:
    """Publish or schedule, unless a rule of the house refuses it.

    Raises `PublishPagePermissionError` for a person. What the calendar would publish stays as it
    is until the reason is gone. Code without a user that publishes at once is trusted.
    """
    page, user, revision = action.object, action.user, action.revision
    if user or revision.approved_go_live_at:
        reason = refusal_to_publish(page, user, revision)
        if reason and user:
            raise PublishPagePermissionError(reason)
        if reason:
            logger.warning("Page %s is not published as scheduled: %s", page.pk, reason)
            return None
    result = wagtails_execute(action, skip_permission_checks=skip_permission_checks)
    if election_end() and has_second_approval(page, revision):
        log(instance=page, action="home.publish_in_election", user=user, revision=revision)
    return result


wagtails_execute = PublishPageRevisionAction.execute


def watch() -> None:
    """Put the door into Wagtail's own action, which forms, lists, calendar and API all use."""
    PublishPageRevisionAction.execute = publish
