"""Names of a list where they stand in a text: of parties and candidates, for instance."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_HYPHENS = "-‐‑"
#: A genitive's ending: "Musters", "Hans’".
_GENITIVE = "(?:s|[’'])?"


@dataclass(frozen=True)
class Name:
    """A name in a text with the word that it is part of, and where that begins."""

    text: str
    start: int


def names_of(watch_list: str) -> list[str]:
    """Return the names of a list that has one a line, each once."""
    names = (" ".join(line.split()) for line in watch_list.splitlines())
    return list(dict.fromkeys(filter(None, names)))


def find_names(text: str, names: Iterable[str]) -> Iterator[Name]:
    """Yield the names in a text, in its order; letters count as typed.

    A name is found as a whole word, in the genitive ("Musters") and as a part of a word with
    hyphens ("Muster-Fraktion").
    """
    # The longest first: of "Muster" and "Muster Partei" the whole name is meant.
    listed = sorted(names, key=len, reverse=True)
    if not listed:
        return
    any_name = "|".join(map(re.escape, listed))
    word = rf"(?<!\w)(?:\w+[{_HYPHENS}])*(?:{any_name}){_GENITIVE}(?:[{_HYPHENS}]\w+)*(?!\w)"
    for found in re.finditer(word, text):
        yield Name(found[0], found.start())
