"""The page that lists others: paginated, filtered, with a feed where a type wants one."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from ..listing import ARTICLE, DEPARTMENT, PUBLISHED, TAG, Facet, Listing
from ..lookups import current_lookups
from .base import CampaignPage


class IndexPage(CampaignPage):
    """An overview of pages of one type; abstract."""

    introduction = models.TextField(_("introduction"), max_length=600, blank=True)

    #: The filters that the list offers: all that its page type can know.
    facets: ClassVar[tuple[Facet, ...]] = (DEPARTMENT, ARTICLE, TAG, PUBLISHED)
    prose_fields = (*CampaignPage.prose_fields, "introduction")
    is_article = False
    prefetched = ()

    parent_page_types = ["home.HomePage"]
    max_count_per_parent = 1

    content_panels = [*CampaignPage.content_panels, FieldPanel("introduction")]
    search_fields = [*CampaignPage.search_fields, index.SearchField("introduction")]

    class Meta:
        abstract = True

    @classmethod
    def listed_type(cls) -> type[CampaignPage]:
        """Return the page type that this overview lists."""
        raise NotImplementedError

    def get_route_paths(self) -> list[str]:
        """Return where the overview stands, and its feed: old addresses of both lead on."""
        paths = super().get_route_paths()
        return [*paths, "/feed/"] if hasattr(self, "feed") else paths

    def listing(self, request: HttpRequest) -> Listing:
        """Return the list that the request asks for."""
        model = self.listed_type()
        return Listing(
            pages=model.for_cards().visible().child_of(self),
            facets_offered=self.facets,
            query=request.GET,
            path=request.path if not getattr(request, "is_preview", False) else "",
            order=(model.listing_order, "-pk"),
        )

    def view_image_ids(self) -> list[int]:
        """Return the pictures of the listed pages' cards too, where the view has a list."""
        items = self._listing.items if hasattr(self, "_listing") else ()
        return [*super().view_image_ids(), *(pk for page in items for pk in page.image_ids())]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the list, its pictures fetched together."""
        listing = self._listing = self.listing(request)
        context = super().get_context(request, *args, **kwargs)
        current_lookups().attach_images(listing.items)
        return context | {"listing": listing, "seo": context["seo"].for_list(listing)}
