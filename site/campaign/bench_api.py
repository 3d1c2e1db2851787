"""What the content API costs as a campaign grows, beside Wagtail's own (v2) for the same list."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.test import Client
from django.test.utils import override_settings
from django.urls import path
from wagtail.api import APIField
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.views import PagesAPIViewSet

from api.registry import registry
from campaign import urls as campaign_urls
from demo.multiply import multiply
from home.models import CampaignImage
from home.visibility import visible_pages
from postcards.models import PostcardPage

SIZES = (100, 1_000, 10_000)
OURS = {
    "20 cards": "/api/v1/pages?type=postcard&limit=20",
    "20 cards of all types": "/api/v1/pages?limit=20",
    "a page by path": "/api/v1/resolve?path={path}",
    "the menu": "/api/v1/navigation",
    "a search": "/api/v1/pages?q=Freiheit&limit=20",
}
V2 = "/v2/pages/?type=postcards.PostcardPage&fields=*&limit=20"
#: What v2 is asked for: what our cards hold and v2 can give.
FIELDS = (
    *("teaser_image", "department", "tags", "licence", "ai_use", "color"),
    *("article", "headline", "chosen_paragraphs", "design", "picture", "credit"),
)
HEADER = f"{'pages':>7}  {'what':24} {'queries':>8} {'CPU ms':>8}"

router = WagtailAPIRouter("v2")
router.register_endpoint("pages", PagesAPIViewSet)
urlpatterns = [path("v2/", router.urls), *campaign_urls.urlpatterns]


@contextmanager
def fields_for_v2() -> Iterator[None]:
    """Let v2 show what our cards show, for the time of the block."""
    PostcardPage.api_fields = [APIField(name) for name in FIELDS]
    try:
        yield
    finally:
        del PostcardPage.api_fields


def measure(out: Any) -> None:
    """Print a table: each answer at each size; the pages made for it are the caller's to undo."""
    from .measures import cpu_milliseconds, queries

    client = Client()
    settings = {"ALLOWED_HOSTS": ["*"], "API_THROTTLE_RATE": "", "ROOT_URLCONF": __name__}
    out.write(HEADER)
    with override_settings(**settings), fields_for_v2():
        for size in SIZES:
            grow(size)
            path = visible_pages().type(PostcardPage).order_by("path").first().url
            asked = {name: url.format(path=path) for name, url in OURS.items()}
            for name, url in {**asked, "20 cards from Wagtail v2": V2}.items():
                repeats = 3 if url == V2 else 10
                cost = f"{queries(client, url):8} {cpu_milliseconds(client, url, repeats):8.1f}"
                out.write(f"{visible_pages().count():7}  {name:24} {cost}")


def grow(size: int) -> None:
    """Copy the first public page of every type that is not unique until there are `size` pages."""
    images = list(CampaignImage.objects.all()[:50])
    pages = [
        visible_pages().type(model).order_by("path").first()
        for model in registry.page_types
        if not model.max_count_per_parent and model.__name__ != "HomePage"
    ]
    samples = [page.specific for page in pages if page]
    for sample in samples:
        multiply(sample, size // len(samples), images)
