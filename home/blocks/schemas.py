"""The blocks in the API: a schema for each, told apart by `type`, the block's name in streams."""

from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator
from wagtail.documents import get_document_model

from api.addresses import absolute, page_url
from api.registry import registry
from api.schemas import BlockSchema, Image, PageRef, RichText, Schema, card
from api.touched import touch

from ..lookups import current_lookups
from ..vocabulary import RotaSchema
from . import campaign, choosers, media
from . import text as prose

Title = Annotated[str, Field(description="The heading over the block; empty where it has none.")]


def public_ref(page: Any) -> Any:
    """Return a chosen page if the public may see it, else None."""
    if page is None:
        return None
    store = current_lookups()
    store.addresses([page.pk])
    return store.pages.get(page.pk) or store.links.get(page.pk)


def linked(value: Any) -> dict[str, Any]:
    """Return a link block's fields, with where the link leads."""
    return {**value, "page": public_ref(value.get("page")), "href": absolute(value.href)}


class LinkFields(Schema):
    """A link to a page of the site or an address elsewhere."""

    page: PageRef | None = Field(description="Where the link leads to a public page of the site.")
    url: str | None = Field(description="Where the link leads elsewhere.")
    href: str = Field(description="Where the link leads; empty when its page is not public.")


# --- Text ---------------------------------------------------------------------------------------


@registry.block(prose.HeadingBlock)
class HeadingBlockSchema(BlockSchema):
    """A heading between the blocks."""

    type: Literal["heading"] = "heading"
    text: str
    level: Literal["h2", "h3"]


@registry.block(prose.TextBlock)
class TextBlockSchema(BlockSchema):
    """Paragraphs and lists."""

    type: Literal["text"] = "text"
    text: RichText
    value_name = "text"


@registry.block(prose.QuoteBlock)
class QuoteBlockSchema(BlockSchema):
    """What a person said."""

    type: Literal["quote"] = "quote"
    text: str
    name: str
    role: str
    organisation: str


@registry.block(prose.ResultBlock)
class ResultBlockSchema(BlockSchema):
    """What came of it, and what the example shows."""

    type: Literal["result"] = "result"
    text: RichText
    shows: RichText


class ThesisSchema(Schema):
    """A claim and what follows from it."""

    thesis: str
    impulse: str


@registry.block(prose.ThesesBlock)
class ThesesBlockSchema(BlockSchema):
    """Theses, each with an impulse for practice."""

    type: Literal["theses"] = "theses"
    title: Title
    items: list[ThesisSchema]


@registry.block(prose.CallToActionBlock)
class CallToActionBlockSchema(BlockSchema, LinkFields):
    """An invitation with one button."""

    type: Literal["call_to_action"] = "call_to_action"
    title: Title
    text: str
    label: str = Field(description="The words on the button.")

    @classmethod
    def values(cls, value: Any) -> dict[str, Any]:
        """Add where the button leads."""
        return linked(value)


@registry.block(prose.StepBlock)
class StepBlockSchema(BlockSchema):
    """One step of a guide."""

    type: Literal["step"] = "step"
    title: str
    text: RichText


class StepSchema(Schema):
    """One step of a guide inside of a block."""

    title: str
    text: RichText


@registry.block(prose.StepListBlock)
class StepListBlockSchema(BlockSchema):
    """Numbered steps."""

    type: Literal["steps"] = "steps"
    title: Title
    items: list[StepSchema]


class FactSchema(Schema):
    """A figure with what it counts."""

    figure: str
    label: str
    source: str


@registry.block(prose.FactsBlock)
class FactsBlockSchema(BlockSchema):
    """Facts and figures."""

    type: Literal["facts"] = "facts"
    title: Title
    items: list[FactSchema]


