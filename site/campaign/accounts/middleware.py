"""Keeps the admin closed for those who lack an obligatory second factor, and accounts private."""

from collections.abc import Callable

from django.contrib.auth.signals import user_logged_out
from django.core.exceptions import PermissionDenied
from django.dispatch import receiver
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers

from home.models import AccessSettings

from .adapter import SecondFactorAdapter

#: What marks a request in which somebody has signed out.
SIGNED_OUT = "has_signed_out"


@receiver(user_logged_out)
def note_sign_out(request: HttpRequest, **_kwargs: object) -> None:
    """Remember that somebody has signed out, wherever they did."""
    setattr(request, SIGNED_OUT, True)


class AccountsMiddleware:
    """Stand before the admin, and after the accounts' pages.

    Raises `PermissionDenied` for what would write, so that nothing is done on the way to the
    second factor's set-up.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.admin = reverse("wagtailadmin_home")
        self.ways_out = (reverse("wagtailadmin_logout"), reverse("wagtailadmin_login"))
        self.accounts = reverse("account_home")

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Let the request pass, or lead to the set-up of a second factor."""
        response = self.get_response(request)
        if getattr(request, SIGNED_OUT, False):
            # What forms keep in this browser (kept-form.js) is not for whoever sits here next.
            response["Clear-Site-Data"] = '"storage"'
        if request.path_info.startswith(self.accounts):
            add_never_cache_headers(response)
            response["X-Robots-Tag"] = "noindex"
        return response

    def process_view(self, request: HttpRequest, *_view: object) -> HttpResponseBase | None:
        """Ask for the second factor once it is known that the address leads somewhere."""
        path = request.path_info
        if not path.startswith(self.admin) or path in self.ways_out:
            return None
        user = request.user
        if not AccessSettings.asks_second_factor(user):
            return None
        if SecondFactorAdapter().has_second_factor(user):
            return None
        if request.method not in {"GET", "HEAD"}:
            raise PermissionDenied
        return redirect("mfa_index")
