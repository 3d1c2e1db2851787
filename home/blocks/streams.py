"""The sets of blocks that pages and settings offer."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from . import campaign, media
from . import text as prose


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


class HomeBodyBlock(BodyBlock):
    """What the home page may hold: its own sections, and everything else."""

    teasers = campaign.TeasersBlock()
    postcard_wall = campaign.PostcardWallBlock()
    courage_today = campaign.CourageTodayBlock()
    rota_now = campaign.RotaNowBlock()


class StepsBlock(blocks.StreamBlock):
    """The steps of "So geht's nach"."""

    step = prose.StepBlock()


class ProfileBlock(blocks.StructBlock):
    """A profile in a social network."""

    name = blocks.CharBlock(max_length=60, label=_("Name"), help_text=_("As in “Mastodon”."))
    url = blocks.URLBlock(label=_("Address"))

    class Meta:
        icon = "user"
        label = _("Profile")


class ProfilesBlock(blocks.StreamBlock):
    """Profiles in social networks: plain links, nothing is loaded from there."""

    profile = ProfileBlock()