@registry.block(prose.TableBlock)
class TableBlockSchema(BlockSchema):
    """A table with caption and header cells."""

    type: Literal["table"] = "table"
    caption: str
    row_headers: bool = Field(description="Whether the first column names its row.")
    columns: list[str] = Field(description="The columns' headings.")
    rows: list[list[str]]

    @classmethod
    def values(cls, value: Any) -> dict[str, Any]:
        """Return headings and cells as plain text."""
        table = value["table"]
        return {
            "caption": value["caption"],
            "row_headers": value["row_headers"],
            "columns": [column["heading"] for column in table.columns],
            "rows": [[str(cell.value or "") for cell in row] for row in table.rows],
        }

    @classmethod
    def restore(cls, data: dict[str, Any]) -> dict[str, Any]:
        """Make a typed table of headings and cells."""
        table = {
            "columns": [{"type": "text", "heading": heading} for heading in data["columns"]],
            "rows": [{"values": row} for row in data["rows"]],
            "caption": "",
        }
        return data | {"table": table}


@registry.block(prose.AccordionBlock)
class AccordionBlockSchema(BlockSchema):
    """Texts that open on a click."""

    type: Literal["accordion"] = "accordion"
    items: list[StepSchema]


class TimelineItemSchema(Schema):
    """An event in time."""

    date: str = Field(description="As people write it: “23. Mai 1949”.")
    title: str
    text: RichText


@registry.block(prose.TimelineBlock)
class TimelineBlockSchema(BlockSchema):
    """Events in their order."""

    type: Literal["timeline"] = "timeline"
    title: Title
    items: list[TimelineItemSchema]


class LinkListItemSchema(LinkFields):
    """A link with its title and a word about it."""

    title: str
    text: str


@registry.block(prose.LinkListBlock)
class LinkListBlockSchema(BlockSchema):
    """Links with titles."""

    type: Literal["links"] = "links"
    title: Title
    items: list[LinkListItemSchema]

    @classmethod
    def values(cls, value: Any) -> dict[str, Any]:
        """Add where each link leads."""
        return {"title": value["title"], "items": [linked(item) for item in value["items"]]}


# --- Pictures, people, files --------------------------------------------------------------------


class PictureFields(Schema):
    """A picture with what stands below it."""

    image: Image | None = Field(description="None when the picture has been deleted.")
    decorative: bool
    caption: str


def pictured(value: Any) -> dict[str, Any]:
    """Return a picture block's fields; the picture has the words of this place."""
    image = Image.model_validate(value["image"]) if value["image"] else None
    return {
        "image": image.model_copy(update={"alt": value.alt}) if image else None,
        "decorative": bool(value["decorative"]),
        "caption": value["caption"],
    }


@registry.block(media.PictureBlock)
class PictureBlockSchema(BlockSchema, PictureFields):
    """A picture; `image.alt` describes it here."""

    type: Literal["picture"] = "picture"

    @classmethod
    def values(cls, value: Any) -> dict[str, Any]:
        """Give the picture the words that it has in this place."""
        return pictured(value)

    @classmethod
    def restore(cls, data: dict[str, Any]) -> dict[str, Any]:
        """Take the words of this place from the picture."""
        return data | {"alt_text": data["image"]["alt"] if data["image"] else ""}


@registry.block(media.GalleryBlock)
class GalleryBlockSchema(BlockSchema):
    """Several pictures."""

    type: Literal["gallery"] = "gallery"
    title: Title
    pictures: list[PictureFields]

    @classmethod
    def values(cls, value: Any) -> dict[str, Any]:
        """Give each picture the words that it has in this place."""
        return {"title": value["title"], "pictures": [pictured(p) for p in value["pictures"]]}


class CaptionsSchema(Schema):
    """What is said or signed in a video, as WebVTT."""

    url: str
    language: str = Field(description="As in `srclang`.")
    label: str = Field(description="How a player names them.")


