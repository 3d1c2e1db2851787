"""Build the web fonts and the bundled style sheets."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from campaign import assets


class Command(BaseCommand):
    """Build into site/static what changed since the last time."""

    help = "Builds the web fonts (WOFF2 subsets) and the bundled style sheets."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Build all and say what was done."""
        static = settings.SITE_DIR / "static"
        css = static / "css"
        built = {
            "fonts": assets.build_fonts(static / "fonts"),
            "style sheet": assets.build_css(css / "main.css", css / "campaign.css"),
            "embeds' style sheet": assets.build_css(css / "embed-main.css", css / "embed.css"),
        }
        self.stdout.write(
            ", ".join(f"{name} {'built' if new else 'unchanged'}" for name, new in built.items())
        )
