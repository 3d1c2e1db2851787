"""Lists in the admin, sorted as people look things up."""

from typing import Any

from wagtail.admin.views.pages.listing import ExplorableIndexView
from wagtail.snippets.views.snippets import IndexView

from .alphabet import in_alphabetical_order


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
