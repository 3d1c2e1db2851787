"""The texts to translate: found in code and templates, compared with the catalogue."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import polib
from babel.messages import extract
from django.utils.translation.template import templatize

# Django's functions that mark a text, as xgettext writes them: which arguments are the text,
# its plural and (with "c") its context.
_PLAIN, _PLURAL, _CONTEXT, _BOTH = None, (1, 2), ((1, "c"), 2), ((1, "c"), 2, 3)
KEYWORDS = {
    "_": _PLAIN,
    "_t": _PLAIN,
    "gettext": _PLAIN,
    "gettext_lazy": _PLAIN,
    "gettext_noop": _PLAIN,
    "ngettext": _PLURAL,
    "ngettext_lazy": _PLURAL,
    "pgettext": _CONTEXT,
    "pgettext_lazy": _CONTEXT,
    "npgettext": _BOTH,
    "npgettext_lazy": _BOTH,
}


class Text(NamedTuple):
    """A text to translate, by what makes it unique in a catalogue."""

    context: str | None
    singular: str
    plural: str


def find_texts(folders: list[Path]) -> dict[Text, str]:
    """Return every text that the folders mark for translation → the first place it stands."""
    found: dict[Text, str] = {}
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.suffix in {".py", ".html", ".txt"} and "migrations" not in path.parts:
                for text, line in _texts_in(path):
                    found.setdefault(text, f"{path}:{line}")
    return found


def read_catalogue(path: Path) -> tuple[polib.POFile, dict[Text, polib.POEntry]]:
    """Return a catalogue and its living entries by their text."""
    catalogue = polib.pofile(str(path), wrapwidth=100)
    return catalogue, {
        Text(entry.msgctxt, entry.msgid, entry.msgid_plural): entry
        for entry in catalogue
        if not entry.obsolete
    }


def faults(found: dict[Text, str], entries: dict[Text, polib.POEntry]) -> list[str]:
    """Return what keeps the catalogue from being complete and current, a line a fault."""
    lines = [
        f"missing: {text.singular!r} ({place})"
        for text, place in found.items()
        if text not in entries
    ]
    for text, entry in entries.items():
        if text not in found:
            lines.append(f"no longer used: {text.singular!r}")
        elif entry.fuzzy:
            lines.append(f"fuzzy: {text.singular!r}")
        elif not entry.translated():
            lines.append(f"not translated: {text.singular!r} ({found[text]})")
    return lines


def update(catalogue: polib.POFile, found: dict[Text, str]) -> None:
    """Bring the catalogue's entries to what is used now; new ones wait for their translation."""
    known = {Text(entry.msgctxt, entry.msgid, entry.msgid_plural): entry for entry in catalogue}
    for text, entry in known.items():
        if text not in found or entry.obsolete:
            catalogue.remove(entry)
    for text in found:
        if text not in known or known[text].obsolete:
            catalogue.append(
                polib.POEntry(
                    msgctxt=text.context,
                    msgid=text.singular,
                    msgid_plural=text.plural,
                    msgstr_plural={0: "", 1: ""} if text.plural else {},
                )
            )
    catalogue.sort(key=lambda entry: (entry.msgid.casefold(), entry.msgctxt or ""))


def _texts_in(path: Path) -> Iterator[tuple[Text, int]]:
    """Yield a file's texts with their lines."""
    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        # templatize() leaves something like Python; its indents are the template's, so drop them.
        source = "\n".join(line.lstrip() for line in templatize(source, str(path)).split("\n"))
    stream = io.BytesIO(source.encode())
    for line, message, _comments, context in extract.extract("python", stream, keywords=KEYWORDS):
        singular, plural = message if isinstance(message, tuple) else (message, "")
        yield Text(context, singular, plural), line
