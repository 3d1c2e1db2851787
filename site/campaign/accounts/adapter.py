"""How django-allauth behaves here: nobody signs up, mails are ours, new colleagues contribute."""

import logging
from http import HTTPStatus
from smtplib import SMTPException
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as allauth_context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _t

from home.mails import send
from home.models import CampaignSettings

from .mails import MAILS
from .people import join_contributors

logger = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):
    """Signing in by code or password."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Let nobody sign up: accounts come from a proven address or from an administrator."""
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Lead editors to the admin, all others to their account."""
        if request.user.has_perm("wagtailadmin.access_admin"):
            return reverse("wagtailadmin_home")
        return reverse("account_home")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Lead back to the account."""
        return reverse("account_home")

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send one of our mails; a server that is away costs a message and a line in the log."""
        mail = MAILS[template_prefix](context)
        try:
            send(email, mail)
        except (OSError, SMTPException):
            logger.exception("A mail about an account could not be sent: %s", template_prefix)
            # The same for every address that a code may be sent to; a password's reset says
            # nothing, because it would say who has an account.
            if template_prefix == "account/email/login_code":
                text = _t("We cannot send mails at the moment. Please try again in a few minutes.")
                messages.error(allauth_context.request, text)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Authenticator apps and security keys."""

    def _get_site_name(self) -> str:
        """Name the campaign in apps and in the browser's dialog."""
        return CampaignSettings.for_public(allauth_context.request).name

    def has_second_factor(self, user: Any) -> bool:
        """Tell whether an account has one; recovery codes alone are none."""
        types = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
        return bool(self.is_mfa_enabled(user, types))

    def generate_authenticator_name(self, user: Any, type: Any) -> str:  # noqa: A002
        """Suggest a name for a security key."""
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return _t("Key %(number)s") % {"number": number}


class SingleSignOnAdapter(DefaultSocialAccountAdapter):
    """Signing in at the municipality's own service (OpenID Connect)."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Give an account to whoever comes with a verified address; tell others what is missing.

        An account with the same address has been found before.
        """
        if not any(address.verified for address in sociallogin.email_addresses):
            reason = _t(
                "Your single sign-on has not told us a verified e-mail address. Please ask those "
                "who run it."
            )
            raise ImmediateHttpResponse(refuse_single_sign_on(request, reason))
        return True

    def save_user(self, request: HttpRequest, sociallogin: Any, form: Any = None) -> Any:
        """Make the account, and let it share stories."""
        user = super().save_user(request, sociallogin, form)
        join_contributors(user)
        return user

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: Any) -> str:
        """Lead back to the account."""
        return reverse("account_home")


def refuse_single_sign_on(request: HttpRequest, reason: str) -> Any:
    """Return a page that says why signing in did not work."""
    return render(
        request,
        "socialaccount/authentication_error.html",
        {"reason": reason},
        status=HTTPStatus.UNAUTHORIZED,
    )
