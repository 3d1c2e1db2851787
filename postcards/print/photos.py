"""Pictures made ready for a card: upright, cut around what matters, in light or in ink."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from PIL import Image, ImageCms, ImageFilter, ImageOps

from .errors import PhotoError
from .formats import FOGRA39, Profile

#: What print asks of a picture, in dots per inch.
RESOLUTION = 300
MM_PER_INCH = 25.4
#: What is read; a format that runs a program of its own (EPS) is none.
FORMATS = ("AVIF", "GIF", "JPEG", "PNG", "TIFF", "WEBP")
#: Larger files fill a server's memory.
MOST_PIXELS = 40_000_000
#: Ink of a picture, in per cent: below the limit, because JPEG adds a little here and there.
PICTURE_INK = 262
#: Nodes of the table from light to ink, per axis.
NODES = 25
#: The share of a card that its panel takes: of the height, or beside a wide picture of the width.
PANEL_BELOW, PANEL_BESIDE = 0.4, 0.46
#: A card that is wider, compared with its height, has its panel beside the picture.
WIDE = 1.6


@dataclass(frozen=True)
class Box:
    """A place on a card, from its trimmed corner; any unit of length."""

    x: float
    y: float
    width: float
    height: float

    def as_list(self) -> list[float]:
        """Return the place as the template takes it."""
        return [round(part, 4) for part in (self.x, self.y, self.width, self.height)]


def layout(width: float, height: float, bleed: float = 0) -> tuple[Box, Box]:
    """Return where a card of the picture design has its picture, and where its panel.

    The picture reaches over the card's edge by the bleed; the panel ends at the trim, since its
    ground is the card's own.
    """
    if width > WIDE * height:
        panel = Box(0, 0, width * PANEL_BESIDE, height)
        left = panel.width
        return Box(left, -bleed, width - left + bleed, height + 2 * bleed), panel
    panel = Box(0, height * (1 - PANEL_BELOW), width, height * PANEL_BELOW)
    return Box(-bleed, -bleed, width + 2 * bleed, panel.y + bleed), panel


def resolution(size: tuple[int, int], box: Box) -> int:
    """Return the dots per inch at which a picture of `size` pixels fills a box of millimetres."""
    scale = max(box.width / size[0], box.height / size[1])  # millimetres a pixel
    return int(MM_PER_INCH / scale + 1e-6)


def pixels_needed(box: Box) -> tuple[int, int]:
    """Return how many pixels, wide and high, fill a box of millimetres at print resolution."""
    across, down = (side / MM_PER_INCH * RESOLUTION for side in (box.width, box.height))
    return -int(-across // 1), -int(-down // 1)


@lru_cache(maxsize=16)
def prepare(
    data: bytes,
    box: Box,
    focus: tuple[float, float] = (0.5, 0.5),
    *,
    pixels: int | None = None,
    profile: Profile | None = None,
) -> bytes:
    """Return a JPEG of a picture that fills the box around its focus.

    It is `pixels` wide at most, else as wide as print resolution asks for a box of millimetres;
    never larger than the original. With a profile it is CMYK, within the ink limit; without one
    it is sRGB. Transparent parts become white. The last pictures are remembered. Raises
    `PhotoError`.
    """
    target = pixels or pixels_needed(box)[0]
    image = _open(data, target, box)
    image = _cut(image, box, focus)
    if image.width > target:
        size = (target, max(round(target * box.height / box.width), 1))
        image = image.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
    image = _to_srgb(image)
    if profile is not None:
        image = image.filter(ink_table(profile))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=92, subsampling=0 if profile else 2, icc_profile=None)
    return out.getvalue()


def _open(data: bytes, target: int, box: Box) -> Image.Image:
    """Return the picture upright; a JPEG that is much larger than needed is read smaller."""
    if not data:
        raise PhotoError("empty")
    try:
        image: Image.Image = Image.open(io.BytesIO(data), formats=FORMATS)
        if image.width * image.height > MOST_PIXELS:
            raise PhotoError("too_large")
        # A turned picture needs its longer side for either.
        needed = max(target, int(target * box.height / box.width) + 1)
        image.draft(None, (needed, needed))
        image.load()
        return ImageOps.exif_transpose(image)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PhotoError("too_large") from error
    except (OSError, SyntaxError, ValueError, RuntimeError, EOFError) as error:
        if isinstance(error, PhotoError):
            raise
        raise PhotoError("unreadable") from error


def _cut(image: Image.Image, box: Box, focus: tuple[float, float]) -> Image.Image:
    """Cut the picture to the box's form, with its focus as near the middle as it can be."""
    ratio = box.width / box.height
    width = min(image.width, round(image.height * ratio)) or 1
    height = min(image.height, round(image.width / ratio)) or 1
    left = _offset(focus[0] * image.width, width, image.width)
    top = _offset(focus[1] * image.height, height, image.height)
    return image.crop((left, top, left + width, top + height))


