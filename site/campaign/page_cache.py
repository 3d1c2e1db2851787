"""Pages as they were rendered, kept until content changes."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import autoreload, timezone
from django.utils.cache import get_conditional_response
from wagtail.models import Page

from home.models import ContentVersion

#: What is kept: pages, feeds and the sitemap.
KEPT_TYPES = ("text/html", "application/atom+xml", "application/xml")
#: Browsers and proxies may keep a page if they ask each time whether it still holds.
REVALIDATE = "no-cache"


@dataclass(frozen=True)
class KeptPage:
    """A rendered answer: its body, and its headers by name."""

    content: bytes
    headers: dict[str, str]

    def response(self) -> HttpResponse:
        """Return the answer anew."""
        return HttpResponse(self.content, headers=self.headers)


class PageCacheMiddleware:
    """Answer visitors without a session from what was rendered for the visitor before.

    A kept page belongs to the content's mark (`ContentVersion`) and to the day; it ends when the
    next page expires, or after `PAGE_CACHE_SECONDS`. Addresses with a query string are always
    rendered: there is no end to them; the API keeps its own. Nothing that sets a cookie or calls
    itself private is kept.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        autoreload.file_changed.connect(forget_pages, dispatch_uid="page_cache")

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer from the cache, or render, and keep what may be kept."""
        if not self._may_be_kept(request):
            return self.get_response(request)
        key = self._key(request)
        kept = cache.get(key)
        if kept is None:
            response = self.get_response(request)
            if request.method != "GET" or not self._is_public_page(response):
                return response
            kept = self._keep(key, response)
        response = kept.response()
        etag = response["ETag"]
        return get_conditional_response(request, etag=etag, response=response) or response

    @staticmethod
    def _may_be_kept(request: HttpRequest) -> bool:
        return (
            settings.PAGE_CACHE_SECONDS > 0
            and request.method in {"GET", "HEAD"}
            and not request.META.get("QUERY_STRING")
            and settings.SESSION_COOKIE_NAME not in request.COOKIES
            and not request.path_info.startswith(
                (
                    reverse("wagtailadmin_home"),
                    reverse("api:api-root"),
                    settings.STATIC_URL,
                    settings.MEDIA_URL,
                )
            )
        )

    @staticmethod
    def _key(request: HttpRequest) -> str:
        address = (request.scheme, request.get_host(), request.path)
        release = getattr(staticfiles_storage, "manifest_hash", "")
        parts = (*address, ContentVersion.current(), timezone.localdate(), release)
        return f"page:{hashlib.sha256(repr(parts).encode()).hexdigest()}"

    @staticmethod
    def _is_public_page(response: Any) -> bool:
        return (
            response.status_code == HTTPStatus.OK
            and not response.streaming
            and not response.cookies
            and not response.has_header("Cache-Control")
            and response.get("Content-Type", "").startswith(KEPT_TYPES)
        )

    @staticmethod
    def _keep(key: str, response: Any) -> KeptPage:
        headers = {**response.headers, "Cache-Control": REVALIDATE}
        headers["ETag"] = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
        kept = KeptPage(response.content, headers)
        if seconds := min(settings.PAGE_CACHE_SECONDS, seconds_until_next_expiry()):
            cache.set(key, kept, seconds)
        return kept


def seconds_until_next_expiry() -> int:
    """Return the whole seconds until the next live page expires; very many if none does."""
    now = timezone.now()
    pages = Page.objects.filter(live=True, expire_at__gt=now).order_by("expire_at")
    next_expiry = pages.values_list("expire_at", flat=True).first()
    return int((next_expiry - now).total_seconds()) if next_expiry else 10**9


def forget_pages(**_signal: Any) -> None:
    """Forget all kept pages: a template has changed on a developer's machine."""
    cache.clear()
