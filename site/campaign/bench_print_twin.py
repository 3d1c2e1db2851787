"""A lying card in HTML and CSS for WeasyPrint: the same texts, fonts, colours and places.

WeasyPrint does not fit texts into boxes: the sizes of its letters are those of our own file.
"""

import base64
import io
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

import pikepdf

from postcards.print import fonts, typesetting
from postcards.print.card import CardData
from postcards.print.colors import PAIRS, TEXT, Ink
from postcards.print.content import read_page
from postcards.print.formats import FOGRA39, Preset
from postcards.print.photos import Box, layout, prepare
from postcards.print.qr import make_code

#: Family, weight and style of each of the template's fonts.
FACES = (
    ("Barlow", 400, "normal"),
    ("Barlow", 400, "italic"),
    ("Barlow", 600, "normal"),
    ("Barlow", 600, "italic"),
    ("Barlow Condensed", 700, "normal"),
    ("Barlow Condensed", 800, "normal"),
)
STYLES = """
* { margin: 0; padding: 0 }
html { font: 9pt/1.2 Barlow; hyphens: none }
section { position: relative; width: 148mm; height: 105mm }
section > * { position: absolute; font-weight: 400 }
.back { break-before: page }
b { font-weight: 600 }
h1, .numeral { font-family: Barlow Condensed; font-weight: 800; line-height: 0.97 }
h2 { font: 700 13pt/1.2 Barlow Condensed }
.source { font: 600 10.5pt/1 Barlow }
.wording { hyphens: auto; line-height: 1.12 }
.wording p { margin-bottom: 0.4em }
.imprint { hyphens: auto; line-height: 1.02 }
.imprint p { margin-top: 0.2em }
"""


@dataclass(frozen=True)
class Sizes:
    """How large the letters of a card are, in points."""

    headline: float
    numeral: float
    wording: float
    imprint: float


def sizes_of(pdf: bytes) -> Sizes:
    """Return the sizes of the letters in our own PDF of a card."""
    with pikepdf.Pdf.open(io.BytesIO(pdf)) as file:
        front, back = (
            [round(item.size, 2) for item in read_page(page) if item.kind == "text"]
            for page in file.pages
        )
    # In the order of drawing; the wording follows a title of 13 points.
    wording = next(size for size in back if size < 13)
    return Sizes(front[0], front[-1], wording, back[-1])


@dataclass(frozen=True)
class Twin:
    """A card for WeasyPrint: its page in HTML, its style sheet, the variant of PDF."""

    document: str
    styles: str
    variant: str


def twin_of(card: CardData, sizes: Sizes, *, press: bool) -> Twin:
    """Return the card as PDF/X-4 with bleed and profile, or as PDF/UA-1 for screens."""
    face = _Face(card, sizes, press=press)
    return Twin(face.document(), face.styles(), "pdf/x-4" if press else "pdf/ua-1")


