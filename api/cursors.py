"""Cursors: where the next part of a list begins, opaque to its reader."""

import base64
import datetime as dt
import json
from typing import Any

from .problems import InvalidError

MAX_LENGTH = 1000
#: The largest primary key that databases take.
LARGEST = 2**63 - 1
#: Orders in which the key alone says where to go on.
UNSORTED = frozenset({"relevance", "changes"})


def encode(order: str, value: Any, pk: int) -> str:
    """Return the cursor of a list in this order that goes on after a sort value and a key."""
    plain = value.isoformat() if isinstance(value, dt.datetime) else value
    return base64.urlsafe_b64encode(json.dumps([order, plain, pk]).encode()).decode().rstrip("=")


def decode(cursor: str, order: str) -> tuple[Any, int]:
    """Return the sort value and the key of a cursor; raise `InvalidError` for what is none."""
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        made_for, value, pk = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
        if made_for.endswith("published"):
            value = dt.datetime.fromisoformat(value)
            valid = value.tzinfo is not None
            value = value.astimezone(dt.UTC)  # no calendar reaches beyond some time zones' ends
        else:
            valid = value is None or "\0" not in value.encode().decode()
        valid = valid and type(pk) is int and 0 <= pk <= LARGEST
    except (ValueError, TypeError, AttributeError, OverflowError, RecursionError):
        valid, made_for = False, order
    if not valid:
        raise InvalidError("cursor", "This is no cursor of this API.")
    if made_for != order or (value is None) != (order in UNSORTED):
        raise InvalidError("cursor", "This cursor belongs to a list in another order.")
    return value, pk
