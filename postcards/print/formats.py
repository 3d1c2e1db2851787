"""What is made of a card: names, sizes and kinds of files, and what print shops ask for."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Output:
    """A file that is made of a card: `width` and `height` of its pages or of the picture.

    A portrait card has them the other way round where `turns`; sheets have their own form.
    """

    name: str
    file: str
    media_type: str
    width: int
    height: int
    unit: Literal["mm", "px"]
    turns: bool = False

    def size(self, *, portrait: bool) -> tuple[int, int]:
        """Return width and height for a card's form."""
        turned = portrait and self.turns
        return (self.height, self.width) if turned else (self.width, self.height)


PDF, JPEG = "application/pdf", "image/jpeg"
PRESS = Output("print_shop", "druck.pdf", PDF, 148, 105, "mm", turns=True)
SCREEN = Output("screen", "karte.pdf", PDF, 148, 105, "mm", turns=True)
HOME = Output("home", "selbstdrucken.pdf", PDF, 297, 210, "mm", turns=True)
SHARE_LINK = Output("share_link", "teilen-1200x630.jpg", JPEG, 1200, 630, "px")
SHARE_SQUARE = Output("share_square", "teilen-1080x1080.jpg", JPEG, 1080, 1080, "px")
SHARE_TALL = Output("share_tall", "teilen-1080x1350.jpg", JPEG, 1080, 1350, "px")
SHARE = (SHARE_LINK, SHARE_SQUARE, SHARE_TALL)
#: Eight of the same for the print office of the house.
OFFICE = Output("print_office", "hausdruckerei-sra3.pdf", PDF, 320, 450, "mm")

#: What everybody may have, in the order in which it is offered.
PUBLIC = (HOME, SCREEN, *SHARE, PRESS)
OUTPUTS = {output.name: output for output in (*PUBLIC, OFFICE)}


@dataclass(frozen=True)
class Profile:
    """An output profile (ICC): its name in the registry of the International Color Consortium."""

    identifier: str
    path: Path

    @property
    def data(self) -> bytes:
        """Return the profile's bytes; raise `OSError` where the file cannot be read."""
        return _read(self.path)


@cache
def _read(path: Path) -> bytes:
    return path.read_bytes()


FOGRA39 = Profile("FOGRA39", DATA / "FOGRA39L_coated.icc")


@dataclass(frozen=True)
class Standard:
    """A PDF/X standard: its name, as files have it, and the version of PDF that it builds on."""

    name: str
    version: str


STANDARDS = {"x4": Standard("PDF/X-4", "1.6"), "x3": Standard("PDF/X-3:2002", "1.3")}

#: Millimetres beyond the trim that shops ask for.
BLEEDS = (3, 2, 1)


@dataclass(frozen=True)
class Preset:
    """What a print shop takes: `bleed` in millimetres, the standard, the output profile."""

    bleed: int = 3
    standard: Literal["x4", "x3"] = "x4"
    profile: Profile = FOGRA39
