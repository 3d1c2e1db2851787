"""What the accounts' mails say, by django-allauth's name for each."""

from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _t

from home.mails import Mail

Context = Mapping[str, Any]


def login_code(context: Context) -> Mail:
    """Return the mail with the code that signs in."""
    minutes = settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT // 60
    return Mail(
        subject=_t("%(code)s is your code to sign in") % context,
        paragraphs=(
            _t("your code to sign in is:"),
            context["code"],
            _t(
                "Please type it where you have asked for it. It is good for %(minutes)s minutes, "
                "and once."
            )
            % {"minutes": minutes},
        ),
        after=(_t("You have not asked for it? Then there is nothing for you to do."),),
    )


def password_reset(context: Context) -> Mail:
    """Return the mail with the link to a new password."""
    hours = settings.PASSWORD_RESET_TIMEOUT // 3600
    return Mail(
        subject=_t("Choose a new password"),
        paragraphs=(
            _t(
                "somebody, probably you, wants to choose a new password for the account "
                "“%(username)s”. The link is good for %(hours)s hours, and once."
            )
            % {"username": context.get("username", ""), "hours": hours},
        ),
        link=(_t("Choose a new password"), context["password_reset_url"]),
        after=(_t("You have not asked for it? Then there is nothing for you to do."),),
    )


def _notice(event: Callable[[], str]) -> Callable[[Context], Mail]:
    """Return a mail that tells of a change to how somebody signs in."""

    def notice(_context: Context) -> Mail:
        return Mail(
            subject=_t("Your way to sign in has changed"),
            paragraphs=(
                event(),
                _t(
                    "It was not you? Then please choose a new password at once, and tell those "
                    "who run the site."
                ),
            ),
            link=(
                _t("Choose a new password"),
                f"{settings.WAGTAILADMIN_BASE_URL}{reverse('account_reset_password')}",
            ),
        )

    return notice


MAILS: dict[str, Callable[[Context], Mail]] = {
    "account/email/login_code": login_code,
    "account/email/password_reset_key": password_reset,
    "account/email/password_changed": _notice(lambda: _t("your password has been changed.")),
    "account/email/password_reset": _notice(lambda: _t("your password has been changed.")),
    "account/email/password_set": _notice(lambda: _t("your account has got a password.")),
    "mfa/email/totp_activated": _notice(
        lambda: _t("an authenticator app has been set up for your account.")
    ),
    "mfa/email/totp_deactivated": _notice(
        lambda: _t("the authenticator app of your account has been removed.")
    ),
    "mfa/email/webauthn_added": _notice(
        lambda: _t("a security key has been added to your account.")
    ),
    "mfa/email/webauthn_removed": _notice(
        lambda: _t("a security key has been removed from your account.")
    ),
    "mfa/email/recovery_codes_generated": _notice(
        lambda: _t("your account has got new recovery codes.")
    ),
    "socialaccount/email/account_connected": _notice(
        lambda: _t("your account has been connected with the single sign-on.")
    ),
}
