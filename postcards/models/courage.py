"""Courage cards, and their overview with one drawn by chance."""

from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import TaggedItemBase
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import path
from wagtail.fields import RichTextField
from wagtail.search import index

from home.listing import ARTICLE, DEPARTMENT, PUBLISHED, TAG, Facet
from home.models import CampaignPage

from .cards import CardIndexPage, PictureCard

OCCASION = Facet(
    "occasion", _("Occasion"), "occasion_links__tag__slug", "occasion_links__tag__name"
)


class CourageCardIndexPage(CardIndexPage):
    """All courage cards, and one drawn by chance."""

    facets = (OCCASION, DEPARTMENT, ARTICLE, TAG, PUBLISHED)

    subpage_types = ["postcards.CourageCardPage"]
    page_description = _("Shows all courage cards; “draw a card” shows one by chance.")
    page_icon = "copy"

    class Meta:
        verbose_name = _("overview of courage cards")
        verbose_name_plural = _("overviews of courage cards")

    @classmethod
    def listed_type(cls) -> type[CampaignPage]:
        """Return the courage card."""
        return CourageCardPage

    @property
    def draw_url(self) -> str:
        """Return the address that leads to a card by chance."""
        return f"{self.get_url() or ''}ziehen/"

    @path("ziehen/", name="draw")
    def draw(self, request: HttpRequest) -> HttpResponse:
        """Lead to a card by chance; to the overview while there is none."""
        pages = CourageCardPage.objects.visible().child_of(self)
        # The card that was just shown is not drawn again.
        shown = request.GET.get("nicht", "")
        if shown.isascii() and shown.isdecimal() and len(shown) < 10:
            pages = pages.exclude(pk=int(shown)) if pages.exclude(pk=int(shown)).exists() else pages
        card = pages.select_related("locale").order_by("?").first()
        response = redirect((card or self).get_url(request) or "/")
        response["Cache-Control"] = "no-store"
        response["X-Robots-Tag"] = "noindex"
        return response

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add where to draw a card."""
        return super().get_context(request, *args, **kwargs) | {"draw_url": self.draw_url}


class OccasionTag(TaggedItemBase):
    """When a courage card helps."""

    content_object = ParentalKey(
        "postcards.CourageCardPage", on_delete=models.CASCADE, related_name="occasion_links"
    )

    class Meta:
        verbose_name = _("occasion of a card")
        verbose_name_plural = _("occasions of cards")


class CourageCardPage(PictureCard):
    """A sentence that gives courage, with a few words on its back."""

    sentence = models.CharField(
        _("sentence"), max_length=140, help_text=_("At most 140 characters; “du” is welcome here.")
    )
    back_text = RichTextField(
        _("back"), features=["bold", "italic", "link"], blank=True, max_length=800
    )
    occasions = ClusterTaggableManager(
        through=OccasionTag,
        blank=True,
        verbose_name=_("occasions"),
        related_name="courage_cards",
        help_text=_("When the card helps, for example “Sitzung, Kaffeeküche”."),
    )
    team = models.CharField(_("team that made it"), max_length=160, blank=True)

    parent_page_types = ["postcards.CourageCardIndexPage"]
    subpage_types: list[str] = []
    page_description = _("A small card that gives courage.")
    page_icon = "pick"
    card_template = "components/cards/courage_card.html"
    prose_fields = (*CampaignPage.prose_fields, "sentence", "back_text")
    prefetched = (*PictureCard.prefetched, ("occasion_links", "tag"))
    api_links = (("occasion_links", "tag"),)

    content_panels = [
        *CampaignPage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("sentence"),
                FieldPanel("back_text"),
                FieldPanel("occasions"),
                FieldRowPanel([FieldPanel("card_color"), FieldPanel("picture")]),
                FieldPanel("orientation"),
                FieldPanel("team"),
            ],
            heading=_("Card"),
        ),
    ]
    search_fields = [
        *CampaignPage.search_fields,
        index.SearchField("sentence", boost=2),
        index.SearchField("back_text"),
        index.SearchField("team"),
    ]

    class Meta:
        verbose_name = _("courage card")
        verbose_name_plural = _("courage cards")

    @property
    def color(self) -> str:
        """Return the chosen colour pair, else the department's."""
        return self.card_color or super().color

    @color.setter
    def color(self, name: str) -> None:
        self.card_color = name

    @property
    def share_words(self) -> str:
        """Return the sentence."""
        return self.sentence

    @property
    def occasion_list(self) -> list[Any]:
        """Return the occasions as tags, in the order of tagging."""
        links = sorted(self.occasion_links.all(), key=lambda link: link.pk or 0)
        return [link.tag for link in links]

    @property
    def draw_url(self) -> str:
        """Return the address that leads to another card by chance."""
        own = (self.get_url() or "").rstrip("/")
        return f"{own.rpartition('/')[0]}/ziehen/?nicht={self.pk}"
