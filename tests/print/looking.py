"""Looks at finished files: their pixels, their boxes, and what a screen reader hears."""

import io
import re
from collections import defaultdict
from functools import lru_cache

import page as validation
import pikepdf
import pypdfium2

from postcards.print.content import POINTS_PER_MM, read_page

MM_PER_INCH = 25.4


@lru_cache(maxsize=24)
def raster(pdf, page, dpi, *, gray=False):
    """Return a page as a picture."""
    with pypdfium2.PdfDocument(pdf) as document:
        return document[page].render(scale=dpi / 72, grayscale=gray).to_pil().copy()


def cut(image, dpi, box):
    """Return what lies whole within left, top, right and bottom, in millimetres of the page."""
    left, top, right, bottom = (side * dpi / MM_PER_INCH for side in box)
    return image.crop((-int(-left // 1), -int(-top // 1), int(right), int(bottom)))


def boxes(pdf, name):
    """Return a box of each page: left, bottom, right, top in millimetres."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        return [[float(part) / POINTS_PER_MM for part in page.obj[name]] for page in file.pages]


@lru_cache(maxsize=64)
def items(pdf, page):
    """Return what a page draws, in millimetres from its left upper corner."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        height = float(file.pages[page].mediabox[3]) / POINTS_PER_MM
        found = []
        for item in read_page(file.pages[page]):
            left, bottom, right, top = (side / POINTS_PER_MM for side in item.box)
            found.append((item, (left, height - top, right, height - bottom)))
        return found


def upright(box, portrait, width):
    """Return a box of an address side as it is read; an upright card has it a quarter turned."""
    left, top, right, bottom = box
    return (top, width - right, bottom, width - left) if portrait else box


def copied(pdf, page):
    """Return what a reader copies from a page, its lines joined."""
    with pypdfium2.PdfDocument(pdf) as document:
        found = document[page].get_textpage().get_text_range()
    # PDFium's sign for a hyphen at the end of a line.
    return found.replace("\ufffe", "").replace(" \r\n", " ").replace("\r\n", " ")


def written(pdf):
    """Return the letters of a PDF, by page and by the number of their marked content, or None.

    Hyphens that only the end of a line has brought are soft ones, and left out.
    """
    words = defaultdict(str)
    with pikepdf.open(io.BytesIO(pdf)) as file:
        for number, page in enumerate(file.pages):
            for mark, letters in _shown(page):
                words[number, mark] += letters
    return words


def _shown(page):
    """Yield the letters that a page shows, each with the number of their marked content."""
    fonts = {name: _alphabet(font) for name, font in page.Resources.Font.items()}
    marks, alphabet = [(None, False)], {}
    for operands, operator in pikepdf.parse_content_stream(page):
        mark, is_said = marks[-1]
        match str(operator):
            case "BDC" | "BMC":
                properties = operands[-1] if isinstance(operands[-1], pikepdf.Dictionary) else {}
                mark = properties.get("/MCID", mark)
                marks.append((mark, is_said or "/ActualText" in properties))
                yield mark, str(properties.get("/ActualText", ""))
            case "EMC":
                marks.pop()
            case "Tf":
                alphabet = fonts[str(operands[0])]
            case "Tj" | "TJ" if not is_said:
                yield mark, _letters(operands[0], alphabet)


def _letters(shown, alphabet):
    parts = shown if isinstance(shown, pikepdf.Array) else [shown]
    codes = b"".join(bytes(part) for part in parts if isinstance(part, pikepdf.String))
    return "".join(alphabet[codes[i : i + 2]] for i in range(0, len(codes), 2))


def _alphabet(font):
    """Return a font's letters by their codes."""
    pairs = re.findall(r"<(\w{4})> <(\w+)>\n", font.ToUnicode.read_bytes().decode())
    letters = {bytes.fromhex(code): bytes.fromhex(word).decode("utf-16-be") for code, word in pairs}
    return {code: "" if letter == "\u00ad" else letter for code, letter in letters.items()}


def broken_rules(pdf, profile):
    """Return the rules of a standard that a PDF does not keep."""
    failures = validation.validate_pdf_bytes(pdf, profile=profile).failures
    return [failure.rule_id for failure in failures]


def heard(pdf):
    """Return what a screen reader goes through: pairs of a tag and its text or alternative."""
    marked = written(pdf)
    with pikepdf.open(io.BytesIO(pdf)) as file:
        numbers = {page.obj.objgen: number for number, page in enumerate(file.pages)}
        root = file.Root.StructTreeRoot.K
        return list(_nodes(root[0] if isinstance(root, pikepdf.Array) else root, marked, numbers))


def _nodes(node, marked, numbers):
    children = node.get("/K", [])
    children = list(children) if isinstance(children, pikepdf.Array) else [children]
    leaves = [child for child in children if not isinstance(child, pikepdf.Dictionary)]
    words = ""
    if leaves:
        page = numbers[node.Pg.objgen]
        words = "".join(marked[page, int(leaf)] for leaf in leaves)
    yield str(node.S).lstrip("/"), str(node.get("/Alt", words)).strip()
    for child in children:
        if isinstance(child, pikepdf.Dictionary):
            yield from _nodes(child, marked, numbers)
