"""Where cards lie on a sheet, front and back, and the marks to cut along."""

from collections.abc import Sequence
from dataclasses import dataclass

CARD = (148.0, 105.0)
#: The scale at which four cards fit on A4; a smaller card would be no postcard (140 mm).
HOME_SCALE = 0.946
#: How far a cut mark begins from the cards, and where it ends before the paper's edge.
MARK_GAP, MARK_LENGTH = 1.0, 5.0


@dataclass(frozen=True)
class Cell:
    """A card's place: its corner in millimetres from the sheet's, upright or a quarter turned."""

    card: int
    side: str
    x: float
    y: float
    scale: float
    turned: bool


@dataclass(frozen=True)
class Mark:
    """A line to cut along, from one point to another, in millimetres."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True)
class Sheet:
    """A sheet of paper with cells for cards, in millimetres.

    `portrait_cells` tells whether the cells stand upright. Between cells lies a `gap`, which the
    cards' bleed fills.
    """

    width: float
    height: float
    columns: int
    rows: int
    portrait_cells: bool = False
    scale: float = 1.0
    gap: float = 0.0

    @property
    def cell(self) -> tuple[float, float]:
        """Return width and height of a cell."""
        width, height = (side * self.scale for side in CARD)
        return (height, width) if self.portrait_cells else (width, height)

    @property
    def places(self) -> int:
        """Return how many cards the sheet holds."""
        return self.columns * self.rows

    def lefts(self) -> list[float]:
        """Return the columns' left edges; all of them stand in the middle of the sheet."""
        return _edges(self.width, self.cell[0], self.columns, self.gap)

    def tops(self) -> list[float]:
        """Return the rows' upper edges."""
        return _edges(self.height, self.cell[1], self.rows, self.gap)

    def page(self, cards: Sequence[int | None], portrait: Sequence[bool], side: str) -> list[Cell]:
        """Return the cells of one side, in reading order of the front.

        `cards` names a card for each place, or None; `portrait` tells a card's form. The sheet is
        turned along its long edge: what lies on top lies below on the back of a sheet in
        landscape, and left becomes right on one in portrait, so that each back lies on its front.
        """
        lefts, tops = self.lefts(), self.tops()
        cells = []
        for place, card in enumerate(cards):
            if card is None:
                continue
            row, column = divmod(place, self.columns)
            if side == "back":
                if self.width > self.height:
                    row = self.rows - 1 - row
                else:
                    column = self.columns - 1 - column
            turned = portrait[card] != self.portrait_cells
            cells.append(Cell(card, side, lefts[column], tops[row], self.scale, turned))
        return cells

    def marks(self) -> list[Mark]:
        """Return the marks at each edge of a card, outside of all of them."""
        width, height = self.cell
        lefts, tops = self.lefts(), self.tops()
        columns = sorted({round(x + part, 4) for x in lefts for part in (0, width)})
        rows = sorted({round(y + part, 4) for y in tops for part in (0, height)})
        gap = max(MARK_GAP, self.gap / 2 + 0.5 if self.gap else 0)
        marks = []
        for near, direction in ((rows[0], -1), (rows[-1], 1)):
            start, end = _mark(near, direction, gap, self.height)
            marks += [Mark(x, start, x, end) for x in columns]
        for near, direction in ((columns[0], -1), (columns[-1], 1)):
            start, end = _mark(near, direction, gap, self.width)
            marks += [Mark(start, y, end, y) for y in rows]
        return marks


def _edges(whole: float, cell: float, count: int, gap: float) -> list[float]:
    first = (whole - count * cell - (count - 1) * gap) / 2
    return [round(first + number * (cell + gap), 4) for number in range(count)]


def _mark(edge: float, direction: int, gap: float, whole: float) -> tuple[float, float]:
    """Return where a mark begins and ends on its axis, on the paper."""
    start = edge + direction * gap
    end = min(max(start + direction * MARK_LENGTH, 0.5), whole - 0.5)
    return round(start, 4), round(end, 4)


def home_sheet(*, portrait: bool = False) -> Sheet:
    """Return A4 for four cards at 94.6 % (140 × 99.3 mm): lying, or upright for upright cards."""
    width, height = (210.0, 297.0) if portrait else (297.0, 210.0)
    return Sheet(width, height, 2, 2, portrait, HOME_SCALE)


def office_sheet(*, portrait: bool = False) -> Sheet:
    """Return SRA3 for eight cards in full size, with 4 mm of bleed between them."""
    if portrait:
        return Sheet(450.0, 320.0, 4, 2, portrait, gap=4.0)
    return Sheet(320.0, 450.0, 2, 4, portrait, gap=4.0)


def fill(cards: int, places: int) -> list[int | None]:
    """Return which card goes on which place: one card on all, two or more once each, in turn.

    Two cards fill four places twice; of three the fourth place stays empty.
    """
    if cards == 0:
        return []
    times = places // cards
    filled: list[int | None] = [card for card in range(cards) for _ in range(times)]
    return filled + [None] * (places - len(filled))
