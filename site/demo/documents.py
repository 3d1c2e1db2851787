"""Tiny PDF files for the download block: one A4 page of text, written without any library."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from typing import Final

PAGE: Final = (595, 842)  # A4 in points
MARGIN: Final = 56
COLUMNS: Final = 80  # characters of 11 point Helvetica that safely fit between the margins


def pdf(title: str, paragraphs: Iterable[str]) -> bytes:
    """Return a PDF of one page with a title and paragraphs; the same text gives the same bytes.

    A paragraph that begins with "# " is a heading. What does not fit on the page raises
    ValueError, as does a character that the built-in fonts (Windows-1252) do not have.
    """
    content = _content(title, paragraphs)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /Lang (de-DE) "
        b"/ViewerPreferences << /DisplayDocTitle true >> >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents 6 0 R "
        b"/Resources << /Font << /F1 4 0 R /F2 5 0 R >> >> >>" % PAGE,
        _font(b"Helvetica"),
        _font(b"Helvetica-Bold"),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Title (%s) >>" % _escape(title),
    ]
    return _file(objects)


def _font(name: bytes) -> bytes:
    return b"<< /Type /Font /Subtype /Type1 /BaseFont /%s /Encoding /WinAnsiEncoding >>" % name


def _escape(text: str) -> bytes:
    r"""Encode a PDF string: Windows-1252 with `\`, `(` and `)` escaped."""
    try:
        raw = text.encode("cp1252")
    except UnicodeEncodeError as error:
        raise ValueError(text[error.start : error.end]) from error
    return raw.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def _content(title: str, paragraphs: Iterable[str]) -> bytes:
    """Lay out the page from top to bottom as PDF drawing operators."""
    y = PAGE[1] - MARGIN - 24
    parts = [b"0.133 0.149 0.369 rg", b"%d %d 48 6 re f" % (MARGIN, y + 38)]

    def line(text: str, font: bytes, size: int, leading: int) -> None:
        nonlocal y
        if y < MARGIN:
            raise ValueError(text)
        parts.append(b"BT /%s %d Tf %d %d Td (%s) Tj ET" % (font, size, MARGIN, y, _escape(text)))
        y -= leading

    for row in textwrap.wrap(title, 38):
        line(row, b"F2", 22, 27)
    parts.append(b"0.078 0.071 0.059 rg")
    y -= 8
    for paragraph in paragraphs:
        if paragraph.startswith("# "):
            y -= 6
            line(paragraph[2:], b"F2", 13, 19)
            continue
        for row in textwrap.wrap(paragraph, COLUMNS):
            line(row, b"F1", 11, 16)
        y -= 6
    return b"\n".join(parts)


def _file(objects: list[bytes]) -> bytes:
    """Number the objects and append the cross-reference table that readers need."""
    data = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(data)
    count = len(objects) + 1
    data += b"xref\n0 %d\n0000000000 65535 f \n" % count
    data += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return data + (
        b"trailer\n<< /Size %d /Root 1 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF\n"
        % (count, len(objects), start)
    )
