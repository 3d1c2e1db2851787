"""Impulse stories in the API."""

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field

from api.registry import registry
from api.schemas import Stream
from home.schemas import CampaignCard, CampaignPageSchema, IndexCard

from .models import ImpulseIndexPage, ImpulsePage

KindName = Literal[
    "workshop", "talk", "tour", "exhibition", "action", "training", "creative", "other"
]


class ImpulseIndexCard(IndexCard):
    """The overview of impulses in a list."""

    type: Literal["impulse_index"] = "impulse_index"


class ImpulseIndexDetail(ImpulseIndexCard, CampaignPageSchema):
    """The overview of impulses; `/pages?under=` lists them."""


class ImpulseCard(CampaignCard):
    """An impulse story in a list."""

    type: Literal["impulse"] = "impulse"
    kind: KindName
    kind_label: str = Field(description="The kind in the interface's language.")
    introduction: str
    start_date: dt.date
    end_date: dt.date | None = Field(description="None: it took one day.")
    place: str
    participants: int | None


class ImpulseDetail(ImpulseCard, CampaignPageSchema):
    """What a department did for democracy, and how others can do it too."""

    hours: float | None = Field(description="Working hours of all involved.")
    material: str
    own_task: str = Field(description="The tie to the administration's own task.")
    body: Annotated["list[AnyBlock]", Stream]  # type: ignore[name-defined]  # noqa: F821
    steps: Annotated["list[StepBlockSchema]", Stream]  # type: ignore[name-defined]  # noqa: F821
    contact_name: str
    contact_role: str
    contact_email: str
    contact_phone: str


registry.page(ImpulseIndexPage, card=ImpulseIndexCard, page=ImpulseIndexDetail)
registry.page(ImpulsePage, card=ImpulseCard, page=ImpulseDetail)
