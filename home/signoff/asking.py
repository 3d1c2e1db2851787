"""Asking for a sign-off, and taking the question back."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Page

from ..models import CampaignPage, SignOff
from . import mails


def may_ask(page: Page, user: Any) -> bool:
    """Tell whether somebody may ask for a word on a page: who may edit it, and it can be shown."""
    return (
        issubclass(page.specific_class or Page, CampaignPage)
        and not page.alias_of_id
        and page.specific_class.has_template()
        and page.permissions_for_user(user).can_edit()
    )


@transaction.atomic
def ask(page: Page, user: Any, asked: dict[str, Any], link_of: Any) -> str:
    """Ask for a word on the page's latest revision; return the link.

    `asked` has the form's name, email, days and message; `link_of` makes the absolute address of a
    token.
    """
    if page.latest_revision is None:
        # Pages made by code have none; it is nobody's edit.
        page.specific.save_revision(changed=False, clean=False)
        page.refresh_from_db(fields=["latest_revision"])
    sign_off, token = SignOff.start(page, user, asked["name"], asked["email"], asked["days"])
    link = link_of(token)
    _log(sign_off, "asked", user)
    mails.ask(sign_off, link, asked["message"])
    return str(link)


@transaction.atomic
def revoke(sign_off: SignOff, user: Any) -> bool:
    """Make a link worthless; tell whether it was open."""
    open_ones = SignOff.objects.filter(pk=sign_off.pk, answered_at=None, revoked_at=None)
    if not open_ones.update(revoked_at=timezone.now()):
        return False
    _log(sign_off, "revoked", user)
    return True


def _log(sign_off: SignOff, what: str, user: Any) -> None:
    log(
        instance=sign_off.page.specific,
        action=f"home.sign_off.{what}",
        user=user,
        revision=sign_off.revision,
        data={"name": sign_off.name, "sign_off": sign_off.pk},
    )
