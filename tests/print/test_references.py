"""Cards look as they did; see `references/README.md` for how they may look different."""

import io
import os
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from postcards.print.formats import HOME, SCREEN, SHARE_SQUARE
from tests.print.cards import article
from tests.print.looking import raster

FOLDER = Path(__file__).with_name("references")
RENEW = "RENEW_REFERENCES=1 python3 run.py test tests/print/test_references.py"
#: Levels of 256 by which a point may differ, and the share of points that may differ more.
LEVELS, SHARE = 24, 0.002
#: A card's name, an output, a page.
SIGHTS = {
    "front": ("landscape", SCREEN, 0),
    "back": ("landscape", SCREEN, 1),
    "portrait": ("portrait", SCREEN, 0),
    "picture": ("picture", SCREEN, 0),
    "courage": ("courage", SCREEN, 0),
    "home": ("landscape", HOME, 0),
    "share": ("picture", SHARE_SQUARE, 0),
}


def seen(file, page=0):
    """Return a page at 100 dpi, or a picture at half its size, in RGB."""
    image = raster(file, page, 200) if file.startswith(b"%PDF") else Image.open(io.BytesIO(file))
    return image.convert("RGB").reduce(2)


def difference(one, other):
    """Return the share of points that differ by more than the tolerance."""
    if one.size != other.size:
        return 1.0
    bands = ImageChops.difference(one, other).split()
    levels = ImageChops.lighter(bands[0], ImageChops.lighter(bands[1], bands[2])).histogram()
    return sum(levels[LEVELS + 1 :]) / sum(levels)


def renew(path, image):
    """Write a small picture: an eighth of the levels, no more than 256 colours."""
    coarse = image.point(lambda level: min((level + 4) // 8 * 8, 255))
    coarse.quantize(256, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(
        path, optimize=True
    )


@pytest.mark.parametrize("name", SIGHTS)
def test_a_card_looks_as_it_did(made, name):
    card, output, page = SIGHTS[name]
    path = FOLDER / f"{name}.png"
    image = seen(made(card, output), page)
    if os.environ.get("RENEW_REFERENCES"):
        renew(path, image)
    with Image.open(path) as reference:
        share = difference(image, reference.convert("RGB"))
    assert share < SHARE, f"{share:.2%} of the points differ. Have a look, then renew it: {RENEW}"


def test_a_line_that_moves_by_a_quarter_of_a_millimetre_is_noticed(made):
    image = seen(made("landscape", SCREEN), 1)
    moved = image.copy()
    moved.paste(image.crop((0, 80, 280, 93)), (0, 81))
    assert 0 == difference(image, image) < SHARE < difference(image, moved)


def test_another_word_is_noticed(made):
    card = article(source="Art.\u00a01 GG.", headline="Die Würde des Menschen ist antastbar.")
    assert difference(seen(made(card, SCREEN)), seen(made("landscape", SCREEN))) > SHARE


def test_no_reference_is_left_over_and_all_are_small():
    pictures = {path.stem: path.stat().st_size for path in FOLDER.glob("*.png")}
    assert pictures.keys() == SIGHTS.keys()
    assert sum(pictures.values()) < 300_000
