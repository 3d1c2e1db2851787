"""`manage.py demo`: load the demo campaign of Musterstadt, or take it away."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from demo.loader import Loader
from demo.reading import ContentError
from demo.removal import Remover
from demo.renditions import render_cards, render_pages


class Command(BaseCommand):
    """Loads what is missing; editors' changes stay."""

    help = gettext_lazy(  # type: ignore[assignment]
        "Load the demo campaign (what exists stays as it is), or remove it."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the two options."""
        parser.add_argument(
            "--remove",
            action="store_true",
            help=_("Take away what the demo made; what editors have changed since stays."),
        )
        parser.add_argument(
            "--all",
            action="store_true",
            help=_("With --remove: take away what editors have changed, too."),
        )
        parser.add_argument(
            "--renditions",
            action="store_true",
            help=_("Make all picture sizes, and the files of all cards."),
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Load or remove, with a line of progress per step."""
        if options["remove"]:
            Remover(self._say, keep_changed=not options["all"]).remove()
            return
        try:
            Loader(self._say).load()
        except ContentError as error:
            message = _("The demo's content does not fit: %(error)s") % {"error": error}
            raise CommandError(message) from error
        if options["renditions"]:
            render_pages(self._say)
            render_cards(self._say)

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
