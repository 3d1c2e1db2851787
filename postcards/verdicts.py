"""What the preflight has found, in words: what was looked at, and what to do."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.formats import get_format
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from .print.preflight import Check, Finding

#: By check: its name, and what to do where it is red.
WORDS: "dict[Check, tuple[Any, Any]]" = {
    "file": (_("File"), _("The file cannot be read. Please have it made again.")),
    "boxes": (
        _("Format and bleed"),
        _("The page's boxes are wrong. Please have the file made again and tell the operators."),
    ),
    "standard": (_("Standard"), _("This is not the standard that was asked for.")),
    "profile": (
        _("Colour profile"),
        _("The profile is missing or is another one. Please choose one that is installed."),
    ),
    "fonts": (_("Fonts embedded"), _("A font is missing. Please tell the operators.")),
    "colour": (_("Colours"), _("There is colour that is no CMYK. Please tell the operators.")),
    "black": (_("Black"), _("Letters or lines are not of black ink alone.")),
    "ink": (_("Ink"), _("There is too much ink. Please choose a picture that is less dark.")),
    "resolution": (
        _("Resolution of the picture"),
        _("The picture is too small for print. Please choose a larger one."),
    ),
    "lines": (_("Lines"), _("A line is too thin to be printed.")),
    "text": (
        _("Size of the text"),
        _("Letters are too small to be read. Please shorten the text or choose fewer paragraphs."),
    ),
    "margin": (
        _("Distance from the edge"),
        _("Something important is too near to the cut. Please shorten the text."),
    ),
    "qr": (
        _("QR code: modules and quiet zone"),
        _("Phones may not read the code: the website's address is too long for it."),
    ),
    "franking": (
        _("Zone for the stamp is empty"),
        _("Something stands where the stamp goes. Please shorten the text."),
    ),
    "coding": (
        _("Zone for the machines of the post is empty"),
        _("Something stands where the post prints. Please shorten the text."),
    ),
    "tags": (_("Title and structure"), _("The file is not tagged. Please have it made again.")),
    "alt": (
        _("Words for pictures"),
        _("A picture has no description. Please write one at the picture."),
    ),
    "language": (_("Language"), _("The file does not say its language.")),
}


#: Checks that name standards and fonts, whose dots are no decimal signs.
VERSIONED = frozenset({"standard", "profile", "fonts", "tags", "language"})


@dataclass(frozen=True)
class Verdict:
    """A line of the report."""

    ok: bool
    label: str
    value: str
    wanted: str
    advice: str


def verdict(finding: "Finding") -> Verdict:
    """Return a finding for people."""
    label, advice = WORDS[finding.check]
    value, wanted = finding.value, finding.wanted
    if finding.check not in VERSIONED:
        value, wanted = _localized(value), _localized(wanted)
    value = value or _t("nothing to find fault with")
    return Verdict(finding.ok, str(label), value, wanted, "" if finding.ok else str(advice))


def _localized(figures: str) -> str:
    """Return figures with the reader's decimal sign."""
    return re.sub(r"(?<=\d)\.(?=\d)", get_format("DECIMAL_SEPARATOR"), figures)
