"""Alphabetical order as in German dictionaries (DIN 5007-1): "ä" as "a", "ß" as "ss".

Python sorts short lists by `sort_key`, databases by `alphabetical`. The collation is PostgreSQL's
own (ICU, in every usual build); on SQLite it is `sort_key` under the same name.
"""

import unicodedata
from functools import lru_cache
from typing import Any

from django.db.models import CharField, QuerySet, TextField
from django.db.models.functions import Collate

COLLATION = "de-x-icu"
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "\u00ad": None})


@lru_cache(maxsize=16384)
def sort_key(text: str) -> tuple[str, str, str]:
    """Return what `text` is sorted by: its base letters, and what else tells it from others."""
    letters = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    base = "".join(char for char in letters if not unicodedata.combining(char))
    return base, text.swapcase(), text  # small letters before large ones


def alphabetical(field: str) -> Collate:
    """Return the expression that sorts rows by the text in `field`."""
    return Collate(field, COLLATION)


def in_alphabetical_order(queryset: QuerySet[Any]) -> QuerySet[Any]:
    """Return a queryset that was told to sort by fields, those with text in alphabetical order."""
    fields = {
        field.name
        for field in queryset.model._meta.concrete_fields
        if isinstance(field, CharField | TextField)
    }
    order = [
        _directed(asked) if isinstance(asked, str) and asked.removeprefix("-") in fields else asked
        for asked in queryset.query.order_by
    ]
    return queryset.order_by(*order) if order else queryset


def _directed(asked: str) -> Any:
    expression = alphabetical(asked.removeprefix("-"))
    return expression.desc() if asked.startswith("-") else expression.asc()


def teach_sqlite(connection: Any, **_signal: Any) -> None:
    """Tell a new connection to SQLite what the collation is."""
    if connection.vendor == "sqlite":
        connection.connection.create_collation(COLLATION, _compare)


def _compare(one: str, other: str) -> int:
    first, second = sort_key(one), sort_key(other)
    return (first > second) - (first < second)
