"""Slugs that no page may have: the addresses that they would make belong to something else."""

import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import LocalePrefixPattern, URLResolver, get_resolver
from django.utils.translation import get_language_from_path
from django.utils.translation import gettext as _t
from wagtail.models import Page, Site

_FIRST_SEGMENT = re.compile(r"\^?([-\w]+)(?:/|\\?\Z)")


def below_page(route: Any) -> Any:
    """Return a route of the URLconf, marked: it stands below a page and takes none of its slug."""
    route.is_below_page = True
    return route


def first_segments(patterns: Iterable[Any]) -> Iterator[str]:
    """Yield what addresses below `patterns` of a URLconf begin with, where it is a fixed word."""
    for pattern in patterns:
        if getattr(pattern, "is_below_page", False):
            continue
        # A language's prefix depends on who asks; `is_language` knows them all.
        route = "" if isinstance(pattern.pattern, LocalePrefixPattern) else str(pattern.pattern)
        if found := _FIRST_SEGMENT.match(route):
            yield found.group(1)
        elif not route and isinstance(pattern, URLResolver):
            yield from first_segments(pattern.url_patterns)


def is_language(slug: str) -> bool:
    """Tell whether an address that begins with `slug` is one of another language.

    Django reads variants, too: "en-passant" is English to it.
    """
    codes = dict(settings.LANGUAGES)
    return slug in codes or get_language_from_path(f"/{slug}/") not in (
        None,
        settings.LANGUAGE_CODE,
    )


def is_site_root(page: Page) -> bool:
    """Tell whether a site's addresses begin at a page, now or once there is a site for it."""
    roots = Site.get_site_root_paths()
    return page.depth == 2 or any(page.url_path == root.root_path for root in roots)


def is_reserved(slug: str, parent: Page | None) -> bool:
    """Tell whether no page below `parent` can be reached under `slug`."""
    if parent is None or parent.is_root():
        return False
    routes: Any = getattr(parent.specific_class, "get_subpage_urls", tuple)()
    if slug in first_segments(routes):
        return True
    if not is_site_root(parent):
        return _is_taken_below(slug, parent)
    files = (
        urlsplit(str(url)).path.split("/") for url in (settings.STATIC_URL, settings.MEDIA_URL)
    )
    return (
        slug in first_segments(get_resolver().url_patterns)
        or any(slug == parts[1] for parts in files if len(parts) > 1)
        or is_language(slug)
    )


def _is_taken_below(slug: str, parent: Page) -> bool:
    """Tell whether a route that stands below a page is what `slug` below `parent` would be."""
    routes = {
        str(pattern.pattern)
        for pattern in get_resolver().url_patterns
        if getattr(pattern, "is_below_page", False)
    }
    return any(
        f"{parent.url_path.removeprefix(root.root_path)}{slug}/" in routes
        for root in Site.get_site_root_paths()
        if parent.url_path.startswith(root.root_path)
    )


def free_slug(slug: str, parent: Page | None) -> str:
    """Return `slug`, or the nearest one that is not reserved below `parent`."""
    candidates = (slug, f"{slug}-2", f"seite-{slug}")
    return next(candidate for candidate in candidates if not is_reserved(candidate, parent))


def refuse_reserved(slug: str, parent: Page | None) -> None:
    """Raise `ValidationError` for a slug whose address belongs to something else."""
    if is_reserved(slug, parent):
        message = _t(
            "The website itself uses the address “%(slug)s” here: the page could not be reached. "
            "Please choose another one, for example “%(other)s”."
        )
        raise ValidationError(
            message, code="reserved_slug", params={"slug": slug, "other": free_slug(slug, parent)}
        )
