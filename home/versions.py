"""The campaign in other languages: a page's versions, and whether one is a text of its own."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.http import HttpRequest
from django.utils.translation import get_language, get_language_info, to_locale
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from .frame import frame_of

if TYPE_CHECKING:
    from .models import CampaignPage

#: Leichte Sprache: German by its own rules, for people who read with difficulty.
SIMPLE = "de-simple"
#: What networks call the languages that need a country; they know no Leichte Sprache.
NETWORK_NAMES = {"de": "de_DE", SIMPLE: "de_DE", "en": "en_GB"}


def network_name(code: str) -> str:
    """Return what networks call a language."""
    return NETWORK_NAMES.get(code) or to_locale(code)


@dataclass(frozen=True)
class Version:
    """A language that the public can read, and the page where it leads from here."""

    code: str
    page: Page
    #: Whether this is the page itself in that language, or an overview of what there is.
    is_own: bool

    @property
    def name(self) -> str:
        """Return the language's name in the language itself."""
        return str(get_language_info(self.code)["name_local"])

    @property
    def is_current(self) -> bool:
        """Tell whether the reader has chosen this language."""
        return self.code == get_language()

    @property
    def is_simple(self) -> bool:
        """Tell whether this is Leichte Sprache."""
        return self.code == SIMPLE


@dataclass(frozen=True)
class Versions:
    """All languages that the public can read, in the settings' order; none where it has one."""

    found: tuple[Version, ...] = ()

    def __iter__(self) -> Iterator[Version]:
        return iter(self.found)

    def __len__(self) -> int:
        return len(self.found)

    @property
    def has_simple(self) -> bool:
        """Tell whether Leichte Sprache is among them."""
        return any(version.is_simple for version in self.found)

    @property
    def own(self) -> tuple[Version, ...]:
        """Return the page itself in all its languages; nothing where it has only one."""
        own = tuple(version for version in self.found if version.is_own)
        return own if len(own) > 1 else ()


def versions_of(page: "CampaignPage | None", request: HttpRequest) -> Versions:
    """Return where each language leads from a page, or from the home page.

    That is the page's own version, else the nearest page above it that the language has: the
    overview of what there is.
    """
    frame = frame_of(page, request)
    order = {one.translation_key: place for place, one in enumerate(frame.way)}
    nearest: dict[str, Page] = {}
    for one in frame.pages:
        if (place := order.get(one.translation_key)) is None:
            continue
        other = nearest.get(one.locale.language_code)
        if other is None or order[other.translation_key] < place:
            nearest[one.locale.language_code] = one
    if len(nearest) < 2:
        return Versions()
    own = page.translation_key if page else None
    return Versions(
        tuple(
            Version(code, nearest[code], nearest[code].translation_key == own)
            for code, _name in settings.LANGUAGES
            if code in nearest
        )
    )


def alternates(addresses: dict[str, str]) -> tuple[tuple[str, str], ...]:
    """Return a page's addresses by language, and the one for readers of any other language.

    Nothing for a page that there is in one language only.
    """
    if len(addresses) < 2:
        return ()
    default = addresses.get(settings.LANGUAGE_CODE) or next(iter(addresses.values()))
    return (*addresses.items(), ("x-default", default))


# --- Translations -------------------------------------------------------------------------------


def copied_from(page: "CampaignPage") -> "CampaignPage | None":
    """Return the page of another language whose text this one still has, word for word.

    That is the other page's text as it is now, or as it was when the translation was begun.
    Titles and teasers do not count. A page without longer texts is nobody's copy.
    """
    words = long_texts(page)
    if not any(words):
        return None
    begun = None if page.first_published_at else page.revisions.order_by("created_at", "pk").first()
    is_as_begun = begun is not None and long_texts(begun.as_object()) == words
    older: Any = Page.objects.filter(translation_key=page.translation_key, pk__lt=page.pk or 0)
    for source in older.specific():
        text = source if source.live else source.get_latest_revision_as_object()
        if type(source) is type(page) and (is_as_begun or long_texts(text) == words):
            return source
    return None


def long_texts(page: "CampaignPage") -> list[str]:
    """Return the words of a page's longer texts, field by field, without markup."""
    texts = []
    for field in page._meta.local_fields:  # those of all pages are no texts
        if isinstance(field, StreamField | RichTextField):
            texts.append(" ".join(field.get_searchable_content(getattr(page, field.name))))
        elif isinstance(field, models.TextField) and field.name not in page.as_typed:
            texts.append(getattr(page, field.name))
    return [" ".join(text.split()) for text in texts]
