"""Logos of places and foundations that do not exist, on a transparent ground.

Each stands on a plate of its own, so that it can be read on light and on dark pages.
"""

from __future__ import annotations

from importlib.resources import as_file, files
from random import Random
from typing import Final

from PIL import ImageFont

from demo.canvas import PAPER, Canvas, Colour, Scheme

MARGIN: Final = 0.34
NAMES: Final = {
    1: ("Bürgerstiftung", "Musterstadt"),
    2: ("Offene", "Druckwerkstatt e. V."),
    3: ("Förderverein der", "Gesamtschule am Wehr"),
}


def _write(
    c: Canvas, x: float, y: float, text: str, height: float, colour: Colour, weight: str = "Bold"
) -> None:
    """Set a line of Barlow Condensed; x and y are its left end and baseline in cells.

    A line that would run out of the plate is set smaller.
    """
    resource = files("fontpkg_barlow_condensed") / "files" / f"BarlowCondensed-{weight}.ttf"
    room = (c.columns - MARGIN - x) * c.unit
    with as_file(resource) as path:
        font = ImageFont.truetype(str(path), round(height * c.unit))
        if (length := font.getlength(text)) > room:
            font = ImageFont.truetype(str(path), int(font.size * room / length))
    c.draw.text((x * c.unit, y * c.unit), text, font=font, fill=colour, anchor="ls")


def municipality(c: Canvas, s: Scheme, rng: Random) -> None:
    """The town gate of Musterstadt with the sun in it, and the town's name."""
    c.poly([(0.0, 0.0), (6.72, 0.0), (7.2, 0.48), (7.2, 2.0), (0.0, 2.0)], s.ground)
    x, floor = 0.95, 1.66
    for left, right in ((0.34, 0.62), (1.28, 1.56)):
        c.rect(left, 0.52, right, floor, s.figure)
        for number in range(2):
            notch = left + number * 0.17
            c.rect(notch, 0.4, notch + 0.11, 0.52, s.figure)
    c.rect(0.62, 0.84, 1.28, floor, s.figure)
    c.pie(x, 1.36, 0.26, 180, 360, s.ground)
    c.rect(x - 0.26, 1.36, x + 0.26, floor, s.ground)
    c.pie(x, floor, 0.19, 180, 360, s.second)
    c.circle(x, 0.62, 0.13, s.second)
    _write(c, 1.92, 0.86, "STADT", 0.56, s.second, "SemiBold")
    _write(c, 1.9, 1.66, "MUSTERSTADT", 0.9, s.figure, "ExtraBold")


def funder(c: Canvas, s: Scheme, rng: Random) -> None:
    """A funder's logo: a mark and two lines; the seed chooses which."""
    number = rng.randint(1, 3)
    c.rect(0.0, 0.0, 7.2, 2.0, PAPER)
    x, y = 1.0, 1.0
    if number == 1:
        for turn, colour in ((0, s.ground), (90, s.accent), (180, s.ground), (270, s.second)):
            c.pie(x, y, 0.66, turn, turn + 90, colour)
        c.circle(x, y, 0.24, PAPER)
    elif number == 2:
        for row in range(3):
            for column in range(3):
                colour = s.accent if (row, column) == (1, 1) else s.ground
                c.circle(0.52 + column * 0.46, 0.54 + row * 0.46, 0.19, colour)
    else:
        for index, colour in enumerate((s.ground, PAPER, s.accent, PAPER, s.ground)):
            c.pie(x, 1.5, 0.82 - index * 0.16, 180, 360, colour)
        c.rect(0.18, 1.5, 1.82, 1.6, s.ground)
    first, second = NAMES[number]
    _write(c, 2.14, 0.9, first, 0.62, s.ground, "SemiBold")
    _write(c, 2.12, 1.56, second, 0.72, s.ground, "ExtraBold")
