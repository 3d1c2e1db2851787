"""Counts how often somebody did something, so that nobody does it without end."""

import hashlib

from django.core.cache import cache


def too_many(name: str, key: str, limit: int, seconds: int) -> bool:
    """Count one more attempt, and tell whether there were more than `limit` in `seconds`.

    `name` says what is counted, `key` whose attempts: a user's key or an address. The time begins
    with the first attempt. Counts stand in the shared cache.
    """
    digest = hashlib.sha256(key.encode()).hexdigest()[:32]
    counter = f"throttle:{name}:{digest}"
    cache.add(counter, 0, seconds)
    try:
        return cache.incr(counter) > limit
    except ValueError:  # it has ended in between
        return False
