"""The API's own endpoints: pages found by path, in lists, alone, and in the menu."""

import datetime as dt
from typing import Annotated, Any, Literal

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from ninja import Query as InQuery
from ninja import Router
from pydantic import BaseModel, Field, create_model
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from . import cursors
from .addresses import absolute, page_url
from .content import Choice, Order, Query, UnknownValueError
from .registry import registry
from .schemas import PageRef, Problem, Schema, card, whole
from .touched import touch

#: Text in a parameter: databases know no null character.
Text = Annotated[str, Field(max_length=200, pattern=r"^[^\u0000]*$")]
Path_ = Annotated[str, Field(min_length=1, max_length=2048, pattern=r"^/[^\u0000]*$")]
#: What any operation may answer instead.
ERRORS: dict[int, Any] = dict.fromkeys((400, 404, 405, 414, 422, 429), Problem)


def answer(content: BaseModel) -> HttpResponse:
    """Return an answer as JSON, written once."""
    return HttpResponse(content.model_dump_json(), content_type="application/json")


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


class ResolvedRedirect(Schema):
    """The path leads elsewhere."""

    kind: Literal["redirect"] = "redirect"
    location: str = Field(description="Absolute.")
    permanent: bool


class NavigationItem(PageRef):
    """A page of the menu with those below it."""

    children: "list[NavigationItem]"


class Navigation(Schema):
    """The menu of a language."""

    locale: str
    home: PageRef
    items: list[NavigationItem]


