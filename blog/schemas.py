"""Guest posts in the API."""

import datetime as dt
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from api.registry import registry
from api.schemas import Image, RichText, Schema, Stream
from home.schemas import CampaignCard, CampaignPageSchema, IndexCard

from .models import Author, BlogIndexPage, GuestPostPage


class AuthorRef(Schema):
    """Somebody who writes for the campaign, by name."""

    id: int
    name: str
    role: str
    organisation: str


class AuthorLink(Schema):
    """Where to read more of an author."""

    title: str
    url: str


class AuthorSchema(AuthorRef):
    """Somebody who writes for the campaign."""

    biography: str
    portrait: Image | None
    links: list[AuthorLink]

    @model_validator(mode="before")
    @classmethod
    def from_author(cls, value: Any) -> Any:
        """Take an author with the portrait that the page has fetched."""
        if not isinstance(value, Author):
            return value
        names = ("id", "name", "role", "organisation", "biography", "portrait")
        links = [dict(link.value) for link in value.links]
        return {name: getattr(value, name) for name in names} | {"links": links}


class BlogIndexCard(IndexCard):
    """The overview of guest posts in a list."""

    type: Literal["blog_index"] = "blog_index"


class BlogIndexDetail(BlogIndexCard, CampaignPageSchema):
    """The overview of guest posts; `/pages?type=guest_post` lists them."""


class GuestPostCard(CampaignCard):
    """A guest's text in a list."""

    type: Literal["guest_post"] = "guest_post"
    authors: list[AuthorRef] = Field(validation_alias="author_list")
    published_on: dt.date = Field(description="The date that orders the overview.")
    title_image: Image | None


class GuestPostDetail(GuestPostCard, CampaignPageSchema):
    """A guest's text, with postcards between the paragraphs."""

    authors: list[AuthorSchema] = Field(validation_alias="author_list")  # type: ignore[assignment]
    lead: RichText = Field(description="The editors' words before the guest's.")
    title_image_caption: str
    source_title: str
    source_url: str
    source_date: dt.date | None
    body: Annotated["list[AnyBlock]", Stream]  # type: ignore[name-defined]  # noqa: F821

    @classmethod
    def restore(cls, data: dict[str, Any]) -> dict[str, Any]:
        """Name the authors, who have a file of their own."""
        return super().restore(data) | {"author_links": [{"author": a} for a in data["authors"]]}


registry.page(BlogIndexPage, card=BlogIndexCard, page=BlogIndexDetail)
registry.page(GuestPostPage, card=GuestPostCard, page=GuestPostDetail)
