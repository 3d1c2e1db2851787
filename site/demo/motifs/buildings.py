"""Doors, windows, stairs, bridges and houses: what a town is built of."""

from __future__ import annotations

from random import Random

from demo.canvas import Canvas, Scheme


def doors(c: Canvas, s: Scheme, rng: Random) -> None:
    """A row of arched doors, one of them open: light falls out over the floor."""
    floor = c.rows - 0.75
    c.rect(0, floor, c.columns, c.rows, s.shade)
    count = c.columns // 2 * 2 - 2 if c.columns > 4 else 2
    # Never the last one: its leaf would swing out of the picture.
    opened = rng.randrange(0, count - 1)
    gap = c.columns / count
    half = gap * 0.36
    height = 2.35 if c.columns > c.rows else 3.9
    for number in range(count):
        x = gap * (number + 0.5)
        top = floor - height + half
        if number != opened:
            colour = s.shade if number % 2 else s.figure
            c.pie(x, top, half, 180, 360, colour)
            c.rect(x - half, top, x + half, floor, colour)
            c.circle(x + half * 0.66, (top + floor) / 2 + 0.2, 0.06, s.ground)
            continue
        c.poly(
            [
                (x - half, floor),
                (x + half, floor),
                (x + half - gap * 0.55, c.rows),
                (x - half - gap * 1.15, c.rows),
            ],
            s.accent,
        )
        c.pie(x, top, half, 180, 360, s.accent)
        c.rect(x - half, top, x + half, floor, s.accent)
        # The door leaf, turned towards us and foreshortened.
        leaf = half * 0.85
        c.poly(
            [
                (x + half, top - half * 0.15),
                (x + half + leaf, top - half * 0.55),
                (x + half + leaf, floor + 0.32),
                (x + half, floor),
            ],
            s.second,
        )
        c.circle(x + half + leaf * 0.75, (top + floor) / 2 + 0.25, 0.06, s.ground)


def windows(c: Canvas, s: Scheme, rng: Random) -> None:
    """A house front at dusk: many windows, some lit, people at a few of them."""
    people = set(rng.sample(range(c.columns * c.rows), k=5))
    for row in range(c.rows):
        for column in range(c.columns):
            x, y = column + 0.14, row + 0.14
            right, bottom = column + 0.86, row + 0.92
            index = row * c.columns + column
            lit = index in people or rng.random() < 0.3
            pane = rng.choice([s.accent, s.accent, s.second]) if lit else s.shade
            c.rect(x, y, right, bottom, pane)
            if index in people:
                middle = column + rng.choice([0.42, 0.5, 0.58])
                # Head and shoulders, cut by the window sill.
                c.circle(middle, row + 0.48, 0.13, s.ground)
                c.pie(middle, row + 0.92, 0.27, 180, 360, s.ground)
            elif rng.random() < 0.4:
                c.rect(column + 0.485, y, column + 0.515, bottom, s.ground)
                c.rect(x, row + 0.40, right, row + 0.43, s.ground)
            elif lit:
                c.pie(x, y, 0.72, 0, 90, s.figure)
            else:
                c.rect(x, y + 0.39, right, bottom, s.ground)
            c.rect(column + 0.08, row + 0.92, column + 0.92, row + 0.97, s.figure)


def stairs(c: Canvas, s: Scheme, rng: Random) -> None:
    """Steps that lead up into the light."""
    steps = 6 if c.columns > c.rows else 5
    width, rise = c.columns / steps, c.rows * 0.72 / steps
    sun_x, sun_y = c.columns * 0.3, c.rows * 0.3
    c.circle(sun_x, sun_y, min(c.columns, c.rows) * 0.26, s.accent)
    c.pie(sun_x, sun_y, min(c.columns, c.rows) * 0.26, 90, 270, s.second)
    for number in range(steps):
        x, y = number * width, c.rows - rise * (number + 1)
        c.rect(x, y, x + width, c.rows, s.figure if number % 2 == 0 else s.shade)
        c.rect(x, y, x + width, y + rise * 0.16, s.second if number % 2 == 0 else s.accent)
    walker = rng.choice([2, 3])
    x, y = (walker + 0.5) * width, c.rows - rise * (walker + 1)
    scale = width * 0.34
    c.pie(x, y, scale, 180, 360, s.accent if walker % 2 == 0 else s.second)
    c.rect(x - scale, y - 0.01, x + scale, y, s.accent)
    c.circle(x, y - scale * 1.62, scale * 0.52, s.figure)


