"""German typography for typed text: quotation marks, dashes, and blanks that do not break.

"Wort" becomes „Wort“, 'Wort' becomes ‚Wort‘, a hyphen between blanks becomes a dash, and "Art. 1",
"§ 5", "z. B.", "4. März" and "10 %" stay on one line. What can be read in two ways stays as it was
typed; so do links, addresses, code and the law's wording. Typeset text does not change when it is
typeset again.
"""

import re
from collections.abc import Iterable, Iterator
from html import unescape
from itertools import groupby, pairwise

from .law import find_stretches

NO_BREAK = "\u00a0"
#: Stands for what is not looked into (an address, a link, code): it counts as a part of a word.
_OPAQUE = "\ufffc"

# --- What is not touched --------------------------------------------------------------------------

_UNTOUCHED = re.compile(
    r"""
    \b(?:https?://|mailto:|www\.)[^\s<>"'„“”‚‘’«»]+  # an address
    | (?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+      # of a person
    | `[^`\n]+`                                      # code
    | \b\w+\((?=["'])[^()\n]*\)
    | (?<!\w)\w+=(?:"[^"\n]*"|'[^'\n]*')            # an attribute
    """,
    re.VERBOSE,
)
_TAG = re.compile(r"""(<!--.*?-->|<(?:[^<>"']|"[^"]*"|'[^']*')*>)""", re.DOTALL)
_TAG_NAME = re.compile(r"<(/?)([a-zA-Z][\w-]*)")
_CHARACTER = re.compile(r"&(?:#\d+|#[xX][0-9a-fA-F]+|\w+);|.", re.DOTALL)
#: Tags inside of a sentence; all others end it.
_INLINE = re.compile(
    "a|abbr|b|br|cite|code|del|em|i|ins|kbd|mark|pre|q|s|samp|small|span|strong|sub|sup|u|var|!--"
)
#: Tags whose content stays as it was typed.
_OPAQUE_TAGS = re.compile("a|code|kbd|pre|samp|script|style|var")
_PARAGRAPHS = re.compile(r"((?:\r?\n[ \t]*){2,})")

# --- Blanks and dashes ----------------------------------------------------------------------------

_MONTHS = "Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"
_UNITS = (
    "%|‰|€|EUR|°C|km|m|cm|mm|m²|km²|qm|ha|kg|g|t|l|kWh|kW|MW|KB|MB|GB|Mio\\.|Mrd\\.|Std\\.|Min\\."
)
#: A blank between what belongs together.
_HELD = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?<!\w)(?:Art|Abs|Nr|Ziff|Kap|Bd|S|Anl|Rn|Az)\.( )(?=\d)",
        r"§( )(?=\d)",
        r"\d[a-z]?( )(?=GG(?!\w))",
        rf"(?<!\d)\d{{1,2}}\.( )(?={_MONTHS})",
        rf"\d( )(?=(?:{_UNITS})(?![\w²]))",
    )
)
#: Abbreviations of several words: a blank that does not break stands between their parts.
_ABBREVIATIONS = tuple(
    re.compile(r"(?<![\w.])" + r"([ \u00a0]?)".join(map(re.escape, parts.split())) + r"(?!\w)")
    for parts in (
        *("z. B.", "Z. B.", "d. h.", "D. h.", "u. a.", "U. a.", "v. a.", "z. T.", "u. U."),
        *("o. ä.", "o. Ä.", "u. ä.", "u. Ä.", "s. o.", "s. u.", "o. g.", "z. Hd.", "e. V."),
        *("i. V.", "i. A.", "a. D.", "i. d. R.", "i. S. d.", "u. v. m.", "n. Chr.", "v. Chr."),
    )
)
#: A hyphen (or two) between blanks within a line; between figures it may be a minus.
_DASH = re.compile(r"(?<=\S) (--?) (?=\S)")
_RANGE = re.compile(
    r"""
    (?<![\w./=-])(?:1[5-9]|20)\d\d(-)(?:1[5-9]|20)\d\d(?![-\w]|[./]\w)          # years
    | (?<!\w)(?:Art\.|§§|Abs\.|S\.)[ \u00a0]?\d+(-)\d+(?![-\w]|[./]\w)
    | (?<![\w.:/-])\d{1,2}(?:[.:]\d\d)?(-)\d{1,2}(?:[.:]\d\d)?(?=[ \u00a0]Uhr)  # hours
    """,
    re.VERBOSE,
)
#: Before figures that are no years: telephones, places, files.
_NUMBERED = re.compile(
    r"""
    (?<!\w)(?:Tel|Telefon|Fon|Fax|Telefax|Mobil|Handy|Durchwahl|PLZ|Postleitzahl(?:en)?|Az
    |Aktenzeichen|Nr|\w*nummern?|Konto|Kto|ISBN|ISSN|IBAN|BLZ|Drs|\w*[Dd]rucksachen?)
    \.?:?[ \u00a0]?[\d+()/ \u00a0-]*\Z
    """,
    re.VERBOSE | re.IGNORECASE,
)
#: How far before a number stands what it is.
_NUMBERED_WITHIN = 60

