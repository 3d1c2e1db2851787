"""The shapes of the API's answers that hold for any content; apps add their own to them.

Schemas read their fields from the attributes of pages and other objects that the database has
given already, so that making an answer costs no query.
"""

import datetime as dt
import logging
from typing import Any, ClassVar, Literal

from django.utils import translation
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator
from wagtail import blocks
from wagtail.images.models import AbstractImage
from wagtail.models import Page
from wagtail.rich_text import RichText as WagtailRichText

from . import images, rich_text
from .addresses import page_path, page_url
from .registry import registry
from .touched import touch

logger = logging.getLogger(__name__)
#: What stands for a value that was never filled in.
EMPTY: dict[Any, Any] = {str: "", bool: False}


class Schema(BaseModel):
    """What all answers are made of.

    Stored blocks may lack what their type has got since: None then is an empty text.
    """

    model_config = ConfigDict(
        from_attributes=True,
        populate_by_name=True,
        extra="forbid",
        # What has a default is always in an answer, too: clients need not ask.
        json_schema_serialization_defaults_required=True,
    )

    @model_validator(mode="wrap")
    @classmethod
    def filled(cls, value: Any, validate: Any) -> Any:
        """Give texts and switches that are None their empty value."""
        if isinstance(value, dict) and None in value.values():
            empty = {
                name: EMPTY[field.annotation]
                for name, field in cls.model_fields.items()
                if field.annotation in EMPTY and value.get(name, "") is None
            }
            value = {**value, **empty}
        return validate(value)


# --- Errors -------------------------------------------------------------------------------------


class FieldProblem(Schema):
    """What is wrong with one parameter."""

    parameter: str
    message: str


class Problem(Schema):
    """An error, as RFC 9457 (application/problem+json) describes it."""

    type: Literal["about:blank"] = "about:blank"
    title: str = Field(description="The status in words.")
    status: int
    detail: str = Field(description="What happened, and what to do.")
    errors: list[FieldProblem] = Field(default_factory=list)


# --- Text ---------------------------------------------------------------------------------------


class HastText(Schema):
    """Characters."""

    type: Literal["text"] = "text"
    value: str


class HastElement(Schema):
    """An element of HTML: only those that editors may use, with `href` and `id` at most."""

    type: Literal["element"] = "element"
    tagName: str  # noqa: N815 -- hast's own name
    properties: dict[str, str]
    children: "list[HastElement | HastText]"


class HastRoot(Schema):
    """A text as a tree: https://github.com/syntax-tree/hast."""

    type: Literal["root"] = "root"
    children: list[HastElement | HastText]


class RichText(Schema):
    """A text with links and lists, twice: as HTML, and as a tree for those who render components.

    Links are absolute. A link to a page that is not public has no address.
    """

    html: str
    hast: HastRoot

    @model_validator(mode="before")
    @classmethod
    def from_source(cls, value: Any) -> Any:
        """Take the text as it is stored."""
        if isinstance(value, WagtailRichText):
            value = value.source
        return rich_text.render(value) if isinstance(value, str) else value


# --- Pictures -----------------------------------------------------------------------------------


class ImageSource(Schema):
    """One size of a picture in one format, as for `srcset`."""

    url: str
    width: int = Field(description="Pixels.")
    height: int = Field(description="Pixels.")
    media_type: Literal["image/avif", "image/webp", "image/jpeg"]


class FocalPoint(Schema):
    """What should stay visible when a picture is cut, in percent of its width and height."""

    x: int = Field(ge=0, le=100, description="The centre, from the left.")
    y: int = Field(ge=0, le=100, description="The centre, from the top.")
    width: int = Field(ge=0, le=100)
    height: int = Field(ge=0, le=100)


class Image(Schema):
    """A picture in all its sizes. The first source of each media type is the smallest."""

    id: int
    alt: str = Field(description="What the picture shows; empty for a decorative one.")
    width: int = Field(description="Of the largest source, in pixels.")
    height: int
    focal_point: FocalPoint | None
    credit: str
    licence: str
    ai_use: str
    sources: list[ImageSource]

    @model_validator(mode="before")
    @classmethod
    def from_image(cls, value: Any) -> Any:
        """Take a picture of the library."""
        if not isinstance(value, AbstractImage):
            return value
        touch(f"image-{value.pk}")
        sources = images.sources(value)
        width, height = list(images.sizes(value))[-1]
        if sources:
            width, height = sources[-1]["width"], sources[-1]["height"]
        return {
            "id": value.pk,
            "alt": value.default_alt_text,
            "width": width,
            "height": height,
            "focal_point": focal_point(value),
            "credit": getattr(value, "credit", ""),
            "licence": getattr(value, "licence", ""),
            "ai_use": getattr(value, "ai_use", "none"),
            "sources": sources,
        }


