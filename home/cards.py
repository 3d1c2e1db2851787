"""Fetch pages of mixed types with what their cards show, in a fixed number of queries a type."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import IntegerField, Value, Window
from django.db.models.functions import RowNumber
from django.utils.text import capfirst

if TYPE_CHECKING:
    from wagtail.models import Page
    from wagtail.query import PageQuerySet

    from .models import CampaignPage


#: A page's primary key and the one of its content type.
TypedKey = tuple[int, int]


def placed(pages: "PageQuerySet", *order: Any) -> "PageQuerySet":
    """Give every page its `place` in an order, counted from 1."""
    return pages.order_by().annotate(place=Window(RowNumber(), order_by=order))


def fetch_plans(plans: "Sequence[PageQuerySet]") -> list[list[TypedKey]]:
    """Return keys and types of each plan's placed pages, in order; one query for all plans."""
    found: list[list[TypedKey]] = [[] for _plan in plans]
    parts = [
        pages.annotate(plan=Value(number, IntegerField())).values_list(
            "plan", "place", "pk", "content_type_id"
        )
        for number, pages in enumerate(plans)
    ]
    if parts:
        rows = parts[0].union(*parts[1:], all=True) if parts[1:] else parts[0]
        for plan, _place, pk, type_id in sorted(rows):
            found[plan].append((pk, type_id))
    return found


def typed_keys(pages: "PageQuerySet") -> list[TypedKey]:
    """Return keys and types of some pages, in order; one query."""
    return list(pages.values_list("pk", "content_type_id"))


def by_type(keys: "Iterable[TypedKey]") -> "dict[type[CampaignPage], set[int]]":
    """Return the keys of each type; types that are not part of the campaign are left out."""
    from .models import CampaignPage

    ids: dict[int, set[int]] = defaultdict(set)
    for pk, type_id in keys:
        ids[type_id].add(pk)
    found: dict[type[CampaignPage], set[int]] = defaultdict(set)
    for type_id, pks in ids.items():
        model = ContentType.objects.get_for_id(type_id).model_class()
        if model is not None and issubclass(model, CampaignPage):
            found[model] = pks
    return found


def fetch_cards(wanted: "dict[type[CampaignPage], set[int]]") -> "dict[int, CampaignPage]":
    """Return public pages as their own types, ready for their cards; a query a type."""
    found: dict[int, CampaignPage] = {}
    for model, ids in wanted.items():
        found |= model.for_cards().visible().in_bulk(list(ids))
    return found


def light_cards(pages: "Iterable[Page]") -> "list[Page]":
    """Give plain pages what a short card shows of them; no query.

    Lists of mixed types need no table of a type: the teaser stands in the common one.
    """
    result = list(pages)
    for page in result:
        model = page.cached_content_type.model_class() or type(page)
        page.type_label = capfirst(str(model._meta.verbose_name))
        page.teaser_text = page.search_description
        page.card_template = "components/cards/page.html"
    return result
