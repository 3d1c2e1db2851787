"""The colour pairs in light and in ink: what screens show, and what presses print."""

from dataclasses import dataclass

#: Per cent of cyan, magenta, yellow and black.
CMYK = tuple[int, int, int, int]

#: More ink than this does not dry: the sum of the four colours, in per cent.
INK_LIMIT = 300


@dataclass(frozen=True)
class Ink:
    """One colour: `#rrggbb` for screens, per cent of ink for presses."""

    rgb: str
    cmyk: CMYK

    def as_dict(self) -> dict[str, object]:
        """Return the colour as the template takes it."""
        return {"rgb": self.rgb, "cmyk": list(self.cmyk)}


@dataclass(frozen=True)
class Pair:
    """A ground and what stands on it; letters are black alone, or paper."""

    ground: Ink
    ink: Ink


BLACK: CMYK = (0, 0, 0, 100)
PAPER: CMYK = (0, 0, 0, 0)
#: Letters on white paper.
TEXT = Ink("#14120f", BLACK)

#: The pairs of the style sheet (`--farbe-…`), by name.
PAIRS = {
    "koralle": Pair(Ink("#ff5a4a", (0, 76, 66, 0)), Ink("#1a1110", BLACK)),
    "sonne": Pair(Ink("#ffc933", (0, 22, 86, 0)), Ink("#1f1700", BLACK)),
    "moos": Pair(Ink("#1f5b3a", (84, 36, 84, 32)), Ink("#f3f8ee", PAPER)),
    "petrol": Pair(Ink("#0c5a6b", (92, 44, 40, 28)), Ink("#eaf7f9", PAPER)),
    "nacht": Pair(Ink("#22265e", (100, 94, 28, 22)), Ink("#f0f0ff", PAPER)),
    "beere": Pair(Ink("#8a1f4f", (34, 98, 42, 28)), Ink("#fff0f5", PAPER)),
}