def bridge(c: Canvas, s: Scheme, rng: Random) -> None:
    """A bridge of three arches and its mirror image in the water."""
    deck = c.rows * 0.36
    water = c.rows * 0.66
    count = 3 if c.columns > c.rows else 2
    width = c.columns / count
    c.circle(c.columns * rng.choice([0.22, 0.78]), deck, 0.85, s.accent)
    c.rect(0, deck, c.columns, water, s.figure)
    c.rect(0, deck - 0.14, c.columns, deck, s.second if s.second != s.figure else s.shade)
    c.rect(0, water, c.columns, c.rows, s.shade)
    span = min(width * 0.4, water - deck - 0.12)
    for number in range(count):
        x = width * (number + 0.5)
        c.pie(x, water, span, 180, 360, s.ground)
        c.pie(x, water, span, 0, 180, s.ground)
    waves = int(c.columns * 2)
    for row, y in enumerate((water + 0.42, water + 0.78, water + 1.14)):
        for number in range(waves):
            if (number + row) % 2:
                c.bar(number / 2, y, number / 2 + 0.5, y + 0.07, s.figure)
    for number in range(4 if count == 3 else 3):
        x = c.columns * (0.34 + number * 0.1)
        c.pie(x, deck - 0.14, 0.17, 180, 360, s.figure)
        c.circle(x, deck - 0.46, 0.1, s.figure)


def town_hall(c: Canvas, s: Scheme, rng: Random) -> None:
    """A town hall: columns, a gable, a clock, and an open door in the middle."""
    middle = c.columns / 2
    ground = c.rows - 0.5
    wing = c.columns * 0.4
    top = ground - 1.55
    c.circle(middle, c.rows * 0.42, min(c.columns, c.rows) * 0.46, s.shade)
    c.rect(0, ground, c.columns, c.rows, s.figure)
    c.rect(middle - wing, top, middle + wing, ground, s.second)
    c.poly([(middle - wing - 0.2, top), (middle + wing + 0.2, top), (middle, top - 1.05)], s.accent)
    c.circle(middle, top - 0.4, 0.24, s.figure)
    c.line([(middle, top - 0.4), (middle, top - 0.56)], 0.045, s.ground)
    c.line([(middle, top - 0.4), (middle + 0.11, top - 0.34)], 0.045, s.ground)
    columns = 7
    gap = 2 * wing / columns
    for number in range(columns):
        x = middle - wing + gap * (number + 0.5)
        if number == columns // 2:
            c.pie(x, top + 0.62, gap * 0.42, 180, 360, s.ground)
            c.rect(x - gap * 0.42, top + 0.62, x + gap * 0.42, ground, s.ground)
            continue
        c.rect(x - gap * 0.2, top + 0.16, x + gap * 0.2, ground, s.figure)
        c.rect(x - gap * 0.3, top + 0.08, x + gap * 0.3, top + 0.2, s.figure)
    c.rect(middle - wing - 0.2, top - 0.08, middle + wing + 0.2, top + 0.08, s.figure)
    side = rng.choice([-1, 1])
    for number in range(3):
        x = middle + side * (0.12 + number * 0.42)
        c.pie(x, c.rows, 0.17, 180, 360, s.accent)
        c.circle(x, c.rows - 0.3, 0.1, s.accent)


def town(c: Canvas, s: Scheme, rng: Random) -> None:
    """A town of gabled houses, towers and works, each a few shapes."""
    rows = 2 if c.columns > c.rows else 3
    c.circle(c.columns * 0.78, c.rows * 0.22, 0.62, s.accent)
    for row in range(rows):
        floor = c.rows - (rows - 1 - row) * 1.12
        back = row < rows - 1
        x = -0.3 if row % 2 else 0.0
        while x < c.columns:
            width = rng.choice([0.6, 0.75, 0.9, 1.0])
            height = rng.uniform(0.8, 1.5) + (0.35 if back else 0)
            colour = s.shade if back else rng.choice([s.figure, s.accent, s.second])
            hole = s.ground if colour in (s.shade, s.figure) else s.figure
            top = floor - height
            c.rect(x, top, x + width, c.rows, colour)
            roof = rng.random()
            if roof < 0.4:
                c.poly([(x, top), (x + width, top), (x + width / 2, top - width * 0.5)], colour)
            elif roof < 0.6:
                c.pie(x + width / 2, top, width / 2, 180, 360, colour)
            elif roof < 0.8:
                c.poly([(x, top), (x + width, top), (x + width, top - width * 0.45)], colour)
            columns = 2 if width < 0.8 else 3
            for line in range(int((height - 0.15) / 0.34)):
                for number in range(columns):
                    if rng.random() < 0.78:
                        wx = x + width * (number + 0.5) / columns
                        wy = top + 0.14 + line * 0.34
                        lit = s.accent if back and rng.random() < 0.4 else hole
                        c.rect(wx - 0.075, wy, wx + 0.075, wy + 0.19, lit)
            x += width + 0.04
        c.rect(0, c.rows - 0.14, c.columns, c.rows, s.figure)
