"""Where the postings of the search index lie: which words stand on which pages, and how heavily.

In the database they are always; where `SEARCH_URL` names an OpenSearch, it has a copy and answers.
"""

from functools import partial
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Case, F, Max, Value, When

from . import opensearch
from .models import SearchPosting
from .models.search import PART, WHOLE

if TYPE_CHECKING:
    from .search import Term

BATCH = 500


def write(page: int, weights: dict[int, int]) -> None:
    """Write what stands on a page: the weight of each word, by primary keys."""
    SearchPosting.objects.filter(page=page).delete()
    SearchPosting.objects.bulk_create(
        [
            SearchPosting(page_id=page, word_id=word, weight=weight)
            for word, weight in weights.items()
        ],
        batch_size=BATCH,
    )
    if opensearch.is_set():
        transaction.on_commit(partial(opensearch.write, page, weights))


def forget() -> None:
    """Empty the copy, before it is written anew."""
    if opensearch.is_set():
        opensearch.forget()


def scores(terms: "list[Term]") -> dict[int, int]:
    """Return the pages that hold all terms, each with its relevance; one query.

    Pages that nobody may see are among them: whoever shows pages asks for the visible ones.
    """
    if not all(terms) or not any(term.words for term in _simple(terms)):
        return {}
    if opensearch.is_used() and (found := opensearch.scores(terms)) is not None:
        return found
    weights = _weights(_simple(terms))
    if len(weights) == 1:
        return weights[terms[0]]
    found = dict.fromkeys(set.intersection(*(_pages_of(term, weights) for term in terms)), 0)
    for weight in weights.values():
        for page in found.keys() & weight.keys():
            found[page] += weight[page]
    return found


def _simple(terms: "list[Term]") -> "list[Term]":
    """Return terms with their pieces."""
    return [one for term in terms for one in (term, *term.pieces)]


def _weights(terms: "list[Term]") -> "dict[Term, dict[int, int]]":
    """Return what each term weighs on which pages; one query, its parts read the index in order."""
    queries = [
        SearchPosting.objects.filter(word__in=term.words)
        .order_by()
        .values("page")
        .annotate(worth=Max(F("weight") * _worth(term)), term=Value(number))
        .values_list("page", "worth", "term")
        for number, term in enumerate(terms)
        if term.words
    ]
    found: dict[Term, dict[int, int]] = {term: {} for term in terms}
    for page, worth, number in queries[0].union(*queries[1:], all=True):
        found[terms[number]][page] = worth
    return found


def _worth(term: "Term") -> Any:
    """Return by what the weight of a word's place is multiplied for a term."""
    whole = [When(word__in=term.whole, then=WHOLE)] if term.whole else []
    return Case(*whole, default=PART)


def _pages_of(term: "Term", weights: "dict[Term, dict[int, int]]") -> set[int]:
    """Return the pages that hold a term, or all of its pieces."""
    pages = set(weights[term])
    if term.pieces:
        pages |= set.intersection(*(set(weights[piece]) for piece in term.pieces))
    return pages
