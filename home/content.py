"""What the API asks of pages, answered from the page tree in a fixed number of queries."""

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import reduce
from operator import or_
from typing import Any, cast

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db.models import (
    F,
    Max,
    Min,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
    prefetch_related_objects,
)
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import get_language
from wagtail.models import Page, Site

from api.content import Choice, Found, Freshness, Order, Query, UnknownValueError
from api.models import PublicPage
from api.registry import registry

from .alphabet import alphabetical
from .facets import FILTERS, Filters, total_and_facets
from .lookups import current_lookups, lookups
from .models import CampaignPage, ContentVersion, PageArticle, PageTag
from .pictures import showing
from .references import named_in
from .search import MAX_KEYS, ranked, terms_of
from .search_store import scores
from .visibility import VisiblePageQuerySet, visible_pages

#: Before everything: pages without a date come last when the newest come first.
LONG_AGO = dt.datetime(1, 1, 2, tzinfo=dt.UTC)
#: By order: the expression that sorts, and the lookup of what comes after.
ORDERS: dict[Order, tuple[Any, str]] = {
    "-published": (Coalesce("first_published_at", Value(LONG_AGO)), "lt"),
    "published": (Coalesce("first_published_at", Value(LONG_AGO)), "gt"),
    "title": (alphabetical("title"), "gt"),
    "-title": (alphabetical("title"), "lt"),
    "path": (F("path"), "gt"),
}


