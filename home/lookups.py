"""What one request looks up, it looks up once: pages, pictures and hidden branches.

A page's body names other pages and pictures in many blocks. Instead of a query a block, the page
collects all names first (`references.py`) and fetches them together; blocks and links then find
them here. Outside a request nothing is kept.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, cast

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.decorators import sync_only_middleware
from wagtail.documents import get_document_model

from api.addresses import page_link

from .pictures import showing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wagtail.documents.models import AbstractDocument
    from wagtail.models import Page

    from api.content import Freshness

    from .frame import Frame
    from .models import CampaignImage, CampaignPage, CampaignSettings, Video
    from .references import Named


class Lookups:
    """The objects that one request has fetched."""

    def __init__(self, *, renditions: bool = True) -> None:
        """Begin empty; without `renditions`, pictures come without their sizes."""
        self._renditions = renditions
        self.images: dict[int, CampaignImage] = {}
        self._withheld: set[int] = set()
        self.documents: dict[int, AbstractDocument] = {}
        self.videos: dict[int, Video] = {}
        self.pages: dict[int, CampaignPage | None] = {}
        self.links: dict[int, Page | None] = {}
        self.plans: dict[int, list[int]] = {}
        self.campaigns: dict[int | None, CampaignSettings] = {}
        self.frame: Frame | None = None
        self.freshness: Freshness | None = None
        self._hidden: tuple[str, ...] | None = None

    def hidden_branches(self, find: Callable[[], tuple[str, ...]]) -> tuple[str, ...]:
        """Return the paths of hidden branches, asking `find` the first time only."""
        if self._hidden is None:
            self._hidden = find()
        return self._hidden

    def remember_hidden_branches(self, paths: tuple[str, ...]) -> None:
        """Keep the hidden branches that the way to the page has met."""
        self._hidden = paths

    def campaign(self, site_id: int | None) -> "CampaignSettings":
        """Return a site's settings, for no site those of the house; one query the first time."""
        from .models import CampaignSettings

        if site_id not in self.campaigns:
            found = CampaignSettings.objects.filter(site=site_id).first() if site_id else None
            self.campaigns[site_id] = found or CampaignSettings.of_house()
        return self.campaigns[site_id]

    def fetch_images(self, ids: Iterable[int]) -> None:
        """Fetch pictures with all their renditions; one query once they have some."""
        from .models import CampaignImage, CampaignRendition

        missing = set(ids) - self.images.keys()
        if showing.are_hidden():
            missing -= self._withheld
        if not missing:
            return
        if not self._renditions:
            self._take_images(CampaignImage.objects.in_bulk(list(missing)))
            return
        found: dict[int, CampaignImage] = {}
        renditions: dict[int, list[CampaignRendition]] = defaultdict(list)
        for rendition in CampaignRendition.objects.filter(image__in=missing).select_related(
            "image"
        ):
            renditions[rendition.image_id].append(rendition)
            found.setdefault(rendition.image_id, rendition.image)
        if fresh := missing - found.keys():
            found |= CampaignImage.objects.in_bulk(list(fresh))
        for pk, image in found.items():
            image.prefetched_renditions = renditions[pk]
        self._take_images(found)

    def _take_images(self, found: "dict[int, CampaignImage]") -> None:
        """Keep pictures; what is made for the public is without those that are held back."""
        if showing.are_hidden():
            withheld = {pk for pk, image in found.items() if image.is_withheld}
            self._withheld |= withheld
            found = {pk: image for pk, image in found.items() if pk not in withheld}
        self.images |= found

    def fetch_documents(self, ids: Iterable[int]) -> None:
        """Fetch documents; one query."""
        if missing := set(ids) - self.documents.keys():
            self.documents |= get_document_model().objects.in_bulk(list(missing))

    def fetch_videos(self, ids: Iterable[int]) -> None:
        """Fetch videos; one query."""
        from .models import Video

        if missing := set(ids) - self.videos.keys():
            self.videos |= Video.objects.in_bulk(list(missing))

    def attach_images(self, pages: "Iterable[CampaignPage]", *more: int) -> None:
        """Give pages their pictures, renditions included; `more` pictures are only fetched."""
        found = list(pages)
        self.fetch_images([*more, *(pk for page in found for pk in page.image_ids())])
        while self._leave_out_withheld(found):
            # A page without its teaser picture shows the next one that it has.
            self.fetch_images(pk for page in found for pk in page.image_ids())
        for page in found:
            for name in page.image_fields:
                if image := self.images.get(getattr(page, f"{name}_id")):
                    setattr(page, name, image)

    def _leave_out_withheld(self, pages: "list[CampaignPage]") -> bool:
        """Take from pages what the public may not see; tell whether there was something."""
        if not showing.are_hidden():
            return False
        fields = [
            (page, name)
            for page in pages
            for name in page.image_fields
            if getattr(page, f"{name}_id") in self._withheld
        ]
        for page, name in fields:
            setattr(page, name, None)
        return bool(fields)

    def fetch_named(self, page: "CampaignPage", named: "Named") -> None:
        """Fetch what `page` names, and the pictures of all of it: a query a kind of thing."""
        from .cards import by_type, fetch_cards

        found = {linked.pk: linked for linked in page.linked_pages(named.links)}
        self.links |= found | dict.fromkeys(named.links - found.keys())
        self.fetch_documents(named.documents)
        self.fetch_videos(named.videos)
        wanted = by_type(page.planned_cards(self))
        for model, ids in named.cards.items():
            wanted[model] |= ids
        cards = fetch_cards(wanted)
        self.pages |= {pk: cards.get(pk) for ids in wanted.values() for pk in ids}
        self.attach_images([page, *cards.values()], *named.images, *page.view_image_ids())

    def fetch_pages(self, ids: Iterable[int]) -> None:
        """Fetch public pages with what their cards show; a fixed number of queries a type.

        Pages that the public may not see are remembered as None.
        """
        from .cards import by_type, fetch_cards, typed_keys
        from .visibility import visible_pages

        if missing := set(ids) - self.pages.keys():
            found = fetch_cards(by_type(typed_keys(visible_pages().filter(pk__in=missing))))
            self.pages |= {pk: found.get(pk) for pk in missing}
            self.attach_images(found.values())

    def visible(self, ids: Iterable[int]) -> "list[CampaignPage]":
        """Return the public pages among `ids`, in their order, as their own types."""
        wanted = list(ids)
        self.fetch_pages(wanted)
        return [page for pk in wanted if (page := self.pages[pk]) is not None]

    def addresses(self, ids: Iterable[int]) -> dict[int, str]:
        """Return the addresses of those pages among `ids` that the public may see."""
        from .visibility import visible_pages

        wanted = set(ids)
        if missing := wanted - self.links.keys() - self.pages.keys():
            self.links |= dict.fromkeys(missing)
            self.links |= visible_pages().in_bulk(list(missing))
        pages = (self.pages.get(pk) or self.links.get(pk) for pk in wanted)
        return {page.pk: page_link(page) for page in pages if page is not None}


_current: ContextVar[Lookups | None] = ContextVar("lookups", default=None)


def current_lookups() -> Lookups:
    """Return the request's lookups; outside a request an empty one that is kept by nobody."""
    return _current.get() or Lookups()


@contextmanager
def lookups(*, renditions: bool = True) -> "Iterator[Lookups]":
    """Keep what is looked up until the block ends."""
    token = _current.set(Lookups(renditions=renditions))
    try:
        yield cast(Lookups, _current.get())
    finally:
        _current.reset(token)


@sync_only_middleware
class LookupsMiddleware:
    """Give every request its own lookups."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> Any:
        """Answer the request with lookups that end with it."""
        with lookups(), showing.held_pictures(shown=_sees_held_pictures(request)):
            return self.get_response(request)


def _sees_held_pictures(request: HttpRequest) -> bool | None:
    """Tell whether a request's sender sees pictures that are held back.

    Nothing is said for what saves: it must not lose a picture that it does not see.
    """
    is_inside = request.path_info.startswith(reverse("wagtailadmin_home"))
    # The admin shows previews by a request of its own to the page's address.
    if showing.are_shown() or (is_inside and request.user.is_authenticated):
        return True
    return None if is_inside or request.method not in {"GET", "HEAD"} else False
