"""A text stands on its card, as large as it can, or is refused by name."""

from itertools import combinations

import pytest

from postcards.print.card import Run
from postcards.print.content import Colour
from postcards.print.formats import PRESS, Preset
from postcards.print.preflight import check_press, is_green
from postcards.print.render import check_fit, render
from postcards.print.typesetting import OverflowingTextError
from tests.print.cards import (
    ARTICLES,
    CARDS,
    FITTING,
    TOO_LONG,
    article,
    courage,
    paragraphs,
    photo,
)
from tests.print.looking import items

EXACT = 0.01
#: Millimetres between two texts of a front.
AIR = 1.0
KEY = Colour("DeviceCMYK", (0, 0, 0, 1))
COMPOUNDS = [
    "Rechtsschutzversicherungsgesellschaften",
    "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz",
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
]


def overflowing(card):
    """Return what does not fit on a card; "" where all does."""
    try:
        check_fit(card)
    except OverflowingTextError as error:
        return error.part
    return ""


def test_four_articles_do_not_fit_whole_and_twenty_do(made):
    cards = {number: article(number, headline="Eigentum.") for number in TOO_LONG}
    assert {number: overflowing(card) for number, card in cards.items()} == {
        "7": "wording",
        "12a": "wording",
        "13": "wording",
        "16a": "wording",
    }
    assert len(FITTING) == len(ARTICLES) - 4 == 20
    assert all(made(article(number), PRESS) for number in FITTING)


@pytest.mark.parametrize("number", TOO_LONG)
def test_a_part_of_a_long_article_fits(number):
    assert overflowing(article(number, back=paragraphs(number)[:1], headline="Eigentum.")) == ""


@pytest.mark.parametrize(
    ("changes", "part"),
    [
        ({"headline": "Die Würde des Menschen ist unantastbar. " * 30}, "headline"),
        ({"headline": COMPOUNDS[2]}, "headline"),
        ({"imprint": ("Herausgegeben von: Stadt Musterstadt",) * 20}, "imprint"),
        ({"imprint": ("Herausgegeben von: Stadt Musterstadt",) * 7}, ""),
        ({"portrait": True, "imprint": ("Stadt Musterstadt",) * 40}, "imprint"),
        ({"photo": photo(), "headline": "Die Würde ist unantastbar. " * 20}, "headline"),
        ({"back": ((Run("x" * 80),),)}, "wording"),
        ({"imprint": (f"{'m' * 60}.example/k/AB2CD",)}, "imprint"),
        ({"imprint": (f"{'amt.' * 12}musterstadt.example/k/AB2CD",)}, ""),
        ({"headline": "", "source": "", "back": (), "imprint": ()}, ""),
    ],
)
def test_a_text_that_does_not_fit_is_named(changes, part):
    assert overflowing(article(**changes)) == part


def test_a_long_imprint_takes_room_from_the_wording(made):
    card = article("9")
    longer = article("9", imprint=(*card.imprint, *["Dank an alle im Amt"] * 6))
    backs = [items(made(one, PRESS), 1) for one in (card, longer)]
    sizes = [max(size for size, _box in wording(back)) for back in backs]
    assert sizes[1] < sizes[0]


@pytest.mark.parametrize("word", COMPOUNDS)
@pytest.mark.parametrize("portrait", [False, True], ids=["landscape", "portrait"])
@pytest.mark.parametrize("with_photo", [False, True], ids=["type", "picture"])
def test_a_long_word_stays_on_the_front_or_is_refused(word, portrait, with_photo):
    picture = photo() if with_photo else None
    card = article("15", headline=f"Das {word} gilt.", portrait=portrait, photo=picture, back=())
    try:
        pdf = render([card], PRESS)
    except OverflowingTextError as error:
        assert error.part == "headline"
    else:
        assert is_green(check_press(pdf, Preset(), card.size))


@pytest.mark.parametrize("word", COMPOUNDS)
def test_a_long_word_is_hyphenated_on_the_back(word):
    card = courage(back=((Run(f"Wir lesen {word} und {word}."),),), imprint=(word, word))
    assert is_green(check_press(render([card], PRESS), Preset(), card.size))


@pytest.mark.parametrize("name", [*CARDS, *FITTING])
def test_a_fronts_texts_keep_their_distance(made, name):
    card = CARDS.get(name) or article(name)
    front = [(item.size, box) for item, box in items(made(card, PRESS), 0) if item.kind == "text"]
    for (size, one), (other_size, other) in combinations(front, 2):
        beside = one[2] <= other[0] or other[2] <= one[0]
        below = one[3] + AIR <= other[1] or other[3] + AIR <= one[1]
        # Lines of one text are set close: an Ü may reach into the line above.
        assert beside or below or size == other_size


@pytest.mark.parametrize("number", FITTING)
def test_the_wording_stands_above_the_code_and_in_letters_that_can_be_read(made, number):
    back = items(made(article(number), PRESS), 1)
    lines = wording(back)
    _lefts, _tops, rights, bottoms = zip(*(box for _size, box in lines), strict=True)
    assert max(bottoms) <= code_top(back)
    assert max(rights) <= 3 + 148 - 74 / 0.946
    sizes = [size for size, _box in lines]
    assert 7 - EXACT <= min(sizes) <= max(sizes) <= 9.5 + EXACT


def wording(back):
    """Return sizes and boxes of the text between a back's title and its code."""
    code = code_top(back)
    letters = [(item.size, box) for item, box in back if item.kind == "text"]
    return [(size, box) for size, box in letters if box[1] < code and size < 12]


def code_top(back):
    """Return where the code begins, in millimetres from the top."""
    bars = [box for item, box in back if item.kind == "fill" and item.colour == KEY]
    return min(top for _left, top, _right, _bottom in bars)


def test_a_headline_that_fits_the_card_but_not_its_share_pictures_is_refused():
    card = article(headline=f"Das {COMPOUNDS[1]} gilt.", photo=photo())
    render([card], PRESS)
    assert overflowing(card) == "headline"
