"""A page's typed texts, typeset as its language asks for: fields, rich texts, and all blocks."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.db import models
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.fields import RichTextField, StreamField

from .law import plain
from .stored_blocks import is_wrapped
from .typography import typeset, typeset_html

#: The languages whose typography is German.
GERMAN = frozenset({"de", "de-simple"})


def typeset_page(page: Any) -> None:
    """Typeset what an editor has typed, but for the law and the fields in the page's `as_typed`.

    The draft's title follows the title where they were the same.
    """
    if page.locale.language_code not in GERMAN:
        return
    law = law_text()
    same_title = page.draft_title == page.title
    for field in page._meta.concrete_fields:
        if field.name not in page.as_typed:
            _typeset_field(page, field, law)
    if same_title:
        page.draft_title = page.title


def law_text() -> str:
    """Return the law as `find_stretches` looks for it; one query."""
    from .models import Article

    articles = Article.objects.values_list("paragraphs", flat=True)
    return "\n".join(plain(paragraph["text"]) for article in articles for paragraph in article)


def _typeset_field(page: Any, field: Any, law: str) -> None:
    match field:
        case StreamField():
            _typeset_stream(page, field, law)
        case models.SlugField() | models.URLField() | models.EmailField():
            return
        case models.CharField() | models.TextField() if field.editable and not field.choices:
            change = partial(typeset_html if isinstance(field, RichTextField) else typeset, law=law)
            if value := getattr(page, field.attname):
                setattr(page, field.attname, fitting(change, value, field.max_length))


def _typeset_stream(page: Any, field: StreamField, law: str) -> None:
    if not (stream := getattr(page, field.name)):
        return
    typed = stream.get_prep_value()
    if (raw := typeset_raw(field.stream_block, typed, law)) != typed:
        setattr(page, field.name, field.stream_block.to_python(raw))


def fitting(change: Callable[[str], str], text: str, longest: int | None) -> str:
    """Return a text changed; as it was where the change would make it too long."""
    changed = change(text)
    return changed if longest is None or len(changed) <= max(longest, len(text)) else text


def typeset_raw(block: Any, raw: Any, law: str = "") -> Any:  # noqa: PLR0911 -- one a kind
    """Return a block's stored value with its texts typeset.

    A block that was made with `as_typed=True` keeps its text.
    """
    if not raw or getattr(block.meta, "as_typed", False):
        return raw
    match block:
        case blocks.BaseStreamBlock():
            return [_typeset_child(block, item, law) for item in raw]
        case blocks.ListBlock():
            return [_typeset_item(block.child_block, item, law) for item in raw]
        case blocks.BaseStructBlock():
            children = block.child_blocks.items()
            return raw | {
                name: typeset_raw(child, raw[name], law) for name, child in children if name in raw
            }
        case TypedTableBlock():
            return _typeset_table(block, raw, law)
        case blocks.RichTextBlock():
            return fitting(partial(typeset_html, law=law), raw, block.max_length)
        case blocks.CharBlock() | blocks.TextBlock():
            return fitting(partial(typeset, law=law), raw, block.field.max_length)
    return raw


def _typeset_child(block: Any, item: dict[str, Any], law: str) -> dict[str, Any]:
    child = block.child_blocks.get(item["type"])
    return item | {"value": typeset_raw(child, item["value"], law)} if child else item


def _typeset_item(block: Any, item: Any, law: str) -> Any:
    if is_wrapped(item):
        return item | {"value": typeset_raw(block, item["value"], law)}
    return typeset_raw(block, item, law)


def _typeset_table(block: TypedTableBlock, raw: dict[str, Any], law: str) -> dict[str, Any]:
    """Return a table typeset: its headings, cells and caption."""
    columns = [
        column | {"heading": typeset(column.get("heading") or "", law)} for column in raw["columns"]
    ]
    cells = [block.child_blocks.get(column["type"]) for column in columns]
    rows = [
        row
        | {
            "values": [
                typeset_raw(cell, value, law) if cell else value
                for cell, value in zip(cells, row["values"], strict=False)
            ]
        }
        for row in raw["rows"]
    ]
    return raw | {
        "columns": columns,
        "rows": rows,
        "caption": typeset(raw.get("caption") or "", law),
    }
