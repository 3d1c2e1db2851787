"""Captions as WebVTT (https://www.w3.org/TR/webvtt1/), and what a player would stumble over."""

import re
from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t

_TIME = r"((?:\d{2,}:)?[0-5]\d:[0-5]\d\.\d{3})"
_TIMING = re.compile(rf"{_TIME}[ \t]+-->[ \t]+{_TIME}(?:[ \t].*)?")
_HEADER = re.compile(r"WEBVTT(?:[ \t].*)?")
_NEWLINE = re.compile(r"\r\n|\r|\n")
#: Blocks that hold no caption.
_OTHERS = re.compile(r"(?:NOTE|STYLE|REGION)(?:\s|$)")

Line = tuple[int, str]


def check_captions(data: bytes) -> None:
    """Raise `ValidationError`, with the line, for anything that is no WebVTT with captions."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValidationError(_t("Please save the captions as text in UTF-8.")) from error
    lines = _NEWLINE.split(text)
    if "\0" in text or not _HEADER.fullmatch(lines[0]):
        raise ValidationError(_t("This is no WebVTT file: its first line has to be “WEBVTT”."))
    starts = [start for block in _blocks(lines) if (start := _check_block(block)) is not None]
    if not starts:
        raise ValidationError(_t("There is no caption in this file."))
    if starts != sorted(starts):
        raise ValidationError(_t("The captions are not in the order of their times."))


def _blocks(lines: list[str]) -> Iterator[list[Line]]:
    """Yield what stands between blank lines after the first block, with the lines' numbers."""
    block: list[Line] = []
    in_header = True
    for line in [*enumerate(lines, 1), (len(lines) + 1, "")]:
        if line[1].strip():
            block.append(line)
        elif block:
            if not in_header:
                yield block
            block, in_header = [], False


def _check_block(block: list[Line]) -> float | None:
    """Return when a caption begins, in seconds; None for a block that holds none."""
    if _OTHERS.match(block[0][1]):
        return None
    place = next((at for at, (_number, text) in enumerate(block) if "-->" in text), None)
    if place is None or place > 1:
        raise _fault(block[0][0], _t("here a time is missing, as in 00:00:01.000 --> 00:00:04.000"))
    number, timing = block[place]
    found = _TIMING.fullmatch(timing.strip())
    if not found:
        raise _fault(
            number,
            _t(
                "times are written as in 00:00:01.000 --> 00:00:04.000, with a point, not "
                "“%(text)s”"
            )
            % {"text": timing.strip()[:60]},
        )
    start, end = map(_seconds, found.groups())
    if start >= end:
        raise _fault(number, _t("this caption ends before it begins"))
    if place == len(block) - 1:
        raise _fault(number, _t("this caption has no words"))
    return start


def _seconds(time: str) -> float:
    total = 0.0
    for part in time.split(":"):
        total = total * 60 + float(part)
    return total


def _fault(number: int, text: str) -> ValidationError:
    return ValidationError(
        _t("Line %(number)d: %(fault)s.") % {"number": number, "fault": text}, code="captions"
    )
