"""The preflight finds nothing in what is made here, and names what is wrong in anything else."""

import io

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String
from PIL import Image, ImageCms

from postcards.print import typesetting
from postcards.print.content import POINTS_PER_MM
from postcards.print.formats import BLEEDS, OFFICE, PRESS, SCREEN, Preset
from postcards.print.preflight import PRESS_CHECKS, check_press, check_readable, is_green
from postcards.print.qr import QRCode
from postcards.print.render import render
from tests.print.cards import CARDS, FITTING, FORMS, article, encoded

DEFAULT = Preset()
BLACK, WHITE = (0, 0, 0, 255), (0, 0, 0, 0)


def red(findings):
    """Return the names of the checks that have found something."""
    return {finding.check for finding in findings if not finding.ok}


# --- Green -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", CARDS)
def test_every_kind_of_card_is_green(made, name):
    findings = check_press(made(name, PRESS), DEFAULT, CARDS[name].size)
    assert is_green(findings), red(findings)
    assert tuple(finding.check for finding in findings) == PRESS_CHECKS


@pytest.mark.parametrize("number", FITTING)
def test_every_article_is_green(made, number):
    card = article(number)
    findings = check_press(made(card, PRESS), DEFAULT, card.size)
    assert is_green(findings), [finding for finding in findings if not finding.ok]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("bleed", BLEEDS)
@pytest.mark.parametrize("standard", ["x4", "x3"])
def test_every_preset_is_green(made, form, bleed, standard):
    preset = Preset(bleed, standard)
    assert is_green(check_press(made(form, PRESS, preset), preset, CARDS[form].size))


@pytest.mark.parametrize(("form", "size"), [("landscape", (320, 450)), ("portrait", (450, 320))])
@pytest.mark.parametrize("standard", ["x4", "x3"])
def test_the_print_offices_sheet_is_green(made, form, size, standard):
    preset = Preset(standard=standard)
    findings = check_press(made(form, OFFICE, preset), preset, size, is_card=False)
    assert is_green(findings), red(findings)
    assert not {"qr", "margin"} & {finding.check for finding in findings}


def test_a_file_for_one_preset_is_not_for_another(made):
    x4 = made("landscape", PRESS)
    assert red(check_press(x4, Preset(standard="x3"), (148, 105))) == {"standard"}
    assert red(check_press(x4, Preset(2), (148, 105))) == {"boxes"}
    assert "boxes" in red(check_press(x4, DEFAULT, (105, 148)))


# --- Red -------------------------------------------------------------------------------------


def mutated(pdf, change, **options):
    """Return a PDF after a change to it."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as file:
        change(file)
        file.save(out, **options)
    return out.getvalue()


def drawn(number, content):
    """Return a change that draws something beneath a page, in millimetres from its corner."""

    def change(file):
        k = POINTS_PER_MM
        file.pages[number].contents_add(f"q {k} 0 0 {k} 0 0 cm {content} Q".encode(), prepend=True)

    return change


def bar(number, x, y, width, height, color="0 0 0 1 k"):
    """Return a change that prints a rectangle; x and y count from the left lower corner."""
    return drawn(number, f"{color} {x} {y} {width} {height} re f")


def letters(number, x, y, points):
    """Return a change that prints a word."""
    size = points / POINTS_PER_MM
    return drawn(number, f"BT 0 0 0 1 k /f0 {size} Tf {x} {y} Td (\0\1\0\2\0\3) Tj ET")


def replaced(number, old, new):
    """Return a change to the first place at which a page's content says something."""

    def change(file):
        page = file.pages[number]
        content = page.Contents.read_bytes()
        assert old in content
        page.Contents = file.make_stream(content.replace(old, new, 1))

    return change


def picture(mode, color, scale=1.0):
    """Return a change that puts another picture in the place of the card's own."""

    def change(file):
        own = file.pages[0].Resources.XObject
        [name] = own.keys()
        size = (int(own[name].Width * scale), int(own[name].Height * scale))
        other = file.make_stream(
            encoded(Image.new(mode, size, color), "JPEG"),
            Type=Name.XObject,
            Subtype=Name.Image,
            Width=size[0],
            Height=size[1],
            ColorSpace={"RGB": Name.DeviceRGB, "CMYK": Name.DeviceCMYK}[mode],
            BitsPerComponent=8,
            Filter=Name.DCTDecode,
        )
        if mode == "CMYK":  # Pillow writes them the other way round, as Adobe does
            other.Decode = Array([1, 0] * 4)
        own[name] = other

    return change


def shifted_trim(file):
    for page in file.pages:
        page.TrimBox = Array(
            [float(side) + dx for side, dx in zip(page.TrimBox, SHIFT, strict=True)]
        )


SHIFT = (0.5 * POINTS_PER_MM, 0) * 2