# --- Quotation marks ------------------------------------------------------------------------------

_DOUBLE, _SINGLE = '"„“”', "'‚‘’"
_GERMAN = {_DOUBLE: ("„", "“"), _SINGLE: ("‚", "‘")}
#: Before a mark that opens, besides a blank, and after one that closes.
_BEFORE = "([–—-/…»«›‹"
#: The same, if a word follows: Motto:"Ja".
_BEFORE_WORD = ":,;"
#: "'s ist", "'ne Idee": words that begin with an apostrophe.
_CLIPPED = re.compile(r"(?:s|n|ne|nen|nem|ner|nes|rauf|raus|rein|ran|rum|rüber|runter)(?!\w)")


class _AmbiguousError(Exception):
    """The marks of a text do not stand in pairs."""


def typeset(text: str, law: str = "") -> str:
    """Return a plain text as German sets it, but for what it quotes from the `law`."""
    parts = _PARAGRAPHS.split(text)
    return "".join(
        part if i % 2 else _set([(char, char) for char in part], law)
        for i, part in enumerate(parts)
    )


def typeset_html(html: str, law: str = "") -> str:
    """Return a rich text as German sets it; tags, links, code and the `law` stay as they are."""
    runs = groupby(_pieces(html), key=lambda piece: piece[2])
    return "".join(_set([piece[:2] for piece in pieces], law) for _in_sentence, pieces in runs)


def _pieces(html: str) -> Iterator[tuple[str, str, bool]]:
    """Yield what a tag or a letter shows ("" or one letter), how it is written, and whether a
    sentence goes on there."""
    opaque: list[str] = []
    for i, part in enumerate(_TAG.split(html)):
        if i % 2:
            end, name = tag.groups() if (tag := _TAG_NAME.match(part)) else ("", "!--")
            name = name.lower()
            if _OPAQUE_TAGS.fullmatch(name) and not part.endswith("/>"):
                if not end:
                    opaque.append(name)
                elif name in opaque:
                    del opaque[opaque.index(name) :]
            shown = "\n" if name == "br" else ""
            yield shown, part, bool(_INLINE.fullmatch(name))
            continue
        for found in _CHARACTER.findall(part):
            shown = unescape(found)
            yield _OPAQUE if opaque or len(shown) != 1 else shown, found, True


def _set(pieces: list[tuple[str, str]], law: str) -> str:
    """Return what is written in the pieces, typeset unless it would change once more."""
    shown = [char for char, _written in pieces if char]
    written = [part for _char, part in pieces]
    typed = "".join(written)
    if not (changes := _changes("".join(shown), law)):
        return typed
    places = [place for place, (char, _written) in enumerate(pieces) if char]
    for index, new in changes.items():
        written[places[index]] = shown[index] = new
    return typed if _changes("".join(shown), law) else "".join(written)


def _changes(text: str, law: str) -> dict[int, str]:
    """Return what to write instead of which characters of a text."""
    masked = _UNTOUCHED.sub(lambda found: _OPAQUE * len(found.group()), text)
    changes = _all_changes(masked)
    if not changes or not (stretches := list(find_stretches(text, law))):
        return changes
    for start, end in stretches:
        masked = masked[:start] + _OPAQUE * (end - start) + masked[end:]
    return _all_changes(masked)


def _all_changes(text: str) -> dict[int, str]:
    return {**dict(_blanks(text)), **dict(_dashes(text)), **_quotes(text)}


def _blanks(text: str) -> Iterator[tuple[int, str]]:
    for pattern in _HELD:
        for found in pattern.finditer(text):
            yield found.start(1), NO_BREAK
    for pattern in _ABBREVIATIONS:
        for found in pattern.finditer(text):
            for group in range(1, pattern.groups + 1):
                if not found[group]:
                    yield found.start(group) - 1, f".{NO_BREAK}"
                elif found[group] == " ":
                    yield found.start(group), NO_BREAK


