"""What a search costs as a campaign grows, beside Wagtail's own search for the same words."""

import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import partial
from itertools import cycle
from typing import Any

from django.db import connection
from django.db.models import Model
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from wagtail.models import Page
from wagtail.search.backends import get_search_backend

from campaign.bench_api import SIZES, grow
from campaign.measures import ROUNDS, cpu_milliseconds
from home.lookups import lookups
from home.models import SearchEntry, SearchPosting, SearchText
from home.results import Results
from home.search_store import BATCH
from home.visibility import visible_pages

#: Searches of every kind, by what they ask for.
SEARCHES = {
    "a word of many pages": "Musterstadt",
    "two words": "Würde Menschen",
    "a part of compounds": "recht",
    "a rare word": "Gewächshaus",
    "a typo": "Demokartie",
    "nothing": "Kartoffelsalat",
}
HEADER = (
    f"{'pages':>7}  {'search':30} {'queries':>8} {'CPU ms':>8} {'page ms':>8} {'Wagtail ms':>11}"
)


def measure(out: Any) -> None:
    """Print a table: each search at each size; the pages made for it are the caller's to undo.

    "CPU ms" is the search alone with its first results, filters and quotations, "page ms" the
    whole page, "Wagtail ms" the first results of Wagtail's own search.
    """
    client = Client()
    out.write(HEADER)
    with override_settings(ALLOWED_HOSTS=["*"]):
        for size in SIZES:
            grow(size)
            _fill()
            for name, words in SEARCHES.items():
                address = f"/suche/?q={words}"
                number = _queries(words)
                costs = [
                    _milliseconds(partial(_ours, words)),
                    cpu_milliseconds(client, address, 3),
                    _milliseconds(partial(_wagtails, words), rounds=1),
                ]
                cells = f"{costs[0]:8.1f} {costs[1]:8.1f} {costs[2]:11.1f}"
                out.write(f"{visible_pages().count():7}  {name:30} {number:8} {cells}")


def _fill() -> None:
    """Give the pages made for the measurement, in turn, the words of the campaign's own."""
    originals = SearchEntry.objects.order_by("pk").select_related("page__search_text")
    bare = Page.objects.filter(depth__gt=1, search_entry=None).values_list("pk", flat=True)
    copies = list(zip(bare, cycle(list(originals)), strict=False))
    words = defaultdict(list)
    for page, word, weight in SearchPosting.objects.values_list("page", "word", "weight"):
        words[page].append((word, weight))
    SearchPosting.objects.filter(page__in=bare).delete()
    rows: list[Iterator[Model]] = [
        (SearchEntry(page_id=pk, department_id=one.department_id) for pk, one in copies),
        (SearchText(page_id=pk, text=one.page.search_text.text) for pk, one in copies),
        (
            SearchPosting(page_id=pk, word_id=word, weight=weight)
            for pk, one in copies
            for word, weight in words[one.pk]
        ),
    ]
    for model, made in zip((SearchEntry, SearchText, SearchPosting), rows, strict=True):
        model._default_manager.bulk_create(made, batch_size=BATCH)


def _ours(words: str) -> list[Any]:
    """Search as the website does, up to what its template shows."""
    asked = QueryDict(mutable=True)
    asked["q"] = words
    with lookups(renditions=False):
        found = Results(asked, "/suche/", "de")
        return [found.items, found.facets, found.promoted, found.meant, found.single_words]


def _wagtails(words: str) -> list[Any]:
    """Search all live pages by Wagtail's own search, by relevance."""
    return list(get_search_backend().search(words, Page.objects.live(), operator="and")[:20])


def _queries(words: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        _ours(words)
    return len(captured)


def _milliseconds(work: Callable[[], Any], rounds: int = ROUNDS) -> float:
    """Return the process's CPU time for some work: the best of some rounds."""
    best = float("inf")
    for _round in range(rounds):
        began = time.process_time()
        work()
        best = min(best, time.process_time() - began)
    return best * 1000
