"""Sets cards with Typst: one template for paper and for pictures."""

import json
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import typst

from .card import CardData
from .colors import PAIRS, TEXT, Ink
from .errors import OverflowingTextError, TypesettingError, UnknownGlyphsError
from .fonts import clean, font_folders, unknown_glyphs
from .formats import Profile
from .imposition import CARD, HOME_SCALE, Cell, Mark
from .photos import MM_PER_INCH, as_ink, layout, prepare
from .qr import make_code

TEMPLATE = Path(__file__).with_name("template.typ")
# The address side, in millimetres from the card's corner. The zones of Deutsche Post count on
# the card as it is printed at home, too, where everything is 94.6 % of its size: 74 mm there are
# 78.3 mm here.
#: The column for the text ends here; everything right of it is for stamp and address.
PANEL_RIGHT = CARD[0] - 74 / HOME_SCALE - 1.7
ADDRESS_LEFT = 84.0
ADDRESS_RIGHT = CARD[0] - 15 / HOME_SCALE - 0.5
ADDRESS_LINES = (57.0, 66.5, 76.0, 85.5)


@dataclass(frozen=True)
class SheetPage:
    """One side of a sheet."""

    cells: Sequence[Cell]
    marks: Sequence[Mark]

    def as_dict(self) -> dict[str, Any]:
        """Return the side as the template takes it."""
        return {
            "cells": [asdict(cell) for cell in self.cells],
            "marks": [[mark.x0, mark.y0, mark.x1, mark.y1] for mark in self.marks],
        }


@dataclass(frozen=True)
class Job:
    """One document: single faces of the first card, or sides of a sheet with several cards.

    `size` overrides the card's own, in millimetres. With a `profile` everything is CMYK. `ppi`
    makes pictures of the pages instead of a PDF. `standards` are Typst's names of PDF standards.
    """

    cards: Sequence[CardData]
    sides: Sequence[str] = ("front", "back")
    size: tuple[float, float] | None = None
    bleed: float = 0
    sheet: tuple[float, float] | None = None
    pages: Sequence[SheetPage] = ()
    upright: bool = False
    profile: Profile | None = None
    ppi: float | None = None
    standards: Sequence[str] = field(default=("1.7",))

    @property
    def is_tagged(self) -> bool:
        """Tell whether the PDF is made for reading."""
        return "ua-1" in self.standards


def typeset(job: Job) -> bytes:
    """Return the PDF, or the PNG of its only page where the job has a `ppi`.

    Raises `UnknownGlyphsError`, `OverflowingTextError`, `photos.PhotoError`, `TypesettingError`.
    """
    for card in job.cards:
        if unknown := unknown_glyphs(card.texts()):
            raise UnknownGlyphsError(unknown)
    with tempfile.TemporaryDirectory(prefix="card-") as folder:
        data = _data(job, Path(folder))
        try:
            compile_: Callable[..., bytes] = typst.compile
            return compile_(
                TEMPLATE.read_bytes(),
                root=folder,
                font_paths=_fonts(),
                ignore_system_fonts=True,
                format="png" if job.ppi else "pdf",
                ppi=job.ppi,
                sys_inputs={"job": json.dumps(data)},
                pdf_standards=[] if job.ppi else list(job.standards),
                pdf_tags=job.is_tagged,
                timestamp=int(job.cards[0].created.timestamp()),
            )
        except typst.TypstError as error:
            raise _translated(error) from error


def _data(job: Job, folder: Path) -> dict[str, Any]:
    """Return the job as the template takes it; pictures are written into the folder."""
    first = job.cards[0]
    cards = [_card(job, card, number, folder) for number, card in enumerate(job.cards)]
    return {
        "title": first.title,
        "author": first.author,
        "created": [first.created.year, first.created.month, first.created.day],
        "lang": first.language.partition("-")[0],
        "cmyk": job.profile is not None,
        "black": TEXT.as_dict(),
        "bleed": job.bleed,
        "sheet": job.sheet,
        "sides": list(job.sides),
        "upright": job.upright,
        "pages": [page.as_dict() for page in job.pages],
        "zones": {
            "panel": PANEL_RIGHT,
            "address": [ADDRESS_LEFT, ADDRESS_RIGHT],
            "lines": list(ADDRESS_LINES),
        },
        "cards": cards,
    }


def _card(job: Job, card: CardData, number: int, folder: Path) -> dict[str, Any]:
    """Return one card as the template takes it."""
    ground = PAIRS[card.color].ground
    code = make_code(card.url)
    width, height = job.size or card.size
    photo = None
    if card.photo is not None and "front" in job.sides:
        picture, panel = layout(width, height, job.bleed)
        file = f"photo{number}.jpg"
        pixels = round(picture.width / MM_PER_INCH * job.ppi) if job.ppi else None
        jpeg = prepare(
            card.photo.data, picture, card.photo.focus, pixels=pixels, profile=job.profile
        )
        (folder / file).write_bytes(jpeg)
        if job.profile:
            # Where picture and panel have the same colour, no edge is to be seen between them.
            ground = Ink(ground.rgb, as_ink(ground.rgb, job.profile))
        photo = {
            "file": f"/{file}",
            "alt": clean(card.photo.alt),
            "box": picture.as_list(),
            "panel": panel.as_list(),
        }
    return {
        "kind": card.kind,
        "headline": clean(card.headline),
        "source": clean(card.source),
        "numeral": clean(card.numeral),
        "back_title": clean(card.back_title),
        "back": [
            [{**asdict(run), "text": clean(run.text)} for run in paragraph]
            for paragraph in card.back
        ],
        "imprint": [clean(line) for line in card.imprint],
        "law_lang": card.law_language.partition("-")[0],
        "qr": {"size": code.size, "module": code.module, "quiet": code.quiet, "runs": code.runs},
        "qr_alt": clean(card.url_label),
        "ground": ground.as_dict(),
        "ink": PAIRS[card.color].ink.as_dict(),
        "width": width,
        "height": height,
        "photo": photo,
    }


def _translated(error: typst.TypstError) -> Exception:
    _before, found, part = str(error.message).partition("overflow:")
    if found and (name := part.strip('" ')) in {"headline", "wording", "imprint"}:
        return OverflowingTextError(name)  # type: ignore[arg-type]
    return TypesettingError(f"{error.message} {' '.join(error.hints)}".strip())


@cache
def _fonts() -> typst.Fonts:
    paths = [str(path) for path in font_folders()]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=paths)
