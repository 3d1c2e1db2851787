"""The page type and its block in the API."""

from typing import Annotated, Any, Literal

from api.registry import registry
from api.schemas import BlockSchema, Stream
from home.schemas import CampaignCard, CampaignPageSchema

from .models import OpeningBlock, PlacesBlock, VenuePage


@registry.block(OpeningBlock)
class OpeningBlockSchema(BlockSchema):
    """When a place is open."""

    type: Literal["opening"] = "opening"
    day: str
    hours: str


@registry.block(PlacesBlock)
class PlacesBlockSchema(BlockSchema):
    """How many people a room takes."""

    type: Literal["places"] = "places"
    rows: int
    places: int

    @classmethod
    def values(cls, value: Any) -> dict[str, Any]:
        """Count the places."""
        return {"rows": value["rows"], "places": value["rows"] * value["row_length"]}

    @classmethod
    def restore(cls, data: dict[str, Any]) -> dict[str, Any]:
        """Return the block as it is stored."""
        return {"rows": data["rows"], "row_length": data["places"] // data["rows"]}


class VenueCard(CampaignCard):
    """A place in a list."""

    type: Literal["venue"] = "venue"
    seats: int


class VenueDetail(VenueCard, CampaignPageSchema):
    """A place where people meet."""

    body: Annotated["list[AnyBlock]", Stream]  # noqa: F821 -- a name of the registry


registry.page(VenuePage, card=VenueCard, page=VenueDetail)
