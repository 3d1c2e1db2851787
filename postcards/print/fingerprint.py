"""What stands for a file before it is made: the hash of all that goes into it."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict
from functools import cache, lru_cache
from importlib.metadata import version
from pathlib import Path

from .card import CardData
from .fonts import font_paths
from .formats import OFFICE, PRESS, Output, Preset

HERE = Path(__file__).parent


def fingerprint(cards: Sequence[CardData], output: Output, preset: Preset | None = None) -> str:
    """Return what stands for all that goes into a file, as 64 hexadecimal digits; sets nothing.

    Raises `OSError` for a profile that cannot be read.
    """
    parts = [software(), repr(output), *map(_card_digest, cards)]
    if output in {PRESS, OFFICE}:
        preset = preset or Preset()
        profile = preset.profile
        parts += [str(preset.bleed), preset.standard, profile.identifier, _digest(profile.data)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


@lru_cache(maxsize=256)
def _card_digest(card: CardData) -> str:
    parts = asdict(card)
    if parts["photo"]:
        del parts["photo"]["data"]
    return hashlib.sha256(json.dumps(parts, sort_keys=True, default=str).encode()).hexdigest()


@lru_cache(maxsize=8)
def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@cache
def software() -> str:
    """Return what the look of all files depends on beside their cards, as it was at first."""
    sources = [*sorted(HERE.glob("*.typ")), *sorted(HERE.glob("*.py")), *font_paths()]
    versions = [version(name) for name in ("typst", "pikepdf", "segno", "pillow")]
    return _digest(b"".join([*(path.read_bytes() for path in sources), repr(versions).encode()]))
