"""Absolute addresses, for readers who stand elsewhere."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Protocol
from urllib.parse import urljoin, urlsplit

from wagtail.images.models import AbstractImage
from wagtail.models import Page, Site


class Shelf(Protocol):
    """Where files lie that readers do not fetch from this site, as in an export."""

    def sources(self, image: AbstractImage) -> list[dict[str, Any]]:
        """Return a picture's sizes, each with its place."""

    def place_of(self, address: str) -> str | None:
        """Return the place of the file that this site has at an address; None for no such file."""


_root: ContextVar[str] = ContextVar("root", default="")
_shelf: ContextVar[Shelf | None] = ContextVar("shelf", default=None)


@contextmanager
def at_site(site: Site) -> Iterator[None]:
    """Make addresses in the block absolute with those of a site."""
    token = _root.set(site.root_url)
    try:
        yield
    finally:
        _root.reset(token)


@contextmanager
def on_shelf(shelf: Shelf) -> Iterator[None]:
    """Make addresses of pictures and documents in the block those of a shelf."""
    token = _shelf.set(shelf)
    try:
        yield
    finally:
        _shelf.reset(token)


def current_shelf() -> Shelf | None:
    """Return where files lie; None where readers fetch them from this site."""
    return _shelf.get()


def absolute(address: str) -> str:
    """Return an address with scheme and host; a whole one, "#…" and "mailto:…" stay as they are.

    A file on a shelf has its place there.
    """
    if (shelf := current_shelf()) and (place := shelf.place_of(address)):
        return place
    return urljoin(f"{_root.get()}/", address) if address.startswith("/") else address


def page_url(page: Page) -> str:
    """Return a page's absolute address; "" for a page of no site."""
    return absolute(page.url or "")


def path_of(address: str) -> str:
    """Return the path of an address."""
    return urlsplit(address).path
