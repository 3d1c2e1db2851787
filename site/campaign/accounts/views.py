"""The accounts' own views, and what differs from django-allauth's."""

from http import HTTPStatus
from typing import Any

from allauth.account import views as allauth_views
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.models import Login
from allauth.account.stages import LoginByCodeStage, LoginStageController
from allauth.mfa.base.views import IndexView
from allauth.socialaccount.adapter import get_adapter as get_single_sign_on
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect import views as oidc_views
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _t
from django.views.decorators.http import require_safe
from requests import RequestException

from home.models import AccessSettings

from .adapter import SecondFactorAdapter, refuse_single_sign_on
from .forms import RequestCodeForm
from .people import is_staff_address, welcome_colleague

#: The name of the one service in django-allauth's settings.
SERVICE = "oidc"
#: After so many seconds every limit of ACCOUNT_RATE_LIMITS has run out.
RETRY_AFTER = 5 * 60


@require_safe
@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Show what somebody can do with their account."""
    return render(request, "account/home.html")


class LoginView(allauth_views.LoginView):
    """All ways in on one page."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Lead who is signed in already to their account, unless it has no access elsewhere."""
        if request.user.is_authenticated and not request.GET.get("next"):
            return HttpResponseRedirect(reverse("account_home"))
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the form for a code and the single sign-on, as far as they are set up."""
        context = super().get_context_data(**kwargs)
        context["code_form"] = (
            RequestCodeForm(auto_id="code_%s") if settings.STAFF_DOMAINS else None
        )
        context["single_sign_on"] = single_sign_on_name(self.request)
        return context


def single_sign_on_name(request: HttpRequest) -> str:
    """Return what the single sign-on is called; "" while none is set up."""
    services = get_single_sign_on().list_apps(request, provider=SERVICE)
    return str(services[0].name) if services else ""


class CodeByMail(LoginCodeVerificationProcess):
    """A code for whoever reads an address's mail.

    It does not ask whether there is an account before the code has come back: what everybody else
    sees is the same for colleagues with one and without.
    """

    @classmethod
    def begin(cls, request: HttpRequest, email: str) -> None:
        """Send a code, and remember in the session what was sent."""
        login = Login(email=email)
        login.state["stages"] = {"current": LoginByCodeStage.key}
        stage = LoginByCodeStage(LoginStageController(request, login), request, login)
        stage.state.update(cls.initial_state(None, email), initiated_by_user=True)
        process = cls(stage=stage)
        process.send()
        process.persist()

    def send_by_email(self, email: str, skip_enumeration_mails: bool = False) -> None:
        """Send it to addresses of staff only; for others there is no code to guess."""
        if is_staff_address(email):
            context = {"request": self.request, "code": self.generate_code()}
            allauth_views.get_adapter().send_mail("account/email/login_code", email, context)


class RequestCodeView(allauth_views.RequestLoginCodeView):
    """Asks for the address that a code goes to."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Be there where domains are configured."""
        if not settings.STAFF_DOMAINS:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        """Send a code, and lead on, whatever the address."""
        CodeByMail.begin(self.request, form.cleaned_data["email"])
        return HttpResponseRedirect(
            self.passthrough_next_url(reverse("account_confirm_login_code"))
        )


class ConfirmCodeView(allauth_views.ConfirmLoginCodeView):
    """Takes the code; who comes for the first time gets an account now."""

    def _verify_form_valid(self, form: Any) -> HttpResponse:
        self._process._user = welcome_colleague(self._process.state["email"])
        return super()._verify_form_valid(form)


@method_decorator(login_required, name="dispatch")
class SecondFactorView(IndexView):
    """Lists the second factors, and says if one has to be set up."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add whether the admin stays closed without one."""
        context = super().get_context_data(**kwargs)
        user = self.request.user
        context["is_obliged"] = AccessSettings.asks_second_factor(user)
        context["has_factor"] = SecondFactorAdapter().has_second_factor(user)
        return context


def _ask_service(request: HttpRequest, provider_id: str, view: Any) -> HttpResponseBase:
    """Lead to the service or take its answer; if it cannot be reached, say so."""
    try:
        response: HttpResponseBase = view(request, provider_id)
    except SocialApp.DoesNotExist as error:
        raise Http404 from error
    except (RequestException, OAuth2Error, ValueError, KeyError):
        reason = _t("The single sign-on cannot be reached. Please try again in a few minutes.")
        return refuse_single_sign_on(request, reason)
    return response


def single_sign_on_login(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Lead to the service's own page."""
    return _ask_service(request, provider_id, oidc_views.login)


def single_sign_on_callback(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Take the service's answer."""
    return _ask_service(request, provider_id, oidc_views.callback)


def to_login(request: HttpRequest) -> HttpResponse:
    """Lead from another login form to ours, which asks for the second factor."""
    query = request.META.get("QUERY_STRING", "")
    return redirect(reverse("account_login") + (f"?{query}" if query else ""))


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """Say when to try again."""
    minutes = RETRY_AFTER // 60
    response = render(
        request, "429.html", {"minutes": minutes}, status=HTTPStatus.TOO_MANY_REQUESTS
    )
    response["Retry-After"] = str(RETRY_AFTER)
    return response
