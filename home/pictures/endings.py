"""Where a picture ends in its file, and whether what follows is a second file.

Cameras write behind a picture: previews, a short film, zeros. That is cleaned away and no reason to
refuse the picture. A web page, an archive or a PDF behind it is: nobody gets there by accident.
"""

import re

#: What a second file is known by; long enough not to occur by chance in a film.
_MARKUP = re.compile(rb"<(?:!doctype|html|head|body|script|iframe|svg[\s>]|\?php)", re.IGNORECASE)
_SIGNATURES = (b"%PDF-", b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c")
#: An archive's end, with the lists or files before it.
_ZIP_END, _ZIP_PARTS = b"PK\x05\x06", (b"PK\x03\x04", b"PK\x01\x02")
#: Markers in a JPEG that have no length: restarts, and the one for "temporary".
_BARE = frozenset({0x01, *range(0xD0, 0xD8)})
_START, _SCAN, _END = 0xD8, 0xDA, 0xD9


def hides_a_file(content: bytes, kind: str) -> bool:
    """Tell whether a second file follows a picture of this kind (Pillow's name)."""
    behind = content[_end(content, kind) :]
    if _ZIP_END in behind and any(part in behind for part in _ZIP_PARTS):
        return True
    return bool(_MARKUP.search(behind)) or any(known in behind for known in _SIGNATURES)


def _end(content: bytes, kind: str) -> int:
    """Return where a picture ends; the file's own end if that cannot be told."""
    ends = {"JPEG": _end_of_jpeg, "PNG": _end_of_png, "WEBP": _end_of_riff, "GIF": _end_of_gif}
    ends |= {"MPO": _end_of_jpeg, "AVIF": _end_of_boxes}
    try:
        return ends[kind](content)
    except (IndexError, ValueError, KeyError):
        return len(content)


def _number(content: bytes, at: int, size: int, order: str = "big") -> int:
    part = content[at : at + size]
    if len(part) < size:
        raise IndexError(at)
    return int.from_bytes(part, "little" if order == "little" else "big")


def _end_of_jpeg(content: bytes) -> int:
    at = 2
    while True:
        at = content.index(b"\xff", at)
        marker = content[at + 1]
        if marker == _END:
            return at + 2
        if marker == 0xFF:  # padding
            at += 1
        elif marker in _BARE or marker in {0, _START}:  # within a scan, 0 is no marker
            at += 2
        else:
            at += 2 + _number(content, at + 2, 2)


def _end_of_png(content: bytes) -> int:
    at = 8
    while True:
        size, name = _number(content, at, 4), content[at + 4 : at + 8]
        at += 12 + size
        if name == b"IEND":
            return at


def _end_of_riff(content: bytes) -> int:
    return 8 + _number(content, 4, 4, "little")


def _end_of_gif(content: bytes) -> int:
    at = 13 + _colors(content[10])
    while content[at] != 0x3B:  # the trailer
        if content[at] == 0x21:  # an extension
            at = _after_blocks(content, at + 2)
        elif content[at] == 0x2C:  # a picture
            at = _after_blocks(content, at + 11 + _colors(content[at + 9]))
        else:
            raise ValueError(at)
    return at + 1


def _colors(flags: int) -> int:
    """Return the bytes of a table of colours, as its flags tell."""
    return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0


def _after_blocks(content: bytes, at: int) -> int:
    while size := content[at]:
        at += 1 + size
    return at + 1


def _end_of_boxes(content: bytes) -> int:
    """Return where the boxes of a HEIF end; a box that the format does not know is none."""
    at = 0
    while at < len(content):
        size, name = _number(content, at, 4), content[at + 4 : at + 8]
        if size == 1:
            size = _number(content, at + 8, 8)
        if size < 8 or not name.isalnum() or at + size > len(content):
            break
        at += size
    return at
