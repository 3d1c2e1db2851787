"""Fetch pages of mixed types with what their cards show, in a fixed number of queries a type."""

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.contrib.contenttypes.models import ContentType

if TYPE_CHECKING:
    from wagtail.models import Page
    from wagtail.query import PageQuerySet

    from .models import CampaignPage


#: A page's primary key and the one of its content type.
TypedKey = tuple[int, int]


def typed_keys(pages: "PageQuerySet") -> list[TypedKey]:
    """Return keys and types of some pages, in order; one query."""
    return list(pages.values_list("pk", "content_type_id"))


def fetch_cards(keys: "Iterable[TypedKey]") -> "dict[int, CampaignPage]":
    """Return pages as their own types, ready for their cards; a query a type.

    Types that are not part of the campaign are left out.
    """
    from .models import CampaignPage

    by_type: dict[int, list[int]] = defaultdict(list)
    for pk, type_id in keys:
        by_type[type_id].append(pk)
    found: dict[int, CampaignPage] = {}
    for type_id, ids in by_type.items():
        model = ContentType.objects.get_for_id(type_id).model_class()
        if model is not None and issubclass(model, CampaignPage):
            found |= model.for_cards().in_bulk(ids)
    return found


def light_cards(pages: "Iterable[Page]") -> "list[Page]":
    """Give plain pages what a short card shows of them; no query.

    Lists of mixed types need no table of a type: the teaser stands in the common one.
    """
    result = list(pages)
    for page in result:
        model = page.cached_content_type.model_class() or type(page)
        page.type_label = str(model._meta.verbose_name)
        page.teaser_text = page.search_description
        page.card_template = "components/cards/page.html"
    return result
