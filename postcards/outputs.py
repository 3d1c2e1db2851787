"""What a card offers to everybody, with addresses and sizes, for pages and for the API."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from api.addresses import page_file

from .models import CardCode, CardFile, PictureCard
from .print.formats import (
    HOME,
    OUTPUTS,
    PDF,
    PRESS,
    PUBLIC,
    SCREEN,
    SHARE,
    SHARE_LINK,
    Output,
)
from .store import Order, file_name


@dataclass(frozen=True)
class CardOutput:
    """A file of a card; `width` and `height` are its picture's or its paper's.

    `url` is absolute, readable and stays; `file` is its last part. `bytes` is None until the file
    was first made.
    """

    name: str
    file: str
    url: str
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
    """Return everything that a card offers; no query where its code was fetched with it."""
    files = CardCode.of(page).files
    found = []
    for output in PUBLIC:
        width, height = output.size(portrait=page.is_portrait)
        _digest, size = files.get(output.name, ("", None))
        found.append(
            CardOutput(
                name=output.name,
                file=output.file,
                url=page_file(page, output.file),
                media_type=output.media_type,
                width=width,
                height=height,
                unit=output.unit,
                bytes=size,
            )
        )
    return found


def share_address(page: PictureCard) -> str:
    """Return the address of a card's picture for shared links, below the site's root.

    It is the file's own if that shows the card as it is now, else the one that has it made.
    """
    digest, _size = CardCode.of(page).files.get(SHARE_LINK.name, ("", 0))
    if digest and digest == Order((page,), SHARE_LINK).digest:
        name = file_name(SHARE_LINK, [page.slug])
        if address := lasting_address(digest, name):
            return address
    return f"{page.get_url() or '/'}{SHARE_LINK.file}"


def lasting_address(digest: str, name: str) -> str:
    """Return where a file lies for good; "" in a project without our addresses."""
    try:
        return reverse("postcards:file", args=[digest, name])
    except NoReverseMatch:
        return ""


def stored_address(row: CardFile, slugs: list[str]) -> str:
    """Return where a file that was made lies for good."""
    return lasting_address(row.digest, file_name(OUTPUTS[row.output], slugs))


@dataclass(frozen=True)
class Downloads:
    """What a card's page offers, sorted by what people do with it."""

    home: CardOutput
    screen: CardOutput
    share: list[CardOutput]
    press: CardOutput


def downloads_of(page: PictureCard) -> Downloads:
    """Return a card's outputs by use."""
    named = {output.name: output for output in page.outputs}

    def of(output: Output) -> CardOutput:
        return named[output.name]

    return Downloads(of(HOME), of(SCREEN), [of(one) for one in SHARE], of(PRESS))