def focal_point(image: AbstractImage) -> dict[str, int] | None:
    """Return a picture's focal point in percent; None where nobody has set one."""
    if image.focal_point_x is None or image.focal_point_y is None:
        return None
    values = {
        "x": image.focal_point_x / image.width,
        "y": image.focal_point_y / image.height,
        "width": (image.focal_point_width or 0) / image.width,
        "height": (image.focal_point_height or 0) / image.height,
    }
    return {name: min(100, max(0, round(100 * value))) for name, value in values.items()}


# --- Blocks -------------------------------------------------------------------------------------


class BlockSchema(Schema):
    """A block of a page's body; its `type` says which."""

    id: str | None = Field(default=None, description="Stays the block's own while it is edited.")
    type: str

    #: A block whose value is no set of named fields has it under this name.
    value_name: ClassVar[str] = "value"

    @classmethod
    def values(cls, value: Any) -> dict[str, Any]:
        """Return the schema's fields from a block's value; a block that counts overrides this."""
        if not isinstance(value, dict):
            return {cls.value_name: value}
        lists = blocks.list_block.ListValue
        return {name: list(v) if isinstance(v, lists) else v for name, v in value.items()}

    @classmethod
    def restore(cls, data: dict[str, Any]) -> dict[str, Any]:
        """Return what `values` made of a block, in JSON, under the block's own names again.

        A schema whose fields differ from the block's overrides this, for imports.
        """
        return data


def stream(value: Any) -> Any:
    """Return a stream's blocks as their schemas.

    Left out are blocks that the API does not know, and (with an error in the log) those whose
    stored values their schema cannot hold.
    """
    if not isinstance(value, blocks.StreamValue):
        return value
    found = []
    for child in value:
        schema = registry.block_schema(child.block)
        if schema is None:
            continue
        try:
            found.append(schema.model_validate({"id": child.id, **schema.values(child.value)}))
        except ValidationError:
            logger.exception("A block of type %r does not fit its schema.", child.block_type)
    return found


#: Marks a field that holds a stream's blocks: `Annotated["list[AnyBlock]", Stream]`.
Stream = BeforeValidator(stream)


# --- Pages --------------------------------------------------------------------------------------


class PageRef(Schema):
    """A public page by its title and address."""

    id: int
    title: str
    url: str = Field(description="Absolute.")
    path: str = Field(description="The address below the site's root, as `/resolve` takes it.")
    locale: str

    @model_validator(mode="before")
    @classmethod
    def from_page(cls, value: Any) -> Any:
        """Take a page of the tree."""
        if not isinstance(value, Page):
            return value
        touch(f"page-{value.pk}")
        return {
            "id": value.pk,
            "title": value.title,
            "url": page_url(value),
            "path": page_path(value),
            "locale": value.locale.language_code,
        }


class CardSchema(Schema):
    """What a list shows of a page."""

    type: str
    id: int
    title: str
    url: str = Field(validation_alias="api_url", description="Absolute.")
    path: str = Field(
        validation_alias="api_path",
        description="The address below the site's root, as `/resolve` takes it.",
    )
    locale: str = Field(validation_alias="language_code")
    published_at: dt.datetime | None = Field(validation_alias="first_published_at")
    changed_at: dt.datetime | None = Field(validation_alias="last_published_at")


class Seo(Schema):
    """A page's words for search engines and shared links."""

    title: str
    description: str
    social_text: str
    canonical: str
    image: Image | None


class PageSchema(CardSchema):
    """A whole page."""

    seo: Seo = Field(validation_alias="api_seo")
    breadcrumbs: list[PageRef] = Field(
        validation_alias="api_breadcrumbs", description="From the home page to the page's parent."
    )
    translations: list[PageRef] = Field(
        validation_alias="api_translations", description="The same page in other languages."
    )

    @classmethod
    def restore(cls, data: dict[str, Any]) -> dict[str, Any]:
        """Return a page's JSON under the names of its model's fields, for imports.

        A schema whose fields differ from the model's overrides this.
        """
        return data


def card(page: Page) -> CardSchema | None:
    """Return a page's card; None for a type that the API does not show."""
    kind = registry.of(page)
    if kind is None:
        return None
    touch(f"page-{page.pk}", kind.name)
    return kind.card.model_validate(page)


def whole(page: Page) -> PageSchema | None:
    """Return a page that `Content.page` has brought; None for a type that the API does not show.

    Texts are made in the page's own language.
    """
    kind = registry.of(page)
    if kind is None:
        return None
    touch(f"page-{page.pk}", kind.name)
    with translation.override(page.locale.language_code):
        return kind.page.model_validate(page)
