"""`manage.py bench`: what a page costs, in queries and in CPU time, beside a bare Wagtail page."""

import time
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from wagtail.models import Page, Site

from home.models import CampaignPage
from home.visibility import visible_pages

ROUNDS, REPEATS = 3, 20
HEADER = f"{'page':34} {'queries':>7} {'CPU ms':>8} {'× bare':>7} {'kept: ms':>9} {'× bare':>7}"


def cpu_milliseconds(client: Client, address: str) -> float:
    """Return the process's CPU time for one answer: the best of some rounds, warm."""
    best = float("inf")
    for _round in range(ROUNDS):
        began = time.process_time()
        for _repeat in range(REPEATS):
            client.get(address)
        best = min(best, (time.process_time() - began) / REPEATS)
    return best * 1000


def queries(client: Client, address: str) -> int:
    """Return the number of queries of a second visit."""
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    return len(captured)


class Command(BaseCommand):
    """Measures one page of every type in this database."""

    help = "Print queries and CPU time of one page of every type, rendered anew and kept."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Measure inside a transaction that is taken back."""
        with transaction.atomic():
            home = Site.objects.get(is_default_site=True).root_page
            home.add_child(instance=Page(title="Bare", slug="bare-wagtail-page"))
            with override_settings(ALLOWED_HOSTS=["*"]):
                self.measure(f"{home.url}bare-wagtail-page/")
            transaction.set_rollback(True)

    def measure(self, bare: str) -> None:
        """Print a line for the bare page, one of every type and the search."""
        client = Client()
        baseline: dict[int, float] = {}
        self.stdout.write(HEADER)
        for address in [bare, *self.addresses(), "/suche/?q=Freiheit"]:
            cells = []
            for seconds in (0, 300):
                with override_settings(PAGE_CACHE_SECONDS=seconds):
                    if not seconds:
                        cells.append(f"{queries(client, address):7}")
                    cost = cpu_milliseconds(client, address)
                    ratio = cost / baseline.setdefault(seconds, cost)
                    cells.append(f"{cost:8.1f} {ratio:7.1f}")
            self.stdout.write(f"{address[:34]:34} {' '.join(cells)}")

    @staticmethod
    def addresses() -> list[str]:
        """Return the address of the first public page of every type."""
        models = [model for model in apps.get_models() if issubclass(model, CampaignPage)]
        pages = (visible_pages().type(model).order_by("path").first() for model in models)
        return sorted(page.url for page in pages if page)
