"""The blocks that pages are composed of: text, media, campaign, sections of the home page."""

from .choosers import LinkBlock, PublicPageBlock
from .streams import BodyBlock, HomeBodyBlock, ProfilesBlock, StepsBlock

__all__ = [
    "BodyBlock",
    "HomeBodyBlock",
    "LinkBlock",
    "ProfilesBlock",
    "PublicPageBlock",
    "StepsBlock",
]
