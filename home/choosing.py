"""The page chooser begins among the pages of the language in which an editor writes.

Nobody chooses, or learns of, a draft that is none of theirs.
"""

import re
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from wagtail.admin.views.chooser import BrowseView, ChosenMultipleView, page_models_from_string
from wagtail.models import Page

from .moderation.permissions import known_pages

#: The form from which the chooser was opened: of a page, or of a new one below another.
_FORM = re.compile(r"/pages/(?:(?P<page>\d{1,9})/edit|add/\w+/\w+/(?P<parent>\d{1,9}))/$")


class LanguageBrowseView(BrowseView):
    """Wagtail's page chooser, which would begin at the root where a type has several languages."""

    def get(self, request: HttpRequest, parent_page_id: int | None = None) -> HttpResponse:
        """Show the pages below what all pages of the wanted types have in common."""
        if parent_page_id is None:
            parent_page_id = _beginning(request)
        else:
            get_object_or_404(known_pages(request.user, Page.objects.all()), pk=parent_page_id)
        return super().get(request, parent_page_id)


class KnownChosenView(ChosenMultipleView):
    """Tells a form about the pages that were chosen."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Answer with those of which the person may know."""
        wanted = [pk for pk in request.GET.getlist("id") if pk.isdecimal()]
        known = known_pages(request.user, Page.objects.filter(pk__in=wanted))
        asked: Any = request.GET.copy()
        asked.setlist("id", list(known.values_list("pk", flat=True)))
        request.GET = asked
        return super().get(request)


def _beginning(request: HttpRequest) -> int | None:
    """Return the primary key of the page at which to begin; None for the root of all pages."""
    try:
        types = page_models_from_string(request.GET.get("page_type") or "wagtailcore.page")
    except (ValueError, LookupError):
        return None  # Wagtail answers that there is no such type
    if types == (Page,):
        return None
    pages = known_pages(request.user, Page.objects.type(*types))
    in_language = pages.filter(locale__language_code=_language(request))
    for found in (in_language, pages):
        if found.exists():
            return found.first_common_ancestor().pk
    return Page.get_first_root_node().pk


def _language(request: HttpRequest) -> str:
    """Return the language of the page whose form opened the chooser, else the default one."""
    form = _FORM.search(urlsplit(request.headers.get("referer", "")).path)
    page = Page.objects.filter(pk=form["page"] or form["parent"]) if form else Page.objects.none()
    found = page.values_list("locale__language_code", flat=True).first()
    return found or settings.LANGUAGE_CODE
