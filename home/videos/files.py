"""Video files: MP4 (ISO/IEC 14496-12) and WebM (RFC 9559), told by their content.

Read are the few facts that a page shows. Everything that a file says of sizes is checked against
the file, so that a broken or forged one ends in a `ValidationError`, and never costs more than a
bounded number of small reads.
"""

import math
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t

#: More parts than a file has in earnest where the facts stand.
MOST_PARTS = 20_000
#: The longest value that is read, in bytes.
LONGEST_VALUE = 4096
#: What every current browser shows (https://developer.mozilla.org/docs/Web/Media/Guides/Formats).
MP4_CODECS = {b"avc1", b"avc3", b"av01", b"vp09"}
WEBM_CODECS = {b"V_VP8", b"V_VP9", b"V_AV1"}


@dataclass
class VideoFacts:
    """What a file tells of itself; sizes in pixels, 0 for what it does not tell."""

    media_type: str
    seconds: float = 0
    width: int = 0
    height: int = 0
    codec: bytes = b""

    def is_shown_by_browsers(self) -> bool:
        """Tell whether every current browser shows the pictures."""
        return self.codec in MP4_CODECS | WEBM_CODECS


class BrokenVideoError(ValueError):
    """A file does not hold what it says."""


@dataclass(frozen=True)
class Element:
    """A part of a file: its name, and where its content begins and ends."""

    name: bytes
    start: int
    end: int


