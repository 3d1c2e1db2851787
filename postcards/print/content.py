"""Reads what a PDF page draws: letters, surfaces, lines and pictures, with place and colour."""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

import pikepdf
from fontTools.ttLib import TTFont, TTLibError
from pikepdf import Name

Matrix = tuple[float, float, float, float, float, float]
Kind = Literal["text", "fill", "stroke", "image"]
IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)
POINTS_PER_MM = 72 / 25.4
#: Heights of letters over and under the line, in shares of their size.
ASCENT, DESCENT = 0.72, 0.2
#: Forms within forms, at most.
DEEPEST = 8


@dataclass(frozen=True)
class Colour:
    """A colour as the page names it: its space, and its parts (0–1)."""

    space: str
    parts: tuple[float, ...]

    @property
    def ink(self) -> float:
        """Return the sum of inks in per cent; 0 for what is no ink."""
        if self.space == "DeviceCMYK":
            return 100 * sum(self.parts)
        return 100 * (1 - self.parts[0]) if self.space == "DeviceGray" and self.parts else 0.0

    @property
    def is_key_or_paper(self) -> bool:
        """Tell whether this is black ink alone, in any strength, or no ink."""
        if self.space == "DeviceCMYK":
            return not any(self.parts[:3])
        return self.space == "DeviceGray"

    @property
    def is_paper(self) -> bool:
        """Tell whether nothing is printed."""
        return self.space in {"DeviceCMYK", "DeviceGray"} and self.ink == 0


BLACK = Colour("DeviceGray", (0.0,))


@dataclass(frozen=True)
class Item:
    """Something that is drawn, within `box`: left, bottom, right, top in points of the page.

    `size` is that of letters, or the width of a line, in points. Pictures name their object.
    """

    kind: Kind
    box: tuple[float, float, float, float]
    colour: Colour
    size: float = 0.0
    image: Any = None


@dataclass
class _State:
    """What the operators set."""

    ctm: Matrix = IDENTITY
    fill: Colour = BLACK
    stroke: Colour = BLACK
    width: float = 1.0
    font: Any = None
    size: float = 0.0
    rise: float = 0.0
    spacing: float = 0.0
    words: float = 0.0
    scaling: float = 1.0
    hidden: bool = False


@dataclass
class _Walker:
    """Goes through a page's operators and collects what they draw."""

    items: list[Item] = field(default_factory=list)
    state: _State = field(default_factory=_State)
    stack: list[_State] = field(default_factory=list)
    points: list[tuple[float, float]] = field(default_factory=list)
    text: Matrix = IDENTITY
    line: Matrix = IDENTITY
    depth: int = 0
    fonts: "dict[tuple[int, int], _Widths]" = field(default_factory=dict)

    def walk(self, stream: Any, resources: Any) -> None:
        """Follow one content stream."""
        for instruction in pikepdf.parse_content_stream(stream):
            name, operands = str(instruction.operator), list(instruction.operands)
            if handler := HANDLERS.get(name):
                handler(self, operands)
            elif name == "Do":
                self._place(str(operands[0]), resources)
            elif name == "Tf":
                fonts = resources.get(Name.Font, {}) if resources is not None else {}
                self.state.font = fonts.get(str(operands[0]))
                self.state.size = float(operands[1])
            elif name in PAINTING:
                self._paint(name)

    # --- Text ---

    def show(self, parts: list[Any]) -> None:
        """Draw letters, and move on by their widths; spaces at either end leave no trace."""
        before = self.text
        advance, low, high = 0.0, 0.0, 0.0
        traces: list[float] = []
        for part in parts:
            if not isinstance(part, pikepdf.String):
                advance -= float(part) / 1000 * self.state.size * self.state.scaling
                continue
            widths = self._widths(self.state.font)
            for code in widths.codes(bytes(part)):
                start = advance
                advance += self._advance(widths, code)
                bottom, top = widths.bounds(code)
                if bottom < top:
                    traces += [start, advance]
                    low, high = min(low, bottom), max(high, top)
        self.text = multiply((1, 0, 0, 1, advance, 0), before)
        size = self.state.size
        if size and traces and not self.state.hidden:
            place = multiply(before, self.state.ctm)
            corners = [(min(traces), low * size), (max(traces), high * size)]
            self._add("text", _span(place, corners), self.state.fill, size * _scale(place))

    def _widths(self, font: Any) -> "_Widths":
        """Return the sizes of a font's letters, read once."""
        key = font.objgen if font is not None else (0, 0)
        if key == (0, 0) or key not in self.fonts:
            self.fonts[key] = _read_font(font)
        return self.fonts[key]

    def _advance(self, widths: "_Widths", code: int) -> float:
        """Return how far a letter reaches, in units of text space."""
        state = self.state
        words = state.words if not widths.wide and code == 32 else 0.0
        return (widths.of(code) / 1000 * state.size + state.spacing + words) * state.scaling

    # --- Paths and pictures ---

    def add_points(self, *points: tuple[float, float]) -> None:
        """Take points of a path, where the page has them."""
        self.points += [transform(self.state.ctm, x, y) for x, y in points]

    def _paint(self, name: str) -> None:
        if self.points and name != "n":
            xs, ys = zip(*self.points, strict=True)
            box = (min(xs), min(ys), max(xs), max(ys))
            if name in FILLING:
                self._add("fill", box, self.state.fill)
            if name in STROKING:
                width = self.state.width * _scale(self.state.ctm)
                half = width / 2
                wide = (box[0] - half, box[1] - half, box[2] + half, box[3] + half)
                self._add("stroke", wide, self.state.stroke, width)
        self.points = []

    def _place(self, name: str, resources: Any) -> None:
        objects = resources.get(Name.XObject, {}) if resources is not None else {}
        thing = objects.get(name)
        if thing is None:
            return
        if thing.get(Name.Subtype) == Name.Image:
            box = _span(self.state.ctm, [(0, 0), (1, 1)])
            self._add("image", box, self.state.fill, image=thing)
        elif self.depth < DEEPEST:
            self.save()
            matrix = tuple(float(part) for part in thing.get(Name.Matrix, IDENTITY))
            self.state.ctm = multiply(matrix, self.state.ctm)  # type: ignore[arg-type]
            self.depth += 1
            self.walk(thing, thing.get(Name.Resources, resources))
            self.depth -= 1
            self.restore()

    def _add(
        self,
        kind: Kind,
        box: tuple[float, float, float, float],
        colour: Colour,
        size: float = 0.0,
        *,
        image: Any = None,
    ) -> None:
        self.items.append(Item(kind, box, colour, size, image))

    # --- State ---

    def save(self) -> None:
        """Remember the state (`q`)."""
        self.stack.append(_State(**vars(self.state)))

    def restore(self) -> None:
        """Take the last state back (`Q`)."""
        if self.stack:
            self.state = self.stack.pop()

    def move(self, x: float, y: float) -> None:
        """Begin a line of text."""
        self.line = multiply((1, 0, 0, 1, x, y), self.line)
        self.text = self.line


