"""References in content ("bild:…", "seite:…") and what Wagtail stores in their place."""

from __future__ import annotations

import re
from typing import Any, Final

from django.db.models import Model

from demo.ledger import Ledger, UnknownReferenceError
from demo.reading import REFERENCES
from home.models import Article

_WHOLE = re.compile(rf"(?:{'|'.join(REFERENCES)}):\S+")
_LINK = re.compile(r'href="((seite|datei):[^"]+)"')
_LINK_TYPES: Final = {"seite": "page", "datei": "document"}


class References:
    """Looks up references in the ledger and, for the law's articles, in the database."""

    def __init__(self, ledger: Ledger) -> None:
        """Keep the ledger; the articles are fetched at the first use."""
        self._ledger = ledger
        self._articles: dict[str, Article] | None = None

    def object(self, reference: str) -> Model:
        """Return the object that a reference names, or raise UnknownReferenceError."""
        kind, _, key = reference.partition(":")
        if kind != "artikel":
            return self._ledger[reference]
        if self._articles is None:
            self._articles = {article.number: article for article in Article.objects.all()}
        try:
            return self._articles[key]
        except KeyError:
            raise UnknownReferenceError(reference) from None

    def raw(self, value: Any) -> Any:
        """Replace every reference in a StreamField's raw value by what Wagtail stores there."""
        match value:
            case str() if _WHOLE.fullmatch(value):
                return self.object(value).pk
            case str():
                return self.html(value)
            case list():
                return [self.raw(item) for item in value]
            case dict():
                return {name: self.raw(item) for name, item in value.items()}
            case _:
                return value

    def html(self, text: str) -> str:
        """Replace references in links of a rich text by Wagtail's form, type and id."""

        def stored(match: re.Match[str]) -> str:
            link_type = _LINK_TYPES[match[2]]
            return f'linktype="{link_type}" id="{self.object(match[1]).pk}"'

        return _LINK.sub(stored, text)


def is_reference(value: object) -> bool:
    """Tell whether a value is one whole reference."""
    return isinstance(value, str) and bool(_WHOLE.fullmatch(value))
