"""Postcards and courage cards in the API."""

from typing import Annotated, Any, Literal

from pydantic import Field

from api.registry import registry
from api.schemas import Image, RichText, Schema, Stream
from home.models import Article
from home.schemas import CampaignCard, CampaignPageSchema, IndexCard
from home.vocabulary import ArticleRef, ParagraphSchema, TagSchema

from .models import CourageCardIndexPage, CourageCardPage, PostcardIndexPage, PostcardPage


class CardOutputSchema(Schema):
    """A file that is made of a card."""

    name: Literal["home", "screen", "share_link", "share_square", "share_tall", "print_shop"] = (
        Field(
            description="What it is for: four cards on A4 to print at home; both sides to read on "
            "screen (tagged PDF); pictures for shared links, square and tall posts; PDF/X-4 with "
            "3 mm of bleed for a print shop."
        )
    )
    url: str = Field(description="Absolute and lasting; leads to the file as it is now.")
    media_type: Literal["application/pdf", "image/jpeg"]
    width: int = Field(description="Of the picture, or of the paper after trimming.")
    height: int
    unit: Literal["px", "mm"]
    bytes: int | None = Field(description="The file's size; None until it is first made.")


OUTPUTS: Any = Field(
    description="What is made of the card; nothing before it is public, and in an export."
)


class PostcardIndexCard(IndexCard):
    """The wall of postcards in a list."""

    type: Literal["postcard_index"] = "postcard_index"


class PostcardIndexDetail(PostcardIndexCard, CampaignPageSchema):
    """The wall of postcards; `/pages?type=postcard` lists them."""


class PostcardCard(CampaignCard):
    """A sentence of the Grundgesetz as a postcard."""

    type: Literal["postcard"] = "postcard"
    article: ArticleRef
    headline: str = Field(description="The card's large words, letter for letter from the law.")
    paragraphs: list[ParagraphSchema] = Field(
        validation_alias="chosen_paragraphs", description="The wording that the card shows."
    )
    design: Literal["type", "picture"]
    picture: Image | None
    credit: str
    orientation: Literal["landscape", "portrait"]
    outputs: list[CardOutputSchema] = OUTPUTS


class PostcardDetail(PostcardCard, CampaignPageSchema):
    """A postcard with what its sentence means in this city."""

    body: Annotated["list[AnyBlock]", Stream]  # type: ignore[name-defined]  # noqa: F821

    @classmethod
    def restore(cls, data: dict[str, Any]) -> dict[str, Any]:
        """Choose the paragraphs by number, and a colour that is not the article's."""
        article = Article.objects.get(slug=data["article"]["slug"])
        chosen = data["paragraphs"]
        numbers = "" if chosen == article.paragraphs else ", ".join(p["number"] for p in chosen)
        return super().restore(data) | {
            "paragraphs": numbers,
            "card_color": own_color(data, data["article"]),
        }


class CourageCardIndexCard(IndexCard):
    """The overview of courage cards in a list."""

    type: Literal["courage_card_index"] = "courage_card_index"


class CourageCardIndexDetail(CourageCardIndexCard, CampaignPageSchema):
    """The overview of courage cards; `/pages?type=courage_card` lists them."""


class CourageCardCard(CampaignCard):
    """A sentence that gives courage, with a few words on its back."""

    type: Literal["courage_card"] = "courage_card"
    sentence: str
    back_text: RichText
    occasions: list[TagSchema] = Field(validation_alias="occasion_list")
    team: str
    picture: Image | None
    orientation: Literal["landscape", "portrait"]
    outputs: list[CardOutputSchema] = OUTPUTS


class CourageCardDetail(CourageCardCard, CampaignPageSchema):
    """A courage card; it has no more than its front and its back."""

    @classmethod
    def restore(cls, data: dict[str, Any]) -> dict[str, Any]:
        """Choose a colour that is not the department's."""
        color = own_color(data, data["department"] or {"color": "nacht"})
        return super().restore(data) | {"card_color": color}


def own_color(data: dict[str, Any], origin: dict[str, Any]) -> str:
    """Return a card's colour; "" where it is that of its origin."""
    return "" if data["color"] == origin["color"] else str(data["color"])


registry.page(PostcardIndexPage, card=PostcardIndexCard, page=PostcardIndexDetail)
registry.page(PostcardPage, card=PostcardCard, page=PostcardDetail)
registry.page(CourageCardIndexPage, card=CourageCardIndexCard, page=CourageCardIndexDetail)
registry.page(CourageCardPage, card=CourageCardCard, page=CourageCardDetail)