class VideoSchema(Schema):
    """A video on the campaign's own host."""

    id: int
    title: str
    language: Literal["de", "gsg", "de-simple", "en"] = Field(
        description="What is spoken or signed; `gsg` is German Sign Language."
    )
    url: str
    media_type: Literal["video/mp4", "video/webm"]
    size: int = Field(description="Bytes.")
    seconds: int = Field(description="How long it is; 0 where nobody knows.")
    width: int = Field(description="Pixels; 0 where nobody knows.")
    height: int
    silent: bool = Field(description="Nothing is to be heard that matters.")
    captions: CaptionsSchema | None

    @model_validator(mode="before")
    @classmethod
    def from_video(cls, value: Any) -> Any:
        """Take a video of the library."""
        if isinstance(value, dict):
            return value
        touch(f"video-{value.pk}")
        names = ("title", "language", "media_type", "size", "seconds", "width", "height", "silent")
        found = {name: getattr(value, name) for name in names} | {"captions": None}
        if value.captions:
            found["captions"] = {
                "url": absolute(value.captions.url),
                "language": value.captions_language,
                "label": value.captions_label,
            }
        return found | {"id": value.pk, "url": absolute(value.file.url) if value.file else ""}


@registry.block(media.VideoBlock)
class VideoBlockSchema(BlockSchema):
    """A video with captions and transcript."""

    type: Literal["video"] = "video"
    title: str
    video: VideoSchema | None = Field(description="None when the video has been deleted.")
    poster: Image | None = Field(description="What stands there until the video starts.")
    transcript: RichText

    @classmethod
    def values(cls, value: Any) -> dict[str, Any]:
        """Give the video's own title to a block without one."""
        video = value["video"]
        return {**value, "title": value["title"] or (video.title if video else "")}

    @classmethod
    def restore(cls, data: dict[str, Any]) -> dict[str, Any]:
        """Leave a title that is the video's own to it."""
        own = data["video"] and data["video"]["title"] == data["title"]
        return data | {"title": "" if own else data["title"]}


@registry.block(media.DownloadBlock)
class DownloadBlockSchema(BlockSchema):
    """A file with type and size."""

    type: Literal["download"] = "download"
    title: str
    text: str
    document_id: int | None
    url: str = Field(description="Empty when the file has been deleted.")
    file_type: str = Field(description="As readers know it: “PDF”.")
    size: int | None = Field(description="Bytes; None when the file is missing.")

    @classmethod
    def values(cls, value: Any) -> dict[str, Any]:
        """Return what there is to know of the file."""
        document = value["document"]
        found = {"title": value["title"], "text": value["text"], "document_id": None}
        if document is None:
            return {**found, "url": "", "file_type": "", "size": None}
        try:
            size = document.get_file_size()
        except OSError:
            size = None
        return found | {
            "title": value["title"] or document.title,
            "document_id": document.pk,
            "url": absolute(document.url),
            "file_type": Path(document.filename).suffix.lstrip(".").upper(),
            "size": size,
        }

    @classmethod
    def restore(cls, data: dict[str, Any]) -> dict[str, Any]:
        """Name the document; a title that is its own is left to it."""
        own = get_document_model().objects.filter(pk=data["document_id"], title=data["title"])
        title = "" if own.exists() else data["title"]
        return data | {"document": data["document_id"], "title": title}


@registry.block(media.ContactBlock)
class ContactBlockSchema(BlockSchema):
    """A contact person."""

    type: Literal["contact"] = "contact"
    name: str
    role: str
    organisation: str
    email: str
    phone: str
    portrait: Image | None


class LogoSchema(Schema):
    """A funder's logo; `name` describes it."""

    image: Image | None
    name: str
    url: str


@registry.block(media.LogosBlock)
class LogosBlockSchema(BlockSchema):
    """Funders' logos."""

    type: Literal["logos"] = "logos"
    title: Title
    items: list[LogoSchema]


# --- The campaign's own -------------------------------------------------------------------------


