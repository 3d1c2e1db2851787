"""Which pages and pictures a body names, read from its stored form without fetching any."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model
from wagtail import blocks
from wagtail.images import get_image_model
from wagtail.models import Page

_LINKED_PAGE = re.compile(r'<a\b[^>]*\blinktype="page"[^>]*>')
_ID = re.compile(r'\bid="(\d+)"')


def references(block: blocks.Block, raw: Any) -> Iterator[tuple[type[Model], int]]:
    """Yield model and primary key of everything that `raw`, a stored value of `block`, names."""
    match block:
        case _ if not raw:
            return
        case blocks.BaseStreamBlock():
            for item in raw:
                if child := block.child_blocks.get(item["type"]):
                    yield from references(child, item["value"])
        case blocks.ListBlock():
            for item in raw:
                wrapped = isinstance(item, dict) and item.keys() >= {"id", "type", "value"}
                yield from references(block.child_block, item["value"] if wrapped else item)
        case blocks.BaseStructBlock():
            for name, child in block.child_blocks.items():
                yield from references(child, raw.get(name))
        case blocks.ChooserBlock():
            # Where only the address counts, the page's own type does not.
            light = getattr(block, "only_address", False)
            yield Page if light else block.model_class, int(raw)
        case blocks.RichTextBlock():
            for link in _LINKED_PAGE.findall(raw):
                if found := _ID.search(link):
                    yield Page, int(found.group(1))


@dataclass
class Named:
    """The primary keys of what some bodies name: cards by type, linked pages, pictures."""

    cards: dict[type[Any], set[int]] = field(default_factory=lambda: defaultdict(set))
    links: set[int] = field(default_factory=set)
    images: set[int] = field(default_factory=set)


def named_in(streams: list[Any]) -> Named:
    """Return what some bodies (StreamValues) name."""
    named = Named()
    for stream in streams:
        for model, pk in references(stream.stream_block, stream.raw_data):
            if model is Page:
                named.links.add(pk)
            elif issubclass(model, Page):
                named.cards[model].add(pk)
            elif issubclass(model, get_image_model()):
                named.images.add(pk)
    return named