def make_router() -> Router:
    """Return the router; its shapes name all types that apps have registered."""
    unions = registry.complete()
    router = Router()
    type_name = Literal[tuple(registry.type_names())]  # type: ignore[valid-type]
    locale_name = Literal[tuple(code for code, _name in settings.LANGUAGES)]  # type: ignore[valid-type]

    class PagesQuery(BaseModel):
        """What `/pages` is asked for."""

        type: list[type_name] = Field(default=[], description="One type, or several.")  # type: ignore[valid-type]
        locale: locale_name | None = Field(default=None, description="Empty: all languages.")  # type: ignore[valid-type]
        tag: Text | None = Field(default=None, description="A tag's `slug`.")
        department: Text | None = Field(default=None, description="A department's `slug`.")
        article: Text | None = Field(default=None, description="An article's `slug`, as in `12a`.")
        under: Text | None = Field(
            default=None, description="Pages at and below this path (`/blog/`) or id."
        )
        q: Text | None = Field(default=None, description="Words; the most relevant come first.")
        published_after: dt.datetime | dt.date | None = Field(
            default=None, description="First published after this moment."
        )
        order: Order = Field(default="-published", description="Ignored with `q`.")
        limit: int = Field(default=20, ge=1, le=100)
        cursor: str | None = Field(
            default=None,
            max_length=cursors.MAX_LENGTH,
            pattern=r"^[A-Za-z0-9_-]+$",
            description="`next_cursor` of the answer before.",
        )

    page_list = create_model(
        "PageList",
        __base__=Schema,
        __doc__="Cards of public pages.",
        items=(list[unions["AnyCard"]], ...),  # type: ignore[valid-type]
        total=(int, Field(description="How many pages match, on all parts of the list.")),
        facets=(Facets, ...),
        next_cursor=(str | None, Field(description="None: this is the last part.")),
    )
    resolved_page = create_model(
        "ResolvedPage",
        __base__=Schema,
        __doc__="A page stands at the path.",
        kind=(Literal["page"], "page"),
        page=(unions["AnyPage"], ...),
    )
    resolved = Annotated[resolved_page | ResolvedRedirect, Field(discriminator="kind")]  # type: ignore[valid-type]

    @router.get(
        "/resolve",
        operation_id="resolve",
        summary="Find what stands at a path",
        response={200: resolved, **ERRORS},
    )
    def resolve(request: HttpRequest, path: Path_) -> HttpResponse:
        """Return the public page at a path of the site, or where the path leads instead."""
        site = registry.content.site(request)
        wanted = path.partition("?")[0].partition("#")[0]
        if page := registry.content.find_path(site, wanted):
            return answer(resolved_page(page=shown(page.pk)))
        touch("redirects")
        if found := redirect_from(site, path):
            return answer(found)
        raise Http404("No public page stands at this path, and it leads nowhere.")

    @router.get(
        "/pages",
        operation_id="list_pages",
        summary="List pages",
        response={200: page_list, **ERRORS},
    )
    def list_pages(request: HttpRequest, query: InQuery[PagesQuery]) -> HttpResponse:
        """Return the cards of public pages, with all filters and their counts."""
        touch("pages")
        order = query.order if query.q is None else "relevance"
        moment = query.published_after
        if isinstance(moment, dt.date) and not isinstance(moment, dt.datetime):
            moment = dt.datetime.combine(moment, dt.time())
        try:
            if moment and moment.tzinfo is None:
                moment = moment.replace(tzinfo=dt.UTC)
            asked = Query(
                types=query.type,
                locale=query.locale,
                tag=query.tag,
                department=query.department,
                article=query.article,
                under=query.under,
                published_after=moment,
                words=query.q,
                order=query.order,
                after=cursors.decode(query.cursor, order) if query.cursor else None,
                limit=query.limit,
            )
            found = registry.content.find(registry.content.site(request), asked)
        except UnknownValueError as error:
            raise Http404(": ".join(error.args)) from error
        return answer(
            page_list(
                items=[card(page) for page in registry.content.cards(found.ids)],
                total=found.total,
                facets=facets(found.facets),
                next_cursor=cursors.encode(order, *found.next) if found.next else None,
            )
        )

    @router.get(
        "/pages/{int:page_id}",
        operation_id="get_page",
        summary="Read a page",
        response={200: unions["AnyPage"], **ERRORS},
    )
    def get_page(request: HttpRequest, page_id: int) -> HttpResponse:  # noqa: ARG001
        """Return a whole public page."""
        return answer(shown(page_id))

    @router.get(
        "/navigation",
        operation_id="get_navigation",
        summary="Read the menu",
        response={200: Navigation, **ERRORS},
    )
    def get_navigation(
        request: HttpRequest,
        locale: locale_name = settings.LANGUAGE_CODE,  # type: ignore[valid-type]
        depth: Annotated[int, Field(ge=1, le=5)] = 2,
    ) -> HttpResponse:
        """Return the menu of a language as a tree: pages that editors show in menus."""
        touch("navigation")
        site = registry.content.site(request)
        pages = registry.content.menu(site, locale)
        if not pages:
            raise Http404("This language has no home page.")
        home, *below = (page for page in pages if page.depth <= pages[0].depth + depth)
        return answer(Navigation(locale=locale, home=home, items=menu(below, home)))

    return router


def shown(pk: int) -> Any:
    """Return a whole public page by its primary key; raise `Http404` where there is none."""
    page = registry.content.page(pk) if pk <= cursors.LARGEST else None
    if page is None or (found := whole(page)) is None:
        raise Http404("No public page has this id.")
    return found


def facets(found: Any) -> Facets:
    """Return the filters with their values."""

    def choices(values: list[Choice]) -> list[FilterChoice]:
        return [FilterChoice.model_validate(value) for value in values]

    return Facets(**{name: choices(found.get(name, [])) for name in Facets.model_fields})


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


def redirect_from(site: Any, path: str) -> ResolvedRedirect | None:
    """Return where editors have led a path; None where they have not."""
    old = Redirect.normalise_path(path)
    found = (
        Redirect.get_for_site(site)
        .filter(old_path__in={old, old.partition("?")[0]})
        .select_related("redirect_page")
        .first()
    )
    if found is None:
        return None
    if found.redirect_page_id:
        target = registry.content.public_pages().filter(pk=found.redirect_page_id).first()
        location = (
            page_url(target) + (found.redirect_page_route_path or "").lstrip("/") if target else ""
        )
    else:
        location = absolute(found.redirect_link)
    return ResolvedRedirect(location=location, permanent=found.is_permanent) if location else None
