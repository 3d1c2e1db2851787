"""Pictures of every kind are made ready for print, or refused for a reason."""

import io
import struct
import zlib

import pytest
from PIL import Image, ImageCms

from postcards.print.formats import FOGRA39
from postcards.print.photos import (
    MOST_PIXELS,
    Box,
    PhotoError,
    ink_table,
    layout,
    pixels_needed,
    prepare,
    resolution,
)
from tests.print.cards import encoded

BOX = Box(0, 0, 20, 15)
#: What the box needs at 300 dpi: 20 mm are 236.2 dots.
WIDTH, HEIGHT = 237, 178
SIZE = (400, 300)
SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
LAB = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()


def opened(data):
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def ready(data, **options):
    return opened(prepare(data, BOX, **options))


def plain(mode, color, kind="PNG", **options):
    return encoded(Image.new(mode, SIZE, color), kind, **options)


def near(color, wanted, tolerance=6):
    pairs = zip(color, wanted, strict=True)
    return all(abs(one - other) <= tolerance for one, other in pairs)


def header(width, height):
    """Return a PNG that only says how large it is."""

    def chunk(name, content):
        checksum = struct.pack(">I", zlib.crc32(name + content))
        return struct.pack(">I", len(content)) + name + content + checksum

    size = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", size) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")


NOISE = encoded(Image.effect_noise((300, 200), 60).convert("RGB"), "JPEG")


# --- Refused ---------------------------------------------------------------------------------

