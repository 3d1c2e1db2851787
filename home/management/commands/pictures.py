"""`manage.py pictures`: hold back pictures whose consent is over, and release what is free."""

from typing import Any

from django.core.management.base import BaseCommand

from home.pictures.holding import settle_all


class Command(BaseCommand):
    """Moves pictures out of the public's reach and back, as is due; meant for every night."""

    help = "Hold back pictures whose consent is over, and release those that are free."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Move, and tell how many pictures have changed sides."""
        self.stdout.write(f"{len(settle_all())} pictures have changed sides.")