def font_removed(file):
    del file.pages[1].Resources.Font.f1.DescendantFonts[0].FontDescriptor.FontFile2


def intent_removed(file):
    del file.Root.OutputIntents


def screen_profile(file):
    profile = file.make_stream(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile.N = 3
    file.Root.OutputIntents[0].DestOutputProfile = profile


def other_condition(file):
    file.Root.OutputIntents[0].OutputConditionIdentifier = String("FOGRA51")


def trapped_as_string(file):
    file.docinfo.Trapped = String("False")


def title_removed(file):
    del file.docinfo.Title


def metadata_removed(file):
    del file.Root.Metadata


def opacity(file):
    state = Dictionary(Type=Name.ExtGState, ca=0.5)
    file.pages[0].Resources.ExtGState = Dictionary(G0=state)


def soft_mask(file):
    mask = Dictionary(S=Name.Luminosity, G=file.make_stream(b""))
    file.pages[0].Resources.ExtGState = Dictionary(G0=Dictionary(SMask=mask))


def back_removed(file):
    del file.pages[1]


GROUND = b"0 0.7607843 0.65882355 0 k"
TEXT = b"0 0 0 1 k\nBT"
#: A change to the landscape card of Article 1, and the checks that it makes red.
MUTATIONS = {
    "trim moved by half a millimetre": (shifted_trim, {"boxes"}),
    "ground in RGB": (replaced(0, GROUND, b"1 0.4 0.3 rg"), {"colour"}),
    "letters in RGB": (replaced(1, TEXT, b"0 0 0 rg\nBT"), {"colour", "black"}),
    "letters in four colours": (replaced(1, TEXT, b"0.6 0.4 0.4 1 k\nBT"), {"black"}),
    "letters in blue": (replaced(1, TEXT, b"1 0.9 0 0 k\nBT"), {"black"}),
    "a ground of rich black": (replaced(0, GROUND, b"0.4 0.4 0.4 1 k"), {"black"}),
    "too much ink on the ground": (replaced(0, GROUND, b"1 0.9 0.9 0.4 k"), {"ink"}),
    "letters of 5 pt": (letters(1, 30, 50, 5), {"text"}),
    "a line of 0.1 pt": (
        drawn(0, "0 0 0 1 K 0.035 w 20 50 m 60 50 l S"),
        {"lines"},
    ),
    "letters 2 mm from the trim": (letters(0, 5, 50, 8), {"margin"}),
    "letters in the trim's corner": (letters(1, 3.2, 3.2, 8), {"margin"}),
    "font without its file": (font_removed, {"fonts"}),
    "a bar in the code's quiet zone": (bar(1, 7.2, 15, 1.1, 1.1), {"qr"}),
    "letters in the code's quiet zone": (letters(1, 16, 25.2, 8), {"qr"}),
    "a bar where the stamp goes": (bar(1, 120, 80, 3, 3, "0 1 0 0 k"), {"franking"}),
    "a bar at the edge of the stamp's zone": (bar(1, 76, 69, 1.5, 5), {"franking"}),
    "a bar where machines print": (bar(1, 120, 10, 3, 3, "0 0 1 0 k"), {"coding"}),
    "a bar at the edge of the machines' zone": (bar(1, 100, 17.5, 3, 3), {"coding"}),
    "no output intent": (intent_removed, {"profile"}),
    "a screen's profile": (screen_profile, {"profile"}),
    "another condition": (other_condition, {"profile"}),
    "trapped as a string": (trapped_as_string, {"standard"}),
    "no title": (title_removed, {"standard"}),
    "no metadata": (metadata_removed, {"standard"}),
    "something that shines through": (opacity, {"standard"}),
    "a soft mask": (soft_mask, {"standard"}),
    "one page": (back_removed, {"boxes", "qr", "franking", "coding"}),
}


@pytest.mark.parametrize("name", MUTATIONS)
def test_a_press_file_that_is_wrong_is_red_by_the_right_check(made, name):
    change, wanted = MUTATIONS[name]
    pdf = mutated(made("landscape", PRESS), change)
    assert red(check_press(pdf, DEFAULT, (148, 105))) == wanted


#: The address side of an upright card lies on its side: its right is the page's bottom.
UPRIGHT = {
    "a bar where the stamp goes": (bar(1, 90, 30, 3, 3), {"franking"}),
    "a bar where machines print": (bar(1, 10, 30, 3, 3), {"coding"}),
    "a bar on the text's half": (bar(1, 90, 100, 3, 3), set()),
}


@pytest.mark.parametrize("name", UPRIGHT)
def test_the_zones_of_an_upright_card_lie_on_their_side(made, name):
    change, wanted = UPRIGHT[name]
    pdf = mutated(made("portrait", PRESS), change)
    assert red(check_press(pdf, DEFAULT, (105, 148))) == wanted


PICTURES = {
    "as it was": (picture("CMYK", (90, 40, 0, 10)), set()),
    "in RGB": (picture("RGB", "#7fb2d9"), {"colour"}),
    "with 340 % of ink": (picture("CMYK", (255, 255, 255, 102)), {"ink"}),
    "with 150 dpi": (picture("CMYK", (90, 40, 0, 10), scale=0.5), {"resolution"}),
}


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_that_is_wrong_is_red_by_the_right_check(made, name):
    change, wanted = PICTURES[name]
    pdf = mutated(made("picture", PRESS), change)
    assert red(check_press(pdf, DEFAULT, (148, 105))) == wanted


@pytest.mark.parametrize("version", ["1.4", "1.7"])
def test_another_version_of_pdf_is_red(made, version):
    pdf = mutated(made("landscape", PRESS), lambda file: None, force_version=version)
    assert red(check_press(pdf, DEFAULT, (148, 105))) == {"standard"}


def test_a_locked_file_is_red(made):
    lock = pikepdf.Encryption(owner="secret", user="")
    pdf = mutated(made("landscape", PRESS), lambda file: None, encryption=lock)
    assert "standard" in red(check_press(pdf, DEFAULT, (148, 105)))


def test_a_code_of_small_modules_is_red(monkeypatch):
    real = typesetting.make_code

    def small(url):
        code, factor = real(url), 0.3 / real(url).module
        runs = tuple(tuple(part * factor for part in run) for run in code.runs)
        return QRCode(code.size * factor, 0.3, runs)

    monkeypatch.setattr(typesetting, "make_code", small)
    findings = check_press(render([article()], PRESS), DEFAULT, (148, 105))
    assert red(findings) == {"qr"}
    assert "0.30 mm" in next(one.value for one in findings if one.check == "qr")


def test_a_card_without_its_code_is_red(monkeypatch):
    monkeypatch.setattr(typesetting, "make_code", lambda url: QRCode(21, 0.6, ()))
    findings = check_press(render([article()], PRESS), DEFAULT, (148, 105))
    assert red(findings) == {"qr"}


BROKEN = {
    "nothing": b"",
    "a text": b"Guten Tag",
    "a beginning": b"%PDF-1.6\n",
    "a picture": encoded(Image.new("RGB", (2, 2))),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_no_pdf_has_one_finding(name):
    assert [one.check for one in check_press(BROKEN[name], DEFAULT, (148, 105))] == ["file"]
    assert [one.check for one in check_readable(BROKEN[name])] == ["file"]


CRIPPLED = {
    "an operator without its number": drawn(0, "w"),
    "a font that is none": lambda file: file.pages[0].Resources.Font.update({"/f0": 7}),
    "a box without its sides": lambda file: file.pages[0].update({"/TrimBox": Array([0])}),
    "a profile that is none": lambda file: file.Root.OutputIntents[0].update(
        {"/DestOutputProfile": 7}
    ),
}


@pytest.mark.parametrize("name", CRIPPLED)
def test_a_pdf_with_broken_parts_has_one_finding(made, name):
    pdf = mutated(made("landscape", PRESS), CRIPPLED[name])
    assert [one.check for one in check_press(pdf, DEFAULT, (148, 105))] == ["file"]


# --- For reading -----------------------------------------------------------------------------


def figures(file):
    return [
        node
        for node in file.objects
        if isinstance(node, Dictionary) and node.get("/S") == Name.Figure
    ]


def alt_removed(file):
    del figures(file)[0].Alt


def alt_of_spaces(file):
    figures(file)[0].Alt = String("  ")


def language_removed(file):
    del file.Root.Lang


def unmarked(file):
    del file.Root.MarkInfo


def untagged(file):
    del file.Root.StructTreeRoot


def title_hidden(file):
    del file.Root.ViewerPreferences.DisplayDocTitle


READING = {
    "no alternative": (alt_removed, {"alt"}),
    "an alternative of spaces": (alt_of_spaces, {"alt"}),
    "no language": (language_removed, {"language"}),
    "no title": (title_removed, {"tags"}),
    "a title that is not shown": (title_hidden, {"tags"}),
    "no mark": (unmarked, {"tags"}),
    "no tags": (untagged, {"tags"}),
    "font without its file": (font_removed, {"fonts"}),
}


@pytest.mark.parametrize("name", READING)
@pytest.mark.parametrize("card", ["landscape", "picture"])
def test_a_pdf_that_cannot_be_read_aloud_is_red_by_the_right_check(made, card, name):
    change, wanted = READING[name]
    pdf = mutated(made(card, SCREEN), change)
    assert red(check_readable(pdf)) == wanted


def test_a_press_file_is_not_for_reading(made):
    assert red(check_readable(made("landscape", PRESS))) == {"tags", "language"}
