"""Colours are names, and text in any of them can be read."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from home.colors import INK, MINIMUM_CONTRAST, PAPER, contrast, luminance, mix, readable_on

HEX = st.integers(0, 0xFFFFFF).map("#{:06x}".format)


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000000", "#ffffff", 21), ("#ffffff", "#000000", 21), ("#777777", "#ffffff", 4.48)],
)
def test_contrast_is_wcags(one, other, ratio):
    assert contrast(one, other) == pytest.approx(ratio, abs=0.01)


@pytest.mark.parametrize("color", ["", "red", "#fff", "#ggg000", "c8321f", "#c8321f ", "#c8321f\n"])
def test_only_rrggbb_is_a_colour(color):
    with pytest.raises(ValueError, match=f"^{re.escape(color)}$"):
        luminance(color)


def test_mixing_goes_from_one_to_the_other():
    assert mix("#ffffff", "#000000", 0) == "#000000"
    assert mix("#ffffff", "#000000", 0.5) == "#808080"
    assert mix("#ffffff", "#000000", 1) == "#ffffff"


@given(HEX)
def test_every_colour_becomes_readable_on_light_and_dark(color):
    for ground in (PAPER, INK):
        assert contrast(readable_on(color, ground), ground) >= MINIMUM_CONTRAST


@given(HEX)
def test_a_readable_colour_stays_as_it_is(color):
    for ground in (PAPER, INK):
        if contrast(color, ground) >= MINIMUM_CONTRAST:
            assert readable_on(color, ground) == color
