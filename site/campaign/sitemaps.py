"""The sitemap: every page that the public may see, in all languages."""

from functools import reduce
from operator import or_

from django.db.models import Q
from wagtail.contrib.sitemaps import Sitemap
from wagtail.models import Page

from home.visibility import VisiblePageQuerySet, visible_pages


class VisiblePagesSitemap(Sitemap):
    """The visible pages of one site and its translations; a fixed number of queries."""

    def items(self) -> VisiblePageQuerySet:
        """Return the pages in the tree's order, as plain pages."""
        home = self.get_wagtail_site().root_page
        homes = Page.objects.filter(translation_key=home.translation_key, depth=home.depth)
        branches = (Q(path__startswith=path) for path in homes.values_list("path", flat=True))
        return visible_pages().filter(reduce(or_, branches)).order_by("path")
