"""Compare the German catalogue with the texts that code and templates mark for translation."""

from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

LANGUAGE = "de"


class Command(BaseCommand):
    """Hold the catalogue complete and current; needs Babel, which comes with the tests."""

    help = "Fails if a text is missing in the German catalogue, untranslated, fuzzy or out of use."

    def add_arguments(self, parser: CommandParser) -> None:
        """Offer to write what can be written."""
        parser.add_argument(
            "--update",
            action="store_true",
            help="add the missing texts, untranslated, and remove those out of use",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Compare, after an update if one is wanted."""
        from campaign import messages

        here = settings.BASE_DIR
        folders = [
            Path(config.path)
            for config in apps.get_app_configs()
            if Path(config.path).is_relative_to(here) and ".venv" not in Path(config.path).parts
        ]
        found = messages.find_texts([*folders, settings.SITE_DIR / "templates"])
        path = here / "locale" / LANGUAGE / "LC_MESSAGES" / "django.po"
        catalogue, entries = messages.read_catalogue(path)
        if options["update"]:
            messages.update(catalogue, found)
            catalogue.save()
            catalogue, entries = messages.read_catalogue(path)
        if faults := messages.faults(found, entries):
            raise CommandError(
                "\n".join(faults)
                + "\n`manage.py check_translations --update` brings the catalogue up to date; "
                "then translate what is empty in it."
            )
        self.stdout.write(f"{len(found)} texts, all translated.")
