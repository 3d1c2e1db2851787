"""What editors put first for certain searches (Wagtail's promoted search results)."""

from dataclasses import dataclass

from wagtail.contrib.search_promotions.models import SearchPromotion

from .folding import STOP_WORDS, WORD, plain, split_word, stem, tidy
from .visibility import VisiblePageQuerySet


@dataclass(frozen=True)
class Promoted:
    """A promoted result: a page of ours, or an address elsewhere."""

    title: str
    text: str
    url: str = ""
    page: object = None


def _words(query: str) -> list[str]:
    """Return the stems of a query, in no order that counts; without words of every text."""
    groups = ["".join(split_word(plain(word))) for word in WORD.findall(tidy(query))]
    return sorted({stem(word) for word in groups if word not in STOP_WORDS} or map(stem, groups))


def promoted(query: str, pages: VisiblePageQuerySet) -> list[Promoted]:
    """Return what is promoted for a query, in the editors' order; at most two queries.

    Words are compared as search folds them. Of pages only those among `pages` are shown.
    """
    words = _words(query)
    if not words:
        return []
    rows = [
        row
        for row in SearchPromotion.objects.select_related("query").order_by("sort_order", "pk")
        if _words(row.query.query_string) == words
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
