"""Compile the translations without the gettext tools."""

from pathlib import Path
from typing import Any

import polib
from django.conf import settings
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """Write a .mo file beside every .po file that is newer than its own."""

    help = "Compiles locale/**/*.po to .mo where the .po file is newer."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Compile what changed and say what was done."""
        catalogues = sorted(
            path for folder in settings.LOCALE_PATHS for path in Path(folder).glob("**/*.po")
        )
        stale = [path for path in catalogues if is_newer(path, path.with_suffix(".mo"))]
        for path in stale:
            polib.pofile(str(path)).save_as_mofile(str(path.with_suffix(".mo")))
        self.stdout.write(f"Translations: {len(stale)} of {len(catalogues)} files compiled.")


def is_newer(source: Path, target: Path) -> bool:
    """Say whether the target is missing or older than its source."""
    return not target.exists() or target.stat().st_mtime_ns < source.stat().st_mtime_ns
