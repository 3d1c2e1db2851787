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
from wagtail.fields import RichTextField, StreamField

from .language.sentences import INVISIBLE
from .law import SHORTEST_QUOTE, find_quote
from .models import Article, CampaignPage

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


def lines_of(page: CampaignPage) -> list[Line]:
    """Return what citizens read on a page; one query at most, for the law that it may quote."""
    lines = [line for name in page.prose_fields for line in _field_lines(page, name)]
    quoted = [line for line in lines if _QUOTED.search(line.text)]
    if not quoted:
        return lines
    law = [
        paragraph["text"] for article in Article.objects.all() for paragraph in article.paragraphs
    ]
    own = (replace(line, text=without_law(line.text, law)) for line in lines)
    return [line for line in own if line.text]


def _field_lines(page: CampaignPage, name: str) -> Iterator[Line]:
    field = page._meta.get_field(name)
    value = getattr(page, name)
    place = capfirst(str(_LABELS.get(name, field.verbose_name)))
    if isinstance(field, StreamField):
        yield from block_lines(value.stream_block, value.raw_data, place)
    elif isinstance(field, RichTextField):
        yield from _lines(rich_text(value), place)
    else:
        can_break = not isinstance(field, models.CharField)
        yield from _lines(value or "", place, can_break)


def block_lines(block: blocks.Block, raw: Any, place: str) -> Iterator[Line]:
    """Yield the lines of `raw`, a stored value of `block`."""
    match block:
        case _ if not raw:
            return
        case blocks.BaseStreamBlock():
            for item in raw:
                if child := block.child_blocks.get(item["type"]):
                    yield from block_lines(child, item["value"], str(child.label))
        case blocks.ListBlock():
            for item in raw:
                wrapped = isinstance(item, dict) and item.keys() >= {"id", "type", "value"}
                yield from block_lines(block.child_block, item["value"] if wrapped else item, place)
        case blocks.BaseStructBlock():
            for name, child in block.child_blocks.items():
                if name not in NO_PROSE:
                    yield from block_lines(child, raw.get(name), place)
        case blocks.RichTextBlock():
            yield from _lines(rich_text(raw), place)
        case blocks.CharBlock() | blocks.TextBlock():
            yield from _lines(raw, place, isinstance(block, blocks.TextBlock))


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
        words = quoted[1].strip(" .…")
        is_law = len(words.split()) >= SHORTEST_QUOTE and find_quote(words, law)
        return "" if is_law else quoted[0]

    return " ".join(_QUOTED.sub(keep, text).split())