def _offset(centre: float, length: int, whole: int) -> int:
    return int(min(max(centre - length / 2, 0), whole - length))


def _to_srgb(image: Image.Image) -> Image.Image:
    """Return the picture in sRGB on white, by its own profile if that can be used."""
    profile = image.info.get("icc_profile")
    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        image = image.convert("RGBA")
        ground = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(ground, image).convert("RGB")
    elif image.mode.startswith("I"):
        # 16 bits of grey; a plain conversion makes white of all but the darkest.
        image = image.convert("I").point(lambda grey: grey * (1 / 257)).convert("L")
    elif image.mode == "P":
        image = image.convert("RGB")
    if image.mode == "CMYK" and not profile:
        profile = FOGRA39.data
    if profile:
        try:
            own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(image, own, _SRGB, outputMode="RGB")
        except (ImageCms.PyCMSError, OSError, ValueError):
            converted = None  # a profile of another kind, or a broken one
        if converted is not None:
            return converted
    return image.convert("RGB")


_SRGB = ImageCms.createProfile("sRGB")


@lru_cache(maxsize=64)
def as_ink(rgb: str, profile: Profile) -> tuple[int, int, int, int]:
    """Return the inks, in per cent, that a picture has where it is `#rrggbb`."""
    inks: tuple[int, ...] = (
        Image.new("RGB", (1, 1), rgb).filter(ink_table(profile)).getpixel((0, 0))  # type: ignore[assignment]
    )
    cyan, magenta, yellow, black = (round(ink / 2.55) for ink in inks)
    return cyan, magenta, yellow, black


@lru_cache(maxsize=4)
def ink_table(profile: Profile) -> ImageFilter.Color3DLUT:
    """Return the way from sRGB to a profile's inks as a table; no node exceeds the ink limit.

    Raises `ImageCms.PyCMSError` for a profile of no CMYK press.
    """
    target = ImageCms.ImageCmsProfile(io.BytesIO(profile.data))
    transform = ImageCms.buildTransform(
        _SRGB,
        target,
        "RGB",
        "CMYK",
        ImageCms.Intent.RELATIVE_COLORIMETRIC,
        ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )
    grid = Image.new("RGB", (NODES * NODES, NODES))
    grid.putdata([tuple(round(255 * part / (NODES - 1)) for part in node) for node in _nodes()])
    inks = transform.apply(grid).tobytes()
    table: list[float] = []
    for start in range(0, len(inks), 4):
        table += _within_limit(*inks[start : start + 4])
    return ImageFilter.Color3DLUT(NODES, table, channels=4, target_mode="CMYK")


def _nodes() -> Iterator[tuple[int, int, int]]:
    """Yield the table's nodes; red changes fastest."""
    for blue in range(NODES):
        for green in range(NODES):
            for red in range(NODES):
                yield red, green, blue


def _within_limit(cyan: int, magenta: int, yellow: int, black: int) -> list[float]:
    """Return inks (0–255) as shares; too much is taken from the three colours, black stays."""
    colours, limit = cyan + magenta + yellow, PICTURE_INK * 2.55
    factor = min(1.0, (limit - black) / colours) if colours else 1.0
    return [*(ink * factor / 255 for ink in (cyan, magenta, yellow)), black / 255]
