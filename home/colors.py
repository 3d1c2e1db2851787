"""The campaign's colour pairs, by name, and the contrast rule of WCAG."""

import re

from django.db import models
from django.utils.translation import gettext_lazy as _


class Color(models.TextChoices):
    """The six strong pairs; the style sheet knows their values (`--farbe-…`)."""

    KORALLE = "koralle", _("Coral")
    SONNE = "sonne", _("Sun")
    MOOS = "moos", _("Moss")
    PETROL = "petrol", _("Petrol")
    NACHT = "nacht", _("Night")
    BEERE = "beere", _("Berry")


PAPER = "#fbf8f2"
INK = "#14120f"
#: WCAG 2.2, success criterion 1.4.3, for text of normal size.
MINIMUM_CONTRAST = 4.5


def parse_hex(color: str) -> tuple[int, int, int]:
    """Return red, green and blue (0–255) of `#rrggbb`; raise `ValueError` for anything else."""
    match = re.fullmatch(r"#([0-9a-fA-F]{2})([0-9a-fA-F]{2})([0-9a-fA-F]{2})", color)
    if match is None:
        raise ValueError(color)
    red, green, blue = (int(part, 16) for part in match.groups())
    return red, green, blue


def luminance(color: str) -> float:
    """Return the relative luminance (0–1) of `#rrggbb`, as WCAG 2.2 defines it."""

    def linear(channel: int) -> float:
        share = channel / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(channel) for channel in parse_hex(color))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio (1–21) of two colours given as `#rrggbb`."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def mix(one: str, other: str, share: float) -> str:
    """Return `share` (0–1) of `one` mixed with the rest of `other`, as `#rrggbb`."""
    pairs = zip(parse_hex(one), parse_hex(other), strict=True)
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02x}" for a, b in pairs)


def readable_on(color: str, ground: str) -> str:
    """Return `color`, moved towards black or white until text in it is readable on `ground`."""
    pole = "#000000" if luminance(ground) > 0.18 else "#ffffff"
    for step in range(21):
        candidate = mix(pole, color, step / 20)
        if contrast(candidate, ground) >= MINIMUM_CONTRAST:
            return candidate
    return pole
