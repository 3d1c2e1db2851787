"""Absolute addresses, for readers who stand elsewhere: of the site's files, and of its pages.

Pages stand at the site, or at a headless client that shows them instead of it:
`WAGTAIL_HEADLESS_PREVIEW["CLIENT_URLS"]` names the clients by the site's host name, and
`HEADLESS_RENDER_PAGES = False` says that the site itself shows no pages.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Protocol
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from wagtail.images.models import AbstractImage
from wagtail.models import Page, Site
from wagtail_headless_preview.settings import headless_preview_settings


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


# --- Pages --------------------------------------------------------------------------------------


def renders_pages() -> bool:
    """Tell whether the site shows its pages itself."""
    return bool(getattr(settings, "HEADLESS_RENDER_PAGES", True))


def client_root(site_root: str) -> str:
    """Return where a client shows the pages of a site, without a slash at the end.

    `site_root` is the site's own address; "" means that there is no client.
    """
    clients = headless_preview_settings.CLIENT_URLS
    address = clients.get(urlsplit(site_root).hostname) or clients.get("default", "")
    return str(address).format(SITE_ROOT_URL=site_root).rstrip("/")


def pages_root(site_root: str) -> str:
    """Return where the pages of a site are read: at its client, if the site shows none itself."""
    return (not renders_pages() and client_root(site_root)) or site_root


def client_url(page: Page) -> str:
    """Return a page's address at the client; "" without a client, or for a page of no site."""
    root, path = _place(page)
    client = client_root(root)
    return client + path if client and path else ""


def page_url(page: Page) -> str:
    """Return a page's absolute address; "" for a page of no site."""
    root, path = _place(page)
    return pages_root(root) + path if path else ""


def page_file(page: Page, name: str) -> str:
    """Return the absolute address of a file below a page; the site serves it, no client does."""
    root, path = _place(page)
    return f"{root}{path}{name}" if path else ""


def page_path(page: Page) -> str:
    """Return a page's address below the root of its site; "" for a page of no site."""
    return _place(page)[1]


def page_link(page: Page) -> str:
    """Return what links to a page: an absolute address in the API's answers, else the site's."""
    return page_url(page) if _root.get() else page.get_url() or ""


def _place(page: Page) -> tuple[str, str]:
    """Return the address of a page's site, and the page's own below it."""
    _site, root, path = page.get_url_parts() or (None, None, None)
    return root or "", path or ""
