"""The empty home page of a new installation: the demo fills it, and empties it again."""

from __future__ import annotations

from django.db.models import Model
from wagtail.models import Site

from home.models import HomePage, PageArticle, PageTag

TITLE, SLUG = "Startseite", "start"
# Where the page stands and what it is; everything else is content.
_IDENTITY = frozenset(
    {
        "id",
        "page_ptr",
        "path",
        "depth",
        "numchild",
        "url_path",
        "locale",
        "translation_key",
        "content_type",
    }
)


def find() -> HomePage | None:
    """Return the default site's home page if nobody has ever worked on it, or None."""
    site = Site.objects.filter(is_default_site=True).first()
    home = HomePage.objects.filter(pk=site.root_page_id).first() if site else None
    if home is None or home.latest_revision_id or home.claim or home.body or home.numchild:
        return None
    return home


def restore(page: Model) -> None:
    """Make the page what it was; those below it stay."""
    PageArticle.objects.filter(page=page.pk).delete()
    PageTag.objects.filter(content_object=page.pk).delete()
    home = HomePage.objects.get(pk=page.pk)
    empty = HomePage(title=TITLE, draft_title=TITLE, slug=SLUG)
    for field in home._meta.concrete_fields:
        if field.name not in _IDENTITY:
            setattr(home, field.attname, getattr(empty, field.attname))
    home.save(clean=False)
    home.revisions.all().delete()
