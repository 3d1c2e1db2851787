"""Books, letters, scales and a signpost: what lies and stands in an office."""

from __future__ import annotations

from random import Random

from demo.canvas import Canvas, Scheme


def books(c: Canvas, s: Scheme, rng: Random) -> None:
    """Shelves of books, seen from the spine, with one that leans."""
    shelves = 2 if c.columns > c.rows else 3
    height = c.rows / shelves
    palette = [s.figure, s.accent, s.second, s.shade, s.figure, s.shade]
    for shelf in range(shelves):
        floor = (shelf + 1) * height - 0.18
        c.rect(0, floor, c.columns, floor + 0.18, s.figure)
        x = 0.16
        leaning = shelf == shelves - 1
        last = ""
        while x < c.columns - 0.2:
            width = rng.choice([0.2, 0.26, 0.34, 0.42, 0.5])
            tall = height * rng.uniform(0.58, 0.82)
            if x + width > c.columns - 0.1:
                break
            if leaning and x > c.columns * 0.52:
                leaning = False
                lean, w, t = 0.62, 0.36, height * 0.74
                foot = x + lean + 0.02
                c.poly(
                    [
                        (foot, floor),
                        (foot - lean, floor - t),
                        (foot - lean + w * 1.05, floor - t - w * 0.28),
                        (foot + w * 1.05, floor - w * 0.28 + 0.1),
                        (foot + w * 1.02, floor),
                    ],
                    s.accent,
                )
                x = foot + w * 1.05 + 0.35
                continue
            colour = rng.choice([p for p in palette if p != last])
            last = colour
            c.rect(x, floor - tall, x + width, floor, colour)
            mark = s.ground if colour != s.shade else s.accent
            style = rng.random()
            if style < 0.35:
                c.rect(x, floor - tall + 0.16, x + width, floor - tall + 0.24, mark)
                c.rect(x, floor - 0.32, x + width, floor - 0.24, mark)
            elif style < 0.6 and width > 0.3:
                c.circle(x + width / 2, floor - tall + 0.32, width * 0.28, mark)
            elif style < 0.8:
                c.rect(
                    x + width * 0.38, floor - tall + 0.2, x + width * 0.62, floor - tall * 0.4, mark
                )
            x += width + 0.03


def scales(c: Canvas, s: Scheme, rng: Random) -> None:
    """A pair of scales in balance: different things, the same weight."""
    x, top = c.columns / 2, c.rows * 0.24
    arm = min(c.columns * 0.32, c.columns / 2 - 0.95)
    foot = c.rows - 0.45
    c.circle(x, c.rows * 0.5, min(c.columns, c.rows) * 0.44, s.shade)
    c.rect(0, foot, c.columns, c.rows, s.figure)
    c.rect(x - 0.08, top, x + 0.08, foot, s.figure)
    c.pie(x, foot, 0.62, 180, 360, s.figure)
    c.rect(x - arm, top - 0.07, x + arm, top + 0.07, s.figure)
    c.circle(x, top, 0.2, s.accent)
    drop = top + 1.45
    for side in (-1, 1):
        px = x + side * arm
        c.line([(px, top), (px - 0.68, drop)], 0.035, s.figure)
        c.line([(px, top), (px + 0.68, drop)], 0.035, s.figure)
        c.pie(px, drop, 0.8, 0, 180, s.accent if side < 0 else s.second)
        c.circle(px, top, 0.09, s.figure)
    left, right = x - arm, x + arm
    c.circle(left, drop - 0.36, 0.36, s.second)
    c.rect(right - 0.34, drop - 0.68, right + 0.34, drop, s.accent)
    if rng.random() < 0.5:
        c.pie(right, drop - 0.68, 0.34, 180, 360, s.figure)


def letters(c: Canvas, s: Scheme, rng: Random) -> None:
    """Envelopes in rows, closed and kept; one is open with a sheet in it."""
    opened = rng.choice([(1, 1), (1, 2)]) if c.columns > c.rows else (1, 2)
    for row in range(c.rows):
        for column in range(c.columns // 2):
            x, y = column * 2 + 0.16, row + 0.13
            right, bottom = x + 1.68, y + 0.76
            if (column, row) == opened:
                continue
            kind = (row + column) % 3
            paper, flap = [(s.figure, s.second), (s.shade, s.figure), (s.second, s.accent)][kind]
            if flap == paper:
                flap = s.accent
            c.rect(x, y, right, bottom, paper)
            c.poly([(x, y), (right, y), ((x + right) / 2, y + 0.5)], flap)
            c.line([(x, y), ((x + right) / 2, y + 0.5), (right, y)], 0.035, s.ground)
    column, row = opened
    x, y = column * 2 + 0.16, row + 0.13
    right, bottom = x + 1.68, y + 0.76
    c.rect(x - 0.16, y - 0.62, right + 0.16, y, s.ground)
    c.poly([(x, y), (right, y), ((x + right) / 2, y - 0.5)], s.accent)
    c.rect(x + 0.2, y - 0.4, right - 0.2, bottom, s.paper)
    for number in range(3):
        line = y - 0.24 + number * 0.18
        c.rect(x + 0.36, line, right - (0.36 if number < 2 else 0.8), line + 0.06, s.ink)
    c.poly(
        [(x, y), (x, bottom), (right, bottom), (right, y), ((x + right) / 2, y + 0.44)], s.accent
    )
    c.line([(x, y), ((x + right) / 2, y + 0.44), (right, y)], 0.03, s.ground)


def signpost(c: Canvas, s: Scheme, rng: Random) -> None:
    """A signpost with arrows into many directions."""
    x = c.columns * 0.5
    foot = c.rows - 0.4
    c.circle(x, c.rows * 0.5, min(c.columns, c.rows) * 0.46, s.shade)
    c.rect(0, foot, c.columns, c.rows, s.figure)
    c.rect(x - 0.09, 0.3, x + 0.09, foot, s.figure)
    count = 4 if c.columns > c.rows else 5
    side = rng.choice([-1, 1])
    for number in range(count):
        y = 0.5 + number * (foot - 0.9) / count
        h = 0.56
        length = rng.uniform(1.3, 1.75)
        colour = [s.accent, s.second, s.figure][number % 3]
        back = x - side * 0.42
        tip = x + side * length
        c.poly(
            [(back, y), (tip, y), (tip + side * h * 0.55, y + h / 2), (tip, y + h), (back, y + h)],
            colour,
        )
        mark = s.ground
        c.rect(
            min(back + side * 0.24, tip - side * 0.2),
            y + h * 0.42,
            max(back + side * 0.24, tip - side * 0.2),
            y + h * 0.58,
            mark,
        )
        side = -side
