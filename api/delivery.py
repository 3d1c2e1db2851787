"""How answers travel: throttled, revalidated without work, compressed, and tagged for caches."""

import gzip
import hashlib
from collections.abc import Callable
from functools import lru_cache, wraps
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes

import brotli
from django.apps import apps
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.views.decorators.csrf import csrf_exempt
from ninja.throttling import AnonRateThrottle

from . import touched
from .addresses import at_site
from .problems import MEDIA_TYPE, problem
from .registry import registry
from .schemas import FieldProblem

READING = ("GET", "HEAD")
#: Below this many bytes, compressing gains nothing.
WORTH_COMPRESSING = 500
#: Longer addresses are refused: the characters of path and query, as sent.
LONGEST_ADDRESS = 4096
#: How long caches may answer without asking, and how long while they ask, in seconds.
MAX_AGE, STALE = 60, 600


def deliver(
    view: Callable[..., Any], parameters: frozenset[str], *, kept: bool = True
) -> Callable[..., HttpResponseBase]:
    """Return the view with all that the API's answers have in common.

    `parameters` are those that it takes in its query. An answer that is not `kept` is made anew
    each time, and no cache may have it.
    """

    @wraps(view)
    def delivered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if refusal := _refusal(request, parameters):
            return refusal
        request.method, method = "GET", request.method
        encoding = _encoding(request)
        try:
            # What an answer says depends on its address alone, not on the reader's language.
            language = translation.override(settings.LANGUAGE_CODE)
            with language, registry.content.scope(), touched.noting() as tags:
                site = registry.content.site(request)
                with at_site(site):
                    etag = _etag(request, site.root_url, encoding) if kept else ""
                    not_modified = get_conditional_response(request, etag=etag) if etag else None
                    seconds = registry.content.freshness().seconds if kept else 0
                    response = not_modified or view(request, *args, **kwargs)
        except Http404 as error:
            return problem(404, str(error) or "There is nothing public here.")
        finally:
            request.method = method
        if response.status_code >= 400:
            return _as_problem(response)
        return _finished(response, etag, seconds, encoding, tags)

    return csrf_exempt(delivered)  # nothing is written


def _refusal(request: HttpRequest, parameters: frozenset[str]) -> HttpResponse | None:
    """Return why a request is not answered at all, or None."""
    if request.method not in READING:
        return problem(405, "This address can only be read.", Allow=", ".join(READING))
    query = request.META.get("QUERY_STRING", "")
    if len(request.path_info) + len(query) > LONGEST_ADDRESS:
        return problem(414, f"An address has at most {LONGEST_ADDRESS} characters.")
    if not _is_text(query):
        return problem(400, "The address holds bytes that are no text (UTF-8).")
    if rate := getattr(settings, "API_THROTTLE_RATE", "1200/min"):
        throttle = AnonRateThrottle(rate)
        if not throttle.allow_request(request):
            seconds = max(1, round(throttle.wait() or 1))
            detail = f"More than {rate}. Please try again in {seconds} s."
            return problem(429, detail, Retry_After=str(seconds))
    if unknown := sorted(request.GET.keys() - parameters):
        known = f"There are: {', '.join(sorted(parameters))}." if parameters else "There is none."
        errors = [FieldProblem(parameter=name[:100], message="Unknown.") for name in unknown]
        names = ", ".join(error.parameter for error in errors)
        return problem(422, f"Unknown parameter: {names}. {known}", errors)
    return None


def _is_text(query: str) -> bool:
    """Tell whether a query as it was sent is UTF-8 without a null character."""
    try:
        return "\0" not in unquote_to_bytes(query.encode("latin-1", "replace")).decode()
    except UnicodeDecodeError:
        return False


def _encoding(request: HttpRequest) -> str:
    """Return the best compression that the reader understands: "br", "gzip" or ""."""
    accepted = {
        part.partition(";")[0].strip()
        for part in request.headers.get("Accept-Encoding", "").lower().split(",")
        if not part.replace(" ", "").endswith(";q=0")
    }
    return next((name for name in ("br", "gzip") if name in accepted), "")


def _etag(request: HttpRequest, root: str, encoding: str) -> str:
    """Return the strong tag of the answer's bytes, known before they are made.

    Content, code, site, address and compression decide what they are.
    """
    address = request.get_full_path()
    parts = (
        registry.content.freshness().version,
        release(),
        root,
        request.get_host(),
        address,
        encoding,
    )
    return f'"{hashlib.sha256(repr(parts).encode(errors="replace")).hexdigest()[:32]}"'


@lru_cache
def release() -> str:
    """Return a hash of the code that makes answers: a new release has new answers."""
    digest = hashlib.sha256()
    labels = {model._meta.app_label for model in registry.page_types} | {"api"}
    for label in sorted(labels):
        for path in sorted(Path(apps.get_app_config(label).path).rglob("*.py")):
            digest.update(path.read_bytes())
    for source in registry.sources:
        for path in sorted(path for path in (source, *source.rglob("*")) if path.is_file()):
            digest.update(b"" if path.suffix == ".pyc" else path.read_bytes())
    return digest.hexdigest()


def _as_problem(response: HttpResponseBase) -> HttpResponseBase:
    """Return an error as a problem, if it is none yet."""
    if response.get("Content-Type") == MEDIA_TYPE:
        return response
    return problem(response.status_code, response.reason_phrase)


def _finished(
    response: HttpResponse, etag: str, seconds: int, encoding: str, tags: set[str]
) -> HttpResponse:
    """Return the answer with its headers, compressed if that is worth it."""
    patch_vary_headers(response, ["Accept-Encoding"])
    if not etag:
        response.headers.setdefault("Cache-Control", "no-store")
    else:
        age = min(getattr(settings, "API_MAX_AGE", MAX_AGE), seconds)
        response["ETag"] = etag
        response["Cache-Control"] = f"public, max-age={age}, stale-while-revalidate={STALE}"
    if response.status_code == 304:
        return response
    if tags:
        response["Cache-Tag"] = touched.header(tags)
    if encoding and len(response.content) >= WORTH_COMPRESSING:
        if encoding == "br":
            response.content = brotli.compress(response.content, quality=5)
        else:
            response.content = gzip.compress(response.content, compresslevel=6, mtime=0)
        response["Content-Encoding"] = encoding
    response["Content-Length"] = str(len(response.content))
    return response
