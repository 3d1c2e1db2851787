"""Phones read the code on every back, from paper that is not quite sharp, too."""

from itertools import product

import pytest
import segno
import zxingcpp
from PIL import ImageFilter

from postcards.print.formats import HOME, OFFICE, PRESS, SCREEN, Preset
from postcards.print.imposition import HOME_SCALE
from postcards.print.preflight import check_press, is_green
from postcards.print.qr import QUIET_MODULES, SMALLEST_MODULE, WIDTH, make_code
from postcards.print.render import render
from tests.print.cards import FORMS, URL, article
from tests.print.looking import items, raster

X4, X3 = Preset(), Preset(standard="x3")
#: Outputs with a back, and how many cards each shows.
BACKS = {
    "x4": (PRESS, X4, 1),
    "x3": (PRESS, X3, 1),
    "screen": (SCREEN, X4, 1),
    "home": (HOME, X4, 4),
    "office": (OFFICE, X4, 8),
}
#: Dots per inch, and pixels by which the page is blurred.
COARSE, SHARP, BLURRED = (150, 0), (300, 0), (300, 1.5)


@pytest.mark.parametrize(
    ("name", "sight"),
    [
        *product(BACKS, (COARSE, BLURRED)),
        # What is read of a blurred sheet is read of a sharp one.
        *product(("x4", "x3", "screen"), (SHARP,)),
    ],
    ids=str,
)
@pytest.mark.parametrize("form", FORMS)
def test_the_code_is_read_from_every_back(made, form, name, sight):
    output, preset, count = BACKS[name]
    dpi, blur = sight
    image = raster(made(form, output, preset), 1, dpi, gray=True)
    if blur:
        image = image.filter(ImageFilter.GaussianBlur(blur))
    codes = zxingcpp.read_barcodes(image, formats=zxingcpp.BarcodeFormat.QRCode)
    assert [code.text for code in codes] == [URL] * count


def test_an_address_in_upper_case_takes_the_short_mode():
    assert segno.make(URL, micro=False).mode == "alphanumeric"
    assert make_code(URL).module > make_code(URL.lower()).module


def test_no_error_level_costs_a_module():
    code = make_code(URL)
    smallest = segno.make(URL, error="l", boost_error=False, micro=False)
    assert code.module == pytest.approx(
        WIDTH / smallest.symbol_size(border=QUIET_MODULES)[0], abs=0.001
    )


@pytest.mark.parametrize("length", [20, 40, 120, 300])
def test_a_module_is_half_a_millimetre_at_least(length):
    code = make_code("HTTPS://M.DE/K/" + "A" * length)
    assert code.module >= SMALLEST_MODULE == 0.5
    assert code.size >= WIDTH - 0.1
    assert code.quiet == QUIET_MODULES * code.module == 4 * code.module


def test_a_module_is_large_enough_on_a_home_made_card():
    assert make_code(URL).module * HOME_SCALE >= SMALLEST_MODULE


def test_bars_stand_inside_of_the_quiet_zone_and_make_the_code():
    code = make_code(URL)
    rows = segno.make(URL, error="l", boost_error=True, micro=False).matrix
    dark = sum(map(sum, rows))
    assert sum(length for _x, _y, length in code.runs) / code.module == pytest.approx(dark, 0.01)
    for x, y, length in code.runs:
        assert code.quiet - 0.01 <= x <= x + length <= code.size - code.quiet + 0.01
        assert code.quiet - 0.01 <= y <= y + code.module <= code.size - code.quiet + 0.01


def test_a_card_with_a_long_address_is_read_and_green():
    url = "HTTPS://WWW.VERBANDSGEMEINDE-MUSTERHAUSEN-AM-SEE.DE/HALTUNG/KARTEN/K/AB2CD"
    card = article("3", url=url)
    pdf = render([card], PRESS)
    assert is_green(check_press(pdf, X4, card.size))
    image = raster(pdf, 1, 300, gray=True).filter(ImageFilter.GaussianBlur(1.5))
    assert [code.text for code in zxingcpp.read_barcodes(image)] == [url]


@pytest.mark.parametrize("output", [PRESS, OFFICE], ids=lambda output: output.name)
def test_the_code_is_printed_in_black_ink_alone(made, output):
    bars = [item for item, _box in items(made("picture", output), 1) if item.kind == "fill"]
    colours = {bar.colour.parts for bar in bars if bar.colour.is_key_or_paper}
    assert colours == {(0, 0, 0, 1)}
