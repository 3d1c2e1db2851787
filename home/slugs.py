"""Addresses in German: "Würde & Größe" becomes "wuerde-und-groesse", in the browser and here."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator

from django.utils.text import slugify

#: The longest slug that a page may have.
MAX_LENGTH = 255
#: What the address of a page is called whose title has neither letters nor digits.
NAMELESS = "seite"
#: Where letters with accents, raised digits, fractions and ligatures stand in Unicode.
_BLOCKS = ((0xA0, 0x250), (0x1E00, 0x1F00), (0x2070, 0x20A0), (0x2100, 0x2180), (0xFB00, 0xFB07))


def _simple_forms() -> Iterator[tuple[str, str]]:
    """Yield which characters, as a pattern, are written with which plain letters and digits."""
    forms: dict[str, str] = defaultdict(str)
    for char in (chr(code) for block in _BLOCKS for code in range(*block)):
        fraction = unicodedata.normalize("NFKD", char).replace("\u2044", "-")
        form = re.sub("[^A-Za-z0-9-]", "", fraction).strip("-").lower()
        # "1½" is "1-1-2".
        forms[f" {form}" if "-" in form else form] += char
    for form, chars in forms.items():
        if form:
            yield f"[{chars}]", form


#: What is written otherwise: a pattern that Python and JavaScript read alike, and what replaces it.
#: Typed on some systems, "ä" is an "a" with two dots behind it.
RULES = (
    ("[äÄ]|[aA]\u0308", "ae"),
    ("[öÖ]|[oO]\u0308", "oe"),
    ("[üÜ]|[uU]\u0308", "ue"),
    ("[ßẞ]", "ss"),
    ("[æÆ]", "ae"),
    ("[œŒ]", "oe"),
    ("[øØ]", "o"),
    ("[łŁ]", "l"),
    ("[đĐðÐ]", "d"),
    ("[þÞ]", "th"),
    ("[ħĦ]", "h"),
    ("[ŧŦ]", "t"),
    ("ı", "i"),
    ("&", " und "),
    ("[–—/]", " "),
    ("[\u2010\u2011\u2212]", "-"),
    ("[§]\\s*", ""),
    # Soft hyphens and the dots of Leichte Sprache stand inside of words.
    ("[\u00ad·‧•]", ""),
    *_simple_forms(),
    ("[\t-\r\u00a0\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]", " "),
    # What is still no plain letter or digit here is a sign, or of another script.
    ("[^A-Za-z0-9_ -]", ""),
    ("^[_ -]+|[_ -]+$", ""),
)
#: The same for the admin's forms, which would leave a slug empty.
FORM_RULES = (*RULES, ("^$", NAMELESS))


def german_slug(text: str) -> str:
    """Return `text` as part of an address: small letters, digits and hyphens; perhaps ""."""
    for pattern, replacement in RULES:
        text = re.sub(pattern, replacement, text)
    return slugify(text)[:MAX_LENGTH].rstrip("-")
