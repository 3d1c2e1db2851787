"""The page chooser begins among the pages of the language in which an editor writes."""

import re
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from wagtail.admin.views.chooser import BrowseView, page_models_from_string
from wagtail.models import Page
from wagtail.query import PageQuerySet

#: The form from which the chooser was opened: of a page, or of a new one below another.
_FORM = re.compile(r"/pages/(?:(?P<page>\d{1,9})/edit|add/\w+/\w+/(?P<parent>\d{1,9}))/$")


class LanguageBrowseView(BrowseView):
    """Wagtail's page chooser, which would begin at the root where a type has several languages."""

    def get(self, request: HttpRequest, parent_page_id: int | None = None) -> HttpResponse:
        """Show the pages below what all pages of the wanted types have in common."""
        pages = _pages_to_choose(request)
        if parent_page_id is None and pages.exists():
            parent_page_id = pages.first_common_ancestor().pk
        return super().get(request, parent_page_id)


def _pages_to_choose(request: HttpRequest) -> PageQuerySet:
    """Return the pages of the wanted types in the editor's language; none where any will do."""
    try:
        types = page_models_from_string(request.GET.get("page_type") or "wagtailcore.page")
    except (ValueError, LookupError):
        return Page.objects.none()  # Wagtail answers that there is no such type
    if types == (Page,):
        return Page.objects.none()
    return Page.objects.type(*types).filter(locale__language_code=_language(request))


def _language(request: HttpRequest) -> str:
    """Return the language of the page whose form opened the chooser, else the default one."""
    form = _FORM.search(urlsplit(request.headers.get("referer", "")).path)
    page = Page.objects.filter(pk=form["page"] or form["parent"]) if form else Page.objects.none()
    found = page.values_list("locale__language_code", flat=True).first()
    return found or settings.LANGUAGE_CODE
