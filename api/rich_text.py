"""Editors' rich text for readers elsewhere: HTML with whole addresses, and the same as a tree.

The tree is hast (https://github.com/syntax-tree/hast), which renderers of components understand.
"""

from typing import Any

from bs4 import BeautifulSoup, NavigableString, Tag
from wagtail.rich_text import expand_db_html

from .addresses import absolute


def render(source: str) -> dict[str, Any]:
    """Return a stored rich text as `{"html": …, "hast": …}`, its links resolved and absolute.

    Links to pages that the public may not see have no address any more.
    """
    soup = BeautifulSoup(expand_db_html(source), "html.parser")
    for link in soup.find_all("a", href=True):
        link["href"] = absolute(str(link["href"]))
    children = [node for child in soup.children if (node := _node(child))]
    return {"html": str(soup), "hast": {"type": "root", "children": children}}


def _node(node: Any) -> dict[str, Any] | None:
    """Return an element or a text as hast; None for anything else, such as a comment."""
    if isinstance(node, Tag):
        return {
            "type": "element",
            "tagName": node.name,
            "properties": {name: str(value) for name, value in node.attrs.items()},
            "children": [found for child in node.children if (found := _node(child))],
        }
    if type(node) is NavigableString:
        return {"type": "text", "value": str(node)}
    return None
