"""Judges a finished card as a print shop would, without asking how it was made."""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

import pikepdf
from pikepdf import Name, Pdf
from PIL import ImageMath

from .colors import INK_LIMIT
from .content import POINTS_PER_MM, Item, read_page
from .formats import STANDARDS, Preset
from .photos import RESOLUTION
from .qr import QUIET_MODULES, SMALLEST_MODULE

Check = Literal[
    "file",
    "boxes",
    "standard",
    "profile",
    "fonts",
    "colour",
    "black",
    "ink",
    "resolution",
    "lines",
    "text",
    "margin",
    "qr",
    "franking",
    "coding",
    "tags",
    "alt",
    "language",
]
#: The checks that ask where things lie on a card; a sheet of many cards has others.
ON_CARD = frozenset({"margin", "qr", "franking", "coding"})

#: Millimetres from the trim where nothing important may stand.
SAFE_MARGIN = 4.0
SMALLEST_TEXT, THINNEST_LINE = 6.0, 0.25
#: Deutsche Post, national postcard: width and height of the zone for the stamp (top right), height
#: of the zone for machines (bottom right, as wide), in millimetres.
FRANKING, CODING_HEIGHT = (74.0, 40.0), 15.0
#: How exactly boxes have to lie, in millimetres; shops allow 0.25.
EXACT = 0.01
#: What comes of files whose parts are missing, or are of another kind than they should be.
UNREADABLE = (
    pikepdf.PdfError,
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    RuntimeError,
    OSError,
)
#: Rounding of numbers in files: points, per cent.
NEARLY = 0.05


@dataclass(frozen=True)
class Finding:
    """What a check has found: `value` as it is, `wanted` as it should be, both for people."""

    check: Check
    ok: bool
    value: str = ""
    wanted: str = ""


@dataclass
class _Sheet:
    """A file that is looked at."""

    file: Pdf
    preset: Preset
    trim: tuple[float, float]
    bleed: int
    pages: list[list[Item]] = field(default_factory=list)

    def items(self) -> Iterator[Item]:
        for items in self.pages:
            yield from items


def check_press(
    pdf: bytes, preset: Preset, trim: tuple[float, float], *, is_card: bool = True
) -> list[Finding]:
    """Return what there is to say of a press file whose trimmed pages measure `trim` millimetres.

    A card has two pages, front and back, with bleed; with `is_card` false the pages are whole
    sheets. A file that cannot be read has one finding, "file".
    """
    try:
        with Pdf.open(io.BytesIO(pdf)) as file:
            sheet = _Sheet(file, preset, trim, preset.bleed if is_card else 0)
            sheet.pages = [read_page(page) for page in file.pages]
            checks = [name for name in PRESS_CHECKS if is_card or name not in ON_CARD]
            return [CHECKS[name](sheet) for name in checks]
    except UNREADABLE as error:
        return [Finding("file", ok=False, value=str(error))]


def check_readable(pdf: bytes) -> list[Finding]:
    """Return what there is to say of a PDF for screens and screen readers."""
    try:
        with Pdf.open(io.BytesIO(pdf)) as file:
            return [_tags(file), _alternatives(file), _language(file), _fonts_of(file)]
    except UNREADABLE as error:
        return [Finding("file", ok=False, value=str(error))]


def is_green(findings: list[Finding]) -> bool:
    """Tell whether nothing is left to do."""
    return all(finding.ok for finding in findings)


# --- The file --------------------------------------------------------------------------------


def _boxes(sheet: _Sheet) -> Finding:
    wanted_trim = [side * POINTS_PER_MM for side in sheet.trim]
    bleed = sheet.bleed * POINTS_PER_MM
    exact = EXACT * POINTS_PER_MM
    found = []
    right = len(sheet.pages) == 2
    for page in sheet.file.pages:
        media, trim = _box(page, "/MediaBox"), _box(page, "/TrimBox")
        bleeding = _box(page, "/BleedBox")
        if trim is None or bleeding is None or media is None:
            return Finding("boxes", ok=False, value="–", wanted="TrimBox, BleedBox")
        sides = [trim[2] - trim[0], trim[3] - trim[1]]
        found.append(" × ".join(f"{side / POINTS_PER_MM:.2f}" for side in sides))
        around = [
            inner - outer
            for inner, outer in zip(
                (trim[0], trim[1], bleeding[2], bleeding[3]),
                (bleeding[0], bleeding[1], trim[2], trim[3]),
                strict=True,
            )
        ]
        right &= all(abs(a - b) < exact for a, b in zip(sides, wanted_trim, strict=True))
        right &= all(abs(margin - bleed) < exact for margin in around)
        right &= all(abs(a - b) < exact for a, b in zip(media, bleeding, strict=True))
    wanted = "2 × " + " × ".join(f"{side:.2f}" for side in sheet.trim)
    around_it = f" + {sheet.bleed} mm" if sheet.bleed else ""
    return Finding("boxes", right, f"{', '.join(found)} mm", f"{wanted} mm{around_it}")


