"""The website's own views: search, the accent colour, robots.txt, pictures and error pages."""

import hashlib
import mimetypes
import posixpath
from http import HTTPStatus
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.multipartparser import MultiPartParserError
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.template import loader
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.utils.html import format_html
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_safe
from django.views.static import serve
from wagtail.models import Site

from api.addresses import client_root, renders_pages
from api.problems import problem
from home.colors import INK, PAPER, readable_on
from home.missed import note_miss
from home.models import CampaignSettings
from home.pictures import showing
from home.pictures.holding import is_overdue
from home.results import Results
from home.search import searched_pages
from home.suggestions import complete, first_pages
from home.visibility import visible_pages

from .ranges import in_range

#: The folders of MEDIA_ROOT that anyone may read: renditions, the editors' portraits, videos.
#: Originals stay inside; documents have a view that asks for the collection's permission.
PUBLIC_MEDIA = frozenset({"images", "avatar_images", "videos"})
# Systems differ in whether they know it.
mimetypes.add_type("text/vtt", ".vtt")
MEDIA_CACHE = "public, max-age=31536000, immutable"

_TEXTS = {
    HTTPStatus.BAD_REQUEST: (
        gettext_noop("This address does not work"),
        gettext_noop("It holds characters that we cannot read. Please check it."),
    ),
    HTTPStatus.FORBIDDEN: (
        gettext_noop("You may not see this"),
        gettext_noop("Please log in with an account that may, or go back to the home page."),
    ),
    HTTPStatus.METHOD_NOT_ALLOWED: (
        gettext_noop("Nothing can be sent here"),
        gettext_noop("This address can only be read."),
    ),
    HTTPStatus.REQUEST_URI_TOO_LONG: (
        gettext_noop("This address is too long"),
        gettext_noop("Please check it, or begin at the home page."),
    ),
    HTTPStatus.INTERNAL_SERVER_ERROR: (
        gettext_noop("Something went wrong on our side"),
        gettext_noop("Please try again in a few minutes."),
    ),
}
#: The like for readers of the API.
_DETAILS = {
    HTTPStatus.BAD_REQUEST: "The address holds characters that are no text, or a host not ours.",
    HTTPStatus.FORBIDDEN: "You may not see this.",
    HTTPStatus.METHOD_NOT_ALLOWED: "This address can only be read.",
    HTTPStatus.REQUEST_URI_TOO_LONG: "The address is too long.",
    HTTPStatus.INTERNAL_SERVER_ERROR: "Something went wrong. Please try again in a few minutes.",
}
_TOO_MUCH_TEXT = (
    gettext_noop("That was too much at once"),
    gettext_noop(
        "What you sent is too large, so nothing of it was saved. Please go back, and shorten it."
    ),
)
_BROKEN_TEXT = (
    gettext_noop("What you sent has not arrived completely"),
    gettext_noop("Nothing of it was saved. Please go back and send it once more."),
)
_CSRF_TEXT = (
    gettext_noop("The form could not be sent"),
    gettext_noop("Please go back, reload the page and send the form again. It needs cookies."),
)


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show the public pages that a query finds or that carry a tag."""
    if not renders_pages():
        return _at_client(request)
    language = translation.get_language()
    if not _has_home(language):
        raise Http404
    results = Results(request.GET, request.path, language or settings.LANGUAGE_CODE)
    if results.is_empty and not results.promoted and request.method == "GET":
        note_miss(results.typed, results.query)
    context = {"results": results, "breadcrumbs": _breadcrumbs(request)}
    response = render(request, "search/search.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """Answer what a typed query may become, as JSON: words to look for, and pages."""
    language = translation.get_language()
    if not renders_pages() or not _has_home(language):
        raise Http404
    typed, pages = request.GET.get("q", ""), searched_pages(language)
    search_url = reverse("search")
    words = [
        {"text": words, "url": f"{search_url}?{urlencode({'q': words})}"}
        for words in complete(typed, pages)
    ]
    found = first_pages(typed, pages)
    shown = [
        {"text": page.title, "kind": page.type_label, "url": page.get_url(request)}
        for page in found
    ]
    response = JsonResponse({"words": words, "pages": shown})
    response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = "no-cache"
    return response


def _at_client(request: HttpRequest) -> HttpResponse:
    """Lead to the same address at the headless client."""
    site = Site.find_for_request(request)
    if site is None or not (client := client_root(site.root_url)):
        raise Http404
    return redirect(client + request.get_full_path())


def _has_home(language: str | None) -> bool:
    """Tell whether the campaign is there in a language; the default one needs no asking."""
    if language == settings.LANGUAGE_CODE:
        return True
    return visible_pages().filter(depth=2, locale__language_code=language).exists()


def _breadcrumbs(request: HttpRequest) -> list[dict[str, str]]:
    """Return the way from the home page to the search, which itself is no link."""
    way = [{"title": _t("Search"), "url": ""}]
    if site := Site.find_for_request(request):
        home = site.root_page
        if translation.get_language() != settings.LANGUAGE_CODE:
            home = home.localized
        way.insert(0, {"title": home.title, "url": home.get_url(request, site) or "/"})
    return way


@require_safe
def campaign_css(request: HttpRequest) -> HttpResponseBase:
    """Answer the campaign's accent colour, readable on light and on dark paper."""
    color = CampaignSettings.for_public(request).accent_color
    css = accent_css(color).encode()
    etag = f'"{hashlib.sha256(css).hexdigest()[:20]}"'
    response = get_conditional_response(request, etag=etag) or HttpResponse(
        css, content_type="text/css; charset=utf-8", headers={"ETag": etag}
    )
    response["Cache-Control"] = "public, max-age=300"
    return response


