"""Lists with pages and filters: combinable, counted, and friendly to wrong values."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django.db.models import CharField, Count, QuerySet, Value
from django.db.models.functions import Cast
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from .alphabet import sort_key

#: Cards on one page of a list.
PER_PAGE = 12


@dataclass(frozen=True)
class PageLink:
    """The number of a page with its address."""

    number: int
    url: str
    current: bool


class Pager:
    """The pages of a list: never out of range, whatever number was asked for."""

    def __init__(
        self, page_number: object, total: int, per_page: int, url_for: Callable[[int], str]
    ) -> None:
        """Clamp `page_number` (anything: text from an address) to the pages that exist."""
        self.total, self.limit, self._url_for = total, per_page, url_for
        self.num_pages = max(1, -(-total // per_page))
        text = str(page_number or "")
        asked = int(text[:9]) if text.isascii() and text.isdecimal() else 1
        self.number = min(max(asked, 1), self.num_pages)

    @property
    def offset(self) -> int:
        """Return the index of the page's first item."""
        return (self.number - 1) * self.limit

    @property
    def url(self) -> str:
        """Return the address of this page."""
        return self._url_for(self.number)

    @property
    def previous_url(self) -> str:
        """Return the address of the page before, or ""."""
        return self._url_for(self.number - 1) if self.number > 1 else ""

    @property
    def next_url(self) -> str:
        """Return the address of the page after, or ""."""
        return self._url_for(self.number + 1) if self.number < self.num_pages else ""

    @property
    def pages(self) -> list[PageLink | None]:
        """Return the first, the last and the nearest pages; None stands for a gap."""
        near = {1, self.num_pages, *range(self.number - 1, self.number + 2)}
        numbers = sorted(number for number in near if 1 <= number <= self.num_pages)
        links: list[PageLink | None] = []
        last = 0
        for number in numbers:
            if number - last > 1:
                links.append(None)
            links.append(PageLink(number, self._url_for(number), number == self.number))
            last = number
        return links


@dataclass(frozen=True)
class Facet:
    """A way to filter a list: the parameter's name, and where value and label stand."""

    name: str
    label: Any
    value: str
    title: str = ""
    order: str = ""
    titles: Callable[[str], str] = str

    ALL: ClassVar[Any] = _("All")


def year_facet(date_field: str) -> Facet:
    """Return the filter by a date's year, newest first."""
    return Facet("year", _("Year"), f"{date_field}__year", order=f"-{date_field}__year")


DEPARTMENT = Facet("department", _("Department"), "department__slug", "department__short_name")
ARTICLE = Facet(
    "article",
    _("Article of the Basic Law"),
    "article_links__article__slug",
    "article_links__article__number",
    "article_links__article__sort_key",
    lambda number: f"Artikel {number}" if number[:1].isdigit() else number,
)
TAG = Facet("tag", _("Tag"), "tag_links__tag__slug", "tag_links__tag__name")
#: For pages that show no date of their own.
PUBLISHED = year_facet("first_published_at")


@dataclass(frozen=True)
class Option:
    """A value that a filter offers, with the number of pages behind it."""

    value: str
    label: str
    count: int
    selected: bool
    url: str


@dataclass(frozen=True)
class FacetView:
    """A filter as the page shows it."""

    name: str
    label: str
    options: list[Option]
    #: Whether the values have an order of their own, such as years.
    ordered: bool = False

    #: Values that are shown at once where there are many.
    FEW: ClassVar[int] = 12

    @property
    def by_count(self) -> list[Option]:
        """Return the values, the most frequent first where they have no order of their own."""
        if self.ordered:
            return self.options
        return sorted(self.options, key=lambda option: -option.count)

    @property
    def first(self) -> list[Option]:
        """Return the values that are shown at once."""
        return self.by_count[: self.FEW]

    @property
    def rest(self) -> list[Option]:
        """Return the values that are shown on demand."""
        return self.by_count[self.FEW :]

    @property
    def selected_label(self) -> str:
        """Return the label of what is chosen, or ""."""
        return next((option.label for option in self.options if option.selected), "")


@dataclass(frozen=True)
class ActiveFilter:
    """A chosen value, and the address of the list without it."""

    label: str
    remove_url: str


