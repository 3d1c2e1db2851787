"""German text in sentences and words."""

import re
from collections.abc import Iterator

#: Marks inside of words that are no letters: soft hyphen, invisible spaces.
INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
#: What separates the parts of a word in Leichte Sprache: hyphens and the Mediopunkt.
SEPARATORS = "-‐‑·‧•"
#: Addresses of pages, files and mailboxes; they are no words.
ADDRESS = re.compile(
    r"(?:https?://|www\.)\S+|[\w.+-]{1,64}@[\w.-]+\.\w+"
    r"|(?<![\w.-])[\w-]{1,63}(?:\.[\w-]{1,63})*\.(?:de|eu|org|com|net|info|example)\b(?:/\S*)?",
    re.IGNORECASE,
)

_LETTER = r"[^\W\d_]"
_WORD = re.compile(
    rf"{_LETTER}+(?:[{SEPARATORS}’':*_/]{_LETTER}+|/-{_LETTER}+|\({_LETTER}+\){_LETTER}*)*"
    r"|\d+(?:[.,:]\d+)*"
)
#: Abbreviations whose full stop ends no sentence, without that full stop.
_ABBREVIATIONS = frozenset(
    re.findall(
        r"\w+",
        "abs abschn abt allg anm art aufl bd beisp bes betr bsp bspw ca dipl dr einschl etc evtl "
        "fa fr geb gem ggf hausnr hd hl hr hrsg inkl ing jh kap lt max mind min mio mrd nr od "
        "prof rd s sog st std str tel usw u v vgl vol z zit zt zzgl bzw",
    )
)
#: These stand at a sentence's end as well as inside; what follows decides.
_AT_THE_END = frozenset(["abt", "usw", "etc", "mio", "mrd", "str", "std"])
_MONTHS = (
    "Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember|Jahrhundert"
)
_END = re.compile(r"(?<![.!?…])(?P<mark>[.!?…]++)[“”\"’')»\]]*+\s++(?=[„“\"‚'(»«]*(?P<next>\w+))")
_LAST_WORD = re.compile(r"([\w§]+)$")
#: After these, a number is no ordinal: "Das steht in Artikel 1. Der Staat …".
_COUNTED = re.compile(
    r"\b(?:Artikel|Art\.|Absatz|Abs\.|Nummer|Nr\.|Seite|Kapitel|Jahr|Paragraf|Paragraph|§)\s$"
)
#: What begins a sentence, and never stands behind an ordinal.
_BEGINNINGS = frozenset(
    re.findall(
        r"\w+",
        "Der Die Das Ein Eine Er Sie Es Ich Wir Ihr Du Man Dann Da Dort Hier Heute Aber Und Alle "
        "Dieser Diese Dieses Auch Jeder Jede Viele In Im Am Bei Mit",
    )
)


def sentences(line: str) -> Iterator[str]:
    """Yield the sentences of a line of text, without the spaces around them.

    Abbreviations ("z. B.", "Art. 1") and ordinals ("23. Mai") end no sentence.
    """
    start = 0
    for end in _END.finditer(line):
        if _ends_here(line[start : end.start()], end):
            if sentence := line[start : end.end()].strip():
                yield sentence
            start = end.end()
    if rest := line[start:].strip():
        yield rest


def _ends_here(before: str, end: re.Match[str]) -> bool:
    """Tell whether a mark ends the sentence that stands `before` it."""
    following = end["next"]
    if following[0].islower():
        return False
    if end["mark"] != ".":
        return True
    found = _LAST_WORD.search(before)
    word = found.group() if found else ""
    if word.isdecimal():
        return _number_ends(before[: -len(word)], word, following)
    if word.lower() in _ABBREVIATIONS or (len(word) == 1 and word.isalpha()):
        return word.lower() in _AT_THE_END and following in _BEGINNINGS
    return True


def _number_ends(before: str, number: str, following: str) -> bool:
    """Tell whether a number with a full stop ends a sentence, or is an ordinal as in "23. Mai"."""
    if re.fullmatch(_MONTHS, following):
        return False
    return len(number) > 2 or following in _BEGINNINGS or bool(_COUNTED.search(before))


def words(text: str) -> list[str]:
    """Return the words of a text, numbers included; a compound with hyphens is one word.

    Gender forms ("Kolleg:innen", "Autor/-in") are one word each; addresses are none.
    """
    return _WORD.findall(ADDRESS.sub(" ", INVISIBLE.sub("", text)))