def _dashes(text: str) -> Iterator[tuple[int, str]]:
    for found in _DASH.finditer(text):
        start, end = found.span(1)
        if not (text[start - 2].isdigit() and text[end + 1].isdigit()):
            yield start, "–"
            if end - start > 1:
                yield start + 1, ""
    for found in _RANGE.finditer(text):
        before = text[max(0, found.start() - _NUMBERED_WITHIN) : found.start()]
        if found[1] and _NUMBERED.search(before):
            continue
        yield found.start(found.lastindex or 0), "–"


def _quotes(text: str) -> dict[int, str]:
    """Return German marks for those that stand in pairs, or for the pairs that are beyond doubt."""
    for with_single in (True, False):
        try:
            return dict(_paired(text, with_single))
        except _AmbiguousError:
            continue
    return dict(_beyond_doubt(text))


def _beyond_doubt(text: str) -> Iterator[tuple[int, str]]:
    """Yield the German marks of the pairs that no mark which is left over could belong to."""
    found = [index for index, mark in enumerate(text) if mark in _DOUBLE]
    roles = [
        role if (role := _role(text, at, False, True)) == _role(text, at, False, False) else ""
        for at in found
    ]
    for i, (start, end) in enumerate(pairwise(found)):
        before, after = roles[i - 1 : i], roles[i + 2 : i + 3]
        is_pair = roles[i : i + 2] == ["opens", "closes"] and end - start > 1
        if is_pair and before != ["opens"] and after != ["closes"]:
            marks = zip((start, end), _GERMAN[_DOUBLE], strict=True)
            yield from ((at, new) for at, new in marks if text[at] != new)


def _paired(text: str, with_single: bool) -> Iterator[tuple[int, str]]:
    """Yield the German marks of a text; without single ones, "'" and "’" are apostrophes.

    Raises `_AmbiguousError` where a mark has no other.
    """
    pairs: list[tuple[int, int, str]] = []
    stack: list[tuple[int, str]] = []
    opened: set[int] = set()
    for index, mark in enumerate(text):
        kind = next((kind for kind in _GERMAN if mark in kind), "")
        if not kind or (mark in "'’" and not with_single):
            continue
        within = stack[-1][1] if stack else ""
        match _role(text, index, index - 1 in opened, within == kind):
            case "opens":
                stack.append((index, kind))
                opened.add(index)
            case "closes" if within == kind:
                pairs.append((stack.pop()[0], index, kind))
            case "none":
                continue
            case _ if mark == '"' and text[index - 1 : index].isdigit() and not stack:
                continue  # inches
            case _:
                raise _AmbiguousError
    if stack:
        raise _AmbiguousError
    for start, end, kind in pairs:
        outer = [other for other in pairs if other[0] < start and end < other[1]]
        inside = kind is _DOUBLE and _depth(outer) % 2
        marks = _GERMAN[_SINGLE if inside else kind]
        yield from (
            (at, new) for at, new in zip((start, end), marks, strict=True) if text[at] != new
        )


def _depth(pairs: Iterable[tuple[int, int, str]]) -> int:
    return sum(kind is _DOUBLE for _start, _end, kind in pairs)


def _role(text: str, index: int, after_opening: bool, is_open: bool) -> str:
    """Return what a mark does: "opens", "closes", "none" (an apostrophe), or "" for who knows."""
    mark, before, after = text[index], text[index - 1 : index], text[index + 1 : index + 2]
    if mark in "„‚":
        return "opens"
    if mark in "'’" and _is_apostrophe(text, index, mark):
        return "none"
    is_word = after.isalnum() or after == _OPAQUE
    opens = bool(after.strip()) and (not before.strip() or before in _BEFORE or after_opening)
    opens = opens or (before in _BEFORE_WORD and is_word)
    closes = bool(before.strip()) and before not in "([" and not after_opening
    closes = closes and not is_word
    if mark in "”’":
        opens = False
    if opens and closes:
        return "closes" if is_open else "opens"
    return "opens" if opens else "closes" if closes else ""


def _is_apostrophe(text: str, index: int, mark: str) -> bool:
    before, after = text[index - 1 : index], text[index + 1 : index + 2]
    if before.isalnum() and after.isalnum():
        return True
    return not before.isalnum() and (
        after.isdigit()
        or bool(_CLIPPED.match(text, index + 1))
        or (mark == "’" and after.isalpha())
    )
