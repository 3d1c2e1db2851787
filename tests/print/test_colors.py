"""The colours in ink are those of the style sheet, and dry."""

import re

import pytest

from postcards.print.colors import BLACK, INK_LIMIT, PAIRS, PAPER, TEXT
from tests.print.cards import ROOT


@pytest.fixture(scope="module")
def tokens():
    """Return the colours of the style sheet, by name."""
    sheet = (ROOT / "site/static/css/tokens.css").read_text(encoding="utf-8")
    return dict(re.findall(r"--farbe-([\w-]+):\s*(#[0-9a-f]{6});", sheet))


def test_all_pairs_of_the_style_sheet_can_be_printed(tokens):
    names = {name.removesuffix("-schrift") for name in tokens} - {"papier", "tinte"}
    assert names == set(PAIRS)


@pytest.mark.parametrize("name", PAIRS)
def test_a_screen_shows_the_style_sheets_colours(tokens, name):
    assert PAIRS[name].ground.rgb == tokens[name]
    assert PAIRS[name].ink.rgb == tokens[f"{name}-schrift"]


def test_letters_on_paper_have_the_style_sheets_colour(tokens):
    assert TEXT.rgb == tokens["tinte"]


@pytest.mark.parametrize("name", PAIRS)
def test_a_ground_dries(name):
    ink = PAIRS[name].ground.cmyk
    assert sum(ink) <= INK_LIMIT == 300
    assert all(0 <= part <= 100 for part in ink)


@pytest.mark.parametrize("ink", [TEXT, *(pair.ink for pair in PAIRS.values())], ids=str)
def test_letters_are_black_ink_alone_or_paper(ink):
    assert ink.cmyk in {BLACK, PAPER} == {(0, 0, 0, 100), (0, 0, 0, 0)}


@pytest.mark.parametrize("name", PAIRS)
def test_letters_can_be_read_in_print(name):
    ground, ink = PAIRS[name].ground.cmyk, PAIRS[name].ink.cmyk
    # White letters need a dark ground: black ink on it, or two inks that are nearly full.
    is_dark = ground[3] >= 20 and sum(ground[:3]) >= 150
    assert is_dark == (ink == PAPER)
