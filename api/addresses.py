"""Absolute addresses, for readers who stand elsewhere."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from urllib.parse import urljoin, urlsplit

from wagtail.models import Page, Site

_root: ContextVar[str] = ContextVar("root", default="")


@contextmanager
def at_site(site: Site) -> Iterator[None]:
    """Make addresses in the block absolute with those of a site."""
    token = _root.set(site.root_url)
    try:
        yield
    finally:
        _root.reset(token)


def absolute(address: str) -> str:
    """Return an address with scheme and host; a whole one, "#…" and "mailto:…" stay as they are."""
    return urljoin(f"{_root.get()}/", address) if address.startswith("/") else address


def page_url(page: Page) -> str:
    """Return a page's absolute address; "" for a page of no site."""
    return absolute(page.url or "")


def path_of(address: str) -> str:
    """Return the path of an address."""
    return urlsplit(address).path
