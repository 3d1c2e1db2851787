"""The API's own endpoints: pages found by path, in lists, alone, and in the menu.

This module is imported with the addresses, when all apps have registered what they have.
"""

import datetime as dt
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeAlias

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query as InQuery
from ninja import Router
from pydantic import BaseModel, BeforeValidator, Field
from wagtail.models import Page

from . import cursors
from .addresses import absolute, page_url
from .answers import ERRORS, SitePath, Text, answer
from .content import Order, Query, UnknownValueError
from .problems import InvalidError
from .redirects import find_way
from .registry import registry
from .schemas import PageRef, Schema, card, whole
from .touched import touch

if TYPE_CHECKING:
    AnyCard: TypeAlias = Any
    AnyPage: TypeAlias = Any
    TypeName: TypeAlias = str
    LocaleName: TypeAlias = str
else:
    AnyCard, AnyPage = (registry.complete()[name] for name in ("AnyCard", "AnyPage"))
    TypeName = Literal[tuple(registry.type_names())]
    LocaleName = Literal[tuple(code for code, _name in settings.LANGUAGES)]

router = Router()


# --- One page -----------------------------------------------------------------------------------


class ResolvedPage(Schema):
    """A page stands at the path."""

    kind: Literal["page"] = "page"
    page: AnyPage


class ResolvedRedirect(Schema):
    """The path leads elsewhere."""

    kind: Literal["redirect"] = "redirect"
    location: str = Field(description="Absolute.")
    permanent: bool


@router.get(
    "/resolve",
    operation_id="resolve",
    summary="Find what stands at a path",
    response={
        200: Annotated[ResolvedPage | ResolvedRedirect, Field(discriminator="kind")],
        **ERRORS,
    },
)
def resolve(request: HttpRequest, path: SitePath) -> HttpResponse:
    """Return the public page at a path of the site, or where the path leads instead."""
    site = registry.content.site(request)
    if page := registry.content.find_path(site, path.partition("?")[0].partition("#")[0]):
        return answer(ResolvedPage(page=shown(page.pk)))
    touch("redirects")
    if found := redirect_from(request, path):
        return answer(found)
    raise Http404("No public page stands at this path, and it leads nowhere.")


@router.get(
    "/pages/{int:page_id}",
    operation_id="get_page",
    summary="Read a page",
    response={200: AnyPage, **ERRORS},
)
def get_page(request: HttpRequest, page_id: int) -> HttpResponse:  # noqa: ARG001
    """Return a whole public page."""
    return answer(shown(page_id))


def shown(pk: int) -> Any:
    """Return a whole public page by its primary key; raise `Http404` where there is none."""
    page = registry.content.page(pk) if pk <= cursors.LARGEST else None
    if page is None or (found := whole(page)) is None:
        raise Http404("No public page has this id.")
    return found


def redirect_from(request: HttpRequest, path: str) -> ResolvedRedirect | None:
    """Return where editors have led a path; None where they have not, or to a hidden page."""
    way = find_way(request, path)
    if way is None:
        return None
    location = absolute(way.redirect.redirect_link)
    if way.page:
        route = (way.redirect.redirect_page_route_path or "").lstrip("/")
        location = f"{page_url(way.page)}{route}"
    if not location:
        return None
    return ResolvedRedirect(location=way.with_query(location), permanent=way.redirect.is_permanent)


# --- Lists --------------------------------------------------------------------------------------


def written_out(value: Any) -> Any:
    """Refuse a bare number, such as a year: it would be taken for seconds since 1970."""
    if isinstance(value, str) and value.strip().isdecimal():
        raise ValueError("Write a date as in 2026-05-23.")
    return value


