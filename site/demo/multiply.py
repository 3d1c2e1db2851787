"""Hundreds of pages in a few queries, to measure and test what must not grow with them."""

import copy
from collections.abc import Sequence
from itertools import cycle
from typing import Any
from uuid import uuid4

from django.db.models import F
from modelcluster.models import get_all_child_relations
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search.backends import get_search_backend

from home.models import SearchPosting
from postcards.models import CardCode, PictureCard

#: Rows that are written at once.
BATCH = 100


def multiply(page: Any, count: int, images: Sequence[Any] = ()) -> None:
    """Put copies of a page beside it, with its tags, articles and authors, until `count` stand.

    The pictures of the copies are taken from `images` in turn, their bodies are empty. Nothing is
    saved one by one: the rows are written as Treebeard numbers them.
    """
    model, parent = type(page), page.get_parent()
    missing = count - parent.get_children().type(model).count()
    first = Page._str2int(parent.get_last_child().path[-Page.steplen :]) + 1
    pictures = cycle([image.pk for image in images] or [None])
    streams = [field.name for field in model._meta.fields if isinstance(field, StreamField)]
    copies = []
    for number in range(first, first + missing):
        new = copy.copy(page)
        new._state = copy.copy(page._state)
        new.pk = new.id = new.page_ptr_id = None
        new.path = Page._get_path(parent.path, page.depth, number)
        new.slug = f"{page.slug}-{number}"
        new.title = new.draft_title = f"{page.title} {number}"
        new.url_path = f"{parent.url_path}{new.slug}/"
        new.translation_key, new.numchild, new.show_in_menus = uuid4(), 0, False
        for name in model.image_fields:
            setattr(new, f"{name}_id", next(pictures))
        for name in streams:
            setattr(new, name, [])
        copies.append(new)
    fields = [field for field in Page._meta.concrete_fields if not field.primary_key]
    rows = [Page(**{f.attname: getattr(new, f.attname) for f in fields}) for new in copies]
    Page.objects.bulk_create(rows)
    for new, row in zip(copies, rows, strict=True):
        new.pk = new.id = new.page_ptr_id = row.pk
    # Django's bulk_create does not take models with a parent's table; this writes our half.
    own = model._meta.local_concrete_fields
    for start in range(0, len(copies), BATCH):
        model._base_manager._insert(copies[start : start + BATCH], fields=own, using="default")
    for relation in get_all_child_relations(model):
        link = relation.field.attname
        originals = list(relation.related_model.objects.filter(**{link: page.pk}))
        relation.related_model.objects.bulk_create(
            _copied(original, **{link: new.pk}) for new in copies for original in originals
        )
    Page.objects.filter(pk=parent.pk).update(numchild=F("numchild") + missing)
    if issubclass(model, PictureCard):
        CardCode.objects.bulk_create(CardCode(page_id=new.pk) for new in copies)
    known = {row.pk for row in rows}
    made = [new for new in model.objects.child_of(parent) if new.pk in known]
    get_search_backend().add_bulk(model, made)
    _index(page, made)


def _index(page: Any, made: list[Any]) -> None:
    """Let the copies be found by the words of the page's title and teaser."""
    heavy = SearchPosting.objects.filter(page=page.pk, weight__gt=1)
    words = heavy.values_list("word", "weight")
    SearchPosting.objects.bulk_create(
        SearchPosting(page_id=new.pk, word_id=word, weight=weight)
        for new in made
        for word, weight in list(words)
    )


def _copied(original: Any, **values: Any) -> Any:
    new = copy.copy(original)
    new._state = copy.copy(original._state)
    new.pk = None
    for name, value in values.items():
        setattr(new, name, value)
    return new