class CampaignContent:
    """The campaign's pages, as `api.content.Content` wants them."""

    @contextmanager
    def scope(self) -> Iterator[None]:
        """Keep what is looked up until the block ends; it is for the public, or else a draft's."""
        shown = showing.are_shown()
        with lookups(renditions=False), showing.held_pictures(shown=shown):
            yield

    @contextmanager
    def drafts(self) -> Iterator[None]:
        """Show pictures that are held back until the block ends."""
        with showing.held_pictures(shown=True):
            yield

    def shows_drafts(self) -> bool:
        """Tell whether pictures that are held back are shown right now."""
        return showing.are_shown()

    # --- Freshness ------------------------------------------------------------------------------

    def freshness(self) -> Freshness:
        """Return the content's mark with the day and the last expiry, which change it as well."""
        store = current_lookups()
        if store.freshness is None:
            store.freshness = self._freshness()
        return store.freshness

    @staticmethod
    def _freshness() -> Freshness:
        now = timezone.localtime()
        live = Page.objects.filter(live=True).order_by().values("live")
        last = live.filter(expire_at__lte=now).annotate(at=Max("expire_at"))
        coming = live.filter(expire_at__gt=now).annotate(at=Min("expire_at"))
        mark, past, expiry = (
            ContentVersion.objects.filter(pk=1)
            .annotate(last=Subquery(last.values("at")), coming=Subquery(coming.values("at")))
            .values_list("mark", "last", "coming")
            .first()
        ) or ("", None, None)
        midnight = (now + dt.timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
        seconds = (min(expiry or midnight, midnight) - now).total_seconds()
        return Freshness(f"{mark} {past} {now.date()}", int(seconds))

    # --- Finding --------------------------------------------------------------------------------

    def site(self, request: HttpRequest | None) -> Site:
        """Return the site that a request asks, else the default one."""
        site = Site.find_for_request(request) if request else None
        site = site or Site.objects.filter(is_default_site=True).first()
        if site is None:
            raise Http404
        return cast(Site, site)

    def public_pages(self) -> Any:
        """Return all pages of any type that anyone may read now."""
        return visible_pages().filter(depth__gt=1)

    def find_path(self, site: Site, path: str) -> Page | None:
        """Return the public page at a path of the site; a last slash may be missing."""
        parts = [part for part in path.split("/") if part]
        roots = self._roots(site)
        language = settings.LANGUAGE_CODE
        if parts and parts[0] != language and parts[0] in roots:
            language = parts.pop(0)
        if language not in roots:
            return None
        url_path = "".join([roots[language], *(f"{part}/" for part in parts)])
        return self.public_pages().filter(url_path=url_path).first()

    @staticmethod
    def _roots(site: Site) -> dict[str, str]:
        """Return the tree's address of a site's home page in each language; no query."""
        return {
            root.language_code: root.root_path
            for root in Site.get_site_root_paths()
            if root.site_id == site.pk
        }

    def _on_site(self, site: Site) -> Q:
        """Match the pages of a site in all its languages."""
        roots = self._roots(site).values()
        return reduce(or_, (Q(url_path__startswith=root) for root in roots), Q(pk__in=[]))

    def ledger(self) -> Iterator[PublicPage]:
        """Yield what the outside may know of every public page; one query."""
        names = {
            content_type.pk: registry.page_types[model].name
            for model, content_type in ContentType.objects.get_for_models(
                *registry.page_types
            ).items()
        }
        prefixes = {
            root.root_path: "/"
            if root.language_code == settings.LANGUAGE_CODE
            else f"/{root.language_code}/"
            for root in Site.get_site_root_paths()
        }
        rows = self.public_pages().filter(content_type__in=names).select_related(None)
        fields = ("pk", "content_type", "locale__language_code", "url_path", "last_published_at")
        for pk, type_id, locale, url_path, published_at in rows.values_list(*fields):
            root = next(root for root in prefixes if url_path.startswith(root))
            yield PublicPage(
                page_id=pk,
                type=names[type_id],
                locale=locale,
                path=f"{prefixes[root]}{url_path.removeprefix(root)}",
                published_at=published_at,
            )

    def menu(self, site: Site, locale: str) -> list[Page]:
        """Return the public pages of a language's menu in the tree's order, its home page first."""
        root = self._roots(site).get(locale)
        if root is None:
            return []
        shown = Q(url_path=root) | Q(url_path__startswith=root, show_in_menus=True)
        pages = list(self.public_pages().filter(shown).order_by("path"))
        return pages if pages and pages[0].url_path == root else []

    def find(self, site: Site, query: Query) -> Found:
        """Return the public pages that match, their number, and all filters with their counts."""
        filters = Filters(query)
        filters.always &= self._on_site(site)
        if query.under:
            filters.always &= Q(path__startswith=self._branch(site, query.under))
        if query.words is None:
            total, facets = self._counted(site, query, filters)
            ids, following = _ordered(filters.apply(VisiblePageQuerySet(Page)), query)
            return Found(ids, total, facets, following)
        return self._searched(query, filters)

    @staticmethod
    def _searched(query: Query, filters: "Filters") -> Found:
        """Return the most relevant pages; their numbers are those among the first `MAX_KEYS`."""
        terms = terms_of(query.words or "")
        if not terms or not all(terms):
            return Found([], 0, {name: [] for name in FILTERS})
        found = scores(terms)
        ids = _first_keys(ranked(found, filters.apply(VisiblePageQuerySet(Page))))
        filters.always &= Q(
            pk__in=_first_keys(ranked(found, filters.widest())) if filters.chosen else ids
        )
        _total, facets = total_and_facets(filters)
        start = query.after[1] if query.after else 0
        end = start + query.limit
        return Found(ids[start:end], len(ids), facets, (None, end) if end < len(ids) else None)

    def _counted(
        self, site: Site, query: Query, filters: "Filters"
    ) -> tuple[int, dict[str, list[Choice]]]:
        """Return the counts, made once while nothing changes."""
        asked = replace(query, order="path", after=None, limit=0)
        parts = (self.freshness().version, site.pk, asked, get_language())
        key = f"facets:{hashlib.sha256(repr(parts).encode()).hexdigest()}"
        return cast(
            tuple[int, dict[str, list[Choice]]],
            cache.get_or_set(key, lambda: total_and_facets(filters)),
        )

    def _branch(self, site: Site, under: str) -> str:
        """Return the tree path below which the pages lie that are "under" a path or a page."""
        page: Page | None
        if under.isascii() and under.isdecimal() and len(under) < 10:
            page = self.public_pages().filter(pk=int(under)).first()
        else:
            page = self.find_path(site, under)
        if page is None:
            raise UnknownValueError("under", "No public page has this id or path.")
        return str(page.path)

    # --- Fetching -------------------------------------------------------------------------------

    def cards(self, ids: Iterable[int]) -> list[Page]:
        """Return public pages as their own types, in order, with all that their cards hold.

        One query brings the rows of all types; links, authors and pictures take one each.
        """
        wanted = list(ids)
        models = list(registry.page_types)
        joins = [name for model in models for name in _joins(model)]
        bodies = [name for model in models for name in _bodies(model)]
        rows = Page.objects.filter(pk__in=wanted).select_related("locale", *joins).defer(*bodies)
        pages = [own for row in rows if (own := _own_type(row))]
        self._fetch_links(pages)
        current_lookups().fetch_images(_all_images(pages))
        _attach(pages)
        place = {pk: number for number, pk in enumerate(wanted)}
        return sorted(pages, key=lambda page: place[page.pk])

    def page(self, pk: int) -> Page | None:
        """Return a public page as its own type, with all that its schema holds."""
        found = self.public_pages().filter(pk=pk).first()
        model = found.specific_class if found else None
        if model not in registry.page_types:
            return None
        return self.prepare(model.for_view().get(pk=pk))

    def prepare(self, page: Page) -> Page:
        """Fetch all that the schema of a page holds; the page may be a draft."""
        own = cast(CampaignPage, page)
        named = named_in(own)
        named.images.update(_all_images([own]))
        store = current_lookups()
        store.fetch_named(own, named)
        shown = [found for found in store.pages.values() if found]
        self._fetch_links(shown)
        store.fetch_images(_all_images([own, *shown]))
        _attach([own, *shown])
        _set_surroundings(own)
        return own

    @staticmethod
    def _fetch_links(pages: Sequence[Any]) -> None:
        """Fetch what pages of any type are linked with: articles, tags, and each type's own."""
        if not pages:
            return
        prefetch_related_objects(
            pages,
            Prefetch("article_links", PageArticle.objects.select_related("article")),
            Prefetch("tag_links", PageTag.objects.select_related("tag")),
        )
        own: dict[tuple[str, str], list[Any]] = defaultdict(list)
        for page in pages:
            for link in page.api_links:
                own[link].append(page)
        for (name, joined), linked in own.items():
            model = linked[0]._meta.get_field(name).related_model
            prefetch_related_objects(
                linked, Prefetch(name, model._default_manager.select_related(joined))
            )


# --- Types of pages -----------------------------------------------------------------------------


def _accessor(model: type[Page]) -> str:
    """Return the name under which a page's row leads to that of its own type."""
    return str(model._meta.get_field("page_ptr").remote_field.get_accessor_name())


def _joins(model: Any) -> list[str]:
    """Return what a page's row is joined with to make a card of its own type."""
    accessor = _accessor(model)
    return [accessor, *(f"{accessor}__{name}" for name in model.joined)]


def _bodies(model: Any) -> list[str]:
    """Return the fields that no card shows, and that may be long."""
    names = {"body", "steps"} & {field.name for field in model._meta.local_fields}
    return [f"{_accessor(model)}__{name}" for name in sorted(names)]


def _own_type(row: Page) -> Any:
    """Return a page as its own type, from the joined row; None where the row is missing."""
    model = row.cached_content_type.model_class()
    own = getattr(row, _accessor(model), None) if model in registry.page_types else None
    if own is not None:
        own.locale = row.locale
    return own


def _all_images(pages: Iterable[Any]) -> list[int]:
    """Return the primary keys of all pictures that pages have in fields of their own."""
    ids = (getattr(page, f"{name}_id") for page in pages for name in page.image_fields)
    return [pk for pk in ids if pk]


def _attach(pages: Iterable[Any]) -> None:
    """Give pages all their pictures, as the request has fetched them."""
    for page in pages:
        page.take_images(current_lookups().images)


def _set_surroundings(page: Any) -> None:
    """Give a page its way back, its neighbours and its other languages."""
    page.api_previous, page.api_next = page.neighbours()
    page.api_related = page.related_pages()
    ancestors = page.ancestors_below_home() if page.pk else []
    others = visible_pages().filter(translation_key=page.translation_key).exclude(pk=page.pk)
    visible = visible_pages().filter(pk__in=[ancestor.pk for ancestor in ancestors])
    found = list((others | visible).order_by("path"))
    keys = {ancestor.pk for ancestor in ancestors}
    page.api_breadcrumbs = [one for one in found if one.pk in keys]
    page.api_translations = [one for one in found if one.pk not in keys]


def _first_keys(rows: list[tuple[Any, ...]]) -> list[int]:
    """Return the primary keys that the first of some rows begin with."""
    return [row[0] for row in rows[:MAX_KEYS]]


# --- Orders -------------------------------------------------------------------------------------


def _ordered(pages: QuerySet[Any], query: Query) -> tuple[list[int], tuple[Any, int] | None]:
    """Return the keys after those of the answer before, and where the next answer begins."""
    expression, beyond = ORDERS[query.order]
    pages = pages.annotate(sort=expression)
    if query.after:
        value, pk = query.after
        pages = pages.filter(
            Q(**{f"sort__{beyond}": value}) | Q(sort=value, **{f"pk__{beyond}": pk})
        )
    order = ("-sort", "-pk") if beyond == "lt" else ("sort", "pk")
    rows = list(pages.order_by(*order).values_list("sort", "pk")[: query.limit + 1])
    shown = rows[: query.limit]
    return [pk for _sort, pk in shown], shown[-1] if len(rows) > query.limit else None
