"""What editors put first for certain searches (Wagtail's promoted search results)."""

from dataclasses import dataclass

from wagtail.contrib.search_promotions.models import SearchPromotion

from .folding import stems
from .visibility import VisiblePageQuerySet


@dataclass(frozen=True)
class Promoted:
    """A promoted result: a page of ours, or an address elsewhere."""

    title: str
    text: str
    url: str = ""
    page: object = None


def promoted(query: str, pages: VisiblePageQuerySet) -> list[Promoted]:
    """Return what is promoted for a query, in the editors' order; at most two queries.

    Words are compared as search folds them. Of pages only those among `pages` are shown.
    """
    words = sorted(stems(query))
    if not words:
        return []
    rows = [
        row
        for row in SearchPromotion.objects.select_related("query").order_by("sort_order", "pk")
        if sorted(stems(row.query.query_string)) == words
    ]
    shown = pages.in_bulk([row.page_id for row in rows if row.page_id]) if rows else {}
    found = []
    for row in rows:
        if page := shown.get(row.page_id):
            found.append(
                Promoted(page.title, row.description or page.search_description, page=page)
            )
        elif not row.page_id and row.external_link_url:
            title = row.external_link_text or row.external_link_url
            found.append(Promoted(title, row.description, url=row.external_link_url))
    return found
