"""Lists in the admin, sorted as people look things up."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from wagtail.admin.views.pages.listing import ExplorableIndexView
from wagtail.models import Page
from wagtail.snippets.views.snippets import IndexView

from .alphabet import in_alphabetical_order
from .moderation.permissions import known_pages


class AlphabeticalMixin:
    """A list in the admin whose columns of text are sorted as in a dictionary."""

    def order_queryset(self, queryset: Any) -> Any:
        """Sort in alphabetical order, but for results of a search, which sorts fields only."""
        queryset = super().order_queryset(queryset)  # type: ignore[misc]
        searching = self.is_searching  # type: ignore[attr-defined]
        return queryset if searching else in_alphabetical_order(queryset)


class AlphabeticalIndexView(AlphabeticalMixin, IndexView):
    """A list of snippets."""


class PageIndexView(AlphabeticalMixin, ExplorableIndexView):
    """The list of a page's subpages."""

    def get(self, request: HttpRequest, parent_page_id: int | None = None) -> HttpResponse:
        """Refuse a page of which somebody may not know."""
        if parent_page_id is not None:
            page = get_object_or_404(Page, pk=parent_page_id)
            if not known_pages(request.user, Page.objects.filter(pk=page.pk)).exists():
                raise PermissionDenied
        return super().get(request, parent_page_id)
