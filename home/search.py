"""Search over all public pages; takes any string and never fails for one.

Words are compared as `home.folding` folds them, in an index of our own (`home/search_index.py`),
so that every database finds the same. A page is found if it holds all words of a query: as a word,
as a part of a compound, or, for a compound that no page holds, its pieces.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from taggit.models import Tag
from wagtail.models import Page

from .folding import STOP_WORDS, WORD, plain, split_word, stem, tidy
from .models import PageTag, SearchWord
from .search_store import scores
from .visibility import VisiblePageQuerySet, visible_pages

MAX_LENGTH = 200
#: More words than anyone types; each makes the database's expression one level deeper.
MAX_WORDS = 12
#: The most primary keys that a query may name, on any database.
MAX_KEYS = 900
#: The index's words that one word of a query may stand for, besides itself.
MAX_PARTS = 200
#: Letters from which on a word is looked for at the beginning of others, and inside of them.
SHORTEST_BEGINNING, SHORTEST_INSIDE = 3, 4
#: A compound has at least this many letters, and its pieces as many as a beginning.
SHORTEST_COMPOUND = 7
#: Letters that join the pieces of a compound.
JOINTS = ("", "e", "s", "es", "n", "en", "er", "ens")
_SLUG = re.compile(r"[-\w]{1,100}")
_CITATION = re.compile(r"\bart(?:ikel|\.)?\s*\d", re.IGNORECASE)
_FLEXIONS = ("en", "er", "es", "e", "n")


def clean_query(text: str) -> str:
    """Return the words of `text`, a blank between them, at most 200 characters.

    Quotes, control characters, lone surrogates and everything else that is no word is dropped.
    """
    found = WORD.findall(tidy(text[: 10 * MAX_LENGTH]))[:MAX_WORDS]
    return " ".join(found)[:MAX_LENGTH].strip()


def find_tag(slug: str, language: str) -> Tag | None:
    """Return the tag with this slug, if it stands on a public page of a language; else None."""
    if not _SLUG.fullmatch(slug):
        return None
    on_pages = PageTag.objects.filter(
        tag=OuterRef("pk"), content_object__in=searched_pages(language).order_by().values("pk")
    )
    return Tag.objects.filter(Exists(on_pages), slug=slug).first()


# --- What a query asks for ----------------------------------------------------------------------


@dataclass(frozen=True)
class Term:
    """A word of a query, with the words of the index that it stands for, by primary key."""

    #: As it was typed, and as `home.folding` folds it.
    typed: str
    word: str
    whole: frozenset[int]
    parts: frozenset[int]
    #: What the word is composed of, where the index knows its pieces only.
    pieces: "tuple[Term, ...]" = ()

    def __bool__(self) -> bool:
        """Tell whether the index knows anything like it."""
        return bool(self.whole or self.parts or (self.pieces and all(self.pieces)))

    @property
    def words(self) -> frozenset[int]:
        """Return all words of the index that it stands for, its pieces left out."""
        return self.whole | self.parts

    def holds(self, key: str) -> bool:
        """Tell whether a stem is one that the word stands for."""
        return (
            key == stem(self.word)
            or _holds(key, beginning(self.word))
            or any(piece.holds(key) for piece in self.pieces)
        )


def terms_of(query: str) -> list[Term]:
    """Return the words of a query as the index knows them; at most two queries.

    Words that stand in every text are left out where there are others.
    """
    groups = [(typed, split_word(plain(typed))) for typed in WORD.findall(clean_query(query))]
    # "Artikel 5 Grundgesetz" is said of pages that hold "Artikel 5" alone.
    needless = STOP_WORDS | {"grundgesetz"} if _CITATION.search(query) else STOP_WORDS
    wanted = [group for group in groups if "".join(group[1]) not in needless] or groups
    known = _known({word for _typed, group in wanted for word in {"".join(group), *group}})
    terms = [_term(typed, "".join(group), known) for typed, group in wanted]
    if all(terms):
        return terms
    return [
        term or _in_parts(term, group, known)
        for term, (_typed, group) in zip(_with_pieces(terms), wanted, strict=True)
    ]


def _known(words: Iterable[str]) -> list[tuple[int, str]]:
    """Return the index's words that equal, begin like or hold one of these; one query."""
    conditions = [Q(stem=stem(word)) for word in words]
    for word in map(beginning, words):
        if len(word) >= SHORTEST_INSIDE:
            conditions.append(Q(stem__contains=word))
        elif len(word) >= SHORTEST_BEGINNING:
            conditions.append(Q(stem__startswith=word))
    if not conditions:
        return []
    return list(SearchWord.objects.filter(reduce(or_, conditions)).values_list("pk", "stem"))


