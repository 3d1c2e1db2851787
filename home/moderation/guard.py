"""The last door before the public: whichever way something is published, it leads through here."""

import logging
from typing import Any

from wagtail.actions.copy_page import CopyPageAction, CopyPagePermissionError
from wagtail.actions.create_alias import CreatePageAliasAction, CreatePageAliasPermissionError
from wagtail.actions.publish_page_revision import (
    PublishPagePermissionError,
    PublishPageRevisionAction,
)
from wagtail.log_actions import log
from wagtail.models import Page, Revision

from . import four_eyes
from .desks import was_released
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
    reason = refusal_of_person(page, user, revision) if user else ""
    return reason or refusal_in_election(page, revision)


def refusal_of_person(page: Page, user: Any, revision: Revision | None) -> str:
    """Return why somebody may not publish a page that needs four eyes; "" if they may.

    Such a page passes its desks; who publishes it is not asked for a right, but for that.
    """
    if not four_eyes.needs_four_eyes(page):
        return ""
    reason = four_eyes.refusal(page, user, revision)
    return reason or ("" if was_released(page, revision) else four_eyes.advice())


def refusal_to_copy(page: Page, with_subpages: bool) -> str:
    """Return why copies of a public page may not be public themselves; "" if they may.

    A copy has a title and an address of its own, which nobody has approved.
    """
    from ..models import CampaignPage

    pages = (
        page.get_descendants(inclusive=True) if with_subpages else Page.objects.filter(pk=page.pk)
    )
    for copied in pages.live().specific():
        if isinstance(copied, CampaignPage):
            refusal = four_eyes.advice() if four_eyes.needs_four_eyes(copied) else ""
            if reason := refusal or refusal_in_election(copied):
                return reason
    return ""


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


def check_copy(action: CopyPageAction, skip_permission_checks: bool = False) -> None:
    """Check a copy. Raises `CopyPagePermissionError`, too, if it may not be public."""
    wagtails_check_of_copy(action, skip_permission_checks=skip_permission_checks)
    asked = action.user and action.keep_live and not skip_permission_checks
    if asked and (reason := refusal_to_copy(action.page, action.recursive)):
        raise CopyPagePermissionError(reason)


def check_alias(action: CreatePageAliasAction, skip_permission_checks: bool = False) -> None:
    """Check an alias. Raises `CreatePageAliasPermissionError`, too, if it may not be public."""
    wagtails_check_of_alias(action, skip_permission_checks=skip_permission_checks)
    asked = action.user and not skip_permission_checks
    if asked and (reason := refusal_to_copy(action.page, action.recursive)):
        raise CreatePageAliasPermissionError(reason)


wagtails_check_of_copy = CopyPageAction.check
wagtails_check_of_alias = CreatePageAliasAction.check


def watch() -> None:
    """Put the door into Wagtail's own actions, which forms, lists, calendar and API all use."""
    PublishPageRevisionAction.execute = publish
    CopyPageAction.check = check_copy
    CreatePageAliasAction.check = check_alias
