"""Where a page ends, where it is cut, and how far its colour reaches."""

import io

import pikepdf
import pytest

from postcards.print.formats import BLEEDS, HOME, OFFICE, PRESS, SCREEN, Preset
from tests.print.cards import FORMS
from tests.print.looking import boxes, items

#: Width and height of a card, by form.
TRIM = {"landscape": (148, 105), "portrait": (105, 148)}
EXACT = 0.01


def near(*values):
    return pytest.approx(values, abs=EXACT)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("bleed", BLEEDS)
@pytest.mark.parametrize("standard", ["x4", "x3"])
def test_a_press_file_has_its_trim_in_the_middle_of_its_bleed(made, form, bleed, standard):
    pdf = made(form, PRESS, Preset(bleed, standard))
    width, height = TRIM[form]
    whole = [near(0, 0, width + 2 * bleed, height + 2 * bleed)] * 2
    assert boxes(pdf, "/MediaBox") == whole
    assert boxes(pdf, "/BleedBox") == whole
    assert boxes(pdf, "/TrimBox") == [near(bleed, bleed, width + bleed, height + bleed)] * 2


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("bleed", BLEEDS)
def test_the_fronts_ground_fills_the_bleed(made, form, bleed):
    width, height = TRIM[form]
    ground = items(made(form, PRESS, Preset(bleed)), 0)[0]
    assert ground[0].kind == "fill"
    assert ground[1] == near(0, 0, width + 2 * bleed, height + 2 * bleed)


@pytest.mark.parametrize("name", ["picture", "portrait picture"])
def test_a_picture_reaches_into_the_bleed_on_three_sides(made, name):
    width, height = TRIM["portrait" if "portrait" in name else "landscape"]
    [place] = [box for item, box in items(made(name, PRESS), 0) if item.kind == "image"]
    # Its pixels are whole: cut to the box's form, it is a hair larger than the box.
    assert place == pytest.approx((0, 0, width + 6, 3 + height * 0.6), abs=0.05)


def test_on_screen_a_card_has_no_bleed_and_its_back_is_read_upright(made):
    assert boxes(made("landscape", SCREEN), "/MediaBox") == [near(0, 0, 148, 105)] * 2
    assert boxes(made("portrait", SCREEN), "/MediaBox") == [
        near(0, 0, 105, 148),
        near(0, 0, 148, 105),
    ]


@pytest.mark.parametrize(
    ("form", "output", "size"),
    [
        ("landscape", HOME, (297, 210)),
        ("portrait", HOME, (210, 297)),
        ("landscape", OFFICE, (320, 450)),
        ("portrait", OFFICE, (450, 320)),
    ],
)
def test_a_sheet_is_paper_of_its_size_on_both_sides(made, form, output, size):
    assert boxes(made(form, output), "/MediaBox") == [near(0, 0, *size)] * 2


@pytest.mark.parametrize("form", FORMS)
def test_a_home_printer_is_told_to_print_in_full_size_and_on_both_sides(made, form):
    with pikepdf.open(io.BytesIO(made(form, HOME))) as file:
        preferences = file.Root.ViewerPreferences
        assert preferences.PrintScaling == "/None"
        assert preferences.Duplex == "/DuplexFlipLongEdge"
        assert preferences.PickTrayByPDFSize
        assert preferences.DisplayDocTitle


@pytest.mark.parametrize(("standard", "version"), [("x4", "1.6"), ("x3", "1.3")])
def test_a_press_file_has_the_version_of_its_standard(made, standard, version):
    pdf = made("landscape", PRESS, Preset(standard=standard))
    assert pdf.startswith(f"%PDF-{version}".encode())
    assert (b"/ObjStm" in pdf) == (standard == "x4")
