"""`manage.py export --out DIR`: the whole public content as files."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _t
from wagtail.models import Site

from api.transfer import TransferError
from api.transfer.exporting import Export
from api.transfer.progress import Progress


class Command(BaseCommand):
    """Write what is missing or out of date; an interrupted run goes on where it stopped."""

    help = "Writes the whole public content as JSON with its pictures and documents."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the folder, and what to leave out."""
        parser.add_argument("--out", type=Path, required=True, help="a new folder or an export")
        parser.add_argument("--site", help="a site's host name; the default site without it")
        parser.add_argument("--no-media", action="store_true", help="texts only, for archives")

    def handle(self, *args: Any, **options: Any) -> None:
        """Export, and tell what the folder holds."""
        wanted = {"hostname": options["site"]} if options["site"] else {"is_default_site": True}
        site = Site.objects.filter(**wanted).select_related("root_page").order_by("port").first()
        if site is None:
            raise CommandError(_t("There is no such site."))
        try:
            export = Export(
                site, options["out"], Progress(self.stdout), media=not options["no_media"]
            )
            counts = export.run()
        except TransferError as error:
            raise CommandError(str(error)) from error
        for fault in export.faults:
            self.stderr.write(fault)
        self.stdout.write(
            _t(
                "%(folder)s holds %(pages)d pages, %(images)d pictures, %(documents)d documents "
                "(%(written)d files written)."
            )
            % {"folder": options["out"], "written": export.output.written, **counts}
        )
