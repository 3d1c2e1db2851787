"""The demo's pictures, drawn by code: the same seed gives the same picture, no file is shipped."""

from __future__ import annotations

from random import Random
from typing import Final

from demo.canvas import SCHEMES, Canvas
from demo.logos import funder, municipality
from demo.motifs import MOTIFS, Motif
from demo.portraits import portrait

ALL_MOTIFS: Final[dict[str, Motif]] = {
    **MOTIFS,
    "portrait": portrait,
    "logo-stadt": municipality,
    "logo-foerderer": funder,
}


def draw(motif: str, color: str, seed: int, size: str = "landscape") -> bytes:
    """Draw one picture and return it as PNG.

    `motif` is a key of ALL_MOTIFS, `color` one of the campaign's six colours, `size` a key of
    canvas.SIZES. Logos are transparent around their plate. Unknown names raise KeyError.
    """
    scheme = SCHEMES[color]
    canvas = Canvas(size, None if size == "logo" else scheme.ground)
    ALL_MOTIFS[motif](canvas, scheme, Random(f"{motif}:{seed}"))  # noqa: S311 - art, not security
    return canvas.png()
