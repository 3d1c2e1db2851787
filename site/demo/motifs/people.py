"""Hands, voices and a round table: people who decide something together."""

from __future__ import annotations

import math
from random import Random

from demo.canvas import Canvas, Colour, Scheme


def _hand(c: Canvas, x: float, top: float, size: float, colour: Colour, thumb_right: bool) -> None:
    """A raised open hand with its arm; `size` is the width of the palm."""
    finger = size * 0.22
    gap = (size - 4 * finger) / 3
    wrist = top + size * 2.05
    tips = (0.24, 0.04, 0.0, 0.16) if thumb_right else (0.16, 0.0, 0.04, 0.24)
    for number, lower in enumerate(tips):
        left = x + number * (finger + gap)
        c.bar(left, top + lower * size, left + finger, top + size * 1.4, colour)
    c.rect(x, top + size, x + size, top + size * 1.55, colour)
    c.pie(x + size / 2, top + size * 1.55, size / 2, 0, 180, colour)
    c.rect(x + size * 0.2, top + size * 1.7, x + size * 0.8, wrist + 9, colour)
    direction = 1 if thumb_right else -1
    base = x + size * (0.86 if thumb_right else 0.14)
    tip = base + direction * size * 0.42
    c.line([(base, top + size * 1.5), (tip, top + size * 0.98)], finger * 1.05, colour)
    c.circle(tip, top + size * 0.98, finger * 0.52, colour)
    c.circle(base, top + size * 1.5, finger * 0.52, colour)


def hands(c: Canvas, s: Scheme, rng: Random) -> None:
    """Raised hands in several colours, as when a vote is taken."""
    wide = c.columns > c.rows
    c.circle(c.columns * 0.68, c.rows * 0.36, c.rows * (0.47 if wide else 0.3), s.shade)
    count = 5 if wide else 3
    step = c.columns / count
    size = step * 0.58
    colours = [s.figure, s.accent, s.second, s.figure, s.accent]
    levels = [0.30, 0.12, 0.38, 0.20, 0.33]
    rng.shuffle(levels)
    for number in range(count):
        x = step * number + (step - size) / 2
        top = c.rows * levels[number] + (0.3 if wide else 0.6)
        _hand(c, x, top, size, colours[number], thumb_right=number < count / 2)


def table(c: Canvas, s: Scheme, rng: Random) -> None:
    """A round table from above with people around it and one free seat."""
    wide = c.columns > c.rows
    x, y = (c.columns * 0.58, c.rows * 0.52) if wide else (c.columns * 0.5, c.rows * 0.5)
    radius = 1.0
    seats = 9
    free = rng.randrange(seats)
    c.circle(x, y, 2.6, s.shade)
    for seat in range(seats):
        angle = math.tau * seat / seats + 0.2
        dx, dy = math.cos(angle), math.sin(angle)
        px, py = x + dx * (radius + 0.3), y + dy * (radius + 0.3)
        if seat == free:
            c.ring(px + dx * 0.12, py + dy * 0.12, 0.26, 0.2, s.figure)
            continue
        colour, head = s.bright[seat % 3], s.bright[(seat + 1) % 3]
        turn = math.degrees(angle)
        c.pie(px, py, 0.4, turn - 90, turn + 90, colour)
        c.circle(px + dx * 0.03, py + dy * 0.03, 0.19, head)
    c.circle(x, y, radius, s.figure)
    # What lies on the table: sheets of paper and cups.
    for number in range(6):
        angle = math.tau * number / 6 + 0.5
        px, py = x + math.cos(angle) * 0.6, y + math.sin(angle) * 0.6
        if number % 2:
            c.circle(px, py, 0.13, s.accent)
            c.circle(px, py, 0.07, s.ground)
        else:
            w, h = (0.16, 0.22) if number % 4 else (0.22, 0.16)
            c.rect(px - w, py - h, px + w, py + h, s.ground)
    c.circle(x, y, 0.2, s.second if s.second != s.figure else s.accent)
    if wide:
        c.pie(0, c.rows, 1.5, 270, 360, s.accent)
        c.pie(0, c.rows, 1.0, 270, 360, s.ground)


def voices(c: Canvas, s: Scheme, rng: Random) -> None:
    """Speech bubbles of different shapes that make room for each other."""
    x, y = c.columns * 0.34, c.rows * 0.4
    unit = min(c.columns, c.rows) / 4
    big = 1.28 * unit
    c.poly(
        [(x - 0.9 * unit, y + 0.6 * unit), (x, y + 1.1 * unit), (x - 1.1 * unit, y + 1.75 * unit)],
        s.figure,
    )
    c.circle(x, y, big, s.figure)
    for number in range(3):
        c.circle(x + (number - 1) * 0.6 * unit, y, 0.17 * unit, s.ground)
    right, top = (
        c.columns * (0.62 if c.columns > c.rows else 0.5),
        c.rows * (0.46 if c.columns > c.rows else 0.62),
    )
    w, h = 1.75 * unit, 1.15 * unit
    c.rect(right, top, right + w, top + h, s.accent)
    c.poly(
        [
            (right + w, top + h),
            (right + w - 0.55 * unit, top + h),
            (right + w, top + h + 0.55 * unit),
        ],
        s.accent,
    )
    for number, length in enumerate((0.8, 0.55, 0.7)):
        line = top + (0.25 + number * 0.27) * unit
        c.rect(
            right + 0.22 * unit,
            line,
            right + 0.22 * unit + (w - 0.44 * unit) * length,
            line + 0.12 * unit,
            s.figure,
        )
    sx, sy = c.columns * 0.78, c.rows * 0.2
    small = 0.5 * unit
    colour = s.second if s.second != s.figure else s.shade
    c.pie(sx, sy, small, 0, 360, colour)
    c.poly([(sx, sy), (sx + small, sy), (sx + small, sy + small)], colour)
    c.rect(sx - 0.22 * unit, sy - 0.06 * unit, sx + 0.22 * unit, sy + 0.06 * unit, s.ground)
    base = c.rows - 0.35 * unit
    c.pie(c.columns * 0.46, c.rows, 0.62 * unit, 180, 360, s.shade)
    c.pie(c.columns * rng.choice([0.12, 0.56]), c.rows, 0.42 * unit, 180, 360, s.shade)
    c.rect(0, base + 0.27 * unit, c.columns, c.rows, s.shade)
