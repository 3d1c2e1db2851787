"""Compare the German catalogues with the texts that code, templates and scripts mark."""

from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from campaign.addons import IN_SCRIPTS

LANGUAGE = "de"


class Command(BaseCommand):
    """Hold the catalogues complete and current; needs Babel, which comes with the tests."""

    help = "Fails if a text is missing in a German catalogue, untranslated, fuzzy or out of use."

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

        number, faults = 0, []
        for name in messages.SUFFIXES:
            found = messages.find_texts(folders(), name)
            if name == "djangojs":
                found |= {messages.Text(None, text, ""): "addons.py" for text in IN_SCRIPTS}
            path = settings.BASE_DIR / "locale" / LANGUAGE / "LC_MESSAGES" / f"{name}.po"
            catalogue, entries = messages.read_catalogue(path)
            if options["update"]:
                for line in messages.update(catalogue, found):
                    self.stdout.write(relative(line))
                catalogue.save()
                catalogue, entries = messages.read_catalogue(path)
            number += len(found)
            faults += messages.faults(found, entries)
        if faults:
            raise CommandError(
                relative("\n".join(faults))
                + "\n`python3 run.py messages` brings the catalogues up to date; "
                "then translate in locale/ what is empty or fuzzy."
            )
        self.stdout.write(f"{number} texts, all translated.")


def folders() -> list[Path]:
    """Return where the project's texts stand."""
    here = settings.BASE_DIR
    paths = [Path(config.path) for config in apps.get_app_configs()]
    own = [path for path in paths if path.is_relative_to(here) and ".venv" not in path.parts]
    return [*own, settings.SITE_DIR / "templates", settings.SITE_DIR / "static"]


def relative(text: str) -> str:
    """Name places from the project's folder on."""
    return text.replace(f"{settings.BASE_DIR}/", "")
