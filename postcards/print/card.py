"""What a card says and shows: plain data, made from a page or by hand."""

import datetime as dt
from dataclasses import dataclass, field, replace
from typing import Literal


@dataclass(frozen=True)
class Run:
    """Letters in one style."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True)
class Photo:
    """A card's picture.

    `digest` stands for the file in fingerprints; `data` is the file itself, empty until it is
    needed. `focus` is what must not be cut off: its centre, 0–1 from the left and from the top.
    `alt` says what there is to see, for those who do not see it.
    """

    digest: str
    alt: str
    focus: tuple[float, float] = (0.5, 0.5)
    data: bytes = field(default=b"", repr=False, compare=False)


@dataclass(frozen=True)
class CardData:
    """A card of A6: its front, and its back with the address side.

    `color` names one of the pairs of `colors.PAIRS`. `numeral` is the article's ("12a",
    "Präambel"), "" on a courage card. `back` holds paragraphs of runs. `imprint` are the lines of
    publisher, credit and licence. `url` is what the QR code leads to. `language` (BCP 47) is the
    document's, `law_language` that of the front's and the back's own words. With a `photo` the
    picture design is set, else the typographic one. `created` becomes the files' date.
    """

    kind: Literal["postcard", "courage"]
    title: str
    headline: str
    source: str
    numeral: str
    back_title: str
    back: tuple[tuple[Run, ...], ...]
    imprint: tuple[str, ...]
    url: str
    url_label: str
    color: str
    created: dt.datetime
    author: str = ""
    language: str = "de"
    law_language: str = "de"
    portrait: bool = False
    photo: Photo | None = None

    @property
    def size(self) -> tuple[float, float]:
        """Return width and height of the trimmed card in millimetres."""
        return (105.0, 148.0) if self.portrait else (148.0, 105.0)

    def texts(self) -> list[str]:
        """Return all that is set in letters."""
        lines = [run.text for paragraph in self.back for run in paragraph]
        return [self.headline, self.source, self.numeral, self.back_title, *self.imprint, *lines]

    def with_photo(self, data: bytes) -> "CardData":
        """Return the card with its picture's file."""
        return replace(self, photo=replace(self.photo, data=data)) if self.photo else self
