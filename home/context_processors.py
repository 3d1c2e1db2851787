"""What every template may use: the campaign's settings, the navigation, addresses."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from wagtail.models import Page

from .frame import frame_of
from .lookups import current_lookups
from .models import in_current_language


@dataclass(frozen=True)
class NavigationItem:
    """A page in the menu, with those below it."""

    title: str
    url: str
    current: bool
    active: bool
    children: "tuple[NavigationItem, ...]" = ()


class Chrome:
    """What frames every page: settings, menu, legal links; fetched on first use."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.frame = frame_of(None, request)
        self.settings = self.frame.settings

    def _url(self, page: Page) -> str:
        return page.get_url(self.request) or ""

    def navigation(self) -> list[NavigationItem]:
        """Return the menu, two levels deep."""
        menu = self.frame.menu()
        top = self.frame.site.root_page.depth + 1 if self.frame.site else 0
        return [
            self._item(page, [child for child in menu if child.is_child_of(page)])
            for page in menu
            if page.depth == top
        ]

    def _item(self, page: Page, children: list[Page]) -> NavigationItem:
        url, path = self._url(page), self.request.path
        return NavigationItem(
            title=page.title,
            url=url,
            current=path == url,
            active=path.startswith(url),
            children=tuple(self._item(child, []) for child in children),
        )

    def _link(self, page: Page) -> dict[str, str]:
        """Return a page's title and address, and its language where it is not the reader's."""
        language = page.locale.language_code
        other = "" if language == self.frame.language else language
        return {"title": page.title, "url": self._url(page), "language": other}

    def sign_language_link(self) -> dict[str, str]:
        """Return the way to where videos in sign language are listed; {} while there are none."""
        page = in_current_language(page for page in self.frame.pages if page.is_signed)
        return self._link(page) if page else {}

    def named_pages(self) -> dict[str, dict[str, str] | None]:
        """Return the public pages that the settings name, by field, in the reader's language."""
        found = {
            name: self.frame.named_page(pk) for name, pk in self.settings.named_page_ids().items()
        }
        return {name: self._link(page) if page else None for name, page in found.items()}


class PublicCampaign:
    """The campaign's settings as templates see them: pages only where they are public."""

    def __init__(self, chrome: Chrome) -> None:
        self._settings, self._pages = chrome.settings, chrome.named_pages()

    def __getattr__(self, name: str) -> Any:
        if name.endswith("_page"):
            return self._pages.get(name)
        return getattr(self._settings, name)

    @property
    def logo(self) -> Any:
        """Return the municipality's logo, as the page's view has fetched it already."""
        if not self._settings.logo_id:
            return None
        store = current_lookups()
        store.fetch_images([self._settings.logo_id])
        return store.images.get(self._settings.logo_id)


def campaign(request: HttpRequest) -> dict[str, Any]:
    """Add what frames every page; nothing is fetched before a template asks."""
    chrome: Any = SimpleLazyObject(lambda: Chrome(request))
    # These names reach the admin's templates too, which must not use them otherwise.
    return {
        "campaign": SimpleLazyObject(lambda: PublicCampaign(chrome)),
        "navigation": SimpleLazyObject(lambda: chrome.navigation()),  # noqa: PLW0108
        "sign_language": SimpleLazyObject(lambda: chrome.sign_language_link()),  # noqa: PLW0108
        "home_url": SimpleLazyObject(_home_url),
        # Asking for the user would make every answer depend on the cookie.
        "has_session": settings.SESSION_COOKIE_NAME in request.COOKIES,
    }


def _home_url() -> str:
    language = get_language()
    return "/" if language in {None, "de"} else f"/{language}/"
