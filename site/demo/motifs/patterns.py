"""Patterns that fill the whole poster: arcs, circles, stripes, woven bands and rays."""

from __future__ import annotations

import math
from random import Random

from demo.canvas import Canvas, Scheme


def arches(c: Canvas, s: Scheme, rng: Random) -> None:
    """Large quarter rainbows that meet and part again."""
    rings = [(2.0, s.figure), (1.6, s.ground), (1.2, s.accent), (0.8, s.ground), (0.4, s.second)]
    corners = [(0, 0, 0), (2, 0, 90), (2, 2, 180), (0, 2, 270)]
    for row in range(0, c.rows, 2):
        previous = -1
        for column in range(0, c.columns, 2):
            choice = rng.choice([n for n in range(4) if n != previous])
            previous = choice
            dx, dy, start = corners[choice]
            if (row + column) // 2 % 3 == 1:
                c.rect(column, row, column + 2, row + 2, s.shade)
                swap = {s.ground: s.shade, s.figure: s.second, s.second: s.figure}
            else:
                swap = {}
            for radius, colour in rings:
                c.pie(column + dx, row + dy, radius, start, start + 90, swap.get(colour, colour))


def circles(c: Canvas, s: Scheme, rng: Random) -> None:
    """A crowd as a grid of circles: all alike, none the same."""
    for row in range(c.rows * 2):
        for column in range(c.columns * 2):
            x, y = column / 2 + 0.25, row / 2 + 0.25
            kind = rng.random()
            if kind < 0.34:
                c.circle(x, y, 0.2, s.figure)
            elif kind < 0.5:
                c.circle(x, y, 0.2, s.accent)
            elif kind < 0.62:
                c.ring(x, y, 0.2, 0.13, s.second)
            elif kind < 0.78:
                start = rng.choice([0, 90, 180, 270])
                c.pie(x, y, 0.2, start, start + 180, s.figure)
                c.pie(x, y, 0.2, start + 180, start + 360, s.shade)
            else:
                c.circle(x, y, 0.2, s.shade)
    # One of them steps forward.
    x, y = c.columns * 0.5 + rng.choice([-1, 1]), c.rows * 0.5
    c.rect(x - 1, y - 1, x + 1, y + 1, s.ground)
    c.circle(x, y, 0.92, s.second if s.second != s.ground else s.accent)
    c.pie(x, y, 0.92, 90, 270, s.accent)


def stripes(c: Canvas, s: Scheme, rng: Random) -> None:
    """Slanted bands in step, with a disc that takes them up in the other direction."""
    step = 0.5
    reach = c.rows
    colours = [s.shade, s.ground]
    for number in range(-c.rows * 2, c.columns * 2 + c.rows * 2):
        x = number * step
        c.poly(
            [(x, 0), (x + step, 0), (x + step - reach, c.rows), (x - reach, c.rows)],
            colours[number % 2],
        )
    order = [s.figure, s.accent, s.second]
    rng.shuffle(order)
    x0 = c.columns * 0.36
    for number, colour in enumerate(order):
        x = x0 + number * step * 1.5
        c.poly([(x, 0), (x + step, 0), (x + step - reach, c.rows), (x - reach, c.rows)], colour)
    cx, cy, r = c.columns * 0.66, c.rows * 0.56, min(c.columns, c.rows) * 0.3
    c.circle(cx, cy, r, s.figure)
    bands = 7
    for number in range(1, bands, 2):
        y = cy - r + 2 * r * number / bands
        c.rect(cx - r, y, cx + r, y + 2 * r / bands / 1.6, s.ground)
    c.ring(cx, cy, r * 1.5, r, s.ground)


def weave(c: Canvas, s: Scheme, rng: Random) -> None:
    """Bands that run over and under each other and hold together."""
    size = 0.66
    offset = (1 - size) / 2
    across = [rng.choice([s.figure, s.accent, s.second]) for _ in range(c.rows)]
    down = [s.accent if n % 3 == 1 else s.figure if n % 3 else s.second for n in range(c.columns)]
    c.rect(0, 0, c.columns, c.rows, s.ground)
    for row in range(c.rows):
        c.rect(0, row + offset, c.columns, row + 1 - offset, across[row])
    for column in range(c.columns):
        c.rect(column + offset, 0, column + 1 - offset, c.rows, down[column])
    edge = 0.07
    for row in range(c.rows):
        for column in range(c.columns):
            left, right = column + offset, column + 1 - offset
            top, bottom = row + offset, row + 1 - offset
            if (row + column) % 2:
                # The band across lies on top here.
                c.rect(left - offset, top, right + offset, bottom, across[row])
                c.rect(left - edge, top - edge, right + edge, top, s.ground)
                c.rect(left - edge, bottom, right + edge, bottom + edge, s.ground)
            else:
                c.rect(left - edge, top - edge, left, bottom + edge, s.ground)
                c.rect(right, top - edge, right + edge, bottom + edge, s.ground)


def rays(c: Canvas, s: Scheme, rng: Random) -> None:
    """Rays from one corner that cross the rings of another."""
    count = 9
    x, y = 0.0, float(c.rows)
    reach = math.hypot(c.columns, c.rows) * 1.05
    for number in range(count):
        start = 270 + number * 90 / count
        if number % 2 == 0:
            c.pie(x, y, reach, start, start + 90 / count, s.shade)
    radius = min(c.columns, c.rows) * 0.86
    for number, colour in enumerate([s.second, s.ground, s.accent, s.ground, s.figure]):
        c.pie(c.columns, 0, radius * (1 - number * 0.2), 90, 180, colour)
    radius = min(c.columns, c.rows) * 0.36
    c.pie(x, y, radius, 270, 360, s.figure)
    c.pie(x, y, radius * 0.6, 270, 360, s.accent)
    for number in range(5):
        angle = math.radians(285 + number * 15)
        far = min(c.columns, c.rows) * (0.62 + rng.random() * 0.06)
        c.circle(x + math.cos(angle) * far, y + math.sin(angle) * far, 0.1, s.figure)
