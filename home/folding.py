"""German words folded to what they have in common, so that people find what they mean.

The same on every database: upper and lower case, umlauts and their digraphs, ß and ss, soft hyphens
and the dots of Leichte Sprache, gender forms and endings do not count. Words with hyphens are known
both whole and in parts.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

#: The longest word that is told apart from others.
LONGEST_WORD = 60
_FORMS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "œ": "oe", "æ": "ae"})
#: Marks inside of words that are no part of them.
_INSIDE = re.compile(r"[\u00ad\u200b\u2060·‧]|(?<=[^\W\d_])•(?=[^\W\d_])")
#: "Kolleg:innen", "Bürger*in", "Kolleg_innen", "Schüler/-innen".
_GENDER = re.compile(r"(?<=[a-zäöüß])(?:[:*_]|/-?)(?=in(?:nen)?\b)", re.IGNORECASE)
#: "6.800"
_THOUSANDS = re.compile(r"(?<=\d)\.(?=\d{3}(?!\d))")
#: A word, perhaps of several with hyphens between them.
WORD = re.compile(r"[^\W_]+(?:[-‑][^\W_]+)*")
#: "KollegInnen" ends like "Kolleginnen" once its case is folded; "innen" then is an ending.
_FEMALE = (
    *("innen", "erin", "orin", "arin", "igin", "entin", "istin", "legin", "login", "amtin", "ndin"),
)
_ENDINGS = ("ern", "em", "en", "er", "es", "e", "n", "s")
#: What must be left of a word when an ending is taken off.
_SHORTEST_STEM, _SHORTEST_AFTER_TWO = 3, 4
#: Words that stand in every text; a search does not insist on them.
STOP_WORDS = frozenset(
    [
        "der",
        "die",
        "das",
        "des",
        "dem",
        "den",
        "und",
        "oder",
        "ein",
        "eine",
        "einer",
        "eines",
        "einem",
        "einen",
        "in",
        "im",
        "an",
        "am",
        "auf",
        "aus",
        "bei",
        "fuer",
        "von",
        "vom",
        "zu",
        "zum",
        "zur",
        "mit",
        "ist",
        "sind",
        "wie",
        "was",
        "wir",
        "ich",
        "du",
        "sie",
        "er",
        "es",
        "nicht",
        "auch",
        "als",
        "so",
        "dass",
        "gg",
    ]
)


def tidy(text: str) -> str:
    """Return `text` composed, without marks inside of words, gender forms in one piece."""
    text = _INSIDE.sub("", unicodedata.normalize("NFC", text))
    return _THOUSANDS.sub("", _GENDER.sub("", text))


def plain(text: str) -> str:
    """Return `text` in small letters, with one form for umlauts, and nothing inside of words."""
    text = tidy(text).lower().translate(_FORMS)
    # What other accents there are: "é" becomes "e".
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(char for char in decomposed if not unicodedata.combining(char))


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Return a plain word without its ending: "impulse" → "impuls", "kolleginnen" → "kolleg"."""
    for ending in _FEMALE:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            word = word.removesuffix("nen").removesuffix("in")
            break
    if word.endswith("nis"):
        return word
    for shortest in (_SHORTEST_STEM, _SHORTEST_AFTER_TWO):
        for ending in _ENDINGS:
            if _ends_with(word, ending) and len(word) - len(ending) >= shortest:
                word = word.removesuffix(ending)
                break
        else:
            break
        if word.endswith("niss"):  # "Ergebnisse"
            return word.removesuffix("s")
    return word


def _ends_with(word: str, ending: str) -> bool:
    """Tell whether a word has an ending; the second "s" of "muss" is none."""
    return word.endswith(ending) and not (ending == "s" and word.endswith("ss"))


def split_word(word: str) -> list[str]:
    """Return the parts of a word with hyphens; of any other the word alone."""
    return [part[:LONGEST_WORD] for part in re.split("[-‑]", word)]


def spelled(text: str) -> Iterator[tuple[str, str]]:
    """Yield the words of a text as they are written, each with its plain form.

    Of a word with hyphens first the whole is yielded, folded without them, then its parts.
    """
    for found in WORD.findall(tidy(text)):
        parts = re.split("[-‑]", found)
        if len(parts) > 1:
            yield found[:LONGEST_WORD], plain("".join(parts))[:LONGEST_WORD]
        for part in parts:
            yield part[:LONGEST_WORD], plain(part)[:LONGEST_WORD]


def stems(text: str) -> Iterator[str]:
    """Yield the stems of a text's words."""
    return (stem(word) for _written, word in spelled(text))
