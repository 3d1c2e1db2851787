"""What the cards' files cost beside their ceilings, and beside the same card by WeasyPrint."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from home.lookups import lookups
from postcards.card_data import card_data, with_file
from postcards.models import PostcardPage
from postcards.print.card import CardData
from postcards.print.formats import HOME, OFFICE, PRESS, SCREEN, SHARE, Preset
from postcards.print.render import render
from postcards.store import gather

from . import bench_print_child as child
from .bench_print_child import Cost, MissingError
from .bench_print_twin import sizes_of, twin_of

#: CPU time in milliseconds and memory in MB, at most.
PRESS_MOST, SCREEN_MOST, HOME_MOST, SHARE_MOST = 60, 40, 100, 250
ZIP_MOST, START_MOST, WORKER_MOST = 1500, 1000, 450
#: WeasyPrint's CPU time for a press file is so many times ours, at least.
RATIO_LEAST = 5
OUTPUTS = (
    ("PDF/X-4", PRESS, None, PRESS_MOST),
    ("PDF/X-3", PRESS, Preset(standard="x3"), None),
    ("screen PDF", SCREEN, None, SCREEN_MOST),
    ("A4 sheet", HOME, None, HOME_MOST),
    ("SRA3 sheet", OFFICE, None, None),
    *((f"share {one.width} × {one.height}", one, None, SHARE_MOST) for one in SHARE),
)
#: Processes of which the quickest start counts.
STARTS = 5
HEADER = (
    f"{'output':32} {'card':12} {'CPU ms':>8} {'at most':>8} {'':5} {'MB':>5} {'at most':>8} {'':5}"
    f" {'× ours':>7} {'at least':>8}"
)


@dataclass(frozen=True)
class Row:
    """One line of the table: a cost, its limits, and how many times ours it is."""

    output: str
    card: str
    cost: Cost
    most: float | None = None
    most_megabytes: float | None = None
    ratio: float | None = None
    least: float | None = None

    def __str__(self) -> str:
        cost = self.cost
        cells = [
            f"{self.output:32} {self.card:12} {cost.milliseconds:8.1f}",
            _limit(cost.milliseconds, self.most),
            f"{cost.megabytes:5.0f}",
            _limit(cost.megabytes, self.most_megabytes),
        ]
        if self.ratio is not None:
            cells += [f"{self.ratio:7.1f}", _limit(self.ratio, self.least, "below")]
        return " ".join(cells).rstrip()


def _limit(value: float, limit: float | None, broken: str = "over") -> str:
    """Return a limit's cell, and whether the value keeps it: by default, it may not be over it."""
    if limit is None:
        return f"{'–':>8} {'':5}"
    kept = value <= limit if broken == "over" else value >= limit
    return f"{limit:8} {'ok' if kept else broken:5}"


def measure(out: Any) -> None:
    """Print the table for the cards in German; each line is measured in a process of its own."""
    out.write(HEADER)
    for line in lines(_cards()):
        out.write(line)


def lines(cards: Sequence[CardData]) -> Iterator[str]:
    """Yield the table's lines."""
    chosen = _chosen(cards)
    ours: dict[tuple[str, str], float] = {}
    for row in _outputs(chosen):
        ours[row.output, row.card] = row.cost.milliseconds
        yield str(row)
    yield from map(str, _together(cards))
    try:
        yield from map(str, _weasyprint(chosen, ours))
    except MissingError as error:
        yield f"WeasyPrint is left out: {error}"


def _cards() -> list[CardData]:
    """Return the public postcards in German, pictures included."""
    with lookups(renditions=False):
        pages = PostcardPage.for_cards().visible().filter(locale__language_code="de")
        found = gather(pages.order_by("path"))
        return [with_file(page, card_data(page)) for page in found]


def _chosen(cards: Iterable[CardData]) -> dict[str, CardData]:
    """Return the cards that are measured alone: one of each design, and that with most text."""
    lying = [card for card in cards if not card.portrait]
    return {
        "typographic": next(card for card in lying if not card.photo),
        "picture": next(card for card in lying if card.photo),
        "most text": max(lying, key=lambda card: len("".join(card.texts()))),
    }


def _outputs(chosen: dict[str, CardData]) -> Iterator[Row]:
    for title, output, preset, most in OUTPUTS:
        for name, card in chosen.items():
            work = partial(child.rendered, card, output, preset)
            yield Row(title, name, child.cost(work), most)
    for name, card in chosen.items():
        work = partial(child.rendered, card, PRESS, anew=True)
        yield Row("PDF/X-4, picture and code anew", name, child.cost(work))


def _together(cards: Sequence[CardData]) -> Iterator[Row]:
    all_cards = f"all {len(cards)}"
    cost = child.cost(partial(child.zipped, cards))
    yield Row("ZIP of PDF/X-4, everything anew", all_cards, cost, ZIP_MOST)
    starts = [child.cost(partial(child.started, cards[0])) for _start in range(STARTS)]
    cost = min(starts, key=lambda cost: cost.milliseconds)
    yield Row("start of a process, PDF/X-4", "the first", cost, START_MOST)
    cost = child.cost(partial(child.worked, cards))
    yield Row("a worker that makes everything", all_cards, cost, most_megabytes=WORKER_MOST)


def _weasyprint(chosen: dict[str, CardData], ours: dict[tuple[str, str], float]) -> Iterator[Row]:
    """Yield the cost of the same cards by WeasyPrint: as it is called simply, and at its best."""
    sizes = {name: sizes_of(render([card], PRESS)) for name, card in chosen.items()}
    for title, mine, press in (("PDF/X-4", "PDF/X-4", True), ("PDF/UA-1", "screen PDF", False)):
        for kept in (False, True):
            what = f"WeasyPrint {title}{', fonts kept' if kept else ''}"
            least = RATIO_LEAST if press and not kept else None
            for name, card in chosen.items():
                twin = twin_of(card, sizes[name], press=press)
                cost = child.cost(partial(child.set_by_weasyprint, twin, kept=kept))
                ratio = cost.milliseconds / ours[mine, name]
                yield Row(what, name, cost, ratio=ratio, least=least)
