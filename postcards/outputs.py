"""What a card offers to everybody, with addresses and sizes, for pages and for the API."""

from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse

from api.addresses import page_file, site_file

from .models import PictureCard
from .print.formats import HOME, PDF, PRESS, PUBLIC, SCREEN, SHARE, SHARE_LINK, Output
from .store import Order, file_name


@dataclass(frozen=True)
class CardOutput:
    """A file of a card; `width` and `height` are its picture's or its paper's.

    `url` is readable and stays; `lasting_url` is the file itself, which never changes, as far as it
    was made. Both are absolute. `bytes` is None until it was made.
    """

    name: str
    url: str
    lasting_url: str
    media_type: str
    width: int
    height: int
    unit: str
    bytes: int | None

    @property
    def type_label(self) -> str:
        """Return the kind of file in letters that people know."""
        return "PDF" if self.media_type == PDF else "JPEG"

    @property
    def format(self) -> str:
        """Return a picture's size in words."""
        return f"{self.width} × {self.height}"


def outputs_of(page: PictureCard) -> list[CardOutput]:
    """Return everything that a card offers; no query where its files were fetched with it."""
    known = {row.digest: row for row in page.card_files.all() if row.is_ready}
    found = []
    for output in PUBLIC:
        row = known.get(Order((page,), output).digest)
        width, height = output.size(portrait=page.is_portrait)
        url = page_file(page, output.file)
        found.append(
            CardOutput(
                name=output.name,
                url=url,
                lasting_url=site_file(page, stored_address(row, [page.slug])) if row else url,
                media_type=output.media_type,
                width=width,
                height=height,
                unit=output.unit,
                bytes=row.size if row else None,
            )
        )
    return found


def stored_address(row: Any, slugs: list[str]) -> str:
    """Return where a file lies for good; "" in a project without our addresses."""
    try:
        return reverse("postcards:file", args=[row.digest, file_name(row, slugs)])
    except NoReverseMatch:
        return ""


@dataclass(frozen=True)
class Downloads:
    """What a card's page offers, sorted by what people do with it."""

    home: CardOutput
    screen: CardOutput
    share: list[CardOutput]
    press: CardOutput
    preview: CardOutput


def downloads_of(page: PictureCard) -> Downloads:
    """Return a card's outputs by use; `preview` is the picture for shared links."""
    named = {output.name: output for output in page.outputs}

    def of(output: Output) -> CardOutput:
        return named[output.name]

    return Downloads(of(HOME), of(SCREEN), [of(one) for one in SHARE], of(PRESS), of(SHARE_LINK))
