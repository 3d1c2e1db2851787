"""A tree, leaves, water and the sun."""

from __future__ import annotations

import math
from random import Random

from demo.canvas import Canvas, Colour, Scheme


def tree(c: Canvas, s: Scheme, rng: Random) -> None:
    """A tree whose crown is made of many half circles."""
    base = c.rows - 0.5
    x = c.columns * 0.5
    wide = c.columns > c.rows
    crown = 1.5 if wide else 1.7
    middle = c.rows * (0.43 if wide else 0.4)
    c.rect(0, base, c.columns, c.rows, s.shade)
    c.rect(x - 0.1, middle, x + 0.1, base, s.figure)
    pitch = crown / 3.5
    for row in range(-3, 4):
        for column in range(-3, 4):
            if math.hypot(row, column) > 3.3:
                continue
            px, py = x + column * pitch, middle + row * pitch
            start = rng.choice([0, 90, 180, 270])
            upper, lower = rng.sample(s.bright, k=2)
            c.pie(px, py, pitch * 0.48, start, start + 180, upper)
            c.pie(px, py, pitch * 0.48, start + 180, start + 360, lower)
    for side, height in ((-1, 0.9), (1, 1.15)):
        px = x + side * c.columns * 0.36
        c.rect(px - 0.04, base - height * 0.6, px + 0.04, base, s.figure)
        c.pie(px, base - height * 0.55, 0.36, 180, 360, s.accent)
        c.pie(px, base - height * 0.55, 0.36, 0, 180, s.second)


def leaves(c: Canvas, s: Scheme, rng: Random) -> None:
    """Leaves of two quarter circles each, in a turning pattern."""
    for row in range(c.rows):
        for column in range(c.columns):
            colour = rng.choice([s.figure, s.second, s.second, s.accent, s.shade])
            _leaf(c, column, row, colour, falling=(row + column) % 2 == 0)


def _leaf(c: Canvas, x: float, y: float, colour: Colour, falling: bool) -> None:
    """One leaf in the cell at x, y: the overlap of two quarter circles."""
    points = []
    steps = 48
    for number in range(steps + 1):
        angle = math.pi / 2 * number / steps
        points.append((math.sin(angle), 1 - math.cos(angle)))
    for number in range(steps + 1):
        angle = math.pi / 2 * number / steps
        points.append((1 - math.sin(angle), math.cos(angle)))
    inset, scale = 0.04, 0.92
    if not falling:
        points = [(1 - px, py) for px, py in points]
    c.poly([(x + inset + px * scale, y + inset + py * scale) for px, py in points], colour)
    ends = ((0.0, 0.0), (1.0, 1.0)) if falling else ((1.0, 0.0), (0.0, 1.0))
    (ax, ay), (bx, by) = ends
    near, far = 0.3, 0.86
    c.line(
        [
            (x + ax + (bx - ax) * near, y + ay + (by - ay) * near),
            (x + ax + (bx - ax) * far, y + ay + (by - ay) * far),
        ],
        0.03,
        _vein(colour),
    )


def _vein(colour: Colour) -> Colour:
    """A colour a little darker than the leaf."""
    red, green, blue = (int(colour[n : n + 2], 16) for n in (1, 3, 5))
    return f"#{int(red * 0.82):02X}{int(green * 0.82):02X}{int(blue * 0.82):02X}"


def waves(c: Canvas, s: Scheme, rng: Random) -> None:
    """Rows of overlapping half circles, like water or roof tiles."""
    radius = 0.6
    rings = [s.figure, s.ground, s.second, s.ground, s.accent]
    first = rng.randrange(3)
    c.circle(c.columns * 0.72, c.rows * 0.26, 0.9, s.accent)
    row = 0
    y = c.rows * 0.36
    while y < c.rows + radius:
        start = -radius if row % 2 else 0.0
        x = start
        while x < c.columns + radius:
            for number, colour in enumerate(rings):
                tone = s.shade if (row + first) % 3 == 2 and colour == s.figure else colour
                c.circle(x, y, radius * (1 - number * 0.19), tone)
            x += 2 * radius
        y += radius * 0.52
        row += 1


def sun(c: Canvas, s: Scheme, rng: Random) -> None:
    """The sun above a horizon of stripes."""
    x, horizon = c.columns / 2, c.rows * 0.66
    reach = math.hypot(c.columns, c.rows)
    rays = 14
    for number in range(rays):
        start = 180 + number * 180 / rays
        if number % 2:
            c.pie(x, horizon, reach, start, start + 180 / rays, s.shade)
    radius = min(c.columns, c.rows) * 0.42
    c.pie(x, horizon, radius, 180, 360, s.accent)
    c.pie(x, horizon, radius * 0.72, 180, 360, s.second)
    c.pie(x, horizon, radius * 0.44, 180, 360, s.figure)
    c.rect(0, horizon, c.columns, c.rows, s.figure)
    height = c.rows - horizon
    y, gap = horizon + height * 0.16, 0.07
    colours = [s.accent, s.second, s.ground, s.shade]
    for number, colour in enumerate(colours):
        inset = c.columns * 0.5 - radius * (1.0 - 0.16 * number) * (1 + 0.1 * rng.random())
        c.bar(inset, y, c.columns - inset, y + gap * 1.6, colour)
        y += height * 0.2
