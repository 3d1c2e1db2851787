"""`manage.py index_search`: write the search's index anew."""

from typing import Any

from django.core.management.base import BaseCommand

from home.search_index import rebuild


class Command(BaseCommand):
    """Indexes all live pages, as is due when what they are found by has changed."""

    help = "Index all live pages for the site's search anew."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Index, and tell how far it is."""

        def tell(done: int, total: int) -> None:
            if done % 100 == 0 or done == total:
                self.stdout.write(f"{done} of {total} pages", ending="\r")

        done = rebuild(tell)
        self.stdout.write(f"{done} pages are indexed.    ")
