"""`manage.py import DIR`: an export becomes the content of an empty instance."""  # noqa: N999

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _t

from api.transfer import TransferError
from api.transfer.folder import Source
from api.transfer.importing import Import
from api.transfer.progress import Progress


class Command(BaseCommand):
    """Import everything or nothing."""

    help = "Takes an export into an empty instance: one that is migrated and has no pages yet."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the export's folder."""
        parser.add_argument("folder", type=Path, help="what `manage.py export` has written")

    def handle(self, *args: Any, **options: Any) -> None:
        """Import, and tell what came in."""
        try:
            counts = Import(Source(options["folder"]), Progress(self.stdout)).run()
        except TransferError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            _t("Imported: %(pages)d pages, %(images)d pictures, %(documents)d documents.") % counts
        )
