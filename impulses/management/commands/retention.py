"""`manage.py retention`: delete submissions that never became public, after their time."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _t

from impulses.sharing.retention import delete_old, retain


class Command(BaseCommand):
    """Delete what was rejected, withdrawn or abandoned; to be run once a day."""

    help = "Deletes rejected, withdrawn and abandoned submissions with their pictures."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take another number of days than that of the settings."""
        parser.add_argument("--days", type=int, help="after how many days; default: the setting")
        parser.add_argument("--queue", action="store_true", help="leave it to the worker of tasks")

    def handle(self, *args: Any, **options: Any) -> None:
        """Delete and count, or leave it to a worker. Raises `CommandError` for less than a day."""
        if options["days"] is not None and options["days"] < 1:
            raise CommandError(_t("At least one day has to pass."))
        if options["queue"]:
            retain.enqueue(options["days"])
            return
        deleted = delete_old(days=options["days"])
        self.stdout.write(
            _t(
                "Deleted: %(abandoned)d abandoned drafts, %(rejected)d rejected and "
                "%(withdrawn)d withdrawn stories, %(pictures)d pictures without a story."
            )
            % deleted
        )
