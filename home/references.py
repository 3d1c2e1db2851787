"""What a body names (pages, pictures, documents), read as it is stored, without a query."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model
from wagtail import blocks
from wagtail.documents import get_document_model
from wagtail.fields import RichTextField, StreamField
from wagtail.images import get_image_model
from wagtail.models import Page

from .stored_blocks import parts

_LINK = re.compile(r'<a\b[^>]*\blinktype="(page|document)"[^>]*>')
_ID = re.compile(r'\bid="(\d+)"')


def references(block: blocks.Block, raw: Any) -> Iterator[tuple[type[Model], int]]:
    """Yield model and primary key of everything that `raw`, a stored value of `block`, names."""
    if not raw:
        return
    match block:
        case blocks.ChooserBlock():
            # Where only the address counts, the page's own type does not.
            light = getattr(block, "only_address", False)
            yield Page if light else block.model_class, int(raw)
        case blocks.RichTextBlock():
            yield from linked(raw)
        case _:
            for _name, child, value in parts(block, raw):
                yield from references(child, value)


def linked(text: str) -> Iterator[tuple[type[Model], int]]:
    """Yield model and primary key of everything that a stored rich text links."""
    for link in _LINK.finditer(text):
        if found := _ID.search(link.group()):
            model = Page if link.group(1) == "page" else get_document_model()
            yield model, int(found.group(1))


@dataclass
class Named:
    """The primary keys of what a page names: cards by type, linked pages, pictures, files.

    Videos keep the order in which the page shows them.
    """

    cards: dict[type[Any], set[int]] = field(default_factory=lambda: defaultdict(set))
    links: set[int] = field(default_factory=set)
    images: set[int] = field(default_factory=set)
    documents: set[int] = field(default_factory=set)
    videos: list[int] = field(default_factory=list)

    def add(self, model: type[Model], pk: int) -> None:
        """Add one thing to those of its kind."""
        if model is Page:
            self.links.add(pk)
        elif issubclass(model, Page):
            self.cards[model].add(pk)
        elif issubclass(model, get_image_model()):
            self.images.add(pk)
        elif issubclass(model, get_document_model()):
            self.documents.add(pk)
        elif model._meta.label == "home.Video" and pk not in self.videos:
            self.videos.append(pk)


def named_in(page: Page) -> Named:
    """Return what the bodies and texts of a page name."""
    named = Named()
    for field_ in page._meta.get_fields():
        if isinstance(field_, StreamField):
            stream = getattr(page, field_.name)
            found = references(stream.stream_block, stream.raw_data)
        elif isinstance(field_, RichTextField):
            found = linked(getattr(page, field_.name))
        else:
            continue
        for model, pk in found:
            named.add(model, pk)
    return named
