"""Template tags of the website: JSON-LD, page addresses, soft hyphens, hosts."""

import json
import re
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

import pyphen
from django import template
from django.core.serializers.json import DjangoJSONEncoder
from django.template.defaultfilters import stringfilter
from django.utils.html import escape, format_html
from django.utils.safestring import SafeData, SafeString, mark_safe
from django.utils.translation import get_language

from home.models import CampaignPage
from home.versions import Versions, versions_of

register = template.Library()

SOFT_HYPHEN = "\u00ad"
#: Letters from which on a word may break a narrow screen.
LONG_WORD = 15
_WORD = re.compile(rf"[^\W\d_]{{{LONG_WORD},}}")
_MARKUP = re.compile(r"(<[^>]*>|&#?\w+;)")
_SLASH = re.compile(r"/(?=[^/])")
_BLANKS = re.compile(r"(\s+)")
# A data block ends at "</script" and may hold "<!--"; in JSON both can be written otherwise.
_JSON_ESCAPES = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}


@register.simple_tag
def json_ld(data: dict[str, Any] | list[Any] | None) -> SafeString:
    """Write linked data as a data block, which no browser executes; nothing for nothing."""
    if not data:
        return SafeString()
    text = json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False).translate(_JSON_ESCAPES)
    escaped = mark_safe(text)  # noqa: S308 -- escaped above
    return format_html('<script type="application/ld+json">{}</script>', escaped)


@register.simple_tag(takes_context=True)
def page_url(context: template.Context, page: Any) -> str:
    """Write a page's address; the request remembers the sites, so that many cost no query."""
    return (page.get_url(context.get("request")) or "") if page else ""


@register.simple_tag
def oembed_url(page: Any) -> str:
    """Return where other websites find the frame with the page's card; "" where it has none."""
    from campaign.embeds import discovery_url

    return discovery_url(page) if page else ""


@register.simple_tag(takes_context=True)
def languages(context: template.Context, page: Any) -> Versions:
    """Return where each language leads from a page; without one, from the home page."""
    here = page if isinstance(page, CampaignPage) else None
    return versions_of(here, context["request"])


@register.filter(is_safe=True)
@stringfilter
def hyphenate(text: str) -> str:
    """Put soft hyphens into long German words; tags and entities of safe text stay as they are.

    Leichte Sprache divides long words itself, visibly, and nowhere else.
    """
    if get_language() not in {"de", None}:
        return text
    if isinstance(text, SafeData):
        parts = _MARKUP.split(text)
        return "".join(part if i % 2 else _hyphenate_text(part) for i, part in enumerate(parts))
    return _hyphenate_text(text)


@register.filter
@stringfilter
def host(url: str) -> str:
    """Return an address's host without "www."; "" when it has none."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


@register.filter
@stringfilter
def breakable(address: str) -> SafeString:
    """Let an address break after its slashes."""
    return mark_safe(_SLASH.sub("/<wbr>", escape(address)))  # noqa: S308 -- escaped


def _hyphenate_text(text: str) -> str:
    """Hyphenate every word but addresses, which people copy."""
    return "".join(
        token
        if "@" in token or "://" in token or token.startswith("www.")
        else _WORD.sub(lambda match: _hyphenate_word(match.group()), token)
        for token in _BLANKS.split(text)
    )


@lru_cache
def _dictionary() -> pyphen.Pyphen:
    return pyphen.Pyphen(lang="de_DE", left=3, right=3)


@lru_cache(maxsize=4096)
def _hyphenate_word(word: str) -> str:
    hyphenated: str = _dictionary().inserted(word, SOFT_HYPHEN)
    return hyphenated
