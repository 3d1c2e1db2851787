"""The demo's content files: read from TOML and checked before anything is written."""

from __future__ import annotations

import tomllib
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

CONTENT: Final = Path(__file__).parent / "content"

# The order in which the files are read is the order of the pages in the menu.
_ORDER: Final = (
    "home",
    "impulses",
    "postcards",
    "courage_cards",
    "blog",
    "pages",
    "simple",
    "english",
)

# What a reference begins with: "bild:…" is a picture, "artikel:…" an article of the law.
REFERENCES: Final = ("bild", "seite", "datei", "film", "artikel", "person", "dezernat")

Table = dict[str, Any]


class ContentError(ValueError):
    """A content file is not as it should be; the message names the key."""


@dataclass
class Content:
    """Everything that the content files hold, in the order in which it is to be made."""

    images: list[Table] = field(default_factory=list)
    documents: list[Table] = field(default_factory=list)
    videos: list[Table] = field(default_factory=list)
    departments: list[Table] = field(default_factory=list)
    authors: list[Table] = field(default_factory=list)
    people: list[Table] = field(default_factory=list)
    pages: list[Table] = field(default_factory=list)
    settings: Table = field(default_factory=dict)


def read_content(folder: Path = CONTENT) -> Content:
    """Read every TOML file of a folder; raise ContentError for keys that are missing or double."""
    content = Content()
    for path in sorted(folder.glob("*.toml"), key=_place):
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        content.images += data.get("image", [])
        content.documents += data.get("document", [])
        content.videos += data.get("video", [])
        content.departments += data.get("department", [])
        content.authors += data.get("author", [])
        content.people += data.get("person_account", [])
        # A page that names its own type (the index above the others) takes no defaults.
        defaults = data.get("defaults", {})
        content.pages += [
            page if "type" in page else defaults | page for page in data.get("page", [])
        ]
        content.settings |= data.get("settings", {})
    _check_keys(content)
    content.pages = _parents_first(content.pages)
    return content


def _place(path: Path) -> tuple[int, str]:
    place = _ORDER.index(path.stem) if path.stem in _ORDER else len(_ORDER)
    return place, path.stem


def _check_keys(content: Content) -> None:
    for page in content.pages:
        if not {"type", "parent", "slug", "title", "age"} <= page.keys():
            raise ContentError(f"type, parent, slug, title or age is missing: {page}")
    kinds = (
        content.images,
        content.documents,
        content.videos,
        content.departments,
        content.authors,
        content.people,
        content.pages,
    )
    for kind in kinds:
        if any("key" not in table for table in kind):
            raise ContentError(f"no key: {next(t for t in kind if 'key' not in t)}")
        for key, times in Counter(table["key"] for table in kind).items():
            if times > 1:
                raise ContentError(f"double key: {key}")


def _parents_first(pages: list[Table]) -> list[Table]:
    """Order pages so that each comes after its parent, keeping the files' order otherwise."""
    waiting, known, ordered = list(pages), {""}, []
    while waiting:
        ready = [page for page in waiting if page.get("parent", "") in known]
        if not ready:
            raise ContentError(f"no parent: {waiting[0]['key']}")
        ordered += ready
        known |= {page["key"] for page in ready}
        waiting = [page for page in waiting if page["key"] not in known]
    return ordered
