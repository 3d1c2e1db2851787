"""What the tests of the print core stand on: every file is made once."""

from functools import cache

import pytest

from postcards.print.formats import Preset
from postcards.print.render import render
from tests.print.cards import CARDS

DEFAULT = Preset()


@pytest.fixture(scope="session")
def made():
    """Return a function that makes a file, and remembers it for all tests.

    It takes a card, the name of one of `CARDS`, or a tuple of cards for one sheet.
    """
    make = cache(render)

    def find(cards, output, preset=DEFAULT):
        cards = CARDS.get(cards, cards)
        return make(cards if isinstance(cards, tuple) else (cards,), output, preset)

    return find