@dataclass
class Listing:
    """A list of pages under an address, filtered and cut by what the address asks for.

    At most four queries: the filters with their counts, the counts as chosen, the number of pages,
    the pages of one page.
    """

    pages: QuerySet[Any]
    facets_offered: Iterable[Facet]
    query: QueryDict
    path: str
    order: Iterable[str]
    per_page: int = PER_PAGE
    chosen: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        """Read what is asked for and count every filter's values."""
        asked = {facet.name: self.query.get(facet.name, "") for facet in self.facets_offered}
        self._asked = {name: value for name, value in asked.items() if value}
        known = self._known_values()
        self.chosen = {n: v for n, v in self._asked.items() if v in known.get(n, set())}
        self.ignored = self.chosen != self._asked
        self._filtered = self._filter(self.chosen)

    def _filter(self, chosen: dict[str, str]) -> QuerySet[Any]:
        pages = self.pages
        for facet in self.facets_offered:
            if value := chosen.get(facet.name):
                pages = pages.filter(**{facet.value: value})
        return pages

    def _known_values(self) -> dict[str, set[str]]:
        """Return each filter's values that some page of the unfiltered list has."""
        self._all_rows = self._count({})
        known: dict[str, set[str]] = {}
        for name, value, _label, _count in self._all_rows:
            known.setdefault(name, set()).add(value)
        return known

    def _count(self, chosen: dict[str, str]) -> list[tuple[str, str, str, int]]:
        """Return (filter, value, label, number of pages) for every filter; one query.

        A filter's own choice does not narrow its own values.
        """
        parts = []
        for facet in self.facets_offered:
            others = {name: value for name, value in chosen.items() if name != facet.name}
            pages = self._filter(others).filter(**{f"{facet.value}__isnull": False})
            parts.append(
                pages.order_by()
                .annotate(
                    facet_name=Value(facet.name, CharField()),
                    facet_value=Cast(facet.value, CharField()),
                    facet_label=Cast(facet.title or facet.value, CharField()),
                    facet_order=Cast(
                        facet.order.lstrip("-") or facet.title or facet.value, CharField()
                    ),
                )
                .values_list("facet_name", "facet_value", "facet_label", "facet_order")
                .annotate(facet_count=Count("pk", distinct=True))
            )
        if not parts:
            return []
        rows = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
        return [(name, value, label, count) for name, value, label, _o, count in self._sort(rows)]

    def _sort(self, rows: Iterable[Any]) -> list[Any]:
        facets = {facet.name: facet for facet in self.facets_offered}

        def key(row: Any) -> tuple[Any, ...]:
            name, _value, label, order, _count = row
            facet = facets[name]
            number = float(order) if order.isdecimal() else 0.0
            place = -number if facet.order.startswith("-") else number
            return name, place, sort_key(facet.titles(label))

        return sorted(rows, key=key)

    def url(self, **changes: object) -> str:
        """Return the list's address with some parameters changed; "" takes one away."""
        parameters = QueryDict(mutable=True)
        merged = {**self.chosen, **{name: str(value) for name, value in changes.items()}}
        for name, value in merged.items():
            if value:
                parameters[name] = value
        encoded = parameters.urlencode()
        return f"{self.path}?{encoded}" if encoded else self.path

    @cached_property
    def facets(self) -> list[FacetView]:
        """Return the filters with their values.

        Left out, unless chosen: values that lead to nothing, and filters that offer no choice,
        because they have no value or because every page that is left has their only one.
        """
        rows = self._count(self.chosen) if self.chosen else self._all_rows
        counts = {(name, value): count for name, value, _label, count in rows}
        views = []
        for facet in self.facets_offered:
            chosen = self.chosen.get(facet.name)
            options = [
                Option(
                    value=value,
                    label=facet.titles(label),
                    count=counts.get((name, value), 0),
                    selected=value == chosen,
                    url=self.url(**{facet.name: value}),
                )
                for name, value, label, _count in self._all_rows
                if name == facet.name and (value == chosen or (name, value) in counts)
            ]
            if len(options) > 1 or any(o.selected or o.count < self.total for o in options):
                views.append(FacetView(facet.name, str(facet.label), options, bool(facet.order)))
        return views

    @property
    def is_filtered(self) -> bool:
        """Tell whether anything is chosen."""
        return bool(self.chosen)

    @property
    def active(self) -> list[ActiveFilter]:
        """Return what is chosen, each with the way back."""
        return [
            ActiveFilter(view.selected_label or self.chosen[view.name], self.url(**{view.name: ""}))
            for view in self.facets
            if view.name in self.chosen
        ]

    @property
    def reset_url(self) -> str:
        """Return the address of the whole list."""
        return self.path

    @cached_property
    def total(self) -> int:
        """Return how many pages the filters leave."""
        return self._filtered.values("pk").distinct().count()

    @cached_property
    def pager(self) -> Pager:
        """Return the list's pages."""
        return Pager(
            self.query.get("page"),
            self.total,
            self.per_page,
            lambda number: self.url(page="" if number == 1 else number),
        )

    @cached_property
    def items(self) -> list[Any]:
        """Return the pages of this page of the list."""
        start = self.pager.offset
        return list(self._filtered.distinct().order_by(*self.order)[start : start + self.per_page])
