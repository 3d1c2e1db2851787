"""Cards with their overviews, their short addresses, and the files that are made of them."""

from .cards import (
    CourageCardIndexPage,
    CourageCardPage,
    Design,
    OccasionTag,
    Orientation,
    PictureCard,
    PostcardIndexPage,
    PostcardPage,
)
from .codes import CardCode, CardVisits
from .files import CardFile

__all__ = [
    "CardCode",
    "CardFile",
    "CardVisits",
    "CourageCardIndexPage",
    "CourageCardPage",
    "Design",
    "OccasionTag",
    "Orientation",
    "PictureCard",
    "PostcardIndexPage",
    "PostcardPage",
]
