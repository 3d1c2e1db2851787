"""Cards with their overviews, their short addresses, and the files that are made of them."""

from .cards import CardIndexPage, Orientation, PictureCard
from .codes import CardCode, CardVisits
from .courage import CourageCardIndexPage, CourageCardPage, OccasionTag
from .files import CardFile
from .postcards import Design, PostcardIndexPage, PostcardPage

__all__ = [
    "CardCode",
    "CardFile",
    "CardIndexPage",
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
