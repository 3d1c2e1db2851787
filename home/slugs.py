"""Addresses in German: "Würde & Größe" becomes "wuerde-und-groesse", in the browser and here."""

import re

from django.utils.text import slugify

#: What is written otherwise: a pattern that Python and JavaScript read alike, and what replaces it.
#: Typed on some systems, "ä" is an "a" with two dots behind it.
RULES = (
    ("[äÄ]|[aA]\u0308", "ae"),
    ("[öÖ]|[oO]\u0308", "oe"),
    ("[üÜ]|[uU]\u0308", "ue"),
    ("[ßẞ]", "ss"),
    ("&", " und "),
    ("[–—/]", " "),
    ("[§]\\s*", ""),
    # Soft hyphens and the dots of Leichte Sprache stand inside of words.
    ("[\u00ad·‧•]", ""),
)


def german_slug(text: str) -> str:
    """Return `text` as part of an address: small letters, digits and hyphens; perhaps ""."""
    for pattern, replacement in RULES:
        text = re.sub(pattern, replacement, text)
    return slugify(text)
