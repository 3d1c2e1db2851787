"""The sets of blocks that pages and settings offer."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from . import campaign, media
from . import text as prose


def outline(value: blocks.StreamValue, level: int) -> Iterator[tuple[Any, int]]:
    """Yield each block with the level of the headings inside of it, so that none is skipped.

    Below a heading they stand on the third level; where none came before, on `level`.
    """
    for block in value:
        children = getattr(block.block, "child_blocks", {})
        titled = isinstance(children.get("title"), prose.TitleBlock) and block.value["title"]
        yield block, 3 if titled else level
        if titled or isinstance(block.block, prose.HeadingBlock):
            level = 3


class BodyBlock(blocks.StreamBlock):
    """Everything that a page's body may hold."""

    heading = prose.HeadingBlock()
    text = prose.TextBlock()
    quote = prose.QuoteBlock()
    result = prose.ResultBlock()
    theses = prose.ThesesBlock()
    call_to_action = prose.CallToActionBlock()
    picture = media.PictureBlock()
    gallery = media.GalleryBlock()
    video = media.VideoBlock()
    download = media.DownloadBlock()
    postcards = campaign.PostcardsBlock()
    courage_card = campaign.CourageCardBlock()
    steps = prose.StepListBlock()
    facts = prose.FactsBlock()
    table = prose.TableBlock()
    accordion = prose.AccordionBlock()
    timeline = prose.TimelineBlock()
    links = prose.LinkListBlock()
    contact = media.ContactBlock()
    logos = media.LogosBlock()

    class Meta:
        template = "blocks/body.html"

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Add the blocks with the level of their headings; the page may say where to begin."""
        level = (parent_context or {}).get("heading_level") or 2
        context: dict[str, Any] = super().get_context(value, parent_context)
        return context | {"outline": list(outline(value, level))}


class HomeBodyBlock(BodyBlock):
    """What the home page may hold: its own sections, and everything else."""

    teasers = campaign.TeasersBlock()
    postcard_wall = campaign.PostcardWallBlock()
    courage_today = campaign.CourageTodayBlock()
    rota_now = campaign.RotaNowBlock()

    class Meta:
        block_counts = {"rota_now": {"max_num": 1}}


class StepsBlock(blocks.StreamBlock):
    """The steps of "So geht's nach"."""

    step = prose.StepBlock()


class ProfileBlock(blocks.StructBlock):
    """A profile in a social network."""

    name = blocks.CharBlock(max_length=60, label=_("Name"), help_text=_("As in “Mastodon”."))
    url = blocks.URLBlock(label=_("Address"), help_text=_("Of the profile, with https://."))

    class Meta:
        icon = "user"
        label = _("Profile")
        help_text = _("The campaign's own profiles only. They are plain links in the footer.")


class ProfilesBlock(blocks.StreamBlock):
    """Profiles in social networks: plain links, nothing is loaded from there."""

    profile = ProfileBlock()
