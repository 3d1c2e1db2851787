"""What the public may see: one queryset method, used by everything that lists or links pages."""

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Self

from django.db.models import F, Q
from django.utils import timezone
from wagtail.models import Page, PageManager, Site
from wagtail.query import PageQuerySet

from .lookups import current_lookups


def expired() -> Q:
    """Match pages whose end has come, whether or not the scheduler has run since."""
    return Q(expire_at__lte=timezone.now())


def is_expired(page: Page) -> bool:
    """Tell whether `page`'s end has come."""
    return bool(page.expire_at and page.expire_at <= timezone.now())


def on_a_site() -> Q:
    """Match pages that some site shows, each in its branch's language; the roots are cached."""
    roots = [
        Q(url_path__startswith=root.root_path, locale__language_code=root.language_code)
        for root in Site.get_site_root_paths()
    ]
    return reduce(or_, roots, Q(pk__in=[])) if roots else Q(pk__in=[])


def private() -> Q:
    """Match pages with a restriction of their own; an alias has its source's."""
    return Q(view_restrictions__isnull=False) | Q(alias_of__view_restrictions__isnull=False)


def untranslated() -> Q:
    """Match places kept for a translation: they show a page of another language."""
    return Q(alias_of__isnull=False) & ~Q(alias_of__locale=F("locale"))


def is_untranslated(page: Page) -> bool:
    """Tell whether `page` only keeps a place for a translation."""
    return bool(page.alias_of_id and page.alias_of.locale_id != page.locale_id)


def hidden_root() -> Q:
    """Match pages that have others below them and that the public may not see."""
    return Q(numchild__gt=0) & (Q(live=False) | expired() | private() | untranslated())


def topmost(paths: Iterable[str]) -> tuple[str, ...]:
    """Return those of some ordered tree paths that lie below no other."""
    found: list[str] = []
    for path in paths:
        if not found or not path.startswith(found[-1]):
            found.append(path)
    return tuple(found)


def find_hidden_branches() -> tuple[str, ...]:
    """Return the tree paths at and below which nothing is public; one query."""
    return topmost(
        Page.objects.filter(hidden_root()).order_by("path").values_list("path", flat=True)
    )


class VisiblePageQuerySet(PageQuerySet):
    """A page queryset that knows what the public may see."""

    def visible(self) -> Self:
        """Return the pages that anyone may read now, without an account or a password.

        Left out: drafts, pages in moderation or scheduled, withdrawn, expired and private ones,
        those that wait for their translation, everything below such a page, and pages that belong
        to no site.
        """
        pages = self.filter(on_a_site(), live=True).exclude(expired() | private() | untranslated())
        branches = current_lookups().hidden_branches(find_hidden_branches)
        if branches:
            pages = pages.exclude(reduce(or_, (Q(path__startswith=path) for path in branches)))
        return pages


VisiblePageManager = PageManager.from_queryset(VisiblePageQuerySet)


def visible_pages() -> VisiblePageQuerySet:
    """Return all pages of any type that anyone may read now."""
    return VisiblePageQuerySet(Page).visible().select_related("locale")


def is_visible(page: Page) -> bool:
    """Tell whether anyone may read `page` now."""
    return visible_pages().filter(pk=page.pk).exists()