def read_page(page: pikepdf.Page) -> list[Item]:
    """Return what a page draws, in the order of drawing.

    Raises `pikepdf.PdfError` for operators that cannot be read.
    """
    walker = _Walker()
    walker.walk(page, page.obj.get(Name.Resources))
    return walker.items


# --- Operators -------------------------------------------------------------------------------

FILLING = frozenset({"f", "F", "f*", "B", "B*", "b", "b*"})
STROKING = frozenset({"S", "s", "B", "B*", "b", "b*"})
PAINTING = FILLING | STROKING | {"n"}
SPACES = {1: "DeviceGray", 3: "DeviceRGB", 4: "DeviceCMYK"}


def _colour(operands: list[Any], space: str = "") -> Colour:
    parts = tuple(float(part) for part in operands if not isinstance(part, Name))
    return Colour(space or SPACES.get(len(parts), "Other"), parts)


def _setter(name: str, convert: Callable[[list[Any]], Any]) -> Callable[[_Walker, list[Any]], None]:
    def handler(walker: _Walker, operands: list[Any]) -> None:
        setattr(walker.state, name, convert(operands))

    return handler


def _first(operands: list[Any]) -> float:
    return float(operands[0])


def _concat(walker: _Walker, operands: list[Any]) -> None:
    walker.state.ctm = multiply(_matrix(operands), walker.state.ctm)


def _matrix(operands: list[Any]) -> Matrix:
    return tuple(float(part) for part in operands)  # type: ignore[return-value]


def _begin_text(walker: _Walker, _operands: list[Any]) -> None:
    walker.text = walker.line = IDENTITY


def _text_matrix(walker: _Walker, operands: list[Any]) -> None:
    walker.text = walker.line = _matrix(operands)


def _path(walker: _Walker, operands: list[Any]) -> None:
    numbers = [float(part) for part in operands]
    walker.add_points(*zip(numbers[::2], numbers[1::2], strict=True))


def _rectangle(walker: _Walker, operands: list[Any]) -> None:
    x, y, width, height = (float(part) for part in operands)
    walker.add_points((x, y), (x + width, y), (x + width, y + height), (x, y + height))


def _show_after_move(walker: _Walker, operands: list[Any]) -> None:
    walker.move(0, -walker.state.size)
    walker.show(operands[-1:])


