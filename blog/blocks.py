"""Blocks of the authors' snippet."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class AuthorLinkBlock(blocks.StructBlock):
    """An address with its title."""

    title = blocks.CharBlock(max_length=120, label=_("Title"))
    url = blocks.URLBlock(label=_("Address"))

    class Meta:
        icon = "link"
        label = _("Link")


class AuthorLinksBlock(blocks.StreamBlock):
    """Where to read more of an author."""

    link = AuthorLinkBlock()
