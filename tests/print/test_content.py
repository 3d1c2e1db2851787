"""What a page draws is found, wherever and however it is drawn."""

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from postcards.print.content import read_page
from postcards.print.formats import PRESS, Preset
from postcards.print.preflight import check_press, is_green
from tests.print.cards import article

#: A font of which every letter is half as wide as its size.
FONT = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
UP, DOWN = 0.72, -0.2


def drawn(content, **resources):
    """Return what a page with this content draws."""
    with pikepdf.new() as file:
        file.add_blank_page(page_size=(200, 100))
        page = file.pages[0]
        page.Contents = file.make_stream(content.encode())
        objects = {name: file.make_stream(data, **keys) for name, (data, keys) in resources.items()}
        page.Resources = Dictionary(Font=Dictionary(F=FONT), XObject=Dictionary(**objects))
        return [(item.kind, item.box, item.colour, item.size) for item in read_page(page)]


def boxes(content, **resources):
    return [pytest.approx(box) for _kind, box, _colour, _size in drawn(content, **resources)]


@pytest.mark.parametrize(
    ("content", "box"),
    [
        ("10 20 30 40 re f", (10, 20, 40, 60)),
        ("2 0 0 2 5 5 cm 10 20 30 40 re f", (25, 45, 85, 125)),
        ("q 2 0 0 2 0 0 cm Q 10 20 30 40 re f*", (10, 20, 40, 60)),
        ("0 1 -1 0 100 0 cm 10 20 30 40 re f", (40, 10, 80, 40)),
        ("10 20 m 30 20 l 20 50 l h f", (10, 20, 30, 50)),
        ("10 20 m 10 40 30 40 30 20 c f", (10, 20, 30, 40)),
        ("2 w 10 20 m 40 20 l S", (9, 19, 41, 21)),
    ],
)
def test_paths_lie_where_they_are_drawn(content, box):
    assert boxes(content) == [box]


@pytest.mark.parametrize(
    ("content", "box"),
    [
        ("BT /F 10 Tf 20 30 Td (abcd) Tj ET", (20, 30 + 10 * DOWN, 40, 30 + 10 * UP)),
        ("BT /F 1 Tf 10 0 0 10 20 30 Tm (abcd) Tj ET", (20, 28, 40, 37.2)),
        ("BT /F 10 Tf 20 30 Td [(ab) -1000 (cd)] TJ ET", (20, 28, 50, 37.2)),
        ("BT /F 10 Tf 2 Tc 20 30 Td (abcd) Tj ET", (20, 28, 48, 37.2)),
        ("BT /F 10 Tf 50 Tz 20 30 Td (abcd) Tj ET", (20, 28, 30, 37.2)),
        ("BT /F 10 Tf 10 20 Td 10 10 Td (abcd) Tj ET", (20, 28, 40, 37.2)),
        ("1 0 0 -1 0 100 cm BT /F 10 Tf 1 0 0 -1 20 70 Tm (abcd) Tj ET", (20, 28, 40, 37.2)),
    ],
)
def test_letters_lie_where_they_are_drawn(content, box):
    assert boxes(content) == [box]


def test_a_word_goes_on_where_the_last_one_has_ended():
    first, second = boxes("BT /F 10 Tf 20 30 Td (ab) Tj (cd) Tj ET")
    assert first == (20, 28, 30, 37.2)
    assert second == (30, 28, 40, 37.2)


@pytest.mark.parametrize(
    "content", ["10 20 30 40 re n", "BT /F 10 Tf 3 Tr (abcd) Tj ET", "BT /F 10 Tf () Tj ET", ""]
)
def test_what_leaves_no_ink_is_not_there(content):
    assert drawn(content) == []


@pytest.mark.parametrize(
    ("content", "space", "parts"),
    [
        ("0 0 0 1 k", "DeviceCMYK", (0, 0, 0, 1)),
        ("1 0 0 rg", "DeviceRGB", (1, 0, 0)),
        ("0.5 g", "DeviceGray", (0.5,)),
        ("/CS0 cs 0.1 0.2 0.3 scn", "Named", (0.1, 0.2, 0.3)),
        ("", "DeviceGray", (0,)),
    ],
)
def test_a_surface_has_the_colour_that_was_set(content, space, parts):
    [(_kind, _box, colour, _size)] = drawn(f"{content} 0 0 9 9 re f")
    assert (colour.space, colour.parts) == (space, parts)


@pytest.mark.parametrize(
    ("content", "ink", "key_or_paper", "paper"),
    [
        ("0 0 0 1 k", 100, True, False),
        ("0.6 0.4 0.4 1 k", 240, False, False),
        ("0 0 0 0 k", 0, True, True),
        ("0 g", 100, True, False),
        ("1 g", 0, True, True),
        ("0 0 0 rg", 0, False, False),
    ],
)
def test_ink_is_counted(content, ink, key_or_paper, paper):
    [(_kind, _box, colour, _size)] = drawn(f"{content} 0 0 9 9 re f")
    assert colour.ink == pytest.approx(ink)
    assert colour.is_key_or_paper == key_or_paper
    assert colour.is_paper == paper


def test_a_line_is_as_thick_as_it_is_printed():
    [(kind, _box, _colour, size)] = drawn("0.5 0 0 0.5 0 0 cm 1 w 0 0 m 9 0 l S")
    assert (kind, size) == ("stroke", 0.5)


def test_forms_and_pictures_lie_where_they_are_placed():
    form = (b"0 0 10 10 re f", {"Subtype": Name.Form, "Matrix": Array([2, 0, 0, 2, 0, 0])})
    picture = (b"\0", {"Subtype": Name.Image, "Width": 1, "Height": 1})
    content = "q 1 0 0 1 5 5 cm /A Do Q q 30 0 0 20 50 60 cm /B Do Q /C Do"
    assert boxes(content, A=form, B=picture) == [(5, 5, 25, 25), (50, 60, 80, 80)]


def test_a_form_in_itself_has_an_end():
    with pikepdf.new() as file:
        file.add_blank_page()
        form = file.make_stream(b"0 0 1 1 re f /A Do", Subtype=Name.Form)
        form.Resources = Dictionary(XObject=Dictionary(A=form))
        page = file.pages[0]
        page.Contents, page.Resources = file.make_stream(b"/A Do"), form.Resources
        assert 1 < len(read_page(page)) < 20


def test_a_space_at_the_end_of_a_line_is_no_ink(made):
    # The line is as wide as the card's text may be, and its space would stand beyond.
    card = article("20", headline="Alle Staatsgewalt geht vom Volke aus.")
    assert is_green(check_press(made(card, PRESS), Preset(), card.size))
