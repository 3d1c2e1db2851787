"""Headers that protect every answer, an early end for requests that cannot be served, redirects."""

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.http.response import HttpResponseBase
from django.urls import reverse

from api.redirects import find_way

from .accounts.urls import form_views
from .views import refusal

Policy = Mapping[str, list[str] | bool]
CSP = "Content-Security-Policy"
#: The longest path, in characters; no page's address comes near it.
MAX_PATH = 2048
UNUSED_FEATURES = (
    "accelerometer",
    "browsing-topics",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "serial",
    "usb",
)
PERMISSIONS_POLICY = ", ".join(f"{feature}=()" for feature in UNUSED_FEATURES)


def build_policy(directives: Policy) -> str:
    """Return a policy as the header's value; a directive that is True stands without values."""
    return "; ".join(
        name if values is True else " ".join([name, *values])
        for name, values in directives.items()
        if values is True or values
    )


class SecurityHeadersMiddleware:
    """Set the Content Security Policy and its neighbours on every answer.

    Django's SecurityMiddleware sets HSTS, nosniff, Referrer-Policy and Cross-Origin-Opener-Policy.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.public = build_policy(settings.SECURE_CSP)
        self.admin = build_policy(settings.SECURE_CSP_ADMIN)
        self.files = build_policy(settings.SECURE_CSP_FILES)
        policies = settings.SECURE_CSP_VIEWS
        self.views = {name: build_policy(policy) for name, policy in policies.items()}
        self.framed = {
            name for name, policy in policies.items() if policy.get("frame-ancestors") != ["'self'"]
        }

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request with the headers that its path calls for."""
        response = self.get_response(request)
        # By the view's name, so that a 304, which no view has made, has the view's policy too.
        view = request.resolver_match.view_name if request.resolver_match else ""
        response[CSP] = self.views.get(view) or self._policy(request.path_info, response)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        if view not in self.framed:
            response.headers.setdefault("X-Frame-Options", settings.X_FRAME_OPTIONS)
        return response

    def _policy(self, path: str, response: HttpResponseBase) -> str:
        if path.startswith(reverse("wagtailadmin_home")):
            return self.admin
        # The form that asks for a collection's password is a page like any other.
        is_file = response.streaming or response.status_code == HTTPStatus.NOT_MODIFIED
        if is_file and path.startswith((settings.MEDIA_URL, "/documents/")):
            return self.files
        return self.public


class BadRequestMiddleware:
    """Answer 400 or 414 to what no view, file system or database should ever see."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Look at the address as it was sent; pass the request on if it is text."""
        # Django has decoded the path; bytes that are no UTF-8 stand in it as "%FF", and lead to
        # a page that is not found. The query is still as it was sent.
        path, query = request.path_info, request.META.get("QUERY_STRING", "")
        if len(path) > MAX_PATH:
            return refusal(request, HTTPStatus.REQUEST_URI_TOO_LONG)
        sent = unquote_to_bytes(query.encode("latin-1", "replace"))
        if not _is_text(path.encode(errors="surrogatepass")) or not _is_text(sent):
            return refusal(request, HTTPStatus.BAD_REQUEST)
        return self.get_response(request)


class MethodsMiddleware:
    """Answer 405 to what would write where the public only reads, before a token is missed."""

    READING: tuple[str, ...] = ("GET", "HEAD")
    #: Views outside of the admin that take a form, beside those of accounts.
    FORMS = frozenset(
        {
            "sign_off",
            "wagtailcore_authenticate_with_password",
            "wagtaildocs_authenticate_with_password",
        }
    )
    #: Namespaces whose views take forms, or say that they take none.
    NAMESPACES = frozenset({"sharing"})

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.admin = reverse("wagtailadmin_home")
        self.forms = self.FORMS.union(form_views())

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; its view is not known yet."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponse | None:
        """Look which view it is; a page itself tells what it takes when it is asked to."""
        match = request.resolver_match
        name, namespace = (match.url_name, match.namespace) if match else (None, "")
        allowed = self.READING
        if name == "wagtail_serve":
            allowed = (*allowed, "OPTIONS")
        elif namespace in self.NAMESPACES:
            allowed = (*allowed, "POST")
        if (
            request.method in allowed
            or name in self.forms
            or request.path_info.startswith(self.admin)
        ):
            return None
        response = refusal(request, HTTPStatus.METHOD_NOT_ALLOWED)
        response["Allow"] = ", ".join(allowed)
        return response


class RedirectMiddleware:
    """Lead on from where nothing stands, as editors have said; never to a page that is hidden.

    Wagtail's own gives away the address of a withdrawn page, and drops the query.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer with the redirect, if there is one, instead of a 404."""
        response = self.get_response(request)
        if response.status_code != HTTPStatus.NOT_FOUND:
            return response
        way = find_way(request, request.get_full_path())
        if way is None or not (location := way.redirect.link):
            return response
        kind = HttpResponsePermanentRedirect if way.redirect.is_permanent else HttpResponseRedirect
        return kind(way.with_query(location))


def _is_text(value: bytes) -> bool:
    """Tell whether the bytes are UTF-8 (which has no lone surrogates) without a null byte."""
    try:
        return "\0" not in value.decode()
    except UnicodeDecodeError:
        return False
