"""Quoting the law: find a sentence in its wording, letter for letter, or the nearest one."""

import difflib
import re
from collections.abc import Iterable, Iterator

# Typographic variants that an editor's keyboard or word processor may put in.
_QUOTES = "\"'„“”‟«»‚‘’‛‹›"
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_TABLE = str.maketrans(dict.fromkeys(_QUOTES, '"') | dict.fromkeys(_INVISIBLE, ""))

#: Fewer words than these are no quotation of the law, but a word that the law has, too.
SHORTEST_QUOTE = 4
#: A part of a text that may be the law's: it ends with a sentence, or at a mark.
_INSIDE = rf"[^\n…{re.escape(_QUOTES)}()\[\]:]"
_PIECE = re.compile(
    rf"(?!\s){_INSIDE}(?:{_INSIDE}*?(?:(?<!\b\w)(?<!Abs)(?<!Art)(?<!Nr)[.!?](?=\s+[A-ZÄÖÜ])|;(?=\s))"
    rf"|{_INSIDE}*)"
)


# What the compounds in titles end in, where a hyphen saves it: "Brief- und Postgeheimnis".
_HEADS = re.compile(r"(freiheit|geheimnis|recht)e?$")


def spelled_out(title: str) -> list[str]:
    """Return the compounds that a hyphen cuts short: "Glaubens- und Gewissensfreiheit" has one."""
    found: list[str] = []
    cut: list[str] = []
    for word, hyphen in re.findall(r"(\w+)(-?)", title):
        if hyphen:
            cut.append(word)
        elif word not in {"und", "oder"}:
            head = _HEADS.search(word)
            found += [beginning + head.group() for beginning in cut if head]
            cut = []
    return found


def plain(text: str) -> str:
    """Return `text` without what typography may vary: kinds of quotes, spaces, invisible marks."""
    return " ".join(text.translate(_TABLE).split())


def sentences(text: str) -> list[str]:
    """Split a paragraph of the law into its sentences ("Abs. 3" and "Art. 5" do not end one)."""
    parts = re.split(r"(?<=[.;])\s+(?=[A-ZÄÖÜ])", text)
    result: list[str] = []
    for part in parts:
        if result and re.search(r"\b(?:Abs|Art|Nr|S|Satz \d)\.$", result[-1]):
            result[-1] += f" {part}"
        else:
            result.append(part)
    return result


def find_quote(quote: str, paragraphs: Iterable[str]) -> str | None:
    """Return the law's own letters for `quote`, or None when no paragraph holds it.

    The quote must begin and end at a word's edge. Kinds of quotation marks, spaces and invisible
    characters do not count; a pair of quotation marks around the whole quote is taken off.
    """
    wanted = plain(quote).strip('" ')
    if not wanted:
        return None
    variants = {" ": r"\s+", '"': f"[{re.escape(_QUOTES)}]"}
    letters = f"[{_INVISIBLE}]*".join(variants.get(char, re.escape(char)) for char in wanted)
    pattern = re.compile(rf"(?<!\w){letters}(?!\w)")
    matches = (pattern.search(paragraph) for paragraph in paragraphs)
    return next((match.group() for match in matches if match), None)


def find_stretches(text: str, law: str) -> Iterator[tuple[int, int]]:
    """Yield where a text has the law's wording, given `plain`, a line a paragraph.

    That is a sentence, or what stands between colons, brackets or quotation marks; with what
    follows, as far as the law goes on alike.
    """
    pieces = list(_PIECE.finditer(text)) if law else []
    covered = 0
    for i, piece in enumerate(pieces):
        if (start := piece.start()) < covered:
            continue
        for following in pieces[i:]:
            stretch = text[start : following.end()].rstrip()
            if not _is_held(stretch, law):
                break
            covered = start + len(stretch)
        if len(text[start:covered].split()) >= SHORTEST_QUOTE:
            yield start, covered


def _is_held(quote: str, law: str) -> bool:
    wanted = plain(quote).strip('" .…')
    # To look for a string is much faster than for a pattern.
    return wanted in law and bool(re.search(rf"(?<!\w){re.escape(wanted)}(?!\w)", law))


def nearest_sentence(quote: str, paragraphs: Iterable[str]) -> str:
    """Return the sentence of `paragraphs` that is most like `quote`; "" without paragraphs."""
    wanted = plain(quote).casefold()
    candidates = [sentence for paragraph in paragraphs for sentence in sentences(paragraph)]

    def likeness(sentence: str) -> float:
        matcher = difflib.SequenceMatcher(None, plain(sentence).casefold(), wanted, autojunk=False)
        return matcher.ratio()

    return max(candidates, key=likeness, default="")