def beginning(word: str) -> str:
    """Return what a word has in common with the compounds that it begins or ends."""
    for ending in _FLEXIONS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_INSIDE:
            word = word.removesuffix(ending)
            break
    # A stem keeps one "s" of "Straße".
    return word.removesuffix("s") if word.endswith("ss") and len(word) > SHORTEST_INSIDE else word


def _term(typed: str, word: str, known: list[tuple[int, str]]) -> Term:
    """Return a word of a query; one with hyphens stands for the same as without."""
    own, part = stem(word), beginning(word)
    whole = frozenset(pk for pk, other in known if other == own)
    others = [(len(other), pk) for pk, other in known if other != own and _holds(other, part)]
    parts = frozenset(pk for _length, pk in sorted(others)[:MAX_PARTS])
    return Term(typed, word, whole, parts)


def _in_parts(term: Term, group: list[str], known: list[tuple[int, str]]) -> Term:
    """Return a word with hyphens that no page holds as what stands between them."""
    pieces = tuple(_term(one, one, known) for one in group) if len(group) > 1 else ()
    return replace(term, pieces=pieces)


def _holds(other: str, part: str) -> bool:
    """Tell whether a word of the index begins with a part, or holds a longer one."""
    return (len(part) >= SHORTEST_BEGINNING and other.startswith(part)) or (
        len(part) >= SHORTEST_INSIDE and part in other
    )


def _with_pieces(terms: list[Term]) -> list[Term]:
    """Return the compounds that the index does not know as their pieces, if known; one query."""
    compounds = [term for term in terms if not term and len(term.word) >= SHORTEST_COMPOUND]
    inside = {
        stem(term.word[start:end])
        for term in compounds
        for start in range(len(term.word))
        for end in range(start + SHORTEST_BEGINNING, len(term.word) + 1)
    }
    known = dict(SearchWord.objects.filter(stem__in=inside).values_list("stem", "pk"))
    return [_compound(term, known) if term in compounds else term for term in terms]


def _compound(term: Term, known: dict[str, int]) -> Term:
    """Return a compound as its pieces."""
    nothing: frozenset[int] = frozenset()
    pieces = (
        Term(piece, piece, frozenset([known[piece]]), nothing)
        for piece in _pieces(term.word, known)
    )
    return Term(term.typed, term.word, nothing, nothing, tuple(pieces))


def _pieces(word: str, known: dict[str, int]) -> list[str]:
    """Return the fewest known stems that a word is composed of; [] where there are none."""
    best: dict[int, list[str]] = {0: []}
    for start in range(len(word)):
        if start not in best:
            continue
        for end in range(start + SHORTEST_BEGINNING, len(word) + 1):
            piece = stem(word[start:end])
            if piece not in known or (start, end) == (0, len(word)):
                continue
            for joint in JOINTS:
                after = end + len(joint)
                if word.startswith(joint, end) and (joint == "" or after < len(word)):
                    found = [*best[start], piece]
                    if after not in best or len(found) < len(best[after]):
                        best[after] = found
    return best.get(len(word), [])


# --- What is found ------------------------------------------------------------------------------


def find_hits(query: str, pages: QuerySet[Any]) -> list[int]:
    """Return the primary keys of those of `pages` that hold all words of `query`.

    The most relevant come first: by wholeness and place of the words, then the newest. At most
    four queries.
    """
    return [pk for (pk,) in ranked(scores(terms_of(query)), pages)]


def ranked(found: dict[int, int], pages: QuerySet[Any], *facts: str) -> list[tuple[Any, ...]]:
    """Return those of `pages` that have a score, the highest first, of equal ones the newest.

    Each is its primary key with the fields that are named in `facts`; one query.
    """
    if not found:
        return []
    # More keys are too many for a query, and then most pages are among them.
    if len(found) <= MAX_KEYS:
        pages = pages.filter(pk__in=found)
    newest = F("first_published_at").desc(nulls_last=True)
    rows = pages.order_by(newest, "-pk").values_list("pk", *facts)
    there = [row for row in rows if row[0] in found]
    return sorted(there, key=lambda row: found[row[0]], reverse=True)


def searched_pages(language: str | None = None, tag: str | None = None) -> VisiblePageQuerySet:
    """Return the public pages of a language that search looks through, perhaps of a tag alone."""
    pages = visible_pages().filter(depth__gt=1)
    if language:
        pages = pages.filter(locale__language_code=language)
    if tag is not None:
        # Not a join: a page may carry a tag twice while its tags are being edited.
        pages = pages.filter(pk__in=Page.objects.filter(tag_links__tag__slug=tag).values("pk"))
    return pages
