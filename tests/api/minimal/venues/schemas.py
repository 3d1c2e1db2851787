"""The page type and its block in the API."""

from typing import Annotated, Literal

from api.registry import registry
from api.schemas import BlockSchema, Stream
from home.schemas import CampaignCard, CampaignPageSchema

from .models import OpeningBlock, VenuePage


@registry.block(OpeningBlock)
class OpeningBlockSchema(BlockSchema):
    """When a place is open."""

    type: Literal["opening"] = "opening"
    day: str
    hours: str


class VenueCard(CampaignCard):
    """A place in a list."""

    type: Literal["venue"] = "venue"
    seats: int


class VenueDetail(VenueCard, CampaignPageSchema):
    """A place where people meet."""

    body: Annotated["list[AnyBlock]", Stream]  # noqa: F821 -- a name of the registry


registry.page(VenuePage, card=VenueCard, page=VenueDetail)
