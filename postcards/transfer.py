"""Short addresses in exports: what is printed on paper has to lead on after a move."""

from typing import Any

from django.db.models import Q
from pydantic import Field

from api.registry import Part, registry
from api.schemas import Schema
from api.transfer.filling import Restorer
from home.visibility import visible_pages

from .models import CardCode


class CardCodeSchema(Schema):
    """The short address of a card."""

    code: str
    page: int | None = Field(
        validation_alias="page_id", description="The card; None once it was deleted."
    )


class CardCodeList(Schema):
    """The short addresses of public cards, and of those that are gone."""

    items: list[CardCodeSchema]


def read_codes(_site: Any) -> CardCodeList:
    """Return the codes that may stand on paper."""
    pages = visible_pages().values("pk")
    codes = CardCode.objects.filter(Q(page__in=pages) | Q(page=None)).order_by("code")
    return CardCodeList(items=[CardCodeSchema.model_validate(code) for code in codes])


def restore_codes(data: dict[str, Any], _restorer: Restorer) -> None:
    """Give cards the codes that they had."""
    for item in data["items"]:
        if item["page"] is not None:
            CardCode.objects.filter(page_id=item["page"]).delete()
        CardCode.objects.update_or_create(code=item["code"], defaults={"page_id": item["page"]})


registry.add_part(Part("short-addresses.json", read_codes, restore_codes, after_pages=True))
