"""Words that someone may mean: while they type, and after a typo."""

from collections.abc import Iterable
from functools import reduce
from itertools import pairwise
from operator import or_

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Length
from rapidfuzz.distance import OSA
from wagtail.models import Page

from .cards import light_cards
from .folding import STOP_WORDS, plain, stem
from .models import SearchPosting, SearchWord
from .search import SHORTEST_BEGINNING, Term, clean_query, find_hits
from .visibility import VisiblePageQuerySet

#: Words and pages that are offered while someone types.
MOST_WORDS, MOST_PAGES = 6, 4
#: Known words like an unknown one that are looked at.
MOST_ALIKE = 20
#: Letters from which on a word is completed, and from which on it may be a typo.
SHORTEST_START, SHORTEST_TYPO = 2, 4
#: Letters from which on a word may have two faults.
TWO_FAULTS = 8


def complete(query: str, pages: VisiblePageQuerySet) -> list[str]:
    """Return queries that go on from what is typed and find something on `pages`.

    The last word is completed, the most frequent words come first; at most five queries.
    """
    *before, last = clean_query(query).split(" ")
    word = plain(last)
    if len(word) < SHORTEST_START:
        return []
    if before:
        pages = pages.filter(pk__in=find_hits(" ".join(before), pages))
    begun = SearchWord.objects.filter(Q(stem__startswith=word) | Q(stem=stem(word)))
    found = (
        _on_pages(begun.exclude(Q(stem__in=STOP_WORDS) | Q(word="")), pages)
        .annotate(number=Count("postings"))
        .order_by("-number", "word")
        .values_list("word", flat=True)[:MOST_WORDS]
    )
    return [" ".join([*before, _begun_like(last, written)]) for written in found]


def findable(terms: list[Term], pages: VisiblePageQuerySet) -> list[Term]:
    """Return the terms that stand on any of `pages`, each for itself; one query."""
    every = frozenset().union(*(term.words for term in terms))
    words = SearchWord.objects.filter(pk__in=every)
    there = frozenset(_on_pages(words, pages).values_list("pk", flat=True))
    return [term for term in terms if there & term.words]


def first_pages(query: str, pages: VisiblePageQuerySet) -> list[Page]:
    """Return the most relevant pages for what is typed so far, as short cards; four queries."""
    words = clean_query(query).split()
    if len(words) > 1 and len(words[-1]) < SHORTEST_BEGINNING:
        words.pop()  # a word that has only just begun
    if len(" ".join(words)) < SHORTEST_START:
        return []
    hits = find_hits(" ".join(words), pages)[:MOST_PAGES]
    found = pages.in_bulk(hits)
    return light_cards(found[pk] for pk in hits)


def did_you_mean(terms: list[Term], pages: VisiblePageQuerySet) -> str:
    """Return the query with each unknown word replaced by the likeliest known one.

    "" where nothing is unknown or alike, or where the new query finds nothing on `pages`.
    """
    unknown = [term.word for term in terms if not term]
    known = _alike(unknown, pages)
    if not known or not all(word in known for word in unknown):
        return ""
    query = " ".join(
        term.typed if term else _begun_like(term.typed, known[term.word]) for term in terms
    )
    return query if find_hits(query, pages) else ""


def faults_allowed(word: str) -> int:
    """Return how many letters of a plain word may be wrong, missing, doubled or swapped."""
    if len(word) < SHORTEST_TYPO or not word.isalpha():
        return 0
    return 2 if len(word) >= TWO_FAULTS else 1


def _alike(words: Iterable[str], pages: VisiblePageQuerySet) -> dict[str, str]:
    """Return for plain words the likeliest of those that stand on `pages`; two queries."""
    wanted = {word: stem(word) for word in words if faults_allowed(word)}
    if not wanted:
        return {}
    known = list(
        SearchWord.objects.annotate(length=Length("stem"))
        .filter(reduce(or_, map(_may_be_alike, wanted.items())))
        .exclude(word="")
        .values_list("pk", "stem")
    )
    near = {
        word: sorted(
            (faults, other[0] != key[0], pk)
            for pk, other in known
            if (faults := _faults(key, other, faults_allowed(word))) <= faults_allowed(word)
        )[:MOST_ALIKE]
        for word, key in wanted.items()
    }
    alike = {pk for candidates in near.values() for *_distance, pk in candidates}
    there = _on_pages(SearchWord.objects.filter(pk__in=alike), pages)
    counted = there.annotate(number=Count("postings")).values_list("pk", "number", "word")
    written = {pk: (-number, word) for pk, number, word in counted}
    found: dict[str, str] = {}
    for word, candidates in near.items():
        likely = [(*distance, *written[pk]) for *distance, pk in candidates if pk in written]
        if likely:
            found[word] = str(min(likely)[-1])
    return found


def _on_pages(words: QuerySet[SearchWord], pages: VisiblePageQuerySet) -> QuerySet[SearchWord]:
    """Return those of the index's words that stand on any of `pages`."""
    there = SearchPosting.objects.filter(
        word=OuterRef("pk"), page__in=pages.order_by().values("pk")
    )
    return words.filter(Exists(there))


def _faults(key: str, other: str, allowed: int) -> int:
    """Return how many letters differ between stems; an umlaut is one letter."""
    return OSA.distance(_as_letters(key), _as_letters(other), score_cutoff=allowed)


def _as_letters(key: str) -> str:
    return key.replace("ae", "ä").replace("oe", "ö").replace("ue", "ü")


def _begun_like(typed: str, written: str) -> str:
    """Return a word with a capital if what was typed has one: "Würde", not "würde"."""
    return written[:1].upper() + written[1:] if typed[:1].isupper() else written


def _may_be_alike(wanted: tuple[str, str]) -> Q:
    """Match the stems that may be alike: as long, about, and with one piece in common.

    There are two pieces more than faults, because swapped letters may belong to two of them.
    """
    word, key = wanted
    faults = faults_allowed(word)
    count = faults + 2
    cuts = [len(key) * number // count for number in range(count + 1)]
    parts = {key[start:end] for start, end in pairwise(cuts)} - {""}
    alike = reduce(or_, (Q(stem__contains=part) for part in sorted(parts)))
    return alike & Q(length__range=(len(key) - faults, len(key) + faults))
