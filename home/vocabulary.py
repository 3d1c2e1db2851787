"""The vocabularies in the API: departments and their rota, the law's articles, tags."""

import datetime as dt
from typing import Any, Literal

from pydantic import Field, model_validator

from api.schemas import Schema

from .models.departments import Department

ColorName = Literal["koralle", "sonne", "moos", "petrol", "nacht", "beere"]


class DepartmentRef(Schema):
    """A department by its names."""

    slug: str = Field(description="The value of the filter `department`.")
    name: str
    short_name: str
    color: ColorName


class ArticleRef(Schema):
    """An article of the Grundgesetz by its number and title."""

    slug: str = Field(description="The value of the filter `article`.")
    number: str
    label: str = Field(description="“Artikel 12a” or “Präambel”.")
    citation: str = Field(description="The short form with no-break spaces: “Art. 12a GG”.")
    title: str = Field(description="Unofficial: the law itself has none.")
    color: ColorName


class ParagraphSchema(Schema):
    """A paragraph (Absatz) of an article, letter for letter."""

    number: str | None = Field(description="None where the article has one only.")
    text: str


class ArticleSchema(ArticleRef):
    """An article of the Grundgesetz with its exact wording."""

    paragraphs: list[ParagraphSchema]
    source: str
    edition: str = Field(description="As of when the wording stands (“Stand”).")


class TagSchema(Schema):
    """A topic."""

    slug: str = Field(description="The value of the filter `tag`.")
    name: str


class TurnSchema(Schema):
    """Whole months in which a department leads the campaign."""

    department: DepartmentRef
    start: dt.date
    end: dt.date


class RotaSchema(Schema):
    """Who leads the campaign today, and who is next."""

    current: list[DepartmentRef]
    since: dt.date | None
    until: dt.date | None
    next: TurnSchema | None


class DepartmentSchema(DepartmentRef):
    """A department with its turns in the rota."""

    fields_of_work: str
    rota: list[TurnSchema]

    @model_validator(mode="before")
    @classmethod
    def from_department(cls, value: Any) -> Any:
        """Take a department with its rota entries."""
        if not isinstance(value, Department):
            return value
        names = ("slug", "name", "short_name", "color", "fields_of_work")
        turns = list(value.rota_entries.all())
        return {name: getattr(value, name) for name in names} | {"rota": turns}
