"""What the stored value of a block that holds others consists of, before anything is fetched."""

from collections.abc import Iterator
from typing import Any

from wagtail import blocks


def parts(block: blocks.Block, raw: Any) -> Iterator[tuple[str, blocks.Block, Any]]:
    """Yield name, block and stored value of each part; nothing for a block that has none.

    A list's items have no name. Parts whose block is gone are left out.
    """
    match block:
        case blocks.BaseStreamBlock():
            for item in raw:
                if child := block.child_blocks.get(item["type"]):
                    yield item["type"], child, item["value"]
        case blocks.ListBlock():
            for item in raw:
                yield "", block.child_block, item["value"] if is_wrapped(item) else item
        case blocks.BaseStructBlock():
            for name, child in block.child_blocks.items():
                yield name, child, raw.get(name)


def is_wrapped(item: Any) -> bool:
    """Tell whether a list's item has an id; long ago, it was its bare value."""
    return isinstance(item, dict) and item.keys() >= {"id", "type", "value"}