def accent_css(color: str) -> str:
    """Return the style sheet of an accent colour (`#rrggbb`); "" for anything else."""
    try:
        light, dark = readable_on(color, PAPER), readable_on(color, INK)
    except ValueError:
        return ""
    return (
        f":root{{--accent:{light};--accent-ground:{light};--accent-ink:{PAPER}}}"
        f"@media (prefers-color-scheme:dark){{:root{{--accent:{dark}}}}}\n"
    )


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Answer robots.txt: everything but the admin, accounts and links for one person."""
    lines = (
        "User-agent: *",
        f"Disallow: {reverse('wagtailadmin_home')}",
        f"Disallow: {reverse('account_home')}",
        f"Disallow: {reverse('sign_off', args=['-']).removesuffix('-/')}",
        "",
        f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}",
    )
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Lead browsers that ask for /favicon.ico to the icon."""
    return HttpResponse(
        status=HTTPStatus.FOUND,
        headers={"Location": static("img/favicon.ico"), "Cache-Control": "public, max-age=86400"},
    )


@require_safe
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """Answer a file of the public media folders; anything else is not found.

    Sizes of pictures that are held back need an address that the admin has signed.
    """
    inner = posixpath.normpath(f"/{path}").lstrip("/")
    folder, _slash, _rest = inner.partition("/")
    is_held = folder == showing.FOLDER
    if folder not in PUBLIC_MEDIA and not is_held:
        raise Http404
    if is_held and not showing.is_signed(inner, request.GET.get(showing.PARAMETER, "")):
        raise Http404
    if folder == "images" and is_overdue(inner):
        raise Http404
    try:
        response = serve(request, inner, document_root=str(settings.MEDIA_ROOT))
    except (OSError, ValueError) as error:  # a name that the file system does not take
        raise Http404 from error
    response["Cache-Control"] = "private, no-store" if is_held else MEDIA_CACHE
    return in_range(request, response)


# --- Errors -------------------------------------------------------------------------------------


def plain_page(status: HTTPStatus, texts: tuple[str, str] | None = None) -> HttpResponse:
    """Return a page that needs neither templates nor a database nor a known host."""
    title, text = texts or _TEXTS[status]
    with translation.override(settings.LANGUAGE_CODE):
        page = format_html(
            '<!DOCTYPE html><html lang="{}"><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            '<meta name="robots" content="noindex"><title>{}</title></head>'
            '<body><main><h1>{}</h1><p>{}</p><p><a href="/">{}</a></p></main></body></html>',
            settings.LANGUAGE_CODE,
            _t(title),
            _t(title),
            _t(text),
            _t("To the home page"),
        )
    return HttpResponse(page, status=status)


def is_for_api(request: HttpRequest) -> bool:
    """Tell whether a request asks the API, whose errors are no pages."""
    return request.path_info.startswith(reverse("api:api-root"))


def refusal(request: HttpRequest, status: HTTPStatus) -> HttpResponse:
    """Return why a request is not answered, in the form that its sender reads."""
    return problem(status, _DETAILS[status]) if is_for_api(request) else plain_page(status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a request that cannot be read, or for a host that is not ours."""
    if is_for_api(request):
        return refusal(request, HTTPStatus.BAD_REQUEST)
    if isinstance(exception, (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)):
        return plain_page(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, _TOO_MUCH_TEXT)
    if isinstance(exception, MultiPartParserError):
        return plain_page(HTTPStatus.BAD_REQUEST, _BROKEN_TEXT)
    return refusal(request, HTTPStatus.BAD_REQUEST)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """Answer a request that its sender may not make."""
    return refusal(request, HTTPStatus.FORBIDDEN)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """Answer a form that was sent without its token."""
    return plain_page(HTTPStatus.FORBIDDEN, _CSRF_TEXT)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """Answer an address that leads nowhere, in a language in which the campaign is there."""
    language = translation.get_language()
    if not _has_home(language):
        language = settings.LANGUAGE_CODE
    with translation.override(language):
        response = render(request, "404.html", status=HTTPStatus.NOT_FOUND)
    response["Content-Language"] = language or settings.LANGUAGE_CODE
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer after a fault of ours; the page asks no database."""
    status = HTTPStatus.INTERNAL_SERVER_ERROR
    try:
        if is_for_api(request):
            return problem(status, _DETAILS[status])
        return HttpResponse(loader.get_template("500.html").render(), status=status)
    except Exception:  # whatever else is broken, the answer goes out
        return plain_page(status)
