"""The foundation in the API: what all pages share, and its own page types."""

import datetime as dt
from typing import Annotated, Any, Literal

from pydantic import Field

from api.registry import registry
from api.schemas import CardSchema, Image, PageRef, PageSchema, Stream

from .blocks import schemas as _blocks  # noqa: F401 -- registers them
from .models import HomePage, SignLanguagePage, StandardPage
from .vocabulary import ArticleRef, ColorName, DepartmentRef, TagSchema

LicenceName = Literal["cc-by-4.0", "cc-by-sa-4.0", "cc0", "official-work", "all-rights-reserved"]
AIUseName = Literal["none", "assisted", "generated"]


# --- What all pages share -----------------------------------------------------------------------


class CampaignCard(CardSchema):
    """What a list shows of any page of the campaign."""

    teaser: str = Field(validation_alias="teaser_text")
    teaser_image: Image | None
    color: ColorName
    department: DepartmentRef | None
    articles: list[ArticleRef] = Field(validation_alias="related_articles")
    tags: list[TagSchema] = Field(validation_alias="tag_list")
    licence: LicenceName
    licence_url: str = Field(description="Where the licence's text stands, if anywhere.")
    ai_use: AIUseName


class CampaignPageSchema(PageSchema, CampaignCard):
    """What all whole pages of the campaign share."""

    previous: PageRef | None = Field(
        validation_alias="api_previous", description="Before this one in its overview."
    )
    next: PageRef | None = Field(
        validation_alias="api_next", description="After this one in its overview."
    )
    related: list[PageRef] = Field(
        validation_alias="api_related", description="Pages about the same articles."
    )
    checked_by: str = Field(
        description="Who has checked the Leichte Sprache; its label needs this and the day."
    )
    checked_on: dt.date | None

    @classmethod
    def restore(cls, data: dict[str, Any]) -> dict[str, Any]:
        """Give the teaser, the articles and the text for sharing the names of their fields."""
        social = data["seo"]["social_text"]
        return super().restore(data) | {
            "search_description": data["teaser"],
            "social_text": "" if social == data["teaser"] else social,
            "article_links": [{"article": article} for article in data["articles"]],
        }


# --- Page types ---------------------------------------------------------------------------------


class HomeCard(CampaignCard):
    """A home page in a list."""

    type: Literal["home"] = "home"
    claim: str


class HomeDetail(HomeCard, CampaignPageSchema):
    """The campaign's front door."""

    introduction: str
    hero_image: Image | None
    hero_article: ArticleRef | None
    hero_sentence: str
    body: Annotated["list[AnyBlock]", Stream]  # type: ignore[name-defined]  # noqa: F821


class StandardCard(CampaignCard):
    """A page of its own in a list."""

    type: Literal["standard"] = "standard"
    introduction: str


class StandardDetail(StandardCard, CampaignPageSchema):
    """About, Impressum and anything else."""

    body: Annotated["list[AnyBlock]", Stream]  # type: ignore[name-defined]  # noqa: F821


class SignLanguageCard(CampaignCard):
    """The overview of videos in German Sign Language, in a list."""

    type: Literal["sign_language"] = "sign_language"
    introduction: str


class SignLanguageDetail(SignLanguageCard, CampaignPageSchema):
    """All public pages of a language that hold a video in German Sign Language."""

    body: Annotated["list[AnyBlock]", Stream]  # type: ignore[name-defined]  # noqa: F821
    signed_pages: list[PageRef] = Field(
        validation_alias="api_signed_pages", description="The newest first."
    )


class IndexCard(CampaignCard):
    """An overview of pages of one type."""

    introduction: str


registry.page(HomePage, card=HomeCard, page=HomeDetail)
registry.page(StandardPage, card=StandardCard, page=StandardDetail)
registry.page(SignLanguagePage, card=SignLanguageCard, page=SignLanguageDetail)
