"""Authors in exports, and on their way back."""

from typing import Any

from wagtail.models import Site

from api.registry import Part, registry
from api.schemas import Schema
from api.transfer.filling import Restorer
from home.lookups import current_lookups

from .models import Author, GuestPostPage
from .schemas import AuthorSchema


class AuthorList(Schema):
    """Everybody who has written a public guest post."""

    items: list[AuthorSchema]


def read_authors(_site: Site) -> AuthorList:
    """Return the authors of public posts, with their portraits."""
    posts = GuestPostPage.objects.visible()
    authors = list(Author.objects.filter(post_links__page__in=posts).distinct().order_by("pk"))
    store = current_lookups()
    store.fetch_images(author.portrait_id for author in authors if author.portrait_id)
    for author in authors:
        author.portrait = store.images.get(author.portrait_id or 0)
    return AuthorList(items=[AuthorSchema.model_validate(author) for author in authors])


def restore_authors(data: dict[str, Any], restorer: Restorer) -> None:
    """Make the authors; posts name them by number."""
    for item in data["items"]:
        restorer.fill(Author(), item).save()


registry.add_part(Part("authors.json", read_authors, restore_authors, models=(Author,)))
