"""What a search shows: pages with quotations, filters with counts, and ways on from nothing."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.db.models import F
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _t
from wagtail.models import Page

from api.registry import registry

from .alphabet import sort_key
from .cards import light_cards
from .listing import ActiveFilter, FacetView, Option, Pager
from .promoted import Promoted, promoted
from .search import Term, clean_query, find_tag, ranked, searched_pages, terms_of
from .search_store import scores
from .snippets import Highlighter
from .suggestions import did_you_mean, findable

PER_PAGE = 20
SHORTEST_QUERY = 2
#: What results are filtered by, in the order of a kind's fields.
TYPE, DEPARTMENT = "type", "department"


class Kind(NamedTuple):
    """What a found page is filtered by; "" where it has no such value."""

    type: str
    department: str
    #: The department's name, for the filter's label.
    department_name: str

    def fits(self, chosen: dict[str, str], without: str = "") -> bool:
        """Tell whether all chosen filters match, one perhaps left out."""
        return all(
            getattr(self, name) == value for name, value in chosen.items() if name != without
        )


@dataclass(frozen=True)
class Way:
    """Another search that finds something."""

    words: str
    url: str


@dataclass
class Results:
    """The results of a search in a language, as an address asks for them.

    A fixed number of queries, ten at most; any value of any parameter has an answer.
    """

    params: QueryDict
    path: str
    language: str
    typed: str = field(init=False)

    def __post_init__(self) -> None:
        """Read what is asked for."""
        self.typed = self.params.get("q", "").strip()
        self.query = clean_query(self.typed)
        self.tag = find_tag(self.params.get("tag", ""), self.language)
        self.too_short = (
            bool(self.typed) and len(self.query) < SHORTEST_QUERY and not self.query.isdigit()
        )
        self._pages = searched_pages(self.language, self.tag.slug if self.tag else None)
        asked = {name: self.params.get(name, "") for name in (TYPE, DEPARTMENT)}
        self._asked = {name: value for name, value in asked.items() if value}

    @cached_property
    def terms(self) -> list[Term]:
        """Return the words of the query as the index knows them."""
        return [] if self.too_short else terms_of(self.query)

    @cached_property
    def _highlighter(self) -> Highlighter:
        return Highlighter(self.terms)

    # --- What is found --------------------------------------------------------------------------

    @cached_property
    def hits(self) -> list[tuple[int, Kind]]:
        """Return the primary keys and kinds of all found pages.

        The most relevant come first; without words, the newest of the tag.
        """
        if self.too_short:
            return []
        department = "search_entry__department"
        facts = ("content_type", f"{department}__slug", f"{department}__short_name")
        if self.terms:
            rows = ranked(scores(self.terms), self._pages, *facts)
        elif self.tag:
            newest = F("first_published_at").desc(nulls_last=True)
            rows = list(self._pages.order_by(newest, "path").values_list("pk", *facts))
        else:
            return []
        names = _type_names()
        kinds = {
            fact: Kind(names.get(fact[0], ""), fact[1] or "", fact[2] or "")
            for fact in {row[1:] for row in rows}
        }
        return [(row[0], kinds[row[1:]]) for row in rows]

    @cached_property
    def _kinds(self) -> Counter[Kind]:
        """Return how many found pages are of which kind."""
        return Counter(kind for _pk, kind in self.hits)

    @cached_property
    def chosen(self) -> dict[str, str]:
        """Return the filters that are asked for and that some found page matches."""
        known = {name: {getattr(kind, name) for kind in self._kinds} for name in self._asked}
        return {name: value for name, value in self._asked.items() if value in known[name]}

    @property
    def ignored(self) -> bool:
        """Tell whether a filter of the address was not understood."""
        return bool(self.hits) and self.chosen != self._asked

    @cached_property
    def _shown(self) -> list[int]:
        fitting = {kind for kind in self._kinds if kind.fits(self.chosen)}
        return [pk for pk, kind in self.hits if kind in fitting]

    @property
    def total(self) -> int:
        """Return the number of pages that are found and that the filters leave."""
        return len(self._shown)

    @cached_property
    def pager(self) -> Pager:
        """Return the pages of the results."""
        return Pager(
            self.params.get("page"),
            self.total,
            PER_PAGE,
            lambda number: self.url(page="" if number == 1 else number),
        )

    @property
    def first_number(self) -> int:
        """Return the number of the first result on this page, counted from 1."""
        return self.pager.offset + 1

    @cached_property
    def items(self) -> list[Page]:
        """Return the found pages of this page of the results, with `headline` and `quote`."""
        start = self.pager.offset
        keys = self._shown[start : start + PER_PAGE]
        found = self._pages.select_related("locale", "search_text").in_bulk(keys)
        pages = light_cards(found[pk] for pk in keys if pk in found)
        for page in pages:
            page.headline = self._highlighter.mark(page.title)
            page.quote = self._quote(page)
        return pages

    def _quote(self, page: Any) -> SafeString | str:
        """Return what a page says about the query; its teaser where its title alone does."""
        known = getattr(page, "search_text", None)
        quote = self._highlighter.quote(known.text) if known else ""
        return quote or str(page.teaser_text)

    @cached_property
    def promoted(self) -> list[Promoted]:
        """Return what editors put first for this query."""
        first = not self.chosen and self.pager.number == 1
        return promoted(self.query, self._pages) if self.terms and first else []

    # --- Filters --------------------------------------------------------------------------------

    @cached_property
    def facets(self) -> list[FacetView]:
        """Return the filters with their values and counts; a filter without choice is left out."""
        offered: list[tuple[str, str, Callable[[], dict[str, str]]]] = [
            (TYPE, _t("Type"), _type_labels),
            (DEPARTMENT, _t("Department"), self._department_labels),
        ]
        views = []
        for name, label, labels in offered:
            counts: Counter[str] = Counter()
            for kind, number in self._kinds.items():
                if kind.fits(self.chosen, without=name):
                    counts[getattr(kind, name)] += number
            chosen = self.chosen.get(name, "")
            values = [value for value in counts if value]
            if len(counts) > 1 or chosen:
                titles = labels()
                options = [
                    Option(
                        value=value,
                        label=titles.get(value, value),
                        count=counts[value],
                        selected=value == chosen,
                        url=self.url(**{name: value, "page": ""}),
                    )
                    for value in sorted(
                        values, key=lambda value: sort_key(titles.get(value, value))
                    )
                ]
                views.append(FacetView(name, label, options))
        return [view for view in views if view.options]

    def _department_labels(self) -> dict[str, str]:
        return {kind.department: kind.department_name for kind in self._kinds}

    @property
    def active(self) -> list[ActiveFilter]:
        """Return the chosen filters, each with the way back."""
        return [
            ActiveFilter(view.selected_label, self.url(**{view.name: "", "page": ""}))
            for view in self.facets
            if view.name in self.chosen
        ]

    def url(self, **changes: object) -> str:
        """Return the address of these results with some parameters changed; "" takes one away."""
        tag = self.tag.slug if self.tag else ""
        wanted = {"q": self.query, "tag": tag, **self.chosen}
        wanted |= {name: str(value) for name, value in changes.items()}
        parameters = QueryDict(mutable=True)
        parameters.update({name: value for name, value in wanted.items() if value})
        encoded = parameters.urlencode()
        return f"{self.path}?{encoded}" if encoded else self.path

    @property
    def reset_url(self) -> str:
        """Return the address of the results without filters."""
        return self.url(**{TYPE: "", DEPARTMENT: ""})

    # --- Where nothing is found -----------------------------------------------------------------

    @property
    def is_empty(self) -> bool:
        """Tell whether something was asked for and nothing is found."""
        return bool(self.query or self.tag) and not self.too_short and not self.hits

    @cached_property
    def meant(self) -> Way | None:
        """Return the query without its typos, if it finds something."""
        words = did_you_mean(self.terms, self._pages) if self.is_empty else ""
        return Way(words, self.url(q=words)) if words else None

    @cached_property
    def single_words(self) -> list[Way]:
        """Return the words of the query that find something, where no page holds all of them."""
        if not self.is_empty or len(self.terms) < 2:
            return []
        words = dict.fromkeys(term.typed for term in findable(self.terms, self._pages))
        return [Way(word, self.url(q=word)) for word in words]


def _type_names() -> dict[int, str]:
    """Return the names of the page types by their content types; no query after the first."""
    found = ContentType.objects.get_for_models(*registry.page_types)
    return {found[model].pk: kind.name for model, kind in registry.page_types.items()}


def _type_labels() -> dict[str, str]:
    """Return the page types' labels by their names."""
    return {
        kind.name: capfirst(str(model._meta.verbose_name))
        for model, kind in registry.page_types.items()
    }
