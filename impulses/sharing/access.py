"""Who may share: signed-in staff; and that only its author sees a story that is not public."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import resolve_url
from django.utils.cache import add_never_cache_headers
from django.utils.http import urlencode
from django.utils.translation import gettext as _t

from home.moderation import people
from home.pictures.showing import held_pictures
from home.roles import STAFF

from . import keeping, notices
from .models import Submission
from .steps import BY_SLUG

View = Callable[..., HttpResponseBase]


def may_share(user: Any) -> bool:
    """Tell whether somebody belongs to those who may share stories."""
    if not user.is_active or user.is_anonymous:
        return False
    return user.is_superuser or any(people.has_role(user, name) for name in STAFF)


def wants_json(request: HttpRequest) -> bool:
    """Tell whether the page itself saves, and not its reader."""
    return request.headers.get("Accept") == "application/json"


def as_private(response: Any) -> Any:
    """Keep an answer out of caches and search engines."""
    add_never_cache_headers(response)
    response["X-Robots-Tag"] = "noindex"
    return response


def for_staff(view: View) -> View:
    """Let nobody else see a view; others are led to the login, and what they sent is kept."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return as_private(_to_login(request, **kwargs))
        if not may_share(request.user):
            return as_private(notices.forbidden(request))
        if keeping.take_kept(request.session, request.user):
            messages.success(
                request, _t("What you had typed before the login has been saved. Please go on.")
            )
        # Whoever tells a story sees its pictures, which nobody else does yet.
        with held_pictures(shown=True):
            return as_private(view(request, *args, **kwargs))

    return guarded


def _to_login(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    """Lead to the login and back to where one was; keep what was sent without a session."""
    step = BY_SLUG.get(kwargs.get("slug", ""))
    back = request.path
    if wants_json(request):
        login = f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': back})}"
        return JsonResponse({"login": login}, status=HTTPStatus.UNAUTHORIZED)
    if request.method == "POST" and not csrf_problem(request):
        if step:
            keeping.keep_for_login(request.session, kwargs["token"], step, request.POST)
        elif "token" in kwargs and (text := request.POST.get("text")):
            keeping.keep_answer(request.session, kwargs["token"], text)
    return redirect_to_login(back)


def user_of(request: HttpRequest) -> Any:
    """Return who asks; behind `for_staff`, this is an account."""
    return request.user


def own(request: HttpRequest, token: Any) -> Submission:
    """Return a submission of whoever asks. Raises `Http404` for those of others."""
    mine = Submission.objects.filter(user=user_of(request), token=token)
    found = mine.select_related("page").first()
    if found is None:
        raise Http404
    return found


class _Check(CsrfViewMiddleware):
    """Django's check as a question: it answers with the reason instead of a page."""

    def _reject(self, request: HttpRequest, reason: str) -> Any:
        return reason


def csrf_problem(request: HttpRequest) -> str | None:
    """Return why a form does not come from our own page, as far as we know; None if it does.

    After a login in another window, a form's token is out of date; what was typed into it is not.
    """
    check = _Check(lambda _request: HttpResponse())
    check.process_request(request)
    reason: Any = check.process_view(request, _checked, (), {})
    return str(reason) if reason else None


def _checked(_request: HttpRequest) -> HttpResponse:
    """Stand for a view that is checked."""
    return HttpResponse()