class _Face:
    """The card's HTML and CSS, in ink or in light."""

    def __init__(self, card: CardData, sizes: Sizes, *, press: bool) -> None:
        self.card, self.sizes, self.press = card, sizes, press
        self.bleed = Preset().bleed if press else 0
        self.pair, self.code = PAIRS[card.color], make_code(card.url)

    def styles(self) -> str:
        """Return the style sheet."""
        sizes = self.sizes
        rules = [
            f"@page {{ size: 148mm 105mm; margin: 0; bleed: {self.bleed}mm }}",
            f"html {{ color: {self._color(TEXT)} }}",
            f".front {{ color: {self._color(self.pair.ink)} }}",
            f".ground {{ background: {self._color(self.pair.ground)} }}",
            f".line {{ background: {self._color(TEXT)} }}",
            f"h1 {{ font-size: {sizes.headline}pt }} .numeral {{ font-size: {sizes.numeral}pt }}",
            f".wording {{ font-size: {sizes.wording}pt }}",
            f".imprint {{ font-size: {sizes.imprint}pt }}",
        ]
        for (family, weight, style), path in zip(FACES, fonts.font_paths(), strict=True):
            rules.append(
                f"@font-face {{ font-family: {family}; font-weight: {weight}; font-style: {style};"
                f" src: url({path.as_uri()}) }}"
            )
        if self.press:
            rules.append(
                f"@color-profile device-cmyk {{ src: url({FOGRA39.path.as_uri()});"
                " components: cyan, magenta, yellow, black }"
            )
        return STYLES + "\n".join(rules)

    def document(self) -> str:
        """Return the page in HTML."""
        return (
            f'<!doctype html><html lang="{self.card.language}"><head><meta charset="utf-8">'
            f"<title>{_text(self.card.title)}</title>"
            f'<meta name="author" content="{_text(self.card.author)}"></head><body>'
            f'<section class="front">{"".join(self._front())}</section>'
            f'<section class="back">{"".join(self._back())}</section></body></html>'
        )

    def _front(self) -> Iterator[str]:
        card, bleed = self.card, self.bleed
        yield _box("ground", Box(-bleed, -bleed, 148 + 2 * bleed, 105 + 2 * bleed))
        top, width = 7.0, 134.0
        if card.photo is not None:
            place, panel = layout(148, 105, bleed)
            profile = FOGRA39 if self.press else None
            jpeg = prepare(card.photo.data, place, card.photo.focus, profile=profile)
            yield _image(jpeg, "image/jpeg", card.photo.alt, place)
            top, width = panel.y + 5.5, 118.0
        yield f'<h1 style="left: 7mm; top: {top}mm; width: {width}mm">{_text(card.headline)}</h1>'
        yield f'<p class="source" style="left: 7mm; bottom: 7mm">{_text(card.source)}</p>'
        yield f'<p class="numeral" style="right: 7mm; bottom: 3mm">{_text(card.numeral)}</p>'

    def _back(self) -> Iterator[str]:
        card, code, width = self.card, self.code, typesetting.PANEL_RIGHT - 6
        yield _box("ground", Box(6, 6, 14, 1.2))
        yield f'<h2 style="left: 6mm; top: 9mm">{_text(card.back_title)}</h2>'
        paragraphs = (
            "".join(f"<b>{_text(run.text)}</b>" if run.bold else _text(run.text) for run in runs)
            for runs in card.back
        )
        yield f'<div class="wording" style="left: 6mm; top: 17.5mm; width: {width}mm">'
        yield from (f"<p>{paragraph}</p>" for paragraph in paragraphs)
        yield "</div>"
        corner = Box(6 - code.quiet, 99 + code.quiet - code.size, code.size, code.size)
        yield _image(self._drawn_code(), "image/svg+xml", card.url_label, corner)
        left = code.size - code.quiet + 0.5
        yield f'<div class="imprint" style="left: {6 + left}mm; bottom: 6mm;'
        yield f' width: {width - left}mm">'
        yield from (f"<p>{_text(line)}</p>" for line in card.imprint)
        yield "</div>"
        yield _box("line", Box(typesetting.PANEL_RIGHT + 1.4, 6, 0.12, 93))
        length = typesetting.ADDRESS_RIGHT - typesetting.ADDRESS_LEFT
        for y in typesetting.ADDRESS_LINES:
            yield _box("line", Box(typesetting.ADDRESS_LEFT, y, length, 0.12))

    def _drawn_code(self) -> bytes:
        """Return the QR code as SVG: one path of bars."""
        module = self.code.module
        bars = "".join(f"M{x} {y}h{w}v{module}h-{w}z" for x, y, w in self.code.runs)
        size = self.code.size
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}">'
            f'<path fill="{self._color(TEXT)}" d="{bars}"/></svg>'
        ).encode()

    def _color(self, ink: Ink) -> str:
        if not self.press:
            return ink.rgb
        return f"device-cmyk({' '.join(f'{part}%' for part in ink.cmyk)})"


def _text(text: str) -> str:
    return escape(fonts.clean(text))


def _place(box: Box) -> str:
    left, top, width, height = box.as_list()
    return f"left: {left}mm; top: {top}mm; width: {width}mm; height: {height}mm"


def _box(name: str, box: Box) -> str:
    return f'<div class="{name}" style="{_place(box)}"></div>'


def _image(data: bytes, media_type: str, alt: str, box: Box) -> str:
    source = f"data:{media_type};base64,{base64.b64encode(data).decode()}"
    return f'<img alt="{_text(alt)}" style="{_place(box)}" src="{source}">'
