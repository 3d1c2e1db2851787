"""What an answer costs: queries, and CPU time of this process."""

import time

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

ROUNDS, REPEATS = 3, 20


def cpu_milliseconds(client: Client, address: str, repeats: int = REPEATS) -> float:
    """Return the process's CPU time for one answer: the best of some rounds, warm."""
    best = float("inf")
    for _round in range(ROUNDS):
        began = time.process_time()
        for _repeat in range(repeats):
            client.get(address)
        best = min(best, (time.process_time() - began) / repeats)
    return best * 1000


def queries(client: Client, address: str) -> int:
    """Return the number of queries of a second visit."""
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    return len(captured)
