"""The database's own search, asked for words only: no quote or mark ends a query in a fault."""

from typing import Any

from modelsearch.backends import database


class WordsOnly:
    """A search backend that drops from a query what is no word."""

    def _search(self, compiler: Any, query: Any, model_or_queryset: Any, **kwargs: Any) -> Any:
        from .search import clean_query

        words = clean_query(query) if isinstance(query, str) else query
        if query and not words:  # nothing is found, and the result still knows its model
            words = "x"
            manager = getattr(model_or_queryset, "objects", model_or_queryset)
            model_or_queryset = manager.none()
        return super()._search(compiler, words, model_or_queryset, **kwargs)  # type: ignore[misc]


def SearchBackend(params: dict[str, Any]) -> Any:  # noqa: N802 -- the name that Wagtail looks for
    """Return the backend of the database in use; the admin's searches go through it, too."""
    backend = database.SearchBackend(params)
    kind = type(backend)
    return type(kind.__name__, (WordsOnly, kind), {})(params)
