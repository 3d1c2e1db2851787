"""From JSON back to objects: the inverse of the schemas, by walking model fields and blocks.

JSON names equal those of fields and blocks; where they do not, a schema's `restore` says so.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from bs4 import BeautifulSoup
from django.db.models import Field, ForeignKey, ManyToOneRel, Model
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext as _t
from modelcluster.fields import ParentalKey
from taggit.managers import TaggableManager
from taggit.models import Tag
from wagtail import blocks
from wagtail.documents import get_document_model
from wagtail.fields import RichTextField, StreamField
from wagtail.images import get_image_model
from wagtail.models import Page, Site

from ..registry import registry
from ..schemas import PageSchema
from . import TransferError

#: What all pages have, partly under names that mean something else in the database.
PAGE_FIELDS = frozenset(PageSchema.model_fields)


@dataclass
class Restorer:
    """What an import knows of the export when it fills objects."""

    #: Primary keys by the addresses that JSON has for them.
    pages: Mapping[str, int] = field(default_factory=dict)
    documents: dict[str, int] = field(default_factory=dict)
    #: Primary keys of what there is to be named.
    known: Mapping[type[Model], set[int]] = field(default_factory=dict)
    site: Site | None = None
    #: Puts the export's file at a path into a field.
    take: Callable[[FieldFile, str], None] | None = None
    _slugs: dict[tuple[type[Model], str], int] = field(default_factory=dict)

    # --- Objects --------------------------------------------------------------------------------

    def fill(self, instance: Any, data: Mapping[str, Any]) -> Any:
        """Set all fields of an object that JSON names, its children included, and return it."""
        common = PAGE_FIELDS if isinstance(instance, Page) else frozenset()
        for found in instance._meta.get_fields():
            if found.name in data and found.name not in common:
                self._set(instance, found, data[found.name])
        return instance

    def _set(self, instance: Any, found: Any, value: Any) -> None:
        match found:
            case StreamField():
                setattr(instance, found.name, json.dumps(self.stream(found.stream_block, value)))
            case RichTextField():
                setattr(instance, found.name, self.rich_text(value))
            case TaggableManager():
                relation = found.through._meta.get_field("content_object").remote_field
                self._tag(instance, relation, value)
            case ManyToOneRel() if isinstance(found.field, ParentalKey):
                self._set_children(instance, found, value)
            case ForeignKey():
                setattr(instance, found.attname, self.key(found.related_model, value))
            case Field() if value is not None or found.null:
                setattr(instance, found.name, found.to_python(value))

    def _tag(self, instance: Any, relation: Any, tags: list[dict[str, str]]) -> None:
        through, links = relation.related_model, []
        for tag in tags:
            kept, _new = Tag.objects.get_or_create(slug=tag["slug"], defaults={"name": tag["name"]})
            links.append(through(tag=kept))
        setattr(instance, relation.get_accessor_name(), links)

    def _set_children(self, instance: Any, relation: Any, items: list[dict[str, Any]]) -> None:
        children = []
        for place, item in enumerate(items):
            own = {name: value for name, value in item.items() if name != relation.field.name}
            child = self.fill(relation.related_model(), own)
            if hasattr(child, "sort_order"):
                child.sort_order = place
            children.append(child)
        setattr(instance, relation.get_accessor_name(), children)

    def key(self, model: Any, value: Any) -> int | None:
        """Return the primary key of what JSON names by `id` or `slug`.

        None for a page that is not part of the export; raises `TransferError` for anything else.
        """
        if value is None:
            return None
        if isinstance(value, dict) and "id" not in value:
            return self._key_of_slug(model, value["slug"])
        pk = int(value["id"] if isinstance(value, dict) else value)
        kind: Any = Page if issubclass(model, Page) else model
        if kind not in self.known or pk in self.known[kind]:
            return pk
        if kind is Page:
            return None
        message = _t("%(kind)s %(id)d is named, but not part of the export.")
        raise TransferError(message % {"kind": model._meta.verbose_name, "id": pk})

    def _key_of_slug(self, model: Any, slug: str) -> int:
        if (model, slug) not in self._slugs:
            found = model._default_manager.filter(slug=slug).values_list("pk", flat=True).first()
            if found is None:
                message = _t("%(kind)s “%(slug)s” is named, but not part of the export.")
                raise TransferError(message % {"kind": model._meta.verbose_name, "slug": slug})
            self._slugs[model, slug] = found
        return self._slugs[model, slug]

    # --- Texts and blocks -----------------------------------------------------------------------

    def rich_text(self, value: Any) -> str:
        """Return a rich text as it is stored: links to pages and documents name them."""
        if value is None:
            return ""
        soup = BeautifulSoup(value["html"], "html.parser")
        for link in soup.find_all("a", href=True):
            href = str(link["href"])
            for kind, keys in (("page", self.pages), ("document", self.documents)):
                if href in keys:
                    del link["href"]
                    link.attrs |= {"linktype": kind, "id": str(keys[href])}
                    break
        return str(soup)

    def stream(self, block: Any, items: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Return a stream's blocks as they are stored."""
        return [self._streamed(block, item) for item in items]

    def _streamed(self, block: Any, item: dict[str, Any]) -> dict[str, Any]:
        only = next(iter(block.child_blocks), "")  # a stream of one kind needs no types
        name = item.get("type", only)
        if (child := block.child_blocks.get(name)) is None:
            raise TransferError(_t("There is no block “%(name)s” here.") % {"name": name})
        data: Any = item
        if not isinstance(child, blocks.BaseStructBlock):
            schema = registry.block_schema(child)
            data = item[schema.value_name if schema else "value"]
        return {
            "type": name,
            "id": item.get("id") or str(uuid4()),
            "value": self.value(child, data),
        }

    def value(self, block: Any, data: Any) -> Any:
        """Return a block's value as it is stored."""
        schema = registry.block_schema(block)
        if schema and isinstance(data, dict):
            data = schema.restore(data)
        if data is None:
            return None
        return self._stored(block, data)

    def _stored(self, block: Any, data: Any) -> Any:
        match block:
            case blocks.BaseStreamBlock():
                return self.stream(block, data)
            case blocks.ListBlock():
                values = [self.value(block.child_block, item) for item in data]
                return [{"type": "item", "id": str(uuid4()), "value": value} for value in values]
            case blocks.BaseStructBlock():
                children = block.child_blocks.items()
                return {
                    name: self.value(child, data[name]) for name, child in children if name in data
                }
            case blocks.RichTextBlock():
                return self.rich_text(data)
            case blocks.ChooserBlock():
                return self.key(block.model_class, data)
        return data


def files_known(images: set[int], documents: set[int]) -> dict[type[Model], set[int]]:
    """Return the primary keys of pictures and documents by their models."""
    return {get_image_model(): images, get_document_model(): documents}
