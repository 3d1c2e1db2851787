"""The sitemap: every page that the public may see, in all languages."""

from collections import defaultdict
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q
from wagtail.contrib.sitemaps import Sitemap
from wagtail.models import Page

from api.addresses import pages_root
from home.versions import alternates
from home.visibility import VisiblePageQuerySet, visible_pages


class VisiblePagesSitemap(Sitemap):
    """The visible pages of one site and its translations; a fixed number of queries."""

    def items(self) -> VisiblePageQuerySet:
        """Return the pages in the tree's order, as plain pages."""
        home = self.get_wagtail_site().root_page
        homes = Page.objects.filter(translation_key=home.translation_key, depth=home.depth)
        branches = (Q(path__startswith=path) for path in homes.values_list("path", flat=True))
        return visible_pages().filter(reduce(or_, branches)).order_by("path")

    def location(self, obj: Page) -> str:
        """Return the address where people read a page."""
        root = self.get_wagtail_site().root_url
        address = obj.get_full_url(self.request) or ""
        if address.startswith(f"{root}/"):
            address = pages_root(root) + address.removeprefix(root)
        return address

    def _urls(self, page: int, protocol: str, domain: str) -> list[dict[str, Any]]:
        """Return the entries, each with the page's other languages."""
        pages = list(self.paginator.page(page).object_list)
        addresses: dict[Any, dict[str, str]] = defaultdict(dict)
        for one in pages:
            addresses[one.translation_key][one.locale.language_code] = self.location(one)
        days = [self.lastmod(one) for one in pages]
        if days and None not in days:
            self.latest_lastmod = max(days)
        return [
            {
                "location": addresses[one.translation_key][one.locale.language_code],
                "lastmod": day,
                "alternates": [
                    {"lang_code": code, "location": address}
                    for code, address in alternates(addresses[one.translation_key])
                ],
            }
            for one, day in zip(pages, days, strict=True)
        ]
