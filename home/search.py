"""Search over all public pages; takes any string and never fails for one."""

import re
import unicodedata

from django.utils.translation import get_language
from taggit.models import Tag
from wagtail.models import Page

from .cards import light_cards
from .visibility import visible_pages

MAX_LENGTH = 200
#: More words than anyone types; each makes the database's expression one level deeper.
MAX_WORDS = 16
#: The most relevant hits that are looked through; SQLite takes 999 parameters in one query.
MAX_HITS = 900
_WORD = re.compile(r"\w+")
_SLUG = re.compile(r"[-\w]{1,100}")


def clean_query(text: str) -> str:
    """Return the words of `text`, a blank between them, at most 200 characters.

    Quotes, control characters, lone surrogates and everything else that is no word is dropped.
    """
    # Typed on some systems, "ä" is two characters; soft hyphens stand inside of words.
    text = unicodedata.normalize("NFC", text[: 10 * MAX_LENGTH].replace("\u00ad", ""))
    words = _WORD.findall(text)[:MAX_WORDS]
    return " ".join(words)[:MAX_LENGTH].strip()


def find_tag(slug: str) -> Tag | None:
    """Return the tag with this slug, or None."""
    if not _SLUG.fullmatch(slug):
        return None
    return Tag.objects.filter(slug=slug).first()


def search_pages(query: str, tag: str | None = None) -> list[Page]:
    """Return the public pages that hold all words of `query` and carry the tag (a slug).

    The most relevant come first; without words, the newest of the tag. They are plain pages with
    two more attributes: `type_label` and `teaser_text`. At most three queries.
    """
    words = clean_query(query)
    if tag is not None and not _SLUG.fullmatch(tag):
        return []
    if not words and tag is None:
        return []
    pages = visible_pages().filter(depth__gt=1)
    if language := get_language():
        pages = pages.filter(locale__language_code=language)
    if tag is not None:
        # Not a join: a page may carry a tag twice while its tags are being edited.
        pages = pages.filter(pk__in=Page.objects.filter(tag_links__tag__slug=tag).values("pk"))
    if not words:
        return light_cards(pages.order_by("-first_published_at", "path"))
    # The index knows nothing of privacy and dates, so it comes first and visibility last.
    hits = find_hits(words)
    found = pages.in_bulk(hits)
    return light_cards(found[pk] for pk in hits if pk in found)


def find_hits(query: str) -> list[int]:
    """Return the primary keys of pages that hold all words of `query`, the most relevant first.

    Whether the public may see them is not asked: filter before anything is shown. One query.
    """
    words = clean_query(query)
    if not words:
        return []
    return [page.pk for page in Page.objects.only("pk").search(words)[:MAX_HITS]]
