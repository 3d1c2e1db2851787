"""Where cards lie on a sheet, and that each back lies on its front once the sheet is turned."""

from dataclasses import replace

import pytest
import zxingcpp
from PIL import ImageColor

from postcards.print.colors import PAIRS
from postcards.print.formats import HOME
from postcards.print.imposition import fill, home_sheet, office_sheet
from postcards.print.render import render
from tests.print.cards import article
from tests.print.looking import MM_PER_INCH, raster

SHEETS = {
    "A4": home_sheet(),
    "A4 upright": home_sheet(portrait=True),
    "SRA3": office_sheet(),
    "SRA3 lying": office_sheet(portrait=True),
}


@pytest.fixture(params=list(SHEETS.values()), ids=list(SHEETS))
def sheet(request):
    return request.param


def cells(sheet, side="front"):
    return sheet.page(list(range(sheet.places)), [sheet.portrait_cells] * sheet.places, side)


def rectangles(sheet, side="front"):
    width, height = sheet.cell
    return [(cell.x, cell.y, cell.x + width, cell.y + height) for cell in cells(sheet, side)]


def test_a_home_made_card_is_still_a_postcard():
    assert home_sheet().cell == pytest.approx((140.008, 99.33), abs=0.001)
    assert home_sheet(portrait=True).cell == pytest.approx((99.33, 140.008), abs=0.001)
    # Deutsche Post: 140 mm long at least, and 1.4 times as long as wide.
    length, width = home_sheet().cell
    assert length >= 140
    assert length / width >= 1.4


def test_the_print_office_cuts_cards_of_full_size():
    assert office_sheet().cell == (148, 105)
    assert office_sheet(portrait=True).cell == (105, 148)
    assert office_sheet().places == office_sheet(portrait=True).places == 8


def test_cells_lie_on_the_paper_and_not_on_each_other(sheet):
    places = rectangles(sheet)
    assert len(places) == sheet.places
    for number, (left, top, right, bottom) in enumerate(places):
        assert min(left, top) > 5
        assert right < sheet.width - 5
        assert bottom < sheet.height - 5
        for other in places[number + 1 :]:
            apart = other[0] >= right - 0.001 or other[1] >= bottom - 0.001
            assert apart or other[2] <= left or other[3] <= top


def test_cards_stand_in_the_middle_of_the_sheet(sheet):
    lefts, tops, rights, bottoms = zip(*rectangles(sheet), strict=True)
    assert min(lefts) == pytest.approx(sheet.width - max(rights), abs=0.001)
    assert min(tops) == pytest.approx(sheet.height - max(bottoms), abs=0.001)


def test_each_back_lies_on_its_front_once_the_sheet_is_turned_along_its_long_edge(sheet):
    for front, back in zip(rectangles(sheet), rectangles(sheet, "back"), strict=True):
        left, top, right, bottom = back
        if sheet.width > sheet.height:
            turned = (left, sheet.height - bottom, right, sheet.height - top)
        else:
            turned = (sheet.width - right, top, sheet.width - left, bottom)
        assert front == pytest.approx(turned, abs=0.001)


def test_cut_marks_lie_outside_of_all_cards_and_on_the_paper(sheet):
    marks = sheet.marks()
    assert marks
    for mark in marks:
        xs, ys = sorted((mark.x0, mark.x1)), sorted((mark.y0, mark.y1))
        assert xs[0] == xs[1] or ys[0] == ys[1]
        assert 0 < xs[0] <= xs[1] < sheet.width
        assert 0 < ys[0] <= ys[1] < sheet.height
        assert (xs[1] - xs[0]) + (ys[1] - ys[0]) > 2
        for left, top, right, bottom in rectangles(sheet):
            bleed = sheet.gap / 2
            beside = xs[1] < left - bleed or xs[0] > right + bleed
            assert beside or ys[1] < top - bleed or ys[0] > bottom + bleed


def test_every_edge_of_a_card_has_a_mark_at_both_ends(sheet):
    upright = sorted(mark.x0 for mark in sheet.marks() if mark.x0 == mark.x1)
    lying = sorted(mark.y0 for mark in sheet.marks() if mark.y0 == mark.y1)
    for left, top, right, bottom in rectangles(sheet):
        for edge, marks in ((left, upright), (right, upright), (top, lying), (bottom, lying)):
            assert sum(abs(mark - edge) < 0.001 for mark in marks) == 2


@pytest.mark.parametrize(
    ("cards", "places"),
    [
        (0, []),
        (1, [0, 0, 0, 0]),
        (2, [0, 0, 1, 1]),
        (3, [0, 1, 2, None]),
        (4, [0, 1, 2, 3]),
    ],
)
def test_cards_fill_a_sheet_in_turn(cards, places):
    assert fill(cards, 4) == places


def test_an_empty_place_has_no_cell():
    assert len(home_sheet().page([0, 1, 2, None], [False] * 3, "back")) == 3


def mixed():
    """Return four different cards, one of them upright, and four that are all upright."""
    cards = [
        article(number, color=color, url=f"HTTPS://MUSTERSTADT.DE/K/{number}")
        for number, color in (("1", "koralle"), ("2", "moos"), ("3", "sonne"), ("4", "nacht"))
    ]
    upright = [replace(card, portrait=True) for card in cards]
    return {"one upright": [*cards[:2], upright[2], cards[3]], "all upright": upright}


@pytest.mark.parametrize("name", ["one upright", "all upright"])
def test_each_card_of_a_sheet_has_its_own_back_behind_its_front(name):
    cards = mixed()[name]
    sheet = home_sheet(portrait=name == "all upright")
    pdf, dpi = render(cards, HOME), 150
    front = raster(pdf, 0, dpi).convert("RGB")
    codes = zxingcpp.read_barcodes(raster(pdf, 1, dpi, gray=True))
    assert sorted(code.text for code in codes) == sorted(card.url for card in cards)
    for code in codes:
        card = next(card for card in cards if card.url == code.text)
        x = (code.position.top_left.x + code.position.bottom_right.x) / 2
        y = (code.position.top_left.y + code.position.bottom_right.y) / 2
        x, y = (x, front.height - y) if sheet.width > sheet.height else (front.width - x, y)
        [cell] = [cell for cell in rectangles(sheet) if holds(cell, x, y, dpi)]
        corner = tuple(round((side + 2) * dpi / MM_PER_INCH) for side in cell[:2])
        assert near(front.getpixel(corner), PAIRS[card.color].ground.rgb)


def holds(cell, x, y, dpi):
    x, y = x * MM_PER_INCH / dpi, y * MM_PER_INCH / dpi
    return cell[0] < x < cell[2] and cell[1] < y < cell[3]


def near(color, wanted):
    return all(
        abs(one - other) < 3 for one, other in zip(color, ImageColor.getrgb(wanted), strict=True)
    )
