"""Fills a model's fields with values of the content files, by the kind of each field."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from modelcluster.models import ClusterableModel
from wagtail.fields import RichTextField, StreamField

from demo.dates import resolve_date
from demo.reading import ContentError, Table
from demo.references import References, is_reference

# What the content files say about a page besides its fields.
PAGE_WORDS = frozenset({"key", "type", "parent", "age", "language", "translates"})
# Lists that become rows of a child relation: relation, its foreign key, how to name one row.
CHILD_ROWS = {
    "articles": ("article_links", "article", "artikel:{}"),
    "authors": ("author_links", "author", "{}"),
}
TAG_LISTS = frozenset({"tags", "occasions"})


class Filler:
    """Puts values of a content table into an object."""

    def __init__(self, references: References, today: dt.date) -> None:
        """Keep what references and dates are resolved with."""
        self._references = references
        self._today = today

    def fill(self, target: models.Model, table: Table) -> None:
        """Set every field, child row and tag that the table names.

        Raises ContentError for a name that the model does not have.
        """
        for name, value in table.items():
            if name in PAGE_WORDS:
                continue
            if name in CHILD_ROWS:
                self._set_rows(target, name, value)
            elif name in TAG_LISTS:
                getattr(target, name).set(value)
            else:
                setattr(target, name, self.value(target, name, value))

    def fill_plain(self, target: models.Model, table: Table) -> None:
        """Set only what can be set before any page exists: no rows, no bodies, no links."""
        late = PAGE_WORDS | CHILD_ROWS.keys() | TAG_LISTS
        for name, value in table.items():
            if name in late or isinstance(value, list | dict) or "seite:" in str(value):
                continue
            setattr(target, name, self.value(target, name, value))

    def value(self, target: models.Model, name: str, value: Any) -> Any:
        """Convert one value to what its field takes."""
        try:
            field = target._meta.get_field(name)
        except FieldDoesNotExist:
            if isinstance(getattr(type(target), name, None), property):
                return value
            raise ContentError(f"{target._meta.label} has no field {name}") from None
        match field:
            case StreamField():
                return _normalised(field, self._references.raw(value))
            case models.ForeignKey():
                return self._references.object(value) if value else None
            case RichTextField():
                return self._references.html(value)
            case models.DateField() if isinstance(value, str):
                return resolve_date(value, self._today) if value else None
            case _ if is_reference(value):
                raise ContentError(f"{target._meta.label}.{name} takes no reference: {value}")
            case _:
                return value

    def _set_rows(self, target: models.Model, name: str, keys: list[str]) -> None:
        relation, foreign_key, pattern = CHILD_ROWS[name]
        if not isinstance(target, ClusterableModel) or not hasattr(target, relation):
            raise ContentError(f"{target._meta.label} has no {name}")
        rows = getattr(target, relation)
        rows.set(
            [
                rows.model(**{foreign_key: self._references.object(pattern.format(key))})
                for key in keys
            ]
        )


def _normalised(field: StreamField, raw: list[Table]) -> Any:
    """Return a stream value whose list items and children carry ids, as the editor would save."""
    known = field.stream_block.child_blocks
    for child in raw:
        if child["type"] not in known:
            raise ContentError(f"{field.model._meta.label}.{field.name} has no {child['type']}")
    value = field.stream_block.to_python(raw)
    # A child that was looked at is written anew; one that was not keeps its short raw form.
    return field.stream_block.to_python(
        [
            {"type": child.block_type, "value": child.block.get_prep_value(child.value)}
            for child in value
        ]
    )
