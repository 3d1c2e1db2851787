"""Which forms a German text uses for people of all genders: "Kolleg:innen", "Kolleg*innen" …

Only forms are found, never a missing one: whether a lone "Kollegen" means everybody, no rule tells.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from .sentences import ADDRESS, INVISIBLE


class Form(Enum):
    """How a word names more than one gender."""

    COLON = "Kolleg:innen"
    STAR = "Kolleg*innen"
    UNDERSCORE = "Kolleg_innen"
    MIDDLE_DOT = "Kolleg·innen"
    CAPITAL_I = "KollegInnen"
    SLASH = "Kolleg/-innen"
    BRACKETS = "Kolleg(inn)en"
    PAIR = "Kolleginnen und Kollegen"


@dataclass(frozen=True)
class Found:
    """A form in a text: which one, its letters, and where they begin."""

    form: Form
    text: str
    start: int


_MARKS = {
    ":": Form.COLON,
    "*": Form.STAR,
    "_": Form.UNDERSCORE,
    "·": Form.MIDDLE_DOT,
    "‧": Form.MIDDLE_DOT,
    "•": Form.MIDDLE_DOT,
    "/": Form.SLASH,
}
_MARK = r"(?:[:*_·‧•]|/[-‑]?)"
_ANY_MARK = re.compile(r"[:*_·‧•/]")
_BEGIN = r"(?<![\w.:*/@#·‧•-])"
#: Words that name no people: what follows the mark there is the word "in", or "innen" for inside.
_NO_PERSON = (
    r"(?!außen|innen|unten|oben|vorn|hinten|drinnen)"
    r"(?!\w*(?:ung|heit|keit|schaft|tion|tät|nis|weis|ment|tum|zeit|stadt|termin|tag|jahr|uhr|tritt|ei|ort|ma)[:*_·‧•/])"
)
_MAN, _WOMAN = "m(?:ann|ännern?)", "frau(?:en)?"
#: "Kolleg:in", "Kaufmann/-frau", "Bürger*innenrat", "EU-Bürger_innen", "Autor/-in".
_SUFFIX = re.compile(
    rf"{_BEGIN}(?i:{_NO_PERSON})(?:[^\W\d_]+[-‑])*[A-ZÄÖÜ][a-zäöüß]+{_MARK}"
    r"(?:in(?![\w-])|innen|(?<=[:*_])Innen(?![a-zäöüß])|inn\b|zze|nja)[a-zäöüß]*(?:[-‑]\w+)*(?![·‧•]|\.[a-z]{2,4}\b)"
    rf"|{_BEGIN}[A-ZÄÖÜ][a-zäöüß]+(?:{_MAN}/[-‑]?{_WOMAN}|{_WOMAN}/[-‑]?{_MAN})\b"
)
#: "jede:r", "ein*e", "Beschäftigte_r", "der/die": articles, pronouns, adjectives as nouns.
_ARTICLE = re.compile(
    rf"{_BEGIN}(?:(?:(?i:[ksmd]?eine|ihre|unsere|eure|jede|diese|jene|welche|manche|solche"
    rf"|liebe)|[A-ZÄÖÜ][a-zäöüß]+te|[A-ZÄÖÜ][a-zäöüß]+nde){_MARK}[rnms]"
    # "Deutsche:r", "Angehörige*n"; not "Frage/n", which is one question or many.
    r"|[A-ZÄÖÜ][a-zäöüß]+e(?:[:*_·‧•][rn]|/[-‑]?r)"
    rf"|(?i:[ksmd]?ein|ihr|unser){_MARK}e[rnms]?"
    rf"|(?i:der|die|dem|den|des|er|sie|ihm|ihr|ihn|seine?|ihre|jede[rmn]?)[:*_·‧•]"
    r"(?:der|die|dem|den|des|er|sie|ihm|ihr|ihn|seine?|ihre|jede[rmn]?)"
    r")(?![\w:*_/-])"
)
#: "LehrerInnen", "MitarbeiterIn"; not "LinkedIn" or "PlugIn": the singular needs a person's ending.
_CAPITAL = re.compile(
    rf"{_BEGIN}(?:[^\W\d_]+[-‑])*[A-ZÄÖÜ][a-zäöüß]+"
    r"(?:(?<=[a-zäöüß])Innen[a-zäöüß]*|(?<=er|or|st|nt|og|eg|at|af|äg|lt|ur|ig|hr|zt)In)\b"
)
_NO_CAPITAL = frozenset(["CheckIn", "LogIn", "PlugIn", "DriveIn", "StartIn", "PaintIn"])
#: "Lehrer(innen)", "Kolleg(inn)en", "Autor(in)".
_BRACKETS = re.compile(
    rf"{_BEGIN}(?:[^\W\d_]+[-‑])*[A-ZÄÖÜ][a-zäöüß]+\((?:-?innen|-?in|inn)\)[a-zäöüß]*"
)
#: Two nouns of which one may be the other's feminine, each with a word before: "liebe Kollegen".
_AND = re.compile(
    r"\b(?P<first>[A-ZÄÖÜ][a-zäöüß]+)[-‑]?(?:\s*/\s*|,\s+|,?\s+(?:und|oder|sowie|wie|noch|als\s+auch|bzw\.?|&"
    r"|beziehungsweise)"
    r"\s+)(?:(?:den|die|der|dem|des|ein|einen|einem|einer|eines|jede[rmsn]?|liebe[rn]?|alle[rn]?"
    r"|viele[rn]?|unsere[rn]?|ihre[rn]?)\s+){0,2}(?P<second>[A-ZÄÖÜ][a-zäöüß]+)"
)
#: "Feuerwehrmänner und -frauen".
_CUT_PAIR = re.compile(
    rf"{_BEGIN}[A-ZÄÖÜ][a-zäöüß]+(?:{_MAN}\s+(?:und|oder|bzw\.)\s+[-‑]{_WOMAN}"
    rf"|{_WOMAN}\s+(?:und|oder|bzw\.)\s+[-‑]{_MAN})\b"
)
#: Pairs without "-in", in the alphabet's order.
_OTHER_PAIR = re.compile(
    rf"(?P<stem>\w{{2,}}){_WOMAN} (?P=stem){_MAN}|Sint[io] Sintizz?[ae]|Roma Romnja|Rom Romni"
)
_FEMALE = re.compile(r"in(?:nen)?$")
#: What a masculine may have beyond the stem: "Kolleg-en", "Bürger-n", "Anwält-e".
_MALE_ENDINGS = frozenset(["", "e", "en", "er", "ern", "es", "n", "s"])
_SHORTEST_STEM = 3


def gender_forms(text: str) -> list[Found]:
    """Return the gender forms in a text, in their order.

    Times ("10:30"), addresses, "außen/innen" and names like "LinkedIn" are none.
    """
    text = ADDRESS.sub(lambda found: " " * len(found.group()), text)
    return sorted(_all_forms(text), key=lambda found: found.start)


def _all_forms(text: str) -> Iterator[Found]:
    for pattern in (_SUFFIX, _ARTICLE):
        for found in pattern.finditer(text):
            for mark in _ANY_MARK.findall(found.group())[:1]:
                yield Found(_MARKS[mark], found.group(), found.start())
    for found in _CAPITAL.finditer(text):
        if found.group() not in _NO_CAPITAL:
            yield Found(Form.CAPITAL_I, found.group(), found.start())
    for pattern, form in ((_BRACKETS, Form.BRACKETS), (_CUT_PAIR, Form.PAIR)):
        for found in pattern.finditer(text):
            yield Found(form, found.group(), found.start())
    place = 0
    while nouns := _AND.search(text, place):
        # What is no pair may lend its second noun to one: "Gruppen und Bürgerinnen und Bürger".
        place = nouns.start("second")
        if is_pair(nouns["first"], nouns["second"]):
            yield Found(Form.PAIR, nouns.group(), nouns.start())
            place = nouns.end()


def is_pair(first: str, second: str) -> bool:
    """Tell whether one noun is the other's feminine: "Ärztinnen" and "Ärzte", in either order."""
    if _OTHER_PAIR.fullmatch(" ".join(sorted((first, second)))):
        return True
    female, male = (first, second) if _FEMALE.search(first) else (second, first)
    if not _FEMALE.search(female) or _FEMALE.search(male):
        return False
    stem, other = _folded(_FEMALE.sub("", female)), _folded(male)
    if len(stem) < _SHORTEST_STEM or other.startswith(_folded(female)):
        return False  # "Verein und Vereine" are one thing and many
    # "Kund-innen" and "Kunde-n", "Beamt-innen" and "Beamte": the stem is all that they share.
    return other.startswith(stem) and other.removeprefix(stem) in _MALE_ENDINGS


def _folded(word: str) -> str:
    """Return a word in small letters, without the dots of umlauts: "Ärzte" → "arzte"."""
    decomposed = unicodedata.normalize("NFD", INVISIBLE.sub("", word).lower())
    return "".join(char for char in decomposed if not unicodedata.combining(char))
