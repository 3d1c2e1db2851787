"""What the API asks of the content apps, which stand on a floor above it."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, Protocol

from django.http import HttpRequest
from wagtail.models import Page, Site

if TYPE_CHECKING:
    from .models import PublicPage

Order = Literal["-published", "published", "title", "-title", "path"]


@dataclass(frozen=True)
class Query:
    """Which public pages are asked for; None and empty mean "any"."""

    types: Sequence[str] = ()
    locale: str | None = None
    tag: str | None = None
    department: str | None = None
    article: str | None = None
    under: str | None = None
    published_after: dt.datetime | None = None
    #: Words that pages hold; the most relevant come first then, whatever `order` says.
    words: str | None = None
    order: Order = "-published"
    #: What the last page of the answer before sorts by, and its primary key.
    after: tuple[Any, int] | None = None
    limit: int = 20


@dataclass(frozen=True)
class Freshness:
    """The state of all that a visitor could see."""

    #: Another one after every change.
    version: str
    #: How many seconds it holds at most: until the next page expires, or the day ends.
    seconds: int


@dataclass(frozen=True)
class Choice:
    """A value of a filter with the number of pages behind it."""

    value: str
    label: str
    count: int


@dataclass(frozen=True)
class Found:
    """An answer to a query: primary keys in order, and what else there is."""

    ids: Sequence[int]
    total: int
    #: By filter: its values under all other filters.
    facets: Mapping[str, Sequence[Choice]] = field(default_factory=dict)
    #: The sort value and primary key that the next page of the answer begins after.
    next: tuple[Any, int] | None = None


class UnknownValueError(LookupError):
    """A query names a value that its filter cannot have; `args` are the parameter and why."""


class Content(Protocol):
    """What a content app tells the API; it is registered with `registry.provide`."""

    def scope(self) -> AbstractContextManager[Any]:
        """Keep what is looked up until the block ends, so that nothing is fetched twice."""

    def drafts(self) -> AbstractContextManager[Any]:
        """Show what belongs to a draft and is not public, until the block ends."""

    def shows_drafts(self) -> bool:
        """Tell whether what belongs to a draft is shown right now."""

    def freshness(self) -> Freshness:
        """Return the state of all that a visitor could see; one query in a scope."""

    def site(self, request: HttpRequest | None) -> Site:
        """Return the site that the request asks; raise `Http404` where there is none."""

    def public_pages(self) -> Any:
        """Return all pages of any type that anyone may read now, as a queryset."""

    def ledger(self) -> "Iterable[PublicPage]":
        """Return what the outside may know of every public page, unsaved; one query."""

    def menu(self, site: Site, locale: str) -> list[Page]:
        """Return the public pages of a language's menu in the tree's order, its home page first.

        Empty when the language has no public home page. One query.
        """

    def find_path(self, site: Site, path: str) -> Page | None:
        """Return the public page at a path of the site ("/en/about/"); None where none stands."""

    def find(self, site: Site, query: Query) -> Found:
        """Return the public pages of the site that match; raise `UnknownValueError`."""

    def cards(self, ids: Iterable[int]) -> list[Page]:
        """Return public pages as their own types, in order, with all that their cards hold."""

    def page(self, pk: int) -> Page | None:
        """Return a public page as its own type, with all that its schema holds; or None."""

    def prepare(self, page: Page) -> Page:
        """Fetch all that the schema of `page` (a draft, perhaps never saved) holds."""