def _box(page: pikepdf.Page, name: str) -> list[float] | None:
    box = page.obj.get(name)
    return [float(part) for part in box] if box is not None else None


def _standard(sheet: _Sheet) -> Finding:
    wanted = STANDARDS[sheet.preset.standard]
    file = sheet.file
    info = file.docinfo
    found = str(info.get("/GTS_PDFXVersion", ""))
    if sheet.preset.standard == "x4":
        with file.open_metadata(update_docinfo=False) as metadata:
            found = str(metadata.get("{http://www.npes.org/pdfx/ns/id/}GTS_PDFXVersion", ""))
    right = (
        found == wanted.name
        and file.pdf_version == wanted.version
        and not file.is_encrypted
        and info.get("/Trapped") == Name("/False")
        and all(key in info for key in ("/Title", "/CreationDate", "/ModDate"))
        and not any(_is_transparent(page) for page in file.pages)
    )
    return Finding("standard", right, f"{found or '–'} (PDF {file.pdf_version})", wanted.name)


def _is_transparent(page: pikepdf.Page) -> bool:
    """Tell whether something on a page shines through."""
    resources: Any = page.obj.get(Name.Resources, {})
    for state in dict(resources.get(Name.ExtGState, {})).values():
        opacity = min(float(state.get(Name.ca, 1)), float(state.get(Name.CA, 1)))
        if opacity < 1 or state.get(Name.SMask, Name.None_) != Name("/None"):
            return True
    objects = dict(resources.get(Name.XObject, {})).values()
    return Name.Group in page.obj or any(Name.SMask in thing for thing in objects)


def _profile(sheet: _Sheet) -> Finding:
    wanted = sheet.preset.profile.identifier
    intents: Any = sheet.file.Root.get(Name.OutputIntents, [])
    found = next((one for one in intents if one.get(Name.S) == Name.GTS_PDFX), None)
    if found is None:
        return Finding("profile", ok=False, value="–", wanted=wanted)
    name = str(found.get(Name.OutputConditionIdentifier, ""))
    profile = found.get(Name.DestOutputProfile)
    data = profile.read_bytes() if profile is not None else b""
    is_press = data[16:20] == b"CMYK" and data[12:16] == b"prtr" and data[36:40] == b"acsp"
    return Finding("profile", name == wanted and is_press, name, wanted)


def _fonts(sheet: _Sheet) -> Finding:
    return _fonts_of(sheet.file)


def _fonts_of(file: Pdf) -> Finding:
    names: set[str] = set()
    missing: set[str] = set()
    for font in _all_fonts(file):
        name = str(font.get(Name.BaseFont, "/?")).lstrip("/").rpartition("+")[2]
        inner = font.DescendantFonts[0] if Name.DescendantFonts in font else font
        descriptor = inner.get(Name.FontDescriptor, {})
        embedded = any(f"/FontFile{kind}" in descriptor for kind in ("", "2", "3"))
        (names if embedded else missing).add(name)
    found = ", ".join(sorted(missing or names))
    return Finding("fonts", not missing and bool(names), found)


def _all_fonts(file: Pdf) -> Iterator[Any]:
    for page in file.pages:
        yield from _fonts_below(page.obj.get(Name.Resources, {}), 0)


def _fonts_below(resources: Any, depth: int) -> Iterator[Any]:
    yield from dict(resources.get(Name.Font, {})).values()
    if depth < 8:
        for thing in dict(resources.get(Name.XObject, {})).values():
            if inner := thing.get(Name.Resources):
                yield from _fonts_below(inner, depth + 1)


# --- Colour ----------------------------------------------------------------------------------


def _is_ink(item: Item) -> bool:
    if item.kind != "image":
        return item.colour.space in {"DeviceCMYK", "DeviceGray"}
    return item.image.get(Name.ColorSpace) in {Name.DeviceCMYK, Name.DeviceGray}


def _colour(sheet: _Sheet) -> Finding:
    others = {
        str(item.image.get(Name.ColorSpace)) if item.kind == "image" else item.colour.space
        for item in sheet.items()
        if not _is_ink(item)
    }
    return Finding("colour", not others, ", ".join(sorted(others)) or "CMYK", "CMYK")


