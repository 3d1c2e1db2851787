"""A copy of the search's postings in OpenSearch, for those who run one (setting `SEARCH_URL`).

It answers which pages hold what, and how relevant they are, exactly as the database would. What is
public the database says. If OpenSearch is away, the database answers alone.
"""

import logging
from functools import cache
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.cache import cache as shared

from .models.search import BODY, PART, TEASER, TITLE, WHOLE

if TYPE_CHECKING:
    from opensearchpy import OpenSearch

    from .search import Term

logger = logging.getLogger(__name__)

#: Seconds to wait for an answer, and for which a server that gave none is left alone.
TIMEOUT, PAUSE = 2, 30
#: Hits of one answer; OpenSearch gives no more at once.
BATCH = 10_000
#: A document's field for the words of each weight.
FIELDS = {weight: f"w{weight}" for weight in (TITLE, TEASER, BODY)}
_AWAY = "opensearch-is-away"


def is_set() -> bool:
    """Tell whether a server is set, so that it gets what is written."""
    return bool(_url())


def is_used() -> bool:
    """Tell whether a server is to be asked: one is set, and has not failed just now."""
    return is_set() and _AWAY not in shared


def _url() -> str:
    return str(getattr(settings, "SEARCH_URL", ""))


def _index() -> str:
    return str(getattr(settings, "SEARCH_INDEX", "haltung"))


@cache
def _client(url: str) -> "OpenSearch":
    from opensearchpy import OpenSearch

    return OpenSearch(hosts=[url], timeout=TIMEOUT, max_retries=0, http_compress=True)


def write(page: int, weights: dict[int, int]) -> None:
    """Write what stands on a page: the words' primary keys, in one list for each weight."""
    document: dict[str, Any] = {"page": page, **{name: [] for name in FIELDS.values()}}
    for word, weight in weights.items():
        document[FIELDS[weight]].append(word)
    _ask(lambda client: client.index(index=_index(), id=str(page), body=document))


def forget() -> None:
    """Make the index anew, empty."""
    numbers = {name: {"type": "long"} for name in ("page", *FIELDS.values())}
    body = {"mappings": {"dynamic": "strict", "properties": numbers}}

    def make(client: "OpenSearch") -> None:
        client.indices.delete(index=_index(), params={"ignore_unavailable": "true"})
        client.indices.create(index=_index(), body=body)

    _ask(make)


def scores(terms: "list[Term]") -> dict[int, int] | None:
    """Return the pages that hold all terms, each with its relevance; None without an answer."""
    simple = [one for term in terms for one in (term, *term.pieces)]
    query = {
        "bool": {
            "filter": [_enough(term) for term in terms],
            "should": [_scored(term) for term in simple if term.words],
        }
    }
    body: dict[str, Any] = {"query": query, "size": BATCH, "_source": False}
    body["sort"] = [{"_score": "desc"}, {"page": "asc"}]

    def search(client: "OpenSearch") -> dict[int, int]:
        found: dict[int, int] = {}
        hits: list[dict[str, Any]] = [{}]
        while hits and len(found) % BATCH == 0:
            hits = client.search(index=_index(), body=body)["hits"]["hits"]
            found |= {page: round(score) for score, page in (hit["sort"] for hit in hits)}
            if hits:
                body["search_after"] = hits[-1]["sort"]
        return found

    return _ask(search)


def _ask(work: Any) -> Any:
    """Do some work with the server; log and return None where it fails."""
    from opensearchpy.exceptions import OpenSearchException

    try:
        return work(_client(_url()))
    except OpenSearchException as error:
        logger.warning("OpenSearch failed, `manage.py index_search` mends its copy: %s", error)
        shared.set(_AWAY, "", PAUSE)
        return None


# --- Queries ------------------------------------------------------------------------------------


def _enough(term: "Term") -> dict[str, Any]:
    """Match pages that hold a term, or all of its pieces."""
    ways: list[Any] = [{"terms": {name: sorted(term.words)}} for name in FIELDS.values()]
    if term.pieces:
        ways.append({"bool": {"filter": [_enough(piece) for piece in term.pieces]}})
    return {"bool": {"should": ways, "minimum_should_match": 1}}


def _scored(term: "Term") -> dict[str, Any]:
    """Give pages what a term weighs on them: its heaviest place."""
    places = [
        {"constant_score": {"filter": {"terms": {name: sorted(words)}}, "boost": weight * worth}}
        for words, worth in ((term.whole, WHOLE), (term.parts, PART))
        for weight, name in FIELDS.items()
    ]
    return {"dis_max": {"queries": places}}
