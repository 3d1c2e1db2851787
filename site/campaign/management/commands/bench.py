"""`manage.py bench`: what the demo campaign costs, in queries, CPU time and memory."""

import logging
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction
from django.test import Client
from django.test.utils import override_settings
from wagtail.models import Page, Site

from campaign import bench_api, bench_print, bench_search
from campaign.measures import cpu_milliseconds, queries
from home.models import CampaignPage
from home.visibility import visible_pages

HEADER = f"{'page':34} {'queries':>7} {'CPU ms':>8} {'× bare':>7} {'kept: ms':>9} {'× bare':>7}"
WHAT = ("pages", "api", "search", "print")


class Command(BaseCommand):
    """Measures pages, the content API, the search and the cards' files in this database."""

    help = (
        "Print queries and CPU time of the pages, or of API and search as the campaign grows, or "
        "CPU time and memory of the cards' files."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Let one choose what is measured."""
        parser.add_argument("what", nargs="?", choices=WHAT, default=WHAT[0])

    def handle(self, *_args: Any, **options: Any) -> None:
        """Measure inside a transaction that is taken back."""
        logging.disable(logging.WARNING)
        with transaction.atomic():
            if options["what"] == "api":
                bench_api.measure(self.stdout)
            elif options["what"] == "search":
                bench_search.measure(self.stdout)
            elif options["what"] == "print":
                bench_print.measure(self.stdout)
            else:
                self.measure_pages()
            transaction.set_rollback(True)

    def measure_pages(self) -> None:
        """Measure one page of every type, rendered anew and kept."""
        home = Site.objects.get(is_default_site=True).root_page
        home.add_child(instance=Page(title="Bare", slug="bare-wagtail-page"))
        with override_settings(ALLOWED_HOSTS=["*"]):
            self.measure(f"{home.url}bare-wagtail-page/")

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
