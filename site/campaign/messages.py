"""The texts to translate: found in code and templates, compared with the catalogue."""

import difflib
import io
import re
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
#: A catalogue's name → the files whose texts it has: Django keeps scripts' in one of their own.
SUFFIXES = {"django": {".py", ".html", ".txt"}, "djangojs": {".js"}}
#: How alike an old text has to be for its translation to be offered for a new one.
ALIKE = 0.8

_PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sdr]|\{[\w.]*\}")
_MARKUP = re.compile(r"<[^<>]*>|%\(\w+\)[a-z]|\{[\w.]*\}")
#: What good German typography does not have: a pattern, and what to write.
SLIPS = {
    re.compile(r"[\"“](?=\w)|”|(?<!\w)'|'(?!\w)"): "„…“ or ‚…‘",
    re.compile(r"\.\.\."): "…",
    re.compile(r"[ \u00a0][ \u00a0]"): "one blank",
    re.compile(r"(?<=\S) - (?=\S)"): " – ",
    re.compile(r"\b(Art\.|Abs\.|Nr\.|S\.|z\.|d\.|u\.|§) ?(?=[\dABab]\b|\d)"): "a no-break space",
}
#: Verbs that tell one person what to do; none that is a noun as well ("Suche", "Stelle", "Halte").
_VERBS = (
    "aktiviere|aktualisiere|ändere|archiviere|beachte|bearbeite|beginne|behalte|benenne|benutze|"
    "beschreibe|bestätige|blättere|deaktiviere|denke|dupliziere|entferne|entscheide|entsperre|"
    "ergänze|erlaube|ersetze|erstelle|exportiere|finde|formatiere|füge|gehe|genehmige|gestalte|"
    "gib|hilf|importiere|installiere|klicke|kontrolliere|kopiere|korrigiere|lade|lass|lege|lies|"
    "lösche|mache|markiere|navigiere|nenne|nimm|öffne|ordne|probiere|prüfe|reduziere|schließe|"
    "scrolle|sende|setze|sieh|sortiere|speichere|starte|stoppe|synchronisere|synchronisiere|"
    "tausche|teste|tippe|überprüfe|übersetze|überspringe|übertrage|verbinde|verbirg|vergib|"
    "vergleiche|vergrößere|verkleinere|verknüpfe|vermeide|veröffentliche|verschiebe|versieh|"
    "verwende|verwirf|wähle|wechsele|wechsle|wiederhole|zeige|ziehe"
)
#: The familiar address, which the admin and the website do not use.
FAMILIAR = re.compile(
    r"\b([Dd]u|[Dd]ich|[Dd]ir|[Dd]eine?[mnrs]?|[Ee]uch|[Ee]ure[mnrs]?|[Ee]uer)\b"
    rf"|\b({_VERBS.title()})\b"
    rf"|\b([Bb]itte|und|oder) ({_VERBS})\b"
    r"|\b(Stelle sicher|Versuche es|Halte neue|Wende \S+ an|Warte auf)\b"
)


class Text(NamedTuple):
    """A text to translate, by what makes it unique in a catalogue."""

    context: str | None
    singular: str
    plural: str


def find_texts(folders: list[Path], catalogue: str = "django") -> dict[Text, str]:
    """Return every text that the folders mark for a catalogue → the first place it stands."""
    found: dict[Text, str] = {}
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.suffix in SUFFIXES[catalogue] and "migrations" not in path.parts:
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
        else:
            lines += [f"{slip}: {text.singular!r}" for slip in slips(entry)]
    return lines


def slips(entry: polib.POEntry) -> Iterator[str]:
    """Yield what is wrong with a translation: its placeholders, its blanks, its typography."""
    wanted = set(_PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
    known = wanted | set(_PLACEHOLDER.findall(entry.msgid))
    forms = [entry.msgstr_plural[n] for n in sorted(entry.msgstr_plural)] or [entry.msgstr]
    given = [set(_PLACEHOLDER.findall(form)) for form in forms]
    # One thing may go without its number: "Eine Seite".
    if wanted - given[-1] or set().union(*given) - known:
        yield "other placeholders"
    for form in forms:
        if _edges(form) != _edges(entry.msgid):
            yield "other blanks at the ends"
        words = _MARKUP.sub("x", form)
        for pattern, instead in SLIPS.items():
            if slip := pattern.search(words):
                yield f"not {slip[0]!r} but {instead}"
        if is_familiar(form):
            yield "not “du” but “Sie”"


def is_familiar(text: str) -> bool:
    """Say whether a German text says "du", other than in a quotation."""
    return bool(FAMILIAR.search(re.sub("„[^“]*“", "", text)))


def update(catalogue: polib.POFile, found: dict[Text, str]) -> list[str]:
    """Bring the catalogue's entries to what is used now, and return what was done, a line each.

    New ones wait for their translation. Where a text was only changed a little, the old translation
    is offered as fuzzy.
    """
    known = {Text(entry.msgctxt, entry.msgid, entry.msgid_plural): entry for entry in catalogue}
    gone = {text: entry for text, entry in known.items() if text not in found or entry.obsolete}
    new = [text for text in found if text not in known or known[text].obsolete]
    for entry in gone.values():
        catalogue.remove(entry)
    for text in new:
        catalogue.append(_entry(text, _nearest(text, gone)))
    catalogue.sort(key=lambda entry: (entry.msgid.casefold(), entry.msgctxt or ""))
    return [
        *(f"new: {text.singular!r} ({found[text]})" for text in new),
        *(f"removed: {text.singular!r}" for text in gone),
    ]


def _entry(text: Text, like: polib.POEntry | None) -> polib.POEntry:
    """Return a new entry, with the translation of another one that is like it."""
    return polib.POEntry(
        msgctxt=text.context,
        msgid=text.singular,
        msgid_plural=text.plural,
        msgstr=like.msgstr if like else "",
        msgstr_plural=(like.msgstr_plural if like else {0: "", 1: ""}) if text.plural else {},
        flags=["fuzzy"] if like else [],
    )


def _nearest(text: Text, entries: dict[Text, polib.POEntry]) -> polib.POEntry | None:
    """Return the translated entry that is most like a text, if any is like it."""
    texts = {
        other.singular: entry
        for other, entry in entries.items()
        if bool(other.plural) == bool(text.plural) and entry.translated()
    }
    close = difflib.get_close_matches(text.singular, texts, n=1, cutoff=ALIKE)
    return texts[close[0]] if close else None


def _edges(text: str) -> tuple[str, str]:
    """Return the blanks at a text's beginning and end."""
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]


def _texts_in(path: Path) -> Iterator[tuple[Text, int]]:
    """Yield a file's texts with their lines."""
    source = path.read_text(encoding="utf-8")
    if path.suffix in {".html", ".txt"}:
        # templatize() leaves something like Python; its indents are the template's, so drop them.
        source = "\n".join(line.lstrip() for line in templatize(source, str(path)).split("\n"))
    method = "javascript" if path.suffix == ".js" else "python"
    stream = io.BytesIO(source.encode())
    for line, message, _comments, context in extract.extract(method, stream, keywords=KEYWORDS):
        singular, plural = message if isinstance(message, tuple) else (message, "")
        yield Text(context, singular, plural), line
