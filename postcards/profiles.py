"""The output profiles that this installation has: the own one, and those of its settings."""

from functools import cache
from pathlib import Path

from django.conf import settings
from django.core.checks import Error, register

from .print.formats import FOGRA39, Profile

#: Where in an ICC profile its colour space stands, and what a press has there.
SPACE, PRESS = slice(16, 20), b"CMYK"


@cache
def _configured(pairs: tuple[tuple[str, str], ...]) -> dict[str, Profile]:
    found = {FOGRA39.identifier: FOGRA39}
    return found | {name: Profile(name, Path(path)) for name, path in pairs}


def profiles() -> dict[str, Profile]:
    """Return the profiles by their names in the ICC's registry; `PRINT_PROFILES` adds some."""
    return _configured(tuple(getattr(settings, "PRINT_PROFILES", {}).items()))


@register()
def check_profiles(**_options: object) -> list[Error]:
    """Refuse a profile that cannot be read, or is none of a press."""
    errors = []
    for name, profile in profiles().items():
        try:
            fault = "" if profile.data[SPACE] == PRESS else "It is no CMYK profile."
        except OSError as error:
            fault = str(error)
        if fault:
            errors.append(
                Error(
                    f"PRINT_PROFILES: {name} cannot be used. {fault}",
                    hint="Name an ICC profile for output in CMYK that this process may read.",
                    id="postcards.E001",
                )
            )
    return errors
