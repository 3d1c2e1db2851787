"""The page that leads to all that the campaign says in German Sign Language (BITV 2.0, § 4)."""

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db import models
from django.db.models import Prefetch, Q
from django.db.models.functions import Substr
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Site

from ..cards import light_cards
from ..listing import Pager
from ..visibility import VisiblePageQuerySet, visible_pages
from .pages import TextPage
from .videos import PageVideo, VideoLanguage

PER_PAGE = 24


def signed() -> Any:
    """Return what shows videos in sign language: pages, each with the video."""
    return PageVideo.objects.filter(video__language=VideoLanguage.SIGN)


class SignLanguagePage(TextPage):
    """All public pages of a language that hold a video in sign language."""

    is_article = False
    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1
    page_description = _(
        "Lists all pages with a video in German Sign Language. The header of every page leads here "
        "as soon as there is one."
    )
    page_icon = "media"

    class Meta:
        verbose_name = _("German Sign Language")
        verbose_name_plural = _("German Sign Language")

    def signed_pages(self) -> VisiblePageQuerySet:
        """Return the public pages of this home page that hold such a video, the newest first."""
        pages: VisiblePageQuerySet = visible_pages().filter(
            path__startswith=self.path[: 2 * Page.steplen], pk__in=signed().values("page")
        )
        return pages.exclude(pk=self.pk).order_by(
            models.F("first_published_at").desc(nulls_last=True), "-pk"
        )

    @cached_property
    def api_signed_pages(self) -> list[Page]:
        """Return all of them."""
        return list(self.signed_pages())

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the pages with their videos: three queries, however many there are."""
        context = super().get_context(request, *args, **kwargs)
        pages = self.signed_pages()

        def url_for(number: int) -> str:
            return f"{request.path}?{urlencode({'page': number})}" if number > 1 else request.path

        pager = Pager(request.GET.get("page"), pages.count(), PER_PAGE, url_for)
        videos = Prefetch("video_links", signed().select_related("video"), to_attr="signed_links")
        shown = pages.prefetch_related(videos)[pager.offset : pager.offset + pager.limit]
        has_own = any(
            block.block_type == "video" and block.value["video"] and block.value["video"].is_signed
            for block in self.body
        )
        return context | {"items": light_cards(shown), "pager": pager, "has_own": has_own}


def sign_language_pages(site: Site) -> VisiblePageQuerySet:
    """Return a site's public pages of this type that lead somewhere, in the languages to show."""
    roots = [root for root in Site.get_site_root_paths() if root.site_id == site.pk]
    on_site = reduce(or_, (Q(url_path__startswith=root.root_path) for root in roots), Q(pk__in=[]))
    front = Substr("path", 1, 2 * Page.steplen)
    # Lists of few rows, which lead the database to few pages, however many there are.
    with_videos = visible_pages().filter(pk__in=signed().values("page")).annotate(front=front)
    return (
        visible_pages()
        .filter(
            on_site,
            pk__in=SignLanguagePage.objects.order_by().values("pk"),
            locale__language_code__in={get_language(), settings.LANGUAGE_CODE},
        )
        .annotate(front=front)
        .filter(front__in=with_videos.order_by().values("front"))
    )


def in_current_language(pages: Iterable[Page]) -> Page | None:
    """Return the page in the current language, else the one in the default language."""
    by_language = {page.locale.language_code: page for page in pages}
    return by_language.get(get_language() or "") or by_language.get(settings.LANGUAGE_CODE)


def find_sign_language_page(site: Site) -> Page | None:
    """Return the page that leads to videos in sign language, if there is one; one query."""
    return in_current_language(sign_language_pages(site).select_related("locale"))
