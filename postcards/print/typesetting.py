"""Sets cards with Typst: one template for paper and for pictures."""

import json
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal

import typst
from fontTools.ttLib import TTFont

from .card import CardData
from .colors import PAIRS, TEXT, Ink
from .formats import Profile
from .imposition import Cell, Mark
from .photos import as_ink, layout, prepare
from .qr import make_code

TEMPLATE = Path(__file__).with_name("template.typ")
FONT_PACKAGES = ("fontpkg_barlow", "fontpkg_barlow_condensed")
#: The fonts that the template uses; every one must have all letters of a card.
FONT_FILES = (
    "Barlow-Regular.ttf",
    "Barlow-Italic.ttf",
    "Barlow-SemiBold.ttf",
    "Barlow-SemiBoldItalic.ttf",
    "BarlowCondensed-Bold.ttf",
    "BarlowCondensed-ExtraBold.ttf",
)
#: What Barlow lacks and another sign stands for: narrow and thin spaces, special hyphens.
REPLACED = str.maketrans(
    {
        "\u202f": "\u00a0",
        "\u2009": "\u00a0",
        "\u2007": "\u00a0",
        "\u2010": "-",
        "\u2011": "-",
        "\u00ad": "",
        "\u200b": "",
        "\u2060": "",
        "\ufeff": "",
        "\t": " ",
        "\n": " ",
        "\r": " ",
    }
)

# The address side, in millimetres from the card's corner. The zones of Deutsche Post count on
# the card as it is printed at home, too, where everything is 94.6 % of its size: 74 mm there are
# 78.3 mm here.
SHRINK = 0.946
#: The column for the text ends here; everything right of it is for stamp and address.
PANEL_RIGHT = 148 - 74 / SHRINK - 1.7
FRANKING_BOTTOM = 40 / SHRINK
ADDRESS_LEFT = 84.0
ADDRESS_RIGHT = 148 - 15 / SHRINK - 0.5
CODING_TOP = 105 - 15 / SHRINK
ADDRESS_LINES = (57.0, 66.5, 76.0, 85.5)

OverflowPart = Literal["headline", "wording", "imprint"]


class OverflowingTextError(ValueError):
    """A text that does not fit on the card in its smallest size; `part` names it."""

    def __init__(self, part: OverflowPart) -> None:
        super().__init__(part)
        self.part: OverflowPart = part


class UnknownGlyphsError(ValueError):
    """Letters that the cards' fonts do not have."""

    def __init__(self, glyphs: str) -> None:
        super().__init__(glyphs)
        self.glyphs = glyphs


class TypesettingError(RuntimeError):
    """Typst has refused a card; its message says why."""


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


def unknown_glyphs(texts: Sequence[str]) -> str:
    """Return the letters that a font of the cards lacks, each once, in order."""
    used = dict.fromkeys(letter for text in texts for letter in text.translate(REPLACED))
    return "".join(letter for letter in used if ord(letter) not in _known())


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
        pixels = round(picture.width / 25.4 * job.ppi) if job.ppi else None
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


def clean(text: str) -> str:
    """Return a text with signs that the fonts have, where they mean the same."""
    return text.translate(REPLACED)


def _translated(error: typst.TypstError) -> Exception:
    _before, found, part = str(error.message).partition("overflow:")
    if found and (name := part.strip('" ')) in {"headline", "wording", "imprint"}:
        return OverflowingTextError(name)  # type: ignore[arg-type]
    return TypesettingError(f"{error.message} {' '.join(error.hints)}".strip())


def _folders() -> list[Path]:
    """Return the folders of the fonts that come as packages."""
    folders = []
    for package in FONT_PACKAGES:
        spec = find_spec(package)
        if spec is None or spec.origin is None:
            raise ModuleNotFoundError(f"The font package {package} is not installed.")
        folders.append(Path(spec.origin).parent / "files")
    return folders


def font_paths() -> list[Path]:
    """Return the files of the fonts that the template uses."""
    found = {file.name: file for folder in _folders() for file in folder.iterdir()}
    return [found[name] for name in FONT_FILES]


@cache
def _fonts() -> typst.Fonts:
    paths = [str(path) for path in _folders()]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=paths)


@cache
def _known() -> frozenset[int]:
    """Return the code points that all fonts have."""
    tables = []
    for path in font_paths():
        with TTFont(path, lazy=True) as font:
            tables.append(set(font.getBestCmap()))
    return frozenset(set.intersection(*tables))
