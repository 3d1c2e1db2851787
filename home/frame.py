"""The pages that frame every page: menu, the settings' pages, the other languages; one query."""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Case, Value, When
from django.http import HttpRequest
from django.utils.translation import get_language
from wagtail.models import Page, Site

from .lookups import current_lookups
from .visibility import visible_pages

if TYPE_CHECKING:
    from .models import CampaignPage


class Frame:
    """What frames one page, or a view that is no page."""

    def __init__(self, page: "CampaignPage | None", request: HttpRequest) -> None:
        from .models import CampaignSettings

        self.site = Site.find_for_request(request)
        self.page_id = page.pk if page else None
        self.language = get_language() or settings.LANGUAGE_CODE
        self.settings = CampaignSettings.for_public(request)
        #: The page and those above it, the site's home page first.
        self.way = self._find_way(page)
        #: The public pages of the frame, in the tree's order.
        self.pages = self._fetch() if self.site or self.way else []

    def _find_way(self, page: "CampaignPage | None") -> list[Page]:
        if page is not None:
            return [*(page.ancestors_below_home() if page.path else ()), page]
        return [self.site.root_page] if self.site else []

    def _fetch(self) -> list[Page]:
        """Return the pages; the settings' ones in the reader's language as well.

        Those that list videos in sign language say so in `is_signed`.
        """
        from .models import sign_language_pages

        pages = Page.objects.order_by()
        keys = [page.translation_key for page in self.way]
        parts = [pages.filter(translation_key__in=keys)]
        if named := self.settings.named_page_ids().values():
            in_language = pages.filter(
                translation_key__in=pages.filter(pk__in=named).values("translation_key"),
                locale__language_code=self.language,
            )
            parts += [pages.filter(pk__in=named), in_language]
        is_signed: Any = Value(0)
        if self.site:
            signed = sign_language_pages(self.site).order_by()
            depth = self.site.root_page.depth
            in_menu = pages.filter(
                url_path__startswith=self.home_path,
                show_in_menus=True,
                depth__gt=depth,
                depth__lte=depth + 2,
            )
            parts += [signed, in_menu]
            is_signed = Case(When(pk__in=signed.values("pk"), then=1), default=0)
        # Each part finds its few pages by itself; conditions in one would look through all.
        keys_of_parts = [part.values("pk") for part in parts]
        wanted = keys_of_parts[0].union(*keys_of_parts[1:], all=True)
        found = visible_pages().filter(pk__in=wanted).annotate(is_signed=is_signed)
        return list(found.order_by("path"))

    @property
    def home_path(self) -> str:
        """Return the tree's address of the home page in the reader's language; no query."""
        roots = {
            root.language_code: root.root_path
            for root in Site.get_site_root_paths()
            if root.site_id == self.site.pk
        }
        return roots.get(self.language) or str(self.site.root_page.url_path)

    def menu(self) -> list[Page]:
        """Return the menu's pages, two levels deep."""
        if self.site is None:
            return []
        home, depth = self.home_path, self.site.root_page.depth
        return [
            page
            for page in self.pages
            if page.show_in_menus
            and page.url_path.startswith(home)
            and depth < page.depth <= depth + 2
        ]

    def named_page(self, pk: int) -> Page | None:
        """Return a page that the settings name, in the reader's language where it has it."""
        named = next((page for page in self.pages if page.pk == pk), None)
        if named is None:
            return None
        key = (named.translation_key, self.language)
        versions = (
            page for page in self.pages if (page.translation_key, page.locale.language_code) == key
        )
        return next(versions, named)


def frame_of(page: "CampaignPage | None", request: HttpRequest) -> Frame:
    """Return what frames a page, once a request; without a page, what the request has already."""
    store = current_lookups()
    if store.frame is None or (page is not None and store.frame.page_id != page.pk):
        store.frame = Frame(page, request)
    return store.frame
