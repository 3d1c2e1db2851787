"""Blocks of the authors' snippet."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class AuthorLinkBlock(blocks.StructBlock):
    """An address with its title."""

    title = blocks.CharBlock(
        max_length=120, label=_("Title"), help_text=_("The words to click on; they say where to.")
    )
    url = blocks.URLBlock(label=_("Address"))

    class Meta:
        icon = "link"
        label = _("Link")
        help_text = _("As in the author's own site, a book or an organisation.")


class AuthorLinksBlock(blocks.StreamBlock):
    """Where to read more of an author."""

    link = AuthorLinkBlock()