def _black(sheet: _Sheet) -> Finding:
    """Letters and lines are black ink alone or paper; no surface has black with other inks."""
    wrong = []
    for item in sheet.items():
        if item.kind == "image" or item.colour.is_key_or_paper:
            continue
        inks = item.colour.parts
        is_rich = len(inks) == 4 and inks[3] > 0.9
        if item.kind in {"text", "stroke"} or is_rich:
            wrong.append(" ".join(f"{100 * part:.0f}" for part in inks))
    return Finding("black", not wrong, ", ".join(dict.fromkeys(wrong)) or "100 K", "100 K")


def _ink(sheet: _Sheet) -> Finding:
    most = 0.0
    for item in sheet.items():
        most = max(most, _picture_ink(item.image) if item.kind == "image" else item.colour.ink)
    return Finding("ink", most <= INK_LIMIT + NEARLY, f"{most:.0f} %", f"≤ {INK_LIMIT} %")


def _picture_ink(image: Any) -> float:
    """Return the most ink that a point of a picture takes, in per cent."""
    picture = pikepdf.PdfImage(image).as_pil_image()
    if picture.mode != "CMYK":
        return 0.0 if picture.mode == "RGB" else 100.0
    inks = dict(zip("cmyk", (channel.convert("I") for channel in picture.split()), strict=True))
    total = ImageMath.lambda_eval(lambda a: a["c"] + a["m"] + a["y"] + a["k"], **inks)
    return float(total.getextrema()[1]) / 2.55


def _resolution(sheet: _Sheet) -> Finding:
    lowest = None
    for item in sheet.items():
        if item.kind == "image":
            width, height = item.box[2] - item.box[0], item.box[3] - item.box[1]
            dots = min(
                int(item.image.Width) / max(width, 1e-6), int(item.image.Height) / max(height, 1e-6)
            )
            lowest = min(dots * 72, lowest or dots * 72)
    right = lowest is None or lowest >= RESOLUTION - 1
    return Finding(
        "resolution", right, f"{lowest:.0f} dpi" if lowest else "", f"≥ {RESOLUTION} dpi"
    )


def _lines(sheet: _Sheet) -> Finding:
    widths = [item.size for item in sheet.items() if item.kind == "stroke"]
    thinnest = min(widths, default=THINNEST_LINE)
    right = thinnest >= THINNEST_LINE - 0.005
    return Finding("lines", right, f"{thinnest:.2f} pt", f"≥ {THINNEST_LINE} pt")


def _text(sheet: _Sheet) -> Finding:
    sizes = [item.size for item in sheet.items() if item.kind == "text"]
    smallest = min(sizes, default=0.0)
    right = smallest >= SMALLEST_TEXT - NEARLY
    return Finding("text", right, f"{smallest:.1f} pt", f"≥ {SMALLEST_TEXT:.0f} pt")


# --- Places on the card ----------------------------------------------------------------------


def _margin(sheet: _Sheet) -> Finding:
    """Letters and the code's bars keep their distance from the trim."""
    nearest = 1e6
    for page, items in zip(sheet.file.pages, sheet.pages, strict=True):
        left, bottom, right, top = _box(page, "/TrimBox") or (0, 0, 0, 0)
        code = _code(items) if page.index == 1 else None
        boxes = [item.box for item in items if item.kind == "text"]
        for box in [*boxes, *([code.box] if code else [])]:
            nearest = min(nearest, box[0] - left, box[1] - bottom, right - box[2], top - box[3])
    distance = nearest / POINTS_PER_MM
    ok = distance >= SAFE_MARGIN - EXACT
    return Finding("margin", ok, f"{distance:.1f} mm", f"≥ {SAFE_MARGIN:.0f} mm")


@dataclass(frozen=True)
class _Code:
    """A QR code on a page: its box, without the quiet zone, and its module, in points."""

    box: tuple[float, float, float, float]
    module: float
    bars: frozenset[int]


def _code(items: list[Item]) -> _Code | None:
    """Return the code on a page: the largest group of bars of one height in black ink alone."""
    groups: dict[float, list[Item]] = {}
    for item in items:
        if item.kind == "fill" and item.colour.is_key_or_paper and not item.colour.is_paper:
            height = min(item.box[3] - item.box[1], item.box[2] - item.box[0])
            groups.setdefault(round(height, 1), []).append(item)
    bars = max(groups.values(), key=len, default=[])
    if len(bars) < 21:  # a code has as many rows at least
        return None
    boxes = [bar.box for bar in bars]
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    module = min(min(box[3] - box[1], box[2] - box[0]) for box in boxes)
    around = (min(lefts), min(bottoms), max(rights), max(tops))
    return _Code(around, module, frozenset(map(id, bars)))


