"""What citizens read on a page, line by line, for those who judge its language.

Title, teaser and body count; navigation, names, addresses, cells of tables and what other pages
bring along do not. The law's wording is left out wherever a page quotes it: nobody may write it
more simply.
"""

import html
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.db import models
from django.utils.html import strip_tags
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.fields import RichTextField, StreamField

from .language.sentences import INVISIBLE
from .law import SHORTEST_QUOTE, find_quote
from .models import Article, CampaignPage
from .stored_blocks import parts

#: Parts of blocks that are no text of the page's author.
NO_PROSE = frozenset(
    {"name", "role", "organisation", "phone", "figure", "date", "source", "tag", "alt_text"}
)
#: What fields are called in the form, where that is not their own name.
_LABELS = {"search_description": _("Teaser text")}
#: Where a rich text begins a new line.
_BREAK = re.compile(r"<br\s*/?>|</(?:p|li|h[1-6]|blockquote|td|th)>", re.IGNORECASE)
_QUOTED = re.compile(r"[„“\"»«‚]([^„“”\"»«]+)[“”\"«»‘]")


@dataclass(frozen=True)
class Line:
    """A line of text as people read it, and the name of the field or block that it is from."""

    text: str
    place: str
    #: Whether the field takes a line break.
    can_break: bool = True
    is_title: bool = False


def lines_of(page: CampaignPage, with_tables: bool = False) -> list[Line]:
    """Return what citizens read on a page; one query at most, for the law that it may quote."""
    lines = [line for name in page.prose_fields for line in _field_lines(page, name, with_tables)]
    quoted = [line for line in lines if _QUOTED.search(line.text)]
    if not quoted:
        return lines
    law = law_texts()
    own = (replace(line, text=without_law(line.text, law)) for line in lines)
    return [line for line in own if line.text]


def watched_lines(page: CampaignPage) -> Iterator[Line]:
    """Yield all that a page says, with tables, people's names and the words for shared links."""
    for name in (*page.prose_fields, "seo_title", "social_text"):
        yield from _field_lines(page, name, with_tables=True, with_names=True)


def law_texts() -> list[str]:
    """Return the paragraphs of the law; one query."""
    return [
        paragraph["text"] for article in Article.objects.all() for paragraph in article.paragraphs
    ]


def _field_lines(
    page: CampaignPage, name: str, with_tables: bool, with_names: bool = False
) -> Iterator[Line]:
    field = page._meta.get_field(name)
    value = getattr(page, name)
    place = capfirst(str(_LABELS.get(name, field.verbose_name)))
    if isinstance(field, StreamField):
        yield from block_lines(value.stream_block, value.raw_data, place, with_tables, with_names)
    elif isinstance(field, RichTextField):
        yield from _lines(rich_text(value), place)
    else:
        can_break = not isinstance(field, models.CharField)
        lines = _lines(value or "", place, can_break)
        yield from (replace(line, is_title=name == "title") for line in lines)


def block_lines(
    block: blocks.Block, raw: Any, place: str, with_tables: bool = False, with_names: bool = False
) -> Iterator[Line]:
    """Yield the lines of `raw`, a stored value of `block`; with what is no prose, if asked to."""
    more = (with_tables, with_names)
    if not raw:
        return
    match block:
        case TypedTableBlock():
            if with_tables:
                yield from _table_lines(block, raw, place)
        case blocks.RichTextBlock():
            yield from _lines(rich_text(raw), place)
        case blocks.CharBlock() | blocks.TextBlock():
            yield from _lines(raw, place, isinstance(block, blocks.TextBlock))
        case _:
            for name, child, value in parts(block, raw):
                if isinstance(block, blocks.BaseStreamBlock):
                    yield from block_lines(child, value, str(child.label), *more)
                elif with_names or name not in NO_PROSE:
                    yield from block_lines(child, value, place, *more)


def _table_lines(table: TypedTableBlock, raw: dict[str, Any], place: str) -> Iterator[Line]:
    """Yield the lines of a table's caption, headings and cells."""
    yield from _lines(raw.get("caption") or "", place)
    for number, column in enumerate(raw["columns"]):
        yield from _lines(column.get("heading") or "", place)
        if cell := table.child_blocks.get(column["type"]):
            for row in raw["rows"]:
                yield from block_lines(cell, row["values"][number], place)


def rich_text(markup: str) -> str:
    """Return the text of a stored rich text; a paragraph, a list's item and a break end a line."""
    return html.unescape(strip_tags(_BREAK.sub("\n", markup)))


def _lines(text: str, place: str, can_break: bool = True) -> Iterator[Line]:
    """Yield the lines that are not empty, in the form that the rules expect."""
    text = unicodedata.normalize("NFC", INVISIBLE.sub("", str(text)))
    for line in text.splitlines():
        if words := " ".join(line.split()):
            yield Line(words, place, can_break)


def without_law(text: str, law: Iterable[str]) -> str:
    """Return `text` without what it quotes, between quotation marks, from the `law`."""
    law = list(law)

    def keep(quoted: re.Match[str]) -> str:
        return "" if is_law(quoted[1], law) else quoted[0]

    return " ".join(_QUOTED.sub(keep, text).split())


def is_law(text: str, law: Iterable[str]) -> bool:
    """Tell whether a text is a sentence of the `law`, as a title may be."""
    words = text.strip(" .…")
    return len(words.split()) >= SHORTEST_QUOTE and find_quote(words, law) is not None
