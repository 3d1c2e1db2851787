"""Which objects an answer was made from, for caches that forget by tag (`Cache-Tag`)."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_tags: ContextVar[set[str] | None] = ContextVar("tags", default=None)
#: Characters in the header; what names more objects is tagged as a whole.
LONGEST = 4000


def touch(*tags: str) -> None:
    """Note that the answer depends on these objects, such as "page-12"."""
    if (noted := _tags.get()) is not None:
        noted.update(tags)


@contextmanager
def noting() -> Iterator[set[str]]:
    """Collect the tags of what is made in the block."""
    noted: set[str] = set()
    token = _tags.set(noted)
    try:
        yield noted
    finally:
        _tags.reset(token)


def header(tags: set[str]) -> str:
    """Return the tags as the header's value; without those of single objects if it is too long."""
    value = ",".join(sorted(tags))
    if len(value) <= LONGEST:
        return value
    return ",".join(
        sorted({"pages"} | {tag for tag in tags if not tag.rpartition("-")[2].isdigit()})
    )