def _qr(sheet: _Sheet) -> Finding:
    wanted = f"≥ {SMALLEST_MODULE} mm, {QUIET_MODULES} ×"
    items = sheet.pages[1] if len(sheet.pages) > 1 else []
    code = _code(items)
    if code is None:
        return Finding("qr", ok=False, value="–", wanted=wanted)
    quiet = QUIET_MODULES * code.module - NEARLY
    left, bottom, right, top = code.box
    zone = (left - quiet, bottom - quiet, right + quiet, top + quiet)
    disturbed = any(
        id(item) not in code.bars and not item.colour.is_paper and _meets(item.box, zone)
        for item in items
    )
    module = code.module / POINTS_PER_MM
    value = f"{module:.2f} mm, {'< ' if disturbed else ''}{QUIET_MODULES} ×"
    return Finding("qr", module >= SMALLEST_MODULE - EXACT and not disturbed, value, wanted)


def _meets(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _franking(sheet: _Sheet) -> Finding:
    return _empty(sheet, "franking", FRANKING[0], FRANKING[1], top=True)


def _coding(sheet: _Sheet) -> Finding:
    return _empty(sheet, "coding", max(sheet.trim) / 2, CODING_HEIGHT, top=False)


def _empty(sheet: _Sheet, check: Check, width: float, height: float, *, top: bool) -> Finding:
    """Nothing is printed in a corner at the right of the address side, as it is read.

    An upright card has its address side a quarter turned: its right is the page's bottom.
    """
    wanted = f"{width:.0f} × {height:.0f} mm"
    if len(sheet.pages) < 2:
        return Finding(check, ok=False, value="–", wanted=wanted)
    page, items = sheet.file.pages[1], sheet.pages[1]
    box = _box(page, "/TrimBox") or [0, 0, 0, 0]
    wide, tall = width * POINTS_PER_MM, height * POINTS_PER_MM
    if box[2] - box[0] >= box[3] - box[1]:
        zone = (box[2] - wide, box[3] - tall if top else box[1], box[2], 0.0)
        zone = (*zone[:3], box[3] if top else box[1] + tall)
    else:
        left = box[2] - tall if top else box[0]
        zone = (left, box[1], left + tall, box[1] + wide)
    inner = (zone[0] + NEARLY, zone[1] + NEARLY, zone[2] - NEARLY, zone[3] - NEARLY)
    met = [item for item in items if not item.colour.is_paper and _meets(item.box, inner)]
    return Finding(check, not met, f"{len(met)}" if met else wanted, wanted)


# --- For reading -----------------------------------------------------------------------------


def _tags(file: Pdf) -> Finding:
    root: Any = file.Root
    marked = bool(root.get(Name.MarkInfo, {}).get(Name.Marked, False))
    title = str(file.docinfo.get("/Title", ""))
    shown = bool(root.get(Name.ViewerPreferences, {}).get(Name.DisplayDocTitle, False))
    return Finding("tags", marked and Name.StructTreeRoot in root and bool(title) and shown, title)


def _alternatives(file: Pdf) -> Finding:
    missing = sum(
        1
        for node in _nodes(file.Root.get(Name.StructTreeRoot), 0)
        if node.get(Name.S) == Name.Figure and not str(node.get(Name.Alt, "")).strip()
    )
    return Finding("alt", not missing, str(missing) if missing else "")


def _nodes(node: Any, depth: int) -> Iterator[Any]:
    """Yield the nodes of a structure tree."""
    if not isinstance(node, pikepdf.Dictionary) or depth > 60:
        return
    yield node
    children = node.get(Name.K)
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        yield from _nodes(child, depth + 1)


def _language(file: Pdf) -> Finding:
    language = str(file.Root.get(Name.Lang, ""))
    return Finding("language", bool(language), language)


CHECKS: dict[Check, Callable[[_Sheet], Finding]] = {
    "boxes": _boxes,
    "standard": _standard,
    "profile": _profile,
    "fonts": _fonts,
    "colour": _colour,
    "black": _black,
    "ink": _ink,
    "resolution": _resolution,
    "lines": _lines,
    "text": _text,
    "margin": _margin,
    "qr": _qr,
    "franking": _franking,
    "coding": _coding,
}
#: In the order in which a press file is judged.
PRESS_CHECKS = tuple(CHECKS)
