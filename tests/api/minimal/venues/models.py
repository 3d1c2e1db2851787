"""A page type of one's own, with a block of one's own."""

from django.db import models
from wagtail import blocks
from wagtail.admin.panels import FieldPanel

from home.blocks import BodyBlock
from home.fields import BodyField
from home.models import CampaignPage


class OpeningBlock(blocks.StructBlock):
    """When a place is open."""

    day = blocks.CharBlock(max_length=20)
    hours = blocks.CharBlock(max_length=40)


class PlacesBlock(blocks.StructBlock):
    """How many people a room takes."""

    rows = blocks.IntegerBlock(min_value=1)
    row_length = blocks.IntegerBlock(min_value=1)


class VenueBodyBlock(BodyBlock):
    """Everything that a body may hold, and what there is to know of a place."""

    opening = OpeningBlock()
    places = PlacesBlock()


class VenuePage(CampaignPage):
    """A place where people meet."""

    seats = models.PositiveIntegerField(default=0)
    body = BodyField(VenueBodyBlock(), blank=True)

    parent_page_types = ["home.HomePage"]
    page_description = "A place where people meet."
    page_icon = "site"
    content_panels = [*CampaignPage.content_panels, FieldPanel("seats"), FieldPanel("body")]
