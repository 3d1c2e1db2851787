"""What the API knows of content: apps register page types, blocks and endpoints here.

An app registers in its `AppConfig.ready`, by importing its `schemas` module. Schemas may name each
other as strings, across apps ("PostcardCard"), and three unions that the registry makes of them:
"AnyCard", "AnyPage" and "AnyBlock", told apart by their `type`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar, Union

from django.core.exceptions import ImproperlyConfigured
from django.db.models import Model
from pydantic import BaseModel, Field
from typing_extensions import TypeAliasType
from wagtail.blocks import Block
from wagtail.models import Page, Site

if TYPE_CHECKING:
    from django.db.models.fields.files import FieldFile
    from ninja import Router

    from .content import Content
    from .schemas import BlockSchema, CardSchema, PageSchema
    from .transfer.filling import Restorer

Class = TypeVar("Class", bound=type[BaseModel])


@dataclass(frozen=True)
class PageType:
    """A page type with its schemas: `card` in lists, `page` alone."""

    model: type[Page]
    card: "type[CardSchema]"
    page: "type[PageSchema]"

    @property
    def name(self) -> str:
        """Return the type's name in JSON, as in "guest_post"."""
        return literal(self.page)


@dataclass(frozen=True)
class Part:
    """A file of an export beside its pages, such as "departments.json", and the way back."""

    name: str
    write: "Callable[[Site], BaseModel]"
    restore: "Callable[[dict[str, Any], Restorer], None]"
    #: Tables that it fills; an import wants them empty.
    models: tuple[type[Model], ...] = ()
    #: Whether it names pages or the site, and so comes after them.
    after_pages: bool = False


def literal(schema: type[BaseModel]) -> str:
    """Return the value of a schema's `type`; raise `ImproperlyConfigured` where it has none."""
    default = schema.model_fields["type"].default if "type" in schema.model_fields else None
    if not isinstance(default, str):
        message = f'{schema.__name__} needs a literal type: `type: Literal["…"] = "…"`.'
        raise ImproperlyConfigured(message)
    return default


def union(name: str, schemas: Iterable[type[BaseModel]]) -> Any:
    """Return a named union of schemas that are told apart by their `type`."""
    members = tuple(schemas)
    together: Any = Union.__getitem__(members)
    if len(members) > 1:
        together = Annotated[together, Field(discriminator="type")]
    return TypeAliasType(name, together)


@dataclass
class Registry:
    """All that apps have registered."""

    page_types: dict[type[Page], PageType] = field(default_factory=dict)
    blocks: "dict[type[Block], type[BlockSchema]]" = field(default_factory=dict)
    routers: "list[Router]" = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    sources: list[Path] = field(default_factory=list)
    files: "list[Callable[[], Iterable[FieldFile]]]" = field(default_factory=list)
    _content: "Content | None" = None
    _unions: dict[str, Any] = field(default_factory=dict)

    def page(
        self, model: type[Page], *, card: "type[CardSchema]", page: "type[PageSchema]"
    ) -> None:
        """Register a page type; its schemas' `type` must be the same, and nobody else's."""
        kind = PageType(model, card, page)
        if literal(card) != kind.name or kind.name in self.type_names():
            message = f"{model.__name__}: the type {kind.name!r} is its card's too, and unique."
            raise ImproperlyConfigured(message)
        self.page_types[model] = kind

    def block(self, block: type[Block]) -> Callable[[Class], Class]:
        """Register the decorated schema for a block; its `type` is the block's name in streams."""

        def register(schema: Class) -> Class:
            literal(schema)
            self.blocks[block] = schema  # type: ignore[assignment]
            return schema

        return register

    def add_router(self, router: "Router", *sources: Path) -> None:
        """Add endpoints of an app's own; `sources` are files and folders that make their answers.

        Answers have new ETags when a source changes. The code of apps with page types is known.
        """
        self.routers.append(router)
        self.sources += sources

    def add_part(self, part: Part) -> None:
        """Add a file to exports; parts are read in the order of registration."""
        self.parts.append(part)

    def add_files(self, files: "Callable[[], Iterable[FieldFile]]") -> None:
        """Name files that an export takes along where an answer has their addresses."""
        self.files.append(files)

    def provide(self, content: "Content") -> None:
        """Name what answers the API's questions about pages."""
        self._content = content

    @property
    def content(self) -> "Content":
        """Return what answers questions about pages."""
        if self._content is None:
            raise ImproperlyConfigured('No app provides content: add "home" to INSTALLED_APPS.')
        return self._content

    def type_names(self) -> list[str]:
        """Return the names of all page types, in the order of registration."""
        return [kind.name for kind in self.page_types.values()]

    def models(self, names: Iterable[str]) -> list[type[Page]]:
        """Return the page models with these names."""
        wanted = set(names)
        return [model for model, kind in self.page_types.items() if kind.name in wanted]

    def of(self, page: Page) -> PageType | None:
        """Return the registered type of a page; None for a type that the API does not show."""
        return self.page_types.get(type(page))

    def block_schema(self, block: Block) -> "type[BlockSchema] | None":
        """Return the schema of a block, its own or the one of a class that it builds on."""
        return next((self.blocks[cls] for cls in type(block).__mro__ if cls in self.blocks), None)

    def complete(self) -> dict[str, Any]:
        """Resolve what schemas name as strings, once, and return the unions by name."""
        if not self._unions:
            cards = [kind.card for kind in self.page_types.values()]
            pages = [kind.page for kind in self.page_types.values()]
            blocks = list(dict.fromkeys(self.blocks.values()))
            self._unions = {
                "AnyCard": union("AnyCard", cards),
                "AnyPage": union("AnyPage", pages),
                "AnyBlock": union("AnyBlock", blocks),
            }
            schemas: list[type[BaseModel]] = [*cards, *pages, *blocks]
            names = {schema.__name__: schema for schema in schemas} | self._unions
            for schema in schemas:
                schema.model_rebuild(_types_namespace=names)
        return self._unions


registry = Registry()
