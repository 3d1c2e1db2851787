"""Atom feeds of an overview's latest pages."""

import datetime as dt
import re
from typing import Any
from uuid import uuid5

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape

from api.addresses import page_url

from .models import CampaignPage, CampaignSettings, IndexPage

#: Entries in a feed.
LATEST = 20
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def xml_text(text: object) -> str:
    """Return `text` without the characters that XML 1.0 cannot hold."""
    return _NOT_IN_XML.sub("", str(text))


class PageFeed(Feed):
    """The latest public pages of an overview."""

    feed_type = Atom1Feed

    def __init__(self, page: IndexPage) -> None:
        """Keep the overview whose pages are listed."""
        self.page = page

    def get_object(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpRequest:
        """Keep the request, for absolute addresses."""
        return request

    def title(self, request: HttpRequest) -> str:
        """Return the overview's title."""
        return xml_text(self.page.title)

    def subtitle(self, request: HttpRequest) -> str:
        """Return the overview's teaser."""
        return xml_text(self.page.teaser_text)

    def author_name(self, request: HttpRequest) -> str:
        """Return who answers for entries that name no author; Atom asks for somebody."""
        return xml_text(CampaignSettings.for_public(request).publisher)

    def link(self, request: HttpRequest) -> str:
        """Return the overview's address."""
        return page_url(self.page) or "/"

    def items(self, request: HttpRequest) -> list[CampaignPage]:
        """Return the latest public pages."""
        pages = self.page.listed_type().for_cards().visible().child_of(self.page)
        return list(pages.order_by("-first_published_at", "-pk")[:LATEST])

    def item_title(self, item: Any) -> str:
        """Return the page's title."""
        return xml_text(item.title)

    def item_description(self, item: Any) -> str:
        """Return the page's teaser, as HTML."""
        return escape(xml_text(item.teaser_text))

    def item_author_name(self, item: Any) -> str | None:
        """Return who wrote the page, where it says so."""
        return xml_text(", ".join(item.author_names())) or None

    def item_link(self, item: Any) -> str:
        """Return the page's address."""
        return page_url(item) or "/"

    def item_guid(self, item: Any) -> str:
        """Return a name that stays when the page moves; each language has its own."""
        code, key = item.language_code, item.translation_key
        return f"urn:uuid:{key if code == settings.LANGUAGE_CODE else uuid5(key, code)}"

    def item_pubdate(self, item: Any) -> dt.datetime | None:
        """Return when the page first went public."""
        return item.first_published_at

    def item_updateddate(self, item: Any) -> dt.datetime | None:
        """Return when the page last changed in public."""
        return item.last_published_at
