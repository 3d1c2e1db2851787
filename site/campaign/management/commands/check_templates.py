"""Compile every template of the website, to find what is broken before a reader does."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.template import TemplateSyntaxError
from django.template.loader import get_template


class Command(BaseCommand):
    """Compile all templates, and those that they name."""

    help = "Compiles every template in site/templates and names the broken ones."

    def handle(self, *args: Any, **options: Any) -> None:
        """Compile all templates and report every error, not only the first."""
        folder = settings.SITE_DIR / "templates"
        names = sorted(
            path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()
        )
        errors = []
        for name in names:
            try:
                get_template(name)
            except TemplateSyntaxError as error:
                errors.append(f"{name}: {error}")
        if errors:
            raise CommandError("\n".join(errors))
        self.stdout.write(f"{len(names)} templates compile.")
