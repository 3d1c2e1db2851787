"""The campaign in other languages: a page's versions, and whether one is a text of its own."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language, get_language_info, to_locale
from rapidfuzz import fuzz
from wagtail.models import Page

from .frame import frame_of
from .typed_texts import GERMAN

if TYPE_CHECKING:
    from .models import CampaignPage
    from .texts import Line

#: Leichte Sprache: German by its own rules, for people who read with difficulty.
SIMPLE = "de-simple"
#: What networks call the languages that need a country; they know no Leichte Sprache.
NETWORK_NAMES = {"de": "de_DE", SIMPLE: "de_DE", "en": "en_GB"}
#: From what likeness on, of 100, a text is the other's.
ALIKE = 90
#: Words up to which a text may be the same as in German Leichte Sprache, and in any language.
SHORT, FRAGMENT = 6, 2
_WORD = re.compile(r"[^\W_]+")
_ADDRESS = re.compile(r"\S*[@/]\S*|www\.\S+")


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


@dataclass(frozen=True)
class Copy:
    """The page of another language that a page's texts are from, and the fields that hold them."""

    source: "CampaignPage"
    places: tuple[str, ...]


def copied_from(page: "CampaignPage") -> Copy | None:
    """Return the page of another language whose text this one still has, nearly word for word.

    That is the other page's text as it is now, or as it was when the translation was begun. Names
    and the law's wording do not count: they are the same in every language.
    """
    older: Any = Page.objects.filter(translation_key=page.translation_key, pk__lt=page.pk or 0)
    sources = [source for source in older.specific() if type(source) is type(page)]
    if not sources:
        return None
    own = _texts(page)
    begun = None if page.first_published_at else page.revisions.order_by("created_at", "pk").first()
    as_begun = _texts(begun.as_object()) if begun else []
    for source in sources:
        text = source if source.live else source.get_latest_revision_as_object()
        for theirs in (_texts(text), as_begun):
            if places := _untranslated(own, theirs, page.locale.language_code):
                return Copy(source, places)
    return None


def _texts(page: "CampaignPage") -> "list[Line]":
    """Return what citizens read on a page, without what is a name, a number or an address."""
    from .texts import lines_of

    return [line for line in lines_of(page, with_tables=True) if not _is_name(line.text)]


def _is_name(text: str) -> bool:
    """Tell whether a text has no word that begins small, as all sentences have."""
    return not any(word[0].islower() for word in _WORD.findall(_ADDRESS.sub("", text)))


def _untranslated(own: "list[Line]", theirs: "list[Line]", language: str) -> tuple[str, ...]:
    """Return the names of the fields whose texts are to be written first.

    Short texts may be the same while others are not: a title, and more in Leichte Sprache.
    """
    from .texts import is_law, law_texts

    kept = [line for line in own if _is_among(line.text, theirs)]
    law = law_texts() if kept else []
    quoted = {line for line in kept if is_law(line.text, law)}
    same = [line for line in kept if line not in quoted]
    others = {line for line in own if not line.is_title} - quoted
    if not others.issubset(same):
        short = SHORT if language in GERMAN else FRAGMENT
        same = [line for line in same if _words(line.text) > (SHORT if line.is_title else short)]
    return tuple(dict.fromkeys(line.place for line in same))


def _is_among(text: str, others: "list[Line]") -> bool:
    """Tell whether a text nearly equals one of the others, or has added something to it."""
    return any(
        fuzz.ratio(text, other.text) >= ALIKE or (_words(other.text) > SHORT and other.text in text)
        for other in others
    )


def _words(text: str) -> int:
    return len(_WORD.findall(text))
