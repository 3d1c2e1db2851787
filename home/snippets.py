"""What a search result quotes from its page, the words that were looked for marked."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from .folding import stem, stems
from .search import SHORTEST_INSIDE, Term, beginning

#: Characters of a quotation, about, and how many of them stand before the first found word.
LENGTH, LEAD = 220, 70
#: The first words that are looked at to find the best place.
MOST_SPANS = 40
_INSIDE = "\u00ad\u200b\u2060·‧"
_JOINTS = ":*_•‑-"
_BETWEEN = f"[{_INSIDE}/{_JOINTS}]{{0,2}}"
#: How a letter of a folded word may be written.
_SPELLINGS = {
    "ae": "(?:ä|ae|æ)",
    "oe": "(?:ö|oe|œ)",
    "ue": "(?:ü|ue)",
    "ss": "(?:ß|ss)",
    "a": "[aàáâãå]",
    "c": "[cç]",
    "e": "[eèéêë]",
    "i": "[iìíîï]",
    "n": "[nñ]",
    "o": "[oòóôõ]",
    "s": "[sß]",
    "u": "[uùúû]",
}
_LETTERS = re.compile("ae|oe|ue|ss|.")
_SENTENCE = re.compile(r"(?<=[.!?\n])\s*")


class Span(NamedTuple):
    """A found word's place in a text, and the number of the term that it stands for."""

    start: int
    end: int
    term: int


class Highlighter:
    """Finds the words that a query's terms stand for, in texts as they are written."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self._terms = list(terms)
        words = {one.word for term in self._terms for one in (term, *term.pieces)}
        patterns = [pattern for word in sorted(words) for pattern in _patterns(word)]
        self._pattern = re.compile("|".join(patterns), re.IGNORECASE) if patterns else None

    def mark(self, text: str) -> SafeString:
        """Return a text as HTML with all found words in `<mark>`."""
        return self._marked(text, 0, len(text), self.spans(text))

    def quote(self, text: str) -> SafeString:
        """Return the part of a text that holds most of the terms, as HTML; "" if it holds none."""
        spans = list(islice(self.spans(text), MOST_SPANS))
        if not spans:
            return SafeString()
        best = max(spans, key=lambda span: (len(_terms_from(spans, span)), -span.start))
        start = _beginning_of_quote(text, best.start)
        end = len(text)
        if end > start + LENGTH:
            end = max(text.rfind(" ", best.end, start + LENGTH), best.end)
        quote = self._marked(text, start, end, self.spans(text, start, end))
        before = "… " if start else ""
        after = " …" if end < len(text) else ""
        return mark_safe(f"{before}{quote}{after}")  # noqa: S308 -- escaped in _marked

    def spans(self, text: str, start: int = 0, end: int | None = None) -> Iterator[Span]:
        """Yield the found words of a text, or of a part of it, in their order."""
        position, last = start, len(text) if end is None else end
        while self._pattern and (found := self._pattern.search(text, position, last)):
            first, after = _word_around(text, found)
            position = max(after, found.end(), position + 1)
            term = self._term_of(text[first:after])
            if term is not None and after <= last:
                yield Span(first, after, term)

    def _term_of(self, word: str) -> int | None:
        """Return the number of the term that a written word stands for; None for none."""
        keys = list(stems(word))
        for number, term in enumerate(self._terms):
            if any(map(term.holds, keys)):
                return number
        return None

    @staticmethod
    def _marked(text: str, start: int, end: int, spans: Iterable[Span]) -> SafeString:
        """Return a part of a text as HTML; its lines become a row."""
        parts, position = [], start
        for span in spans:
            parts += [
                escape(text[position : span.start]),
                f"<mark>{escape(text[span.start : span.end])}</mark>",
            ]
            position = span.end
        html = "".join([*parts, escape(text[position:end])])
        return mark_safe(html.strip().replace("\n", " … "))  # noqa: S308 -- escaped above


def _patterns(word: str) -> Iterator[str]:
    """Yield expressions that find at least all words that a plain word stands for."""
    part = beginning(word)
    shorter = min(part, stem(word), key=len)
    yield rf"(?<![^\W_]){_spelled(shorter)}"
    if len(part) >= SHORTEST_INSIDE:
        yield _spelled(part)


def _spelled(word: str) -> str:
    """Return an expression for all spellings of a plain word."""
    letters = _LETTERS.findall(word)
    return _BETWEEN.join(_SPELLINGS.get(letter, re.escape(letter)) for letter in letters)


def _word_around(text: str, found: "re.Match[str]") -> tuple[int, int]:
    """Return where the word begins and ends that a found part belongs to."""
    start, end = found.span()
    while start and _continues(text, start - 1, -1):
        start -= 1
    while end < len(text) and _continues(text, end, 1):
        end += 1
    return start, end


def _continues(text: str, place: int, step: int) -> bool:
    """Tell whether the character at a place belongs to the word beside it."""
    char = text[place]
    if char.isalnum() or char in _INSIDE:
        return True
    beyond = place + step
    return char in _JOINTS and 0 <= beyond < len(text) and text[beyond].isalnum()


def _terms_from(spans: list[Span], first: Span) -> set[int]:
    """Return the terms that a quotation holds if it begins at a span."""
    last = first.start + LENGTH - LEAD
    begin = bisect_left(spans, first)
    return {span.term for span in spans[begin:] if span.end <= last}


def _beginning_of_quote(text: str, place: int) -> int:
    """Return where a quotation begins: with the sentence, or a word, before a place."""
    earliest = max(place - LEAD, 0)
    if not earliest:
        return 0
    sentences = [found.end() for found in _SENTENCE.finditer(text, earliest, place)]
    if sentences:
        return sentences[-1] if place - sentences[0] > LEAD else sentences[0]
    blank = text.find(" ", earliest, place)
    return blank + 1 if blank >= 0 else place
