"""Cards in other websites: what a frame shows, and how an editor there gets it (oEmbed 1.0)."""

from typing import Annotated, Any, Literal
from urllib.parse import SplitResult, urlencode, urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.html import format_html
from ninja import Router
from pydantic import Field
from wagtail.models import Page, Site

from api.addresses import absolute, client_root
from api.answers import ERRORS, answer
from api.cursors import LARGEST
from api.problems import problem
from api.registry import registry
from api.schemas import Problem, Schema
from api.touched import touch
from home.models import CampaignSettings

router = Router()

#: By type: the template of its card.
TEMPLATES = {
    "postcard": "embeds/postcard.html",
    "courage_card": "embeds/courage_card.html",
    "impulse": "embeds/teaser.html",
    "guest_post": "embeds/teaser.html",
}
#: The width of a frame, in pixels, that nobody has asked for.
WIDTH = 480
#: A postcard's height by its width.
POSTCARD = 105 / 148
#: The height, in pixels, of a courage card's closed back.
BACK = 52
PICTURE = 2 / 3
#: Where the files are that make the frames.
SOURCES = (
    settings.SITE_DIR / "campaign",
    settings.SITE_DIR / "templates",
    settings.SITE_DIR / "static" / "css",
)

Address = Annotated[
    str,
    Field(
        max_length=2048,
        pattern=r"^[^\u0000]*$",
        description="Of a public postcard, courage card, impulse story or guest post.",
    ),
]
Pixels = Annotated[int, Field(ge=1, description="Pixels.")]


class OEmbed(Schema):
    """A card to embed: https://oembed.com/."""

    version: Literal["1.0"] = "1.0"
    type: Literal["rich"] = "rich"
    title: str
    provider_name: str
    provider_url: str
    cache_age: int = Field(description="Seconds.")
    html: str = Field(description="A frame, without any script.")
    width: int = Field(description="Pixels.")
    height: int = Field(description="Pixels.")


@router.get(
    "/oembed",
    operation_id="get_oembed",
    summary="Find the frame for a page's address (oEmbed)",
    response={200: OEmbed, **ERRORS, 501: Problem},
)
def get_oembed(
    request: HttpRequest,
    url: Address,
    maxwidth: Pixels | None = None,
    maxheight: Pixels | None = None,
    format: Literal["json", "xml"] = "json",  # noqa: A002 -- oEmbed's own name
) -> HttpResponse:
    """Return the frame that shows the card of a page in another website."""
    if format != "json":
        refusal = problem(501, "There is JSON only: format=json.")
        vars(refusal)["_has_been_logged"] = True  # it is no fault of ours
        return refusal
    site = registry.content.site(request)
    page = embeddable(found.pk) if (found := _find(request, site, url)) else None
    if page is None:
        raise Http404("No public card or story stands at this address.")
    width = min(WIDTH, maxwidth or WIDTH)
    height = min(_height(page, width), maxheight or LARGEST)
    return answer(
        OEmbed(
            title=page.title,
            provider_name=CampaignSettings.read(site).name,
            provider_url=f"{site.root_url}/",
            cache_age=3600,
            html=frame(page, width, height),
            width=width,
            height=height,
        )
    )


@router.get(
    "/embed/{int:page_id}",
    operation_id="get_embed",
    summary="Read a card as a small web page, to be shown in a frame",
    response={200: None, **ERRORS},
    openapi_extra={"responses": {200: {"content": {"text/html": {"schema": {"type": "string"}}}}}},
)
def get_embed(request: HttpRequest, page_id: int) -> HttpResponse:
    """Return the card of a page as HTML: no script, no cookie, nothing from elsewhere."""
    page = embeddable(page_id)
    if page is None:
        raise Http404("No public card or story has this id.")
    touch("site")
    with translation.override(page.locale.language_code):
        response = render(request, TEMPLATES[_kind(type(page))], {"page": page})
    response["Content-Language"] = page.locale.language_code
    return response


def embeddable(pk: int) -> Any:
    """Return a public page that has a card, as its own type with what the card shows; or None."""
    found = registry.content.public_pages().filter(pk=pk).first() if pk <= LARGEST else None
    kind = _kind(found.specific_class) if found else ""
    if kind not in TEMPLATES:
        return None
    touch(f"page-{pk}", kind)
    return next(iter(registry.content.cards([pk])), None)


def discovery_url(page: Page) -> str:
    """Return the absolute address where an editor elsewhere finds a page's frame; or ""."""
    if _kind(type(page)) not in TEMPLATES:
        return ""
    _site, root, path = page.get_url_parts() or (None, None, None)
    if not path:
        return ""
    return f"{root}{reverse('api:get_oembed')}?{urlencode({'url': root + path, 'format': 'json'})}"


def frame(page: Page, width: int, height: int) -> str:
    """Return the HTML that another website shows."""
    return format_html(
        '<iframe src="{}" width="{}" height="{}" title="{}" loading="lazy"'
        ' style="border:0;max-width:100%"></iframe>',
        absolute(reverse("api:get_embed", args=[page.pk])),
        width,
        height,
        page.title,
    )


def _kind(model: Any) -> str:
    """Return the name of a page's type; "" for one that the API does not know."""
    return registry.page_types[model].name if model in registry.page_types else ""


def _find(request: HttpRequest, site: Site, address: str) -> Page | None:
    """Return the public page at an absolute address: at the site, or at its client."""
    try:
        asked = urlsplit(address)
    except ValueError:
        return None
    if asked.scheme not in {"http", "https"}:
        return None
    here = (site.root_url, f"//{request.get_host()}", client_root(site.root_url))
    for root in filter(None, here):
        if (path := _below(urlsplit(root), asked)) is not None:
            return registry.content.find_path(site, path)
    return None


def _below(root: SplitResult, asked: SplitResult) -> str | None:
    """Return the path of an address below a root; None where it stands elsewhere."""
    base = root.path.rstrip("/")
    if asked.netloc.lower() != root.netloc.lower() or not asked.path.startswith(f"{base}/"):
        return None
    return asked.path.removeprefix(base)


def _height(page: Any, width: int) -> int:
    """Return the height that a card needs in a frame of this width, in pixels, about."""
    kind = _kind(type(page))
    foot = 84 if width >= 400 else 116  # where rights have lines of their own
    if kind in {"postcard", "courage_card"}:
        return round(width * POSTCARD) + foot + (BACK if kind == "courage_card" else 0)
    picture = width * PICTURE if page.social_image_id else 0
    words = 130 + 70_000 / width  # the narrower the frame, the more lines
    return round(picture + words) + foot
