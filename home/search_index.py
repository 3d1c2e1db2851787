"""What the search knows of a page: made anew whenever the page's public state is saved.

Page types say what they are found by in Wagtail's `search_fields`; a field's boost is its weight.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any
from unicodedata import normalize

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model
from django.db.models.signals import post_save, pre_delete
from django.utils.html import strip_tags
from taggit.models import Tag
from wagtail.models import Page, ReferenceIndex
from wagtail.search import index
from wagtail.signals import page_published

from . import search_store
from .folding import plain, spelled, stem
from .models import (
    TITLE_BOOST,
    CampaignPage,
    PageTag,
    SearchEntry,
    SearchPosting,
    SearchText,
    SearchWord,
)
from .models.freshness import DRAFT_FIELDS
from .models.search import BODY, TEASER, TITLE
from .visibility import is_visible

#: E-mail and web addresses.
_ADDRESS = re.compile(r"\S*(?:@|://|www\.)\S*")
#: Models whose names pages are found by.
NAMED = frozenset({"home.Department", "home.Article", "blog.Author", "taggit.Tag"})


def texts(thing: Any, fields: Iterable[Any]) -> Iterator[tuple[str, int]]:
    """Yield the texts that a thing is found by, each with its weight; no markup."""
    for field in fields:
        if isinstance(field, index.RelatedFields):
            for related in _related(thing, field.field_name):
                yield from texts(related, field.fields)
        elif isinstance(field, index.SearchField):
            value = field.get_value(thing)
            weight = _weight(field)
            for text in value if isinstance(value, list | tuple) else [value]:
                if text:
                    yield strip_tags(str(text)), weight


def _weight(field: index.SearchField) -> int:
    """Return what a field's words weigh: those of the title, of what is boosted, of the rest."""
    if field.field_name == "title" or (field.boost or 0) >= TITLE_BOOST:
        return TITLE
    return TEASER if field.boost else BODY


def _related(thing: Any, name: str) -> Iterable[Any]:
    value = getattr(thing, name, None)
    if value is None:
        return ()
    return value.all() if hasattr(value, "all") else (value,)


def index_page(page: CampaignPage) -> None:
    """Write the index of a page as it stands in the database, a fixed number of queries."""
    weights: dict[str, int] = {}
    written: dict[str, str] = {}
    lines = []
    offers = is_visible(page)
    # What results quote comes first, then what the page belongs to.
    fields = sorted(page.search_fields, key=lambda f: isinstance(f, index.RelatedFields))
    for text, weight in texts(page, fields):
        if weight < TITLE:
            lines.append(" ".join(normalize("NFC", text).split()))
        for _word, plain_word in spelled(text):
            key = stem(plain_word)
            weights[key] = max(weight, weights.get(key, 0))
            written.setdefault(key, "")
        # What stands in hidden pages only, or in addresses only, is offered to nobody.
        for word, plain_word in spelled(_ADDRESS.sub(" ", text)) if offers else ():
            key = stem(plain_word)
            written[key] = min(word, written.get(key, ""), key=_plainness)
    with transaction.atomic():
        known = _write_words(written)
        search_store.write(page.pk, {known[key]: weight for key, weight in weights.items()})
        SearchEntry.objects.update_or_create(
            page_id=page.pk, defaults={"department_id": page.department_id}
        )
        SearchText.objects.update_or_create(page_id=page.pk, defaults={"text": "\n".join(lines)})


def _write_words(written: dict[str, str]) -> dict[str, int]:
    """Write words by their stems; return the primary key of each stem."""
    known = {word.stem: word for word in SearchWord.objects.filter(stem__in=written)}
    better = [
        SearchWord(stem=key, word=written[key])
        for key in sorted(written)
        if key not in known or _plainness(written[key]) < _plainness(known[key].word)
    ]
    if not better:
        return {key: word.pk for key, word in known.items()}
    SearchWord.objects.bulk_create(
        better,
        update_conflicts=True,
        unique_fields=["stem"],
        update_fields=["word"],
        batch_size=search_store.BATCH,
    )
    return dict(SearchWord.objects.filter(stem__in=written).values_list("stem", "pk"))


def _plainness(word: str) -> tuple[bool, int, bool, str]:
    """Order the forms of a word: the shortest first, of those the ones in small letters."""
    return not word, len(plain(word)), word[:1].isupper(), word


def index_naming(thing: Model) -> None:
    """Index anew the pages that name a thing: a department, an author, a tag, an article."""
    index_pages(_naming(thing))


def index_pages(keys: Iterable[Any]) -> None:
    """Index anew those of some pages that are live."""
    for page in Page.objects.filter(pk__in=keys, live=True).specific(defer=False):
        if isinstance(page, CampaignPage):
            index_page(page)


def _naming(thing: Model) -> set[Any]:
    """Return the primary keys of the pages that name a thing."""
    if isinstance(thing, Tag):  # Wagtail keeps no references to tags
        return set(PageTag.objects.filter(tag=thing).values_list("content_object_id", flat=True))
    references = ReferenceIndex.get_references_to(thing)
    of_pages = references.filter(base_content_type=ContentType.objects.get_for_model(Page))
    return set(of_pages.values_list("object_id", flat=True))


def rebuild(progress: Callable[[int, int], None]) -> int:
    """Index all live pages anew, forget words that stand nowhere; return the number of pages.

    `progress` is told how many pages are done, and of how many.
    """
    search_store.forget()
    for model in (SearchPosting, SearchEntry, SearchText):
        model._default_manager.exclude(page__live=True).delete()
    SearchWord.objects.update(word="")
    live = Page.objects.filter(live=True, depth__gt=1)
    total, done = live.count(), 0
    for page in live.specific(defer=False).iterator(chunk_size=100):
        if isinstance(page, CampaignPage):
            index_page(page)
        done += 1
        progress(done, total)
    forget_words()
    return done


def forget_words() -> None:
    """Forget the words that stand on no page any more."""
    SearchWord.objects.filter(postings=None).delete()


# --- When ---------------------------------------------------------------------------------------


def page_saved(instance: Any, update_fields: Any = None, raw: bool = False, **_signal: Any) -> None:
    """Index a page whose public state was saved; drafts leave it as it is."""
    if raw or not isinstance(instance, CampaignPage) or not instance.live:
        return
    if not (update_fields and DRAFT_FIELDS.issuperset(update_fields)):
        index_page(instance)


def thing_saved(sender: type[Model], instance: Any, created: bool = False, **_signal: Any) -> None:
    """Index the pages that name a thing whose words have changed."""
    if not created and sender._meta.label in NAMED:
        index_naming(instance)


def thing_deleted(sender: type[Model], instance: Any, **_signal: Any) -> None:
    """Index the pages that named a thing, once it is gone."""
    if sender._meta.label in NAMED and (pages := _naming(instance)):
        transaction.on_commit(partial(index_pages, pages))


def watch() -> None:
    """Index what is saved from now on."""
    post_save.connect(page_saved, dispatch_uid="search_page_saved")
    # Tags, authors and articles are saved after the page itself.
    page_published.connect(page_saved, dispatch_uid="search_page_published")
    post_save.connect(thing_saved, dispatch_uid="search_thing_saved")
    pre_delete.connect(thing_deleted, dispatch_uid="search_thing_deleted")