#: A colour space that pages name themselves is none of a press's inks.
_NAMED = "Named"
HANDLERS: dict[str, Callable[[_Walker, list[Any]], None]] = {
    "q": lambda walker, _operands: walker.save(),
    "Q": lambda walker, _operands: walker.restore(),
    "cm": _concat,
    "w": _setter("width", _first),
    "k": _setter("fill", _colour),
    "rg": _setter("fill", _colour),
    "g": _setter("fill", _colour),
    "K": _setter("stroke", _colour),
    "RG": _setter("stroke", _colour),
    "G": _setter("stroke", _colour),
    "sc": _setter("fill", lambda operands: _colour(operands, _NAMED)),
    "scn": _setter("fill", lambda operands: _colour(operands, _NAMED)),
    "SC": _setter("stroke", lambda operands: _colour(operands, _NAMED)),
    "SCN": _setter("stroke", lambda operands: _colour(operands, _NAMED)),
    "Tc": _setter("spacing", _first),
    "Tw": _setter("words", _first),
    "Tz": _setter("scaling", lambda operands: float(operands[0]) / 100),
    "Tr": _setter("hidden", lambda operands: int(operands[0]) in {3, 7}),
    "BT": _begin_text,
    "Tm": _text_matrix,
    "Td": lambda walker, operands: walker.move(float(operands[0]), float(operands[1])),
    "TD": lambda walker, operands: walker.move(float(operands[0]), float(operands[1])),
    "Tj": lambda walker, operands: walker.show(operands),
    "TJ": lambda walker, operands: walker.show(list(operands[0])),
    "'": _show_after_move,
    '"': _show_after_move,
    "m": _path,
    "l": _path,
    "c": _path,
    "v": _path,
    "y": _path,
    "re": _rectangle,
}


# --- Geometry --------------------------------------------------------------------------------


def multiply(one: Matrix, other: Matrix) -> Matrix:
    """Return the matrix that does `one` first and then `other`."""
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )


def transform(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    """Return where a matrix brings a point."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _scale(matrix: Matrix) -> float:
    """Return by how much a matrix makes things larger."""
    a, b, c, d, _e, _f = matrix
    return float(abs(a * d - b * c) ** 0.5)


def _span(matrix: Matrix, corners: list[tuple[float, float]]) -> tuple[float, float, float, float]:
    """Return the box around a rectangle between two corners, once it is moved."""
    (x0, y0), (x1, y1) = corners
    points = [transform(matrix, x, y) for x in (x0, x1) for y in (y0, y1)]
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


# --- The letters' sizes ----------------------------------------------------------------------


@dataclass(frozen=True)
class _Widths:
    """How wide the letters of a font are, in thousandths of its size, and how high."""

    wide: bool
    table: dict[int, float]
    default: float
    heights: dict[int, tuple[float, float]] = field(default_factory=dict)

    def codes(self, shown: bytes) -> list[int]:
        """Return the letters of a string."""
        step = 2 if self.wide else 1
        return [int.from_bytes(shown[i : i + step], "big") for i in range(0, len(shown), step)]

    def of(self, code: int) -> float:
        return self.table.get(code, self.default)

    def bounds(self, code: int) -> tuple[float, float]:
        """Return how far a letter reaches below and above the line, in shares of its size."""
        return self.heights.get(code, (-DESCENT, ASCENT))


def _read_font(font: Any) -> _Widths:
    if font is None:
        return _Widths(wide=False, table={}, default=500)
    if font.get(Name.Subtype) != Name.Type0:
        first = int(font.get(Name.FirstChar, 0))
        listed = font.get(Name.Widths, [])
        table = {first + i: float(width) for i, width in enumerate(listed)}
        return _Widths(wide=False, table=table, default=500)
    inner = font.DescendantFonts[0]
    return _Widths(
        wide=True,
        table=dict(_ranges(list(inner.get(Name.W, [])))),
        default=float(inner.get(Name.DW, 1000)),
        heights=_heights(inner.get(Name.FontDescriptor, {}).get(Name.FontFile2)),
    )


def _heights(stream: Any) -> dict[int, tuple[float, float]]:
    """Return how far the letters of an embedded TrueType font reach; none where it is broken."""
    if stream is None:
        return {}
    try:
        with TTFont(io.BytesIO(stream.read_bytes()), lazy=True) as font:
            unit = font["head"].unitsPerEm
            glyphs = [font["glyf"][name] for name in font.getGlyphOrder()]
            return {
                number: (getattr(glyph, "yMin", 0) / unit, getattr(glyph, "yMax", 0) / unit)
                for number, glyph in enumerate(glyphs)
            }
    except (TTLibError, KeyError, AttributeError, ValueError):
        return {}


def _ranges(parts: list[Any]) -> Iterator[tuple[int, float]]:
    """Yield code and width from a PDF's list of widths: "first [w …]" or "first last w"."""
    i = 0
    while i + 1 < len(parts):
        first = int(parts[i])
        if isinstance(parts[i + 1], pikepdf.Array):
            for offset, width in enumerate(parts[i + 1]):
                yield first + offset, float(width)
            i += 2
        else:
            for code in range(first, int(parts[i + 1]) + 1):
                yield code, float(parts[i + 2])
            i += 3
