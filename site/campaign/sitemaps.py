"""The sitemap: every page that the public may see, in all languages."""

from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q
from wagtail.contrib.sitemaps import Sitemap
from wagtail.models import Page

from api.addresses import pages_root
from home.visibility import VisiblePageQuerySet, visible_pages


class VisiblePagesSitemap(Sitemap):
    """The visible pages of one site and its translations; a fixed number of queries."""

    def items(self) -> VisiblePageQuerySet:
        """Return the pages in the tree's order, as plain pages."""
        home = self.get_wagtail_site().root_page
        homes = Page.objects.filter(translation_key=home.translation_key, depth=home.depth)
        branches = (Q(path__startswith=path) for path in homes.values_list("path", flat=True))
        return visible_pages().filter(reduce(or_, branches)).order_by("path")

    def _urls(self, page: int, protocol: str, domain: str) -> list[dict[str, Any]]:
        """Return the entries with the addresses where people read the pages."""
        root = self.get_wagtail_site().root_url
        urls: list[dict[str, Any]] = super()._urls(page, protocol, domain)
        for url in urls:
            if url["location"].startswith(f"{root}/"):
                url["location"] = pages_root(root) + url["location"].removeprefix(root)
        return urls
