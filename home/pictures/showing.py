"""Who sees pictures that are held back: the code that answers a request says it, once.

Whoever looks into the admin, a preview, a draft of their own or a page for signing off sees them;
what is rendered for the public is without them. Where nobody has said anything (commands, tasks,
forms that save) pictures are there, so that saving loses none, but their files have no address that
works.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from urllib.parse import urlencode

from django.core.signing import BadSignature, TimestampSigner

#: The folder for sizes of pictures that are held back; sizes of all others are in "images".
FOLDER = "held_images"
#: How long an address of such a file works, in seconds.
MAX_AGE = 15 * 60
PARAMETER = "pass"

_shown: ContextVar[bool | None] = ContextVar("held_pictures", default=None)


def are_shown() -> bool:
    """Tell whether the reader may see pictures that are held back."""
    return _shown.get() is True


def are_hidden() -> bool:
    """Tell whether something is made for the public right now."""
    return _shown.get() is False


@contextmanager
def held_pictures(*, shown: bool | None) -> Iterator[None]:
    """Show or hide pictures that are held back until the block ends; None says neither.

    Also a decorator for views: `@held_pictures(shown=True)`. A view's answer must be rendered
    within it.
    """
    token = _shown.set(shown)
    try:
        yield
    finally:
        _shown.reset(token)


def signed(address: str, name: str) -> str:
    """Return the address of a held file, good for a quarter of an hour; `name` is the file's."""
    query = urlencode({PARAMETER: _signer().sign(name).removeprefix(f"{name}:")})
    return f"{address}{'&' if '?' in address else '?'}{query}"


def is_signed(name: str, given: str) -> bool:
    """Tell whether what an address gives is good for that file, and still is."""
    try:
        _signer().unsign(f"{name}:{given}", max_age=MAX_AGE)
    except BadSignature:
        return False
    return True


def _signer() -> TimestampSigner:
    return TimestampSigner(salt="home.pictures.showing")
