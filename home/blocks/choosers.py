"""Blocks that name a page, a picture or a document, fetched together with all others."""

from typing import Any

from django.core.exceptions import ValidationError
from django.forms.utils import ErrorList
from django.utils.functional import cached_property
from django.utils.text import format_lazy
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock
from wagtail.models import Page
from wagtail.snippets.blocks import SnippetChooserBlock

from ..lookups import current_lookups


class PictureChooserBlock(ImageChooserBlock):
    """A picture chooser that takes what the request has fetched already, renditions included."""

    def bulk_to_python(self, values: list[int | None]) -> list[Any]:
        """Return the pictures for `values`, None for those that are gone."""
        store = current_lookups()
        store.fetch_images(value for value in values if value)
        return [store.images.get(value) if value else None for value in values]


class FileChooserBlock(DocumentChooserBlock):
    """A document chooser that takes what the request has fetched already."""

    def bulk_to_python(self, values: list[int | None]) -> list[Any]:
        """Return the documents for `values`, None for those that are gone."""
        store = current_lookups()
        store.fetch_documents(value for value in values if value)
        return [store.documents.get(value) if value else None for value in values]


class VideoChooserBlock(SnippetChooserBlock):
    """A video chooser that takes what the request has fetched already."""

    def bulk_to_python(self, values: list[int | None]) -> list[Any]:
        """Return the videos for `values`, None for those that are gone."""
        store = current_lookups()
        store.fetch_videos(value for value in values if value)
        return [store.videos.get(value) if value else None for value in values]


class PublicPageBlock(blocks.PageChooserBlock):
    """A page chooser that costs no query in a page's view: `public` brings the pages at once."""

    @cached_property
    def widget(self) -> Any:
        """Return the chooser, its button in each reader's language."""
        widget = super().widget
        if widget.target_models != [Page]:
            name = widget.target_models[0]._meta.verbose_name
            widget.choose_one_text = format_lazy("{} ({})", _("Choose a page"), name)
        return widget

    def bulk_to_python(self, values: list[int | None]) -> list[Any]:
        """Return the pages for `values`, None for those that are gone."""
        store = current_lookups()
        ids = [value for value in values if value]
        known = {pk: page for pk in ids if (page := store.pages.get(pk) or store.links.get(pk))}
        if len(known) == len(set(ids)):
            return [known[value] if value else None for value in values]
        return super().bulk_to_python(values)


class SectionChooserBlock(PublicPageBlock):
    """A chooser of an overview page, of which blocks need no more than place and address."""

    only_address = True


def section_of(value: Any) -> Page | None:
    """Return a block's section if the public may see it."""
    page = value["section"]
    if page is None:
        return None
    store = current_lookups()
    store.addresses([page.pk])
    return store.pages.get(page.pk) or store.links.get(page.pk)


def public(pages: list[Page | None]) -> list[Any]:
    """Return those of `pages` that the public may see, as their own types, in order."""
    return current_lookups().visible(page.pk for page in pages if page)


class LinkValue(blocks.StructValue):
    """A link to a page or an address."""

    @property
    def href(self) -> str:
        """Return where the link leads; "" when its page is not public."""
        if page := self.get("page"):
            return current_lookups().addresses([page.pk]).get(page.pk, "")
        return str(self.get("url") or "")


class LinkBlock(blocks.StructBlock):
    """A link to either a page of this site or an address elsewhere."""

    page = PublicPageBlock(
        required=False,
        label=_("Page of this site"),
        help_text=_("Either a page or an address. While the page is not public, no link is shown."),
    )
    url = blocks.URLBlock(required=False, label=_("or address"), help_text=_("https://…"))

    class Meta:
        value_class = LinkValue

    def clean(self, value: Any) -> Any:
        """Ask for exactly one of page and address."""
        result = super().clean(value)
        if bool(result.get("page")) == bool(result.get("url")):
            message = _t("Please choose a page or write an address, one of the two.")
            errors = {"page": ErrorList([ValidationError(message)])}
            raise blocks.StructBlockValidationError(block_errors=errors)
        return result
