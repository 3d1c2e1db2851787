"""A drawing surface measured in square cells, and the campaign's six colour schemes."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any, Final

from PIL import Image, ImageDraw

Colour = str
Point = tuple[float, float]

# Every picture is drawn three times too large and scaled down: Pillow's own edges are jagged.
OVERSAMPLING: Final = 3

PAPER: Final = "#FBF8F2"
INK: Final = "#14120F"


@dataclass(frozen=True)
class Scheme:
    """The colours of one poster: its ground, what is drawn on it, and two companions."""

    ground: Colour
    figure: Colour
    shade: Colour
    accent: Colour
    second: Colour
    paper: Colour = PAPER
    ink: Colour = INK

    @property
    def bright(self) -> tuple[Colour, Colour, Colour]:
        """The three colours that stand out from the ground."""
        return (self.figure, self.accent, self.second)


# `shade` is the ground a little darker, for what should be seen on the second look only.
SCHEMES: Final[dict[str, Scheme]] = {
    "koralle": Scheme("#FF5A4A", "#1A1110", "#E6402F", "#FFC933", PAPER),
    "sonne": Scheme("#FFC933", "#1F1700", "#F2B10E", "#FF5A4A", PAPER),
    "moos": Scheme("#1F5B3A", "#F3F8EE", "#17462D", "#FFC933", "#7FC08F"),
    "petrol": Scheme("#0C5A6B", "#EAF7F9", "#084552", "#FF5A4A", "#7CC7D4"),
    "nacht": Scheme("#22265E", "#F0F0FF", "#191C49", "#FF5A4A", "#FFC933"),
    "beere": Scheme("#8A1F4F", "#FFF0F5", "#6C153C", "#FFC933", "#F28AA9"),
}

# Pixels and cells, so that a cell is square in each format; only the logo has no whole number.
SIZES: Final[dict[str, tuple[tuple[int, int], tuple[Any, Any]]]] = {
    "landscape": ((1600, 1067), (6, 4)),
    "portrait": ((1067, 1600), (4, 6)),
    # For cards that go to print: 300 dpi on A6.
    "card": ((1980, 1320), (6, 4)),
    "card-portrait": ((1340, 2010), (4, 6)),
    "square": ((1067, 1067), (4, 4)),
    "logo": ((1080, 300), (7.2, 2)),
}


class Canvas:
    """A picture in the making. All coordinates and lengths are cells, counted from top left."""

    def __init__(self, size: str, ground: Colour | None) -> None:
        """Open a canvas of a named size; without a ground it is transparent."""
        (self.width, self.height), (self.columns, self.rows) = SIZES[size]
        self.image = Image.new(
            "RGBA", (self.width * OVERSAMPLING, self.height * OVERSAMPLING), ground or (0, 0, 0, 0)
        )
        self.draw = ImageDraw.Draw(self.image)
        self.unit = self.width * OVERSAMPLING / self.columns

    def _box(self, x0: float, y0: float, x1: float, y1: float) -> tuple[int, int, int, int]:
        """Return corners in pixels; Pillow paints the last row and column too, hence less one."""
        left, top, right, bottom = (round(value * self.unit) for value in (x0, y0, x1, y1))
        return left, top, right - 1, bottom - 1

    def rect(self, x0: float, y0: float, x1: float, y1: float, colour: Colour) -> None:
        """Fill a rectangle between two corners."""
        left, top, right, bottom = self._box(x0, y0, x1, y1)
        if right >= left and bottom >= top:
            self.draw.rectangle((left, top, right, bottom), fill=colour)

    def poly(self, points: list[Point], colour: Colour) -> None:
        """Fill a polygon."""
        self.draw.polygon([(x * self.unit, y * self.unit) for x, y in points], fill=colour)

    def circle(self, x: float, y: float, radius: float, colour: Colour) -> None:
        """Fill a circle around a centre."""
        self.draw.ellipse(self._box(x - radius, y - radius, x + radius, y + radius), fill=colour)

    def pie(
        self, x: float, y: float, radius: float, start: float, end: float, colour: Colour
    ) -> None:
        """Fill a sector; degrees run clockwise from three o'clock."""
        box = self._box(x - radius, y - radius, x + radius, y + radius)
        self.draw.pieslice(box, start, end, fill=colour)

    def cap(
        self, x: float, y: float, radius: float, start: float, end: float, colour: Colour
    ) -> None:
        """Fill what a straight cut leaves of a circle, between two angles."""
        box = self._box(x - radius, y - radius, x + radius, y + radius)
        self.draw.chord(box, start, end, fill=colour)

    def ring(self, x: float, y: float, outer: float, inner: float, colour: Colour) -> None:
        """Draw a ring; what lies inside stays as it is."""
        box = self._box(x - outer, y - outer, x + outer, y + outer)
        self.draw.ellipse(box, outline=colour, width=round((outer - inner) * self.unit))

    def arc(
        self,
        x: float,
        y: float,
        outer: float,
        inner: float,
        start: float,
        end: float,
        colour: Colour,
    ) -> None:
        """Draw a band of a ring between two angles."""
        box = self._box(x - outer, y - outer, x + outer, y + outer)
        width = round((outer - inner) * self.unit)
        self.draw.arc(box, start, end, fill=colour, width=width)

    def line(self, points: list[Point], width: float, colour: Colour) -> None:
        """Draw a line of the given width with mitred corners."""
        path = [(x * self.unit, y * self.unit) for x, y in points]
        self.draw.line(path, fill=colour, width=round(width * self.unit), joint="curve")

    def bar(self, x0: float, y0: float, x1: float, y1: float, colour: Colour) -> None:
        """Fill a rectangle whose short ends are half circles."""
        box = self._box(x0, y0, x1, y1)
        radius = min(box[2] - box[0], box[3] - box[1]) / 2
        self.draw.rounded_rectangle(box, radius=radius, fill=colour)

    def png(self) -> bytes:
        """Scale down and return the bytes of a PNG file."""
        is_opaque = self.image.getchannel("A").getextrema() == (255, 255)
        image = self.image.convert("RGB") if is_opaque else self.image
        image = image.reduce(OVERSAMPLING)
        buffer = io.BytesIO()
        image.save(buffer, "PNG")
        return buffer.getvalue()
