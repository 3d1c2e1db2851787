"""`manage.py retention`: delete submissions that never became public, after their time."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _t

from impulses.sharing.retention import delete_old


class Command(BaseCommand):
    """Delete what was rejected, withdrawn or abandoned; to be run once a day."""

    help = "Deletes rejected, withdrawn and abandoned submissions with their pictures."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take another number of days than that of the settings."""
        parser.add_argument("--days", type=int, help="after how many days; default: the setting")

    def handle(self, *args: Any, **options: Any) -> None:
        """Delete and count."""
        deleted = delete_old(days=options["days"])
        self.stdout.write(
            _t(
                "Deleted: %(abandoned)d abandoned drafts, %(rejected)d rejected and "
                "%(withdrawn)d withdrawn stories."
            )
            % deleted
        )
