"""How often somebody may do something: counters in the cache, for forms of any app."""

import hashlib
import math
import time
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest


@dataclass(frozen=True)
class Throttle:
    """So many times within a window of time, for each key.

    `name` keeps the counters of different forms apart, `limit` is how many times, `seconds` how
    long the window is, which begins with a key's first time. Processes share the counters as far
    as they share the cache (`REDIS_URL`).
    """

    name: str
    limit: int
    seconds: int

    def take(self, key: object) -> int:
        """Count one more time for a key (an account's number, an address).

        Returns 0 while it may, and else after how many seconds to try again.
        """
        now = time.time()
        # Hashed, because an address has no business in the cache's keys.
        digest = hashlib.sha256(f"{self.name}:{key}".encode()).hexdigest()
        beginning = f"throttle:{digest}"
        since = float(cache.get_or_set(beginning, now, self.seconds) or now)
        if now - since >= self.seconds:
            since = now
            cache.set(beginning, since, self.seconds)
        counter = f"{beginning}:{since}"
        cache.add(counter, 0, self.seconds)
        try:
            count = cache.incr(counter)
        except ValueError:  # the window ended in between
            return 0
        return 0 if count <= self.limit else max(1, math.ceil(since + self.seconds - now))


def client_address(request: HttpRequest) -> str:
    """Return the address that a request comes from; a proxy's word counts behind one only."""
    proxies = getattr(settings, "NINJA_NUM_PROXIES", 0) or 0
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
    if proxies and forwarded:
        addresses = [address.strip() for address in forwarded.split(",")]
        return addresses[-min(proxies, len(addresses))]
    return str(request.META.get("REMOTE_ADDR", ""))