REFUSED = {
    "an empty file": (b"", "empty"),
    "a text": (b"Das ist kein Bild.", "unreadable"),
    "a drawing (SVG)": (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "unreadable"),
    "a program (EPS)": (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n%%EOF\n", "unreadable"),
    "half a JPEG": (NOISE[: len(NOISE) // 2], "unreadable"),
    "the beginning of a JPEG": (NOISE[:30], "unreadable"),
    "a PNG without pixels": (header(100, 100), "unreadable"),
    "a broken AVIF": (plain("RGB", "red", "AVIF")[:200], "unreadable"),
    "41 million pixels": (header(8200, 5000), "too_large"),
    "100 million pixels": (header(10_000, 10_000), "too_large"),
    "400 million pixels": (header(20_000, 20_000), "too_large"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_picture_that_cannot_be_used_is_refused_for_a_reason(name):
    data, reason = REFUSED[name]
    with pytest.raises(PhotoError) as caught:
        prepare(data, BOX)
    assert caught.value.reason == reason


def test_forty_million_pixels_are_not_too_many():
    with pytest.raises(PhotoError) as caught:
        prepare(header(8000, MOST_PIXELS // 8000), BOX)
    assert caught.value.reason == "unreadable"


# --- Colours ---------------------------------------------------------------------------------


def transparent_palette():
    image = Image.new("P", SIZE, 0)
    image.putpalette([255, 0, 0, 0, 255, 0])
    return encoded(image, transparency=0)


RED, WHITE, GREY = (254, 0, 0), (255, 255, 255), (100, 100, 100)
#: A kind of picture, and what becomes of its colour on a screen.
KINDS = {
    "RGB": (plain("RGB", "red"), RED),
    "RGB, JPEG": (plain("RGB", "red", "JPEG"), RED),
    "RGB, WebP": (plain("RGB", "red", "WEBP"), RED),
    "RGB, GIF": (plain("RGB", "red", "GIF"), RED),
    "RGB, AVIF": (plain("RGB", "red", "AVIF"), RED),
    "RGB with its profile": (plain("RGB", "red", icc_profile=SRGB), RED),
    "RGB with a press's profile": (plain("RGB", "red", icc_profile=FOGRA39.data), RED),
    "RGB with a Lab profile": (plain("RGB", "red", icc_profile=LAB), RED),
    "RGB with a broken profile": (plain("RGB", "red", icc_profile=b"Unsinn" * 40), RED),
    "grey with a screen's profile": (plain("L", 100, icc_profile=SRGB), GREY),
    "CMYK": (plain("CMYK", (0, 255, 255, 0), "JPEG"), (229, 8, 25)),
    "CMYK with its profile": (
        plain("CMYK", (0, 255, 255, 0), "JPEG", icc_profile=FOGRA39.data),
        (229, 8, 25),
    ),
    "CMYK with a screen's profile": (
        plain("CMYK", (0, 255, 255, 0), "JPEG", icc_profile=SRGB),
        RED,
    ),
    "all transparent (RGBA)": (plain("RGBA", (255, 0, 0, 0)), WHITE),
    "half transparent (RGBA)": (plain("RGBA", (255, 0, 0, 128)), (255, 127, 127)),
    "all transparent (LA)": (plain("LA", (100, 0)), WHITE),
    "all transparent (palette)": (transparent_palette(), WHITE),
    "one colour transparent (RGB)": (plain("RGB", "red", transparency=(255, 0, 0)), WHITE),
    "grey": (plain("L", 100), GREY),
    "16 bits of grey": (plain("I;16", 100 * 257), GREY),
    "16 bits of grey, wide": (plain("I", 100 * 257, "TIFF"), GREY),
    "one bit": (plain("1", 1), WHITE),
}


@pytest.mark.parametrize("name", KINDS)
def test_a_picture_of_any_kind_is_made_ready_for_screens(name):
    data, wanted = KINDS[name]
    image = ready(data)
    assert image.mode == "RGB"
    assert image.size == (WIDTH, HEIGHT)
    assert near(image.getpixel((100, 100)), wanted)
    assert "icc_profile" not in image.info


@pytest.mark.parametrize("name", KINDS)
def test_a_picture_of_any_kind_is_made_ready_for_the_press(name):
    image = ready(KINDS[name][0], profile=FOGRA39)
    assert image.mode == "CMYK"
    assert image.size == (WIDTH, HEIGHT)
    assert "icc_profile" not in image.info


def test_a_presss_colours_are_those_of_its_profile():
    gradient = Image.merge("RGB", [Image.linear_gradient("L").rotate(a) for a in (0, 90, 180)])
    data = encoded(gradient.resize((600, 450)))
    back = ImageCms.profileToProfile(
        ready(data, profile=FOGRA39),
        ImageCms.ImageCmsProfile(io.BytesIO(FOGRA39.data)),
        ImageCms.createProfile("sRGB"),
        outputMode="RGB",
    )
    # What a press can print of them comes back as it was.
    assert near(back.getpixel((118, 89)), ready(data).getpixel((118, 89)), 12)


def most_ink(image):
    """Return the most ink of all points of a picture, in per cent."""
    rows = iter(image.tobytes())
    return max(map(sum, zip(rows, rows, rows, rows, strict=True))) / 2.55


def dark_noise():
    channels = [Image.effect_noise(SIZE, 40).point(lambda v: max(v - 110, 0)) for _ in range(3)]
    return encoded(Image.merge("RGB", channels))


@pytest.mark.parametrize(
    "data",
    [plain("RGB", "black"), plain("CMYK", (255,) * 4, "JPEG"), dark_noise(), NOISE],
    ids=["black", "all four inks", "dark noise", "noise"],
)
def test_no_point_of_a_picture_has_more_ink_than_dries(data):
    assert most_ink(ready(data, profile=FOGRA39)) <= 300


def test_black_is_printed_black():
    cyan, magenta, yellow, black = ready(plain("RGB", "black"), profile=FOGRA39).getpixel((9, 9))
    assert black > 230
    assert cyan + magenta + yellow > 255


def test_a_profile_of_no_press_is_an_error(tmp_path):
    path = tmp_path / "screen.icc"
    path.write_bytes(SRGB)
    with pytest.raises(ImageCms.PyCMSError):
        ink_table(type(FOGRA39)("screen", path))


# --- Size and place --------------------------------------------------------------------------


def test_a_picture_has_as_many_pixels_as_print_needs_and_no_more():
    assert pixels_needed(BOX) == (WIDTH, HEIGHT)
    assert ready(plain("RGB", "red")).size == (WIDTH, HEIGHT)
    assert resolution((WIDTH, HEIGHT), BOX) == 300
    assert resolution((WIDTH - 1, HEIGHT), BOX) == 299


@pytest.mark.parametrize("size", [(120, 90), (237, 20), (1, 1), (1, 500), (500, 1)])
def test_a_small_picture_is_never_made_larger(size):
    image = ready(encoded(Image.new("RGB", size, "red")))
    assert image.width <= size[0]
    assert image.height <= size[1]
    assert near(image.getpixel((0, 0)), RED)


def test_a_large_jpeg_is_still_exact():
    image = Image.new("RGB", (2000, 1500), "blue")
    image.paste("red", (0, 0, 1000, 1500))
    done = ready(encoded(image, "JPEG"))
    assert done.size == (WIDTH, HEIGHT)
    assert near(done.getpixel((WIDTH // 2 - 6, 90)), RED)
    assert near(done.getpixel((WIDTH // 2 + 6, 90)), (0, 0, 254))


def test_a_share_picture_asks_for_its_own_pixels():
    assert ready(plain("RGB", "red"), pixels=100).size == (100, 75)


@pytest.mark.parametrize(
    ("orientation", "corners"),
    [(1, "rgbw"), (3, "wbgr"), (6, "brwg"), (8, "gwrb"), (99, "rgbw")],
)
def test_a_picture_stands_as_its_camera_was_held(orientation, corners):
    colors = {"r": RED, "g": (0, 255, 1), "b": (0, 0, 254), "w": WHITE}
    image = Image.new("RGB", (400, 400), "white")
    image.paste("red", (0, 0, 200, 200))
    image.paste("lime", (200, 0, 400, 200))
    image.paste("blue", (0, 200, 200, 400))
    exif = Image.Exif()
    exif[0x0112] = orientation
    data = encoded(image, "JPEG", quality=95, subsampling=0, exif=exif)
    done = opened(prepare(data, Box(0, 0, 20, 20), pixels=200))
    points = [(30, 30), (170, 30), (30, 170), (170, 170)]
    for point, name in zip(points, corners, strict=True):
        assert near(done.getpixel(point), colors[name])


@pytest.mark.parametrize(
    ("focus", "first", "last"),
    [((0, 0), 0, 75), ((0.5, 0.5), 90, 165), ((1, 1), 180, 255), ((0.02, 0.98), 0, 75)],
)
@pytest.mark.parametrize("lying", [True, False], ids=["wide", "tall"])
def test_what_matters_is_not_cut_off(focus, first, last, lying):
    ramp = Image.linear_gradient("L").resize((75, 255))
    # From dark to bright, from one end of the picture to the other.
    image = ramp.rotate(90, expand=True) if lying else ramp
    box = Box(0, 0, 20, 20)
    share = focus if lying else focus[::-1]
    done = opened(prepare(encoded(image), box, (share[0], share[1])))
    assert done.size == (75, 75)
    ends = [done.getpixel((2, 2))[0], done.getpixel((72, 72))[0]]
    assert near(ends, (first, last), 5)


@pytest.mark.parametrize(
    ("size", "bleed", "picture", "panel"),
    [
        ((148, 105), 3, (-3, -3, 154, 66), (0, 63, 148, 42)),
        ((105, 148), 1, (-1, -1, 107, 89.8), (0, 88.8, 105, 59.2)),
        ((120, 63), 0, (55.2, 0, 64.8, 63), (0, 0, 55.2, 63)),
        ((108, 108), 0, (0, 0, 108, 64.8), (0, 64.8, 108, 43.2)),
    ],
)
def test_picture_and_panel_share_the_card(size, bleed, picture, panel):
    places = [box.as_list() for box in layout(*size, bleed)]
    assert places == [pytest.approx(picture), pytest.approx(panel)]


def test_the_same_picture_gives_the_same_bytes():
    first = prepare(NOISE, BOX, profile=FOGRA39)
    prepare.cache_clear()
    assert prepare(NOISE, BOX, profile=FOGRA39) == first
