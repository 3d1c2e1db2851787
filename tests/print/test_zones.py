"""What Deutsche Post needs is left free: by pixels, and as a card is printed at home, too.

National postcard: 74 × 40 mm for the stamp, top right; the lowest 15 mm of the right half for
machines; the address 40 mm from the top at least, and 15 mm from right and bottom.
"""

import pytest

from postcards.print.formats import HOME, OFFICE, PRESS
from postcards.print.imposition import home_sheet, office_sheet
from tests.print.cards import FORMS
from tests.print.looking import cut, items, raster, upright

DPI = 150
SHEETS = {HOME: home_sheet, OFFICE: office_sheet}
OUTPUTS = [PRESS, HOME, OFFICE]


def backs(output, *, portrait):
    """Return the places of an output's backs: left, top, right, bottom in millimetres."""
    if output == PRESS:
        width, height = (105, 148) if portrait else (148, 105)
        return [(3, 3, 3 + width, 3 + height)]
    sheet = SHEETS[output](portrait=portrait)
    width, height = sheet.cell
    cells = sheet.page([0] * sheet.places, [portrait], "back")
    return [(cell.x, cell.y, cell.x + width, cell.y + height) for cell in cells]


def address_sides(pdf, output, *, portrait):
    """Yield the pictures of an output's backs, each as it is read."""
    page = raster(pdf, 1, DPI)
    for back in backs(output, portrait=portrait):
        image = cut(page, DPI, back)
        yield image.rotate(90, expand=True) if portrait else image


def is_white(image):
    return image.convert("RGB").getextrema() == ((255, 255),) * 3


def size(image):
    return tuple(side * 25.4 / DPI for side in image.size)


@pytest.mark.parametrize("output", OUTPUTS, ids=lambda output: output.name)
@pytest.mark.parametrize("form", FORMS)
def test_nothing_is_printed_where_the_stamp_goes(made, form, output):
    for image in address_sides(made(form, output), output, portrait=form == "portrait"):
        width, _height = size(image)
        assert is_white(cut(image, DPI, (width - 74, 0, width, 40)))
        assert not is_white(cut(image, DPI, (width - 84, 0, width, 40)))


@pytest.mark.parametrize("output", OUTPUTS, ids=lambda output: output.name)
@pytest.mark.parametrize("form", FORMS)
def test_nothing_is_printed_where_machines_of_the_post_print(made, form, output):
    for image in address_sides(made(form, output), output, portrait=form == "portrait"):
        width, height = size(image)
        assert is_white(cut(image, DPI, (width / 2, height - 15, width, height)))
        assert not is_white(cut(image, DPI, (width / 2, height - 35, width, height)))


@pytest.mark.parametrize("output", OUTPUTS, ids=lambda output: output.name)
@pytest.mark.parametrize("form", FORMS)
def test_an_address_stands_where_machines_read_it(made, form, output):
    portrait = form == "portrait"
    lines = [box for item, box in items(made(form, output), 1) if item.kind == "stroke"]
    for left, top, right, bottom in backs(output, portrait=portrait):
        width, height = (bottom - top, right - left) if portrait else (right - left, bottom - top)
        own = [
            upright((x0 - left, y0 - top, x1 - left, y1 - top), portrait, height)
            for x0, y0, x1, y1 in lines
            if left < x0 < right and top < y0 < bottom
        ]
        address = [box for box in own if box[2] - box[0] > box[3] - box[1]]
        assert len(address) == 4
        for x0, y0, x1, y1 in address:
            assert x1 - x0 >= 40
            assert x0 >= width / 2
            assert y0 >= 40
            assert x1 <= width - 15
            assert y1 <= height - 15
