"""Why a card cannot be set, as far as it lies with the card."""

from typing import Literal

OverflowPart = Literal["headline", "wording", "imprint"]
Reason = Literal["empty", "unreadable", "too_large"]


class OverflowingTextError(ValueError):
    """A text that does not fit on the card in its smallest size; `part` names it."""

    def __init__(self, part: OverflowPart) -> None:
        super().__init__(part)
        self.part: OverflowPart = part


class UnknownGlyphsError(ValueError):
    """Letters that the cards' fonts do not have."""

    def __init__(self, glyphs: str) -> None:
        super().__init__(glyphs)
        self.glyphs = glyphs


class PhotoError(ValueError):
    """A picture that cannot be used; `reason` says why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason: Reason = reason


class TypesettingError(RuntimeError):
    """Typst has refused a card; its message says why."""


#: What is wrong with the card itself, and no matter for a second try.
CARD_ERRORS = (OverflowingTextError, PhotoError, UnknownGlyphsError)