@registry.block(campaign.PostcardsBlock)
class PostcardsBlockSchema(BlockSchema):
    """Postcards between the paragraphs; those that are not public are left out."""

    type: Literal["postcards"] = "postcards"
    cards: "list[PostcardCard]"  # type: ignore[name-defined]  # noqa: F821 -- of a floor above

    @classmethod
    def values(cls, value: Any) -> dict[str, Any]:
        """Return the cards that the public may see."""
        return {"cards": [card(page) for page in choosers.public(value["cards"])]}


@registry.block(campaign.CourageCardBlock)
class CourageCardBlockSchema(BlockSchema):
    """A courage card between the paragraphs."""

    type: Literal["courage_card"] = "courage_card"
    card: "CourageCardCard | None"  # type: ignore[name-defined]  # noqa: F821

    @classmethod
    def values(cls, value: Any) -> dict[str, Any]:
        """Return the card if the public may see it."""
        found = choosers.public([value["card"]])
        return {"card": card(found[0]) if found else None}


def section_url(page: Any) -> str:
    """Return the absolute address of a section; "" without a public one."""
    return page_url(page) if page else ""


@registry.block(campaign.TeasersBlock)
class TeasersBlockSchema(BlockSchema):
    """Cards of pages: the latest of a section, hand-picked ones, or those with a tag."""

    type: Literal["teasers"] = "teasers"
    title: Title
    source: Literal["latest", "picked", "tag"]
    section: PageRef | None
    tag: str
    count: int = Field(description="How many cards at most.")
    items: "list[AnyCard]"  # type: ignore[name-defined]  # noqa: F821

    @classmethod
    def values(cls, value: Any) -> dict[str, Any]:
        """Return the cards that the page has fetched."""
        return {
            "title": value["title"],
            "source": value["source"],
            "section": choosers.section_of(value),
            "tag": value["tag"],
            "count": value["count"] or 3,
            "items": planned_cards(value, campaign.TeasersBlock()),
        }

    @classmethod
    def restore(cls, data: dict[str, Any]) -> dict[str, Any]:
        """Pick the pages that are shown where pages are picked."""
        return data | {"pages": data["items"] if data["source"] == "picked" else []}


@registry.block(campaign.PostcardWallBlock)
class PostcardWallBlockSchema(BlockSchema):
    """A wall of postcards."""

    type: Literal["postcard_wall"] = "postcard_wall"
    title: Title
    section: PageRef | None
    count: int = Field(description="How many cards at most.")
    items: "list[AnyCard]"  # type: ignore[name-defined]  # noqa: F821

    @classmethod
    def values(cls, value: Any) -> dict[str, Any]:
        """Return the cards that the page has fetched."""
        return {
            "title": value["title"],
            "section": choosers.section_of(value),
            "count": value["count"] or 8,
            "items": planned_cards(value, campaign.PostcardWallBlock()),
        }


@registry.block(campaign.CourageTodayBlock)
class CourageTodayBlockSchema(BlockSchema):
    """Today's courage card: another one every day."""

    type: Literal["courage_today"] = "courage_today"
    title: Title
    section: PageRef | None
    card: "CourageCardCard | None"  # type: ignore[name-defined]  # noqa: F821

    @classmethod
    def values(cls, value: Any) -> dict[str, Any]:
        """Return today's card."""
        cards = planned_cards(value, campaign.CourageTodayBlock())
        return {
            "title": value["title"],
            "section": choosers.section_of(value),
            "card": cards[0] if cards else None,
        }


@registry.block(campaign.RotaNowBlock)
class RotaNowBlockSchema(BlockSchema):
    """Which department leads the campaign now."""

    type: Literal["rota_now"] = "rota_now"
    title: Title
    rota: RotaSchema

    @classmethod
    def values(cls, value: Any) -> dict[str, Any]:
        """Return the rota as it stands today."""
        from ..models import Rota

        return {"title": value["title"], "rota": Rota.on()}


def planned_cards(value: Any, block: Any) -> list[Any]:
    """Return the cards of a section, those of types that the API shows."""
    return [found for page in campaign.planned(block, value) if (found := card(page))]
