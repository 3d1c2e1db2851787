"""How hard a German text is to read: the first Wiener Sachtextformel.

Richard Bamberger, Erich Vanecek: Lesen – Verstehen – Lernen – Schreiben. Wien 1984.
https://de.wikipedia.org/wiki/Lesbarkeitsindex#Wiener_Sachtextformel
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from .sentences import sentences, words

#: The formula counts on samples; below this it says nothing.
MINIMUM_WORDS = 30
#: The scale begins here; what is below has no meaning of its own.
VERY_EASY = 4
LONG_WORD = 7
MANY_SYLLABLES = 3

#: A syllable's nucleus: a vowel, or several that sound as one.
_NUCLEUS = re.compile(
    r"äu|au|eu(?!ms?\b)|ei|ey|ai|ay|ie(?!n\b)|(?<=[tr])ea(?=m)|aa|ee|oo|(?<!q)u|[aeioyäöüàáâèéêëíîïóôœæ]",
)
#: Between vowels of two syllables: "be-enden", "ge-impft", "Ide-en", "Jubilä-um", "Famili-e".
_APART = re.compile(
    r"(?:(?<=\bbe)|(?<=\bge))(?=e[hifn]|impf|inhalt|irrt|urteil|urlaub|ordn|ob)"
    r"|(?<=ide)(?=en)|(?<=e)(?<!gre)(?<!cre)(?<!que)(?<!\bte)(?=en\b)"
    r"|(?:(?<=bilä)|(?<=muse))(?=um)"
    r"|(?:(?<=famili)|(?<=seri)|(?<=studi)|(?<=lini)|(?<=akti)|(?<=ateri)|(?<=ödi)|(?<=prämi)"
    r"|(?<=foli))(?=e(?!r))"
)


@dataclass(frozen=True)
class Score:
    """What the formula was counted from, and what it says: 4 is very easy, 15 very hard."""

    words: int
    sentences: int
    value: float


def syllables(word: str) -> int:
    """Return the number of a word's syllables, one at least; true for nearly all German words."""
    return max(1, len(_NUCLEUS.findall(_APART.sub("-", word.lower()))))


def readability(lines: Iterable[str]) -> Score | None:
    """Return the score of a text, given line by line; None where it is too short to be measured.

    A line's end ends a sentence, as in headings and lists.
    """
    parts = [found for line in lines for part in sentences(line) if (found := words(part))]
    every = [word for part in parts for word in part]
    count = len(every)
    if count < MINIMUM_WORDS:
        return None
    lengths = [syllables(word) for word in every]
    many = sum(length >= MANY_SYLLABLES for length in lengths) / count * 100
    one = lengths.count(1) / count * 100
    long = sum(_letters(word) >= LONG_WORD for word in every) / count * 100
    value = 0.1935 * many + 0.1672 * count / len(parts) + 0.1297 * long - 0.0327 * one - 0.875
    return Score(count, len(parts), round(value, 1))


def _letters(word: str) -> int:
    return sum(char.isalpha() for char in word)
