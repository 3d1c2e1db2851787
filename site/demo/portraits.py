"""Heads of fictional people, drawn from circles and bars: nobody who exists."""

from __future__ import annotations

import math
from random import Random
from typing import Final

from demo.canvas import PAPER, Canvas, Colour, Scheme

SKIN: Final = ("#F2C9A5", "#8C5A3C", "#D9A074", "#5E3A28", "#EBB68F", "#B9794F")


INK_HAIR: Final = "#2A201C"
HAIR: Final = (INK_HAIR, INK_HAIR, "#C9C4BA", "#7A3B1E", "#E0AC4B")
STYLES: Final = ("bob", "short", "bun", "curls", "bald", "scarf")


def portrait(c: Canvas, s: Scheme, rng: Random) -> None:
    """One head with shoulders on a poster ground; the seed chooses hair, glasses and clothes."""
    skin = rng.choice(SKIN)
    hair = rng.choice(HAIR)
    clothes, trim = rng.sample([s.accent, s.second, s.figure], k=2)
    style = rng.choice(STYLES)
    if style == "scarf":
        hair = trim
    x, y, radius = c.columns / 2, c.rows * 0.43, 0.92
    c.circle(x, c.rows * 0.5, 1.72, s.shade)
    _hair_behind(c, style, x, y, radius, hair)
    _clothes(c, x, clothes, trim, rng)
    if style == "scarf":
        c.rect(x - 0.62, y + 0.5, x + 0.62, y + 1.1, hair)
        c.cap(x, y + 1.1, 0.62, 0, 180, hair)
    else:
        c.rect(x - 0.3, y + 0.6, x + 0.3, y + 1.3, _darker(skin))
        c.cap(x, y + 1.3, 0.3, 0, 180, _darker(skin))
        c.circle(x - radius, y + 0.1, 0.17, skin)
        c.circle(x + radius, y + 0.1, 0.17, skin)
    c.circle(x, y, radius, skin)
    _face(c, x, y, skin, rng)
    _hair_before(c, style, x, y, radius, hair)


def _darker(colour: Colour, factor: float = 0.8) -> Colour:
    parts = (int(colour[n : n + 2], 16) for n in (1, 3, 5))
    return "#" + "".join(f"{int(part * factor):02X}" for part in parts)


def _hair_behind(c: Canvas, style: str, x: float, y: float, radius: float, hair: Colour) -> None:
    if style == "bob":
        c.circle(x, y, radius * 1.2, hair)
        c.rect(x - radius * 1.2, y, x + radius * 1.2, y + 1.1, hair)
    elif style == "bun":
        c.circle(x, y - radius * 1.22, 0.42, hair)
    elif style == "curls":
        for number in range(9):
            px = x - radius * 1.05 + number * radius * 2.1 / 8
            lift = 1 - ((number - 4) / 4) ** 2
            c.circle(px, y - 0.12 - lift * 0.78, 0.34, hair)
    elif style == "scarf":
        c.circle(x, y, radius * 1.22, hair)


def _hair_before(c: Canvas, style: str, x: float, y: float, radius: float, hair: Colour) -> None:
    if style == "bob":
        c.cap(x, y, radius * 1.03, 196, 344, hair)
    elif style == "short":
        c.cap(x, y, radius * 1.05, 205, 335, hair)
        for side in (-1, 1):
            near, far = x + side * radius * 0.87, x + side * radius * 1.03
            c.rect(min(near, far), y - 0.42, max(near, far), y - 0.05, hair)
    elif style == "bun":
        c.cap(x, y, radius * 1.03, 180, 300, hair)
        c.cap(x, y, radius * 1.03, 270, 360, hair)
    elif style == "curls":
        for number in range(5):
            c.circle(x - 0.62 + number * 0.31, y - 0.72, 0.24, hair)
    elif style == "scarf":
        c.ring(x, y, radius * 1.22, radius * 0.83, hair)


def _face(c: Canvas, x: float, y: float, skin: Colour, rng: Random) -> None:
    feature = INK_HAIR
    for side in (-1, 1):
        c.circle(x + side * 0.32, y + 0.06, 0.08, feature)
    if rng.random() < 0.45:
        for side in (-1, 1):
            c.ring(x + side * 0.32, y + 0.06, 0.25, 0.2, feature)
        c.rect(x - 0.08, y + 0.03, x + 0.08, y + 0.08, feature)
    c.rect(x - 0.045, y + 0.1, x + 0.045, y + 0.36, _darker(skin))
    if rng.random() < 0.4:
        c.pie(x, y + 0.46, 0.22, 0, 180, PAPER)
    else:
        c.arc(x, y + 0.36, 0.24, 0.18, 25, 155, feature)


def _clothes(c: Canvas, x: float, clothes: Colour, trim: Colour, rng: Random) -> None:
    """Shoulders in one colour; stripes, a row of buttons or nothing in the other."""
    bottom, width = float(c.rows), 1.5
    kind = rng.choice(["stripes", "buttons", "plain"])
    if kind != "stripes":
        c.pie(x, bottom, width, 180, 360, clothes)
    else:
        # Slices of the half circle, so that every stripe ends on the shoulder's round.
        slices = 10
        for number in range(slices):
            lower, upper = number / slices, (number + 1) / slices
            points = [
                (x + side * width * math.sqrt(1 - share**2), bottom - width * share)
                for side, shares in ((-1, (lower, upper)), (1, (upper, lower)))
                for share in shares
            ]
            c.poly(points, trim if number % 2 and number < slices - 1 else clothes)
    if kind == "buttons":
        for number in range(3):
            c.circle(x, bottom - 0.58 + number * 0.24, 0.06, trim)