class Reader:
    """A file's parts, counted."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.size = file.seek(0, 2)
        self._parts = 0

    def read(self, start: int, length: int) -> bytes:
        """Return as many bytes from a place as were asked for."""
        self._file.seek(start)
        data = self._file.read(length)
        if len(data) != length:
            raise BrokenVideoError
        return data

    def value(self, element: Element) -> bytes:
        """Return the content of a small part."""
        return self.read(element.start, min(element.end - element.start, LONGEST_VALUE))

    def part(self, name: bytes, start: int, end: int, outer_end: int) -> Element:
        """Return a part that fits into the one around it."""
        self._parts += 1
        if not start <= end <= outer_end or self._parts > MOST_PARTS:
            raise BrokenVideoError
        return Element(name, start, end)


def read_video(file: IO[bytes]) -> VideoFacts:
    """Return what a video tells of itself; raise `ValidationError` for what no browser shows."""
    try:
        reader = Reader(file)
        head = reader.read(0, 12)
        if head[4:8] == b"ftyp":
            facts = _read_mp4(reader)
        elif head[:4] == EBML:
            facts = _read_webm(reader)
        else:
            raise ValidationError(_t("This is neither an MP4 nor a WebM video."))
    except (BrokenVideoError, struct.error, ArithmeticError) as error:
        message = _t("This video is damaged or incomplete. Please save or upload it again.")
        raise ValidationError(message) from error
    finally:
        file.seek(0)
    if not facts.codec:
        raise ValidationError(_t("There are no moving pictures in this file."))
    if not facts.is_shown_by_browsers():
        raise ValidationError(
            _t(
                "Not every browser shows this kind of video (%(codec)s). Please save it as MP4 "
                "with H.264, or as WebM with VP9."
            )
            % {"codec": facts.codec.decode("ascii", "replace")}
        )
    return facts


# --- MP4 ----------------------------------------------------------------------------------------


def _boxes(reader: Reader, start: int, end: int) -> Iterator[Element]:
    """Yield the boxes between two places."""
    while end - start >= 8:
        length, name = struct.unpack(">I4s", reader.read(start, 8))
        head = 8
        if length == 1:
            length, head = struct.unpack(">Q", reader.read(start + 8, 8))[0], 16
        elif length == 0:
            length = end - start
        yield (box := reader.part(name, start + head, start + length, end))
        start = box.end


def _box(reader: Reader, outer: Element, *path: bytes) -> Element | None:
    """Return the first box at a path inside of another."""
    found: Element | None = outer
    for name in path:
        if found is None:
            return None
        inner = _boxes(reader, found.start, found.end)
        found = next((box for box in inner if box.name == name), None)
    return found


def _read_mp4(reader: Reader) -> VideoFacts:
    facts = VideoFacts("video/mp4")
    top = list(_boxes(reader, 0, reader.size))
    movie = next((box for box in top if box.name == b"moov"), None)
    if movie is None:
        raise BrokenVideoError
    for box in _boxes(reader, movie.start, movie.end):
        if box.name == b"mvhd":
            facts.seconds = _movie_seconds(reader.value(box))
        elif box.name == b"trak":
            _read_mp4_track(reader, box, facts)
    return facts


def _movie_seconds(header: bytes) -> float:
    wide = header[:1] == b"\x01"
    scale, length = struct.unpack_from(">IQ" if wide else ">II", header, 20 if wide else 12)
    unknown = length == (2**64 if wide else 2**32) - 1
    return 0 if unknown else float(length / scale)


def _read_mp4_track(reader: Reader, track: Element, facts: VideoFacts) -> None:
    handler = _box(reader, track, b"mdia", b"hdlr")
    kind = reader.value(handler)[8:12] if handler else b""
    header = _box(reader, track, b"tkhd")
    formats = _box(reader, track, b"mdia", b"minf", b"stbl", b"stsd")
    if kind == b"vide" and not facts.codec and header and formats:
        facts.width, facts.height = (
            n >> 16 for n in struct.unpack(">II", reader.value(header)[-8:])
        )
        facts.codec = reader.value(formats)[12:16]


# --- WebM ---------------------------------------------------------------------------------------

EBML, DOC_TYPE = b"\x1a\x45\xdf\xa3", b"\x42\x82"
SEGMENT, INFO, TRACKS, CLUSTER = (
    b"\x18\x53\x80\x67",
    b"\x15\x49\xa9\x66",
    b"\x16\x54\xae\x6b",
    b"\x1f\x43\xb6\x75",
)
TIME_SCALE, DURATION = b"\x2a\xd7\xb1", b"\x44\x89"
TRACK, TRACK_TYPE, CODEC, VIDEO = b"\xae", b"\x83", b"\x86", b"\xe0"
WIDTH, HEIGHT = b"\xb0", b"\xba"
PICTURES = 1


def _number(reader: Reader, place: int, longest: int) -> tuple[bytes, int]:
    """Return a number of variable length with its mark, and the place after it."""
    first = reader.read(place, 1)[0]
    length = 9 - first.bit_length()
    if length > longest:
        raise BrokenVideoError
    return reader.read(place, length), place + length


def _elements(reader: Reader, start: int, end: int) -> Iterator[Element]:
    """Yield the elements between two places; one of unknown size reaches to the end."""
    while start < end:
        name, start = _number(reader, start, 4)
        raw, start = _number(reader, start, 8)
        bits = 7 * len(raw)
        size = int.from_bytes(raw, "big") & ((1 << bits) - 1)
        if size == (1 << bits) - 1:
            size = end - start
        yield (found := reader.part(name, start, start + size, end))
        start = found.end


def _values(reader: Reader, outer: Element) -> dict[bytes, bytes]:
    """Return the contents of the small parts of an element by their names."""
    inner = _elements(reader, outer.start, outer.end)
    return {found.name: reader.value(found) for found in inner}


def _read_webm(reader: Reader) -> VideoFacts:
    facts = VideoFacts("video/webm")
    top = _elements(reader, 0, reader.size)
    head, segment = next(top, None), next(top, None)
    if head is None or segment is None or segment.name != SEGMENT:
        raise BrokenVideoError
    if _values(reader, head).get(DOC_TYPE, b"").rstrip(b"\0") != b"webm":
        raise ValidationError(_t("This is neither an MP4 nor a WebM video."))
    readers: dict[bytes, Callable[[Reader, Element, VideoFacts], Any]] = {
        INFO: _read_info,
        TRACKS: _read_tracks,
    }
    for found in _elements(reader, segment.start, segment.end):
        if found.name == CLUSTER and facts.codec:
            break  # the pictures themselves
        if read := readers.get(found.name):
            read(reader, found, facts)
    return facts


def _read_info(reader: Reader, info: Element, facts: VideoFacts) -> None:
    values = _values(reader, info)
    scale = int.from_bytes(values.get(TIME_SCALE, b""), "big") or 1_000_000
    if duration := values.get(DURATION):
        (length,) = struct.unpack(">f" if len(duration) == 4 else ">d", duration)
        seconds = length * scale / 1_000_000_000
        facts.seconds = max(0, seconds) if math.isfinite(seconds) else 0


def _read_tracks(reader: Reader, tracks: Element, facts: VideoFacts) -> None:
    for track in _elements(reader, tracks.start, tracks.end):
        if track.name != TRACK:
            continue
        parts = {found.name: found for found in _elements(reader, track.start, track.end)}
        kind = int.from_bytes(reader.value(parts[TRACK_TYPE]), "big") if TRACK_TYPE in parts else 0
        if kind == PICTURES and not facts.codec and parts.keys() >= {CODEC, VIDEO}:
            facts.codec = reader.value(parts[CODEC]).rstrip(b"\0").partition(b"/")[0]
            values = _values(reader, parts[VIDEO])
            facts.width = int.from_bytes(values.get(WIDTH, b""), "big")
            facts.height = int.from_bytes(values.get(HEIGHT, b""), "big")
