"""Two windows or devices on one step: each changes what was typed into it, and nothing else.

A form tells what its fields held when it was shown, as one digest each (`BASE`). A field that holds
the same still was not touched there, and what the server has meanwhile stays. Where both have
changed a field, the newer wins, and the other text is kept beside it until somebody decides.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

#: The name of the field with the digests.
BASE = "base"
#: What the names begin with under which texts of another window are kept.
_OTHER = "andere-"
#: Texts that are kept beside one field.
MOST_OTHERS = 9
#: Fields with several values, of which none is lost where both windows have chosen some.
SETS = frozenset({"articles"})

Values = list[str]


@dataclass
class Merged:
    """What is to be stored, what the form is based on now, and which fields both have changed."""

    values: dict[str, Values] = field(default_factory=dict)
    base: dict[str, str] = field(default_factory=dict)
    conflicts: list[str] = field(default_factory=list)


def digest(values: Collection[str]) -> str:
    """Return a short name for a field's content; line ends and empty values do not count."""
    kept = ["\n".join(value.splitlines()) for value in values]
    text = json.dumps([value for value in kept if value])
    return sha256(text.encode()).hexdigest()[:16]


def digests(stored: Mapping[str, Any], names: Collection[str]) -> dict[str, str]:
    """Return the digests of the fields with these names."""
    return {name: digest(stored.get(name) or []) for name in names}


def read_base(text: str) -> dict[str, str]:
    """Return what a form is based on; nothing if it does not tell."""
    try:
        base = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return {str(name): str(value) for name, value in base.items()} if isinstance(base, dict) else {}


def merge(
    stored: Mapping[str, Any],
    sent: Mapping[str, Values],
    base: Mapping[str, str],
    *,
    choices: Collection[str],
) -> Merged:
    """Return what comes of the stored and the sent values; of `choices`, the newer simply wins."""
    merged = Merged()
    for name, values in sent.items():
        there = [str(value) for value in stored.get(name) or []]
        mine, theirs = digest(values), digest(there)
        before = base.get(name, theirs)
        if theirs in {mine, before}:
            merged.values[name], merged.base[name] = values, mine
        elif mine == before:
            # Untouched here. The form shows the old text still, so it is based on that.
            merged.base[name] = before
        elif name in SETS:
            merged.values[name], merged.base[name] = [*there, *set(values).difference(there)], mine
        else:
            merged.values[name], merged.base[name] = values, mine
            if name not in choices and any(there):
                merged.values[_other(name)] = _with_other(stored, name, there[-1])
                merged.conflicts.append(name)
    return merged


def others(stored: Mapping[str, Any], name: str) -> Values:
    """Return the texts of other windows that are kept beside a field."""
    return list(stored.get(_other(name)) or [])


def decide(stored: dict[str, Any], name: str, chosen: str, *, take: bool) -> None:
    """Put one of the texts beside a field (by its digest) into it, or away.

    What stood in the field takes its place beside it, so that one can change one's mind.
    """
    beside = others(stored, name)
    found = next((text for text in beside if digest([text]) == chosen), None)
    if found is None:
        return
    rest = [text for text in beside if text != found]
    if take:
        current = (stored.get(name) or [""])[-1]
        stored[name] = [found]
        rest += [current] if current else []
    if rest:
        stored[_other(name)] = rest
    else:
        stored.pop(_other(name), None)


def forget(stored: dict[str, Any], name: str) -> None:
    """Take a field away, with the texts beside it."""
    stored.pop(name, None)
    stored.pop(_other(name), None)


def _other(name: str) -> str:
    return f"{_OTHER}{name}"


def _with_other(stored: Mapping[str, Any], name: str, text: str) -> Values:
    beside = [one for one in others(stored, name) if digest([one]) != digest([text])]
    return [*beside, text][-MOST_OTHERS:]
