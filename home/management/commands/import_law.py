"""`manage.py import_law [file]`: take over an edition of the Grundgesetz, and say what changed."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils.translation import gettext as _t
from django.utils.translation import ngettext

from home import law_import


class Command(BaseCommand):
    """Import all or nothing; report wordings that changed and the pages that quote them."""

    help = "Imports the Grundgesetz and reports changed wordings and the pages that quote them."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take a file, or the one that comes with the software."""
        parser.add_argument(
            "file", nargs="?", type=Path, default=law_import.LAW_FILE, help="a newer edition"
        )
        parser.add_argument("--dry-run", action="store_true", help="only report, write nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, compare, report and store."""
        try:
            law = law_import.read_law(options["file"])
        except law_import.LawFileError as error:
            raise CommandError(str(error)) from error
        with transaction.atomic():
            report = law_import.compare(law)
            quotes = law_import.find_quotes(report.touched, law)
            if not options["dry_run"]:
                law_import.store(law)
        self._report(report)
        self._report_quotes(report, quotes)
        if options["dry_run"]:
            self.stdout.write(_t("Nothing was written (--dry-run)."))
        else:
            count = len(law)
            self.stdout.write(
                ngettext(
                    "%(count)d article is in place.", "%(count)d articles are in place.", count
                )
                % {"count": count}
            )

    def _report(self, report: law_import.Report) -> None:
        if report.added:
            self.stdout.write(_t("New: %(articles)s") % {"articles": ", ".join(report.added)})
        if report.gone:
            self.stdout.write(
                _t("Not in this edition, kept as stored: %(articles)s")
                % {"articles": ", ".join(report.gone)}
            )
        for change in report.changes:
            self.stdout.write(_t("Changed: %(place)s") % {"place": change.place})
            self.stdout.write(f"  {law_import.word_diff(change.old, change.new)}")
        if report.renamed:
            self.stdout.write(
                _t("New title, source or edition: %(articles)s")
                % {"articles": ", ".join(report.renamed)}
            )
        if not report.changes:
            self.stdout.write(_t("No stored wording changes."))

    def _report_quotes(self, report: law_import.Report, quotes: list[law_import.QuotedOn]) -> None:
        if report.touched and not quotes:
            self.stdout.write(_t("No page quotes these articles."))
        for quote in quotes:
            if not quote.stands:
                state = _t("does NOT stand any more")
            elif quote.text:
                state = _t("still stands")
            else:
                state = _t("shows the wording as stored")
            title = quote.page.title
            if quote.is_draft:
                title = _t("%(title)s (draft)") % {"title": title}
            text = f" „{quote.text}“" if quote.text else ""
            self.stdout.write(f"  {quote.number} · {title} [{quote.page.pk}]{text}: {state}")
