"""`manage.py measure_texts`: measure how readable all pages are, for the report."""

from typing import Any

from django.core.management.base import BaseCommand
from wagtail.models import Page

from home.models import CampaignPage
from home.text_checks import measure


class Command(BaseCommand):
    """Measures the latest text of all pages, as is due when what is measured has changed."""

    help = "Measure how readable the latest texts of all pages are."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Measure, and tell of how many pages."""
        done = 0
        for page in Page.objects.specific().iterator(chunk_size=100):
            if isinstance(page, CampaignPage):
                measure(page.get_latest_revision_as_object())
                done += 1
        self.stdout.write(f"{done} pages are measured.")
