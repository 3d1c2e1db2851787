"""Where editors have led a path: never to a page that is not public."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.http import HttpRequest
from wagtail.contrib.redirects.middleware import get_redirect
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from .registry import registry


@dataclass(frozen=True)
class Way:
    """A redirect, the public page that it leads to, if to a page, and the query to keep."""

    redirect: Redirect
    page: Page | None
    query: str

    def with_query(self, location: str) -> str:
        """Return where the way leads with the query, unless an address has one of its own."""
        if not self.query or urlsplit(location).query:
            return location
        return urlsplit(location)._replace(query=self.query).geturl()


def find_way(request: HttpRequest, path: str) -> Way | None:
    """Return where a path, with its query, leads; None for nowhere and for a hidden page."""
    whole = Redirect.normalise_path(path, decode_unicode=False)
    bare, _mark, query = whole.partition("?")
    if found := get_redirect(request, whole):
        query = ""
    else:
        found = get_redirect(request, bare)
    if found is None:
        return None
    page = None
    if found.redirect_page_id:
        page = registry.content.public_pages().filter(pk=found.redirect_page_id).first()
        if page is None:
            return None
    # As it was sent: to look it up, Wagtail sorts it.
    return Way(found, page, query and urlsplit(path).query)
