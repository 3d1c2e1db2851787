"""What a query filters pages by, and how many pages each value leaves."""

from collections import defaultdict
from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Any, cast

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Count, Exists, Model, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast
from wagtail.models import Page

from api.content import Choice, Query
from api.registry import registry

from .alphabet import sort_key
from .listing import ARTICLE
from .models import PageArticle, PageTag
from .models.base import page_types_with
from .models.law import natural_key
from .visibility import VisiblePageQuerySet

#: What pages are filtered by, and how many each value leaves.
FILTERS = ("type", "locale", "tag", "department", "article")


def _content_types(models: Iterable[type[Model]]) -> list[int]:
    """Return the content types' primary keys; no query after the first time."""
    found = ContentType.objects.get_for_models(*models)
    return [content_type.pk for content_type in found.values()]


class Filters:
    """What a query asks for, applied to pages of any type."""

    def __init__(self, query: Query) -> None:
        #: What holds whatever is chosen.
        self.always = Q(content_type__in=_content_types(registry.page_types))
        if query.published_after:
            self.always &= Q(first_published_at__gt=query.published_after)
        self.chosen: dict[str, Q] = {}
        if query.types:
            self.chosen["type"] = Q(content_type__in=_content_types(registry.models(query.types)))
        if query.locale:
            self.chosen["locale"] = Q(locale__language_code=query.locale)
        if query.tag:
            tagged = PageTag.objects.filter(tag__slug=query.tag)
            self.chosen["tag"] = Q(pk__in=tagged.values("content_object"))
        if query.article:
            self.chosen["article"] = self._of_article(query.article)
        if query.department:
            self.chosen["department"] = self._of_department(query.department)

    def apply(self, pages: VisiblePageQuerySet, without: str = "") -> VisiblePageQuerySet:
        """Return those of `pages` that all filters match, one perhaps left out."""
        chosen = (q for name, q in self.chosen.items() if name != without)
        return pages.visible().filter(self.always, *chosen).order_by()

    def widest(self) -> VisiblePageQuerySet:
        """Return all pages that no chosen filter narrows."""
        return VisiblePageQuerySet(Page).visible().filter(self.always).order_by()

    @staticmethod
    def _of_department(slug: str) -> Q:
        own = (
            model.objects.filter(department__slug=slug) for model in page_types_with("department")
        )
        return reduce(or_, (Q(pk__in=pages.values("pk")) for pages in own))

    @staticmethod
    def _of_article(slug: str) -> Q:
        named = Q(pk__in=PageArticle.objects.filter(article__slug=slug).values("page"))
        cards = (model.objects.filter(article__slug=slug) for model in page_types_with("article"))
        return reduce(or_, (Q(pk__in=pages.values("pk")) for pages in cards), named)


def _rows(source: QuerySet[Any], name: str, value: Any, label: Any, counted: str = "pk") -> Any:
    """Return (filter, value, label, number of pages) for every value in `source`."""
    return (
        source.order_by()
        .annotate(
            filter_name=Value(name, CharField()),
            filter_value=Cast(value, CharField()),
            filter_label=Cast(label, CharField()),
        )
        .values_list("filter_name", "filter_value", "filter_label")
        .annotate(filter_count=Count(counted, distinct=True))
    )


def total_and_facets(filters: Filters) -> tuple[int, dict[str, list[Choice]]]:
    """Return the number of pages, and every filter's values with theirs; one query.

    A filter's own choice does not narrow its own values.
    """
    every = VisiblePageQuerySet(Page)
    by_article = filters.apply(every, "article").values("pk")
    named = PageArticle.objects.filter(page=OuterRef("pk"), article=OuterRef("article"))
    parts = [
        _rows(filters.apply(every), "total", Value(""), Value("")),
        _rows(filters.apply(every, "type"), "type", "content_type_id", "content_type_id"),
        _rows(
            filters.apply(every, "locale"),
            "locale",
            "locale__language_code",
            "locale__language_code",
        ),
        _rows(
            PageTag.objects.filter(content_object__in=filters.apply(every, "tag").values("pk")),
            "tag",
            "tag__slug",
            "tag__name",
            "content_object",
        ),
        _rows(
            PageArticle.objects.filter(page__in=by_article),
            "article",
            "article__slug",
            "article__number",
            "page",
        ),
        *(
            # A card of an article that also names it counts once.
            _rows(
                filters.apply(model.objects.filter(~Exists(named)), "article"),
                "article",
                "article__slug",
                "article__number",
            )
            for model in page_types_with("article")
        ),
        *(
            _rows(
                filters.apply(model.objects.filter(department__isnull=False), "department"),
                "department",
                "department__slug",
                "department__short_name",
            )
            for model in page_types_with("department")
        ),
    ]
    counts: dict[str, dict[tuple[str, str], int]] = defaultdict(lambda: defaultdict(int))
    for name, value, label, count in parts[0].union(*parts[1:], all=True):
        counts[name][value, label] += count
    total = sum(counts.pop("total", {}).values())
    return total, {name: _choices(name, counts[name]) for name in FILTERS}


def _choices(name: str, counts: dict[tuple[str, str], int]) -> list[Choice]:
    """Return a filter's values in an order that people expect."""
    choices = []
    for (value, label), count in counts.items():
        if name == "type":
            model = ContentType.objects.get_for_id(int(value)).model_class()
            kind = registry.page_types[cast(type[Page], model)]
            choices.append(Choice(kind.name, str(kind.model._meta.verbose_name), count))
        elif name == "locale":
            choices.append(Choice(value, dict(settings.LANGUAGES).get(value, value), count))
        elif name == "article":
            choices.append(Choice(value, ARTICLE.titles(label), count))
        else:
            choices.append(Choice(value, label, count))
    if name == "article":
        return sorted(choices, key=lambda c: natural_key(c.label.removeprefix("Artikel ")))
    return sorted(choices, key=lambda choice: (-choice.count, sort_key(choice.label)))