class PagesQuery(BaseModel):
    """What `/pages` is asked for."""

    type: list[TypeName] = Field(default=[], description="One type, or several.")
    locale: LocaleName | None = Field(default=None, description="Empty: all languages.")
    tag: Text | None = Field(default=None, description="A tag's `slug`.")
    department: Text | None = Field(default=None, description="A department's `slug`.")
    article: Text | None = Field(default=None, description="An article's `slug`, as in `12a`.")
    under: Text | None = Field(
        default=None, description="Pages at and below this path (`/blog/`) or id."
    )
    q: Text | None = Field(default=None, description="Words; the most relevant come first.")
    published_after: Annotated[dt.datetime | None, BeforeValidator(written_out)] = Field(
        default=None, description="First published after this moment; a date means its midnight."
    )
    order: Order = Field(default="-published", description="Ignored with `q`.")
    limit: int = Field(default=20, ge=1, le=100)
    cursor: str | None = Field(
        default=None,
        max_length=cursors.MAX_LENGTH,
        pattern=r"^[A-Za-z0-9_-]+$",
        description="`next_cursor` of the answer before.",
    )

    @property
    def list_order(self) -> str:
        """Return the name of the order that cursors belong to."""
        return self.order if self.q is None else "relevance"

    def moment(self) -> dt.datetime | None:
        """Return `published_after` in UTC; raise `InvalidError` for one beyond the calendar."""
        value = self.published_after
        if value is None:
            return None
        try:
            aware = value if value.tzinfo else timezone.make_aware(value)
            return aware.astimezone(dt.UTC)
        except OverflowError as error:
            raise InvalidError("published_after", "No calendar reaches there.") from error

    def as_query(self) -> Query:
        """Return what content is asked for; raise `InvalidError`."""
        return Query(
            types=tuple(self.type),
            locale=self.locale,
            tag=self.tag,
            department=self.department,
            article=self.article,
            under=self.under,
            published_after=self.moment(),
            words=self.q,
            order=self.order,
            after=cursors.decode(self.cursor, self.list_order) if self.cursor else None,
            limit=self.limit,
        )


class FilterChoice(Schema):
    """A value of a filter with the number of pages that it would leave."""

    value: str
    label: str
    count: int


class Facets(Schema):
    """Every filter's values, counted under all other filters."""

    type: list[FilterChoice]
    locale: list[FilterChoice]
    tag: list[FilterChoice]
    department: list[FilterChoice]
    article: list[FilterChoice]


class PageList(Schema):
    """Cards of public pages."""

    items: list[AnyCard]
    total: int = Field(description="How many pages match, on all parts of the list.")
    facets: Facets
    next_cursor: str | None = Field(description="None: this is the last part.")


@router.get(
    "/pages",
    operation_id="list_pages",
    summary="List pages",
    response={200: PageList, **ERRORS},
)
def list_pages(request: HttpRequest, query: InQuery[PagesQuery]) -> HttpResponse:
    """Return the cards of public pages, with all filters and their counts."""
    touch("pages")
    content = registry.content
    try:
        found = content.find(content.site(request), query.as_query())
    except UnknownValueError as error:
        raise Http404(": ".join(error.args)) from error
    return answer(
        PageList(
            items=[card(page) for page in content.cards(found.ids)],
            total=found.total,
            facets=Facets.model_validate(found.facets),
            next_cursor=cursors.encode(query.list_order, *found.next) if found.next else None,
        )
    )


# --- The menu -----------------------------------------------------------------------------------


class NavigationItem(PageRef):
    """A page of the menu with those below it."""

    children: "list[NavigationItem]"


class Navigation(Schema):
    """The menu of a language."""

    locale: str
    home: PageRef
    items: list[NavigationItem]


@router.get(
    "/navigation",
    operation_id="get_navigation",
    summary="Read the menu",
    response={200: Navigation, **ERRORS},
)
def get_navigation(
    request: HttpRequest,
    locale: LocaleName = settings.LANGUAGE_CODE,
    depth: Annotated[int, Field(ge=1, le=5)] = 2,
) -> HttpResponse:
    """Return the menu of a language as a tree: pages that editors show in menus."""
    touch("navigation")
    pages = registry.content.menu(registry.content.site(request), locale)
    if not pages:
        raise Http404("This language has no home page.")
    home, *below = (page for page in pages if page.depth <= pages[0].depth + depth)
    return answer(
        Navigation(locale=locale, home=PageRef.model_validate(home), items=menu(below, home))
    )


def menu(pages: list[Page], parent: Page) -> list[NavigationItem]:
    """Return the pages right below `parent`, each with those below it."""
    return [
        NavigationItem(
            **PageRef.model_validate(page).model_dump(),
            children=menu([one for one in pages if one.is_descendant_of(page)], page),
        )
        for page in pages
        if page.is_child_of(parent)
    ]
