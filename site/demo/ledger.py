"""The demo's memory: which object stands for which key, kept in DemoObject."""

from __future__ import annotations

from collections.abc import KeysView

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model

from demo.models import DemoObject
from demo.state import state_of


class UnknownReferenceError(LookupError):
    """Content refers to a key that nothing stands for."""


class Ledger:
    """Finds and records the demo's objects by key."""

    def __init__(self) -> None:
        """Read what earlier runs made and still exists."""
        self._objects: dict[str, Model] = {}
        self._adopted: set[str] = set()
        for row in DemoObject.objects.select_related("content_type"):
            found = self._fetch(row)
            if found is not None:
                self._objects[row.key] = found

    @staticmethod
    def _fetch(row: DemoObject) -> Model | None:
        model = row.content_type.model_class()
        return None if model is None else model._default_manager.filter(pk=row.object_id).first()

    def keys(self) -> KeysView[str]:
        """Return the keys that something stands for."""
        return self._objects.keys()

    def __contains__(self, key: str) -> bool:
        return key in self._objects

    def __getitem__(self, key: str) -> Model:
        try:
            return self._objects[key]
        except KeyError:
            raise UnknownReferenceError(key) from None

    def record(self, key: str, made: Model) -> None:
        """Remember that the demo made this object."""
        DemoObject.objects.update_or_create(
            key=key,
            defaults={
                "content_type": ContentType.objects.get_for_model(made),
                "object_id": str(made.pk),
                "state": "",
            },
        )
        self._objects[key] = made

    def remember_states(self, kinds: tuple[str, ...]) -> None:
        """Note of everything new of these kinds what it is now; what comes is an editor's work."""
        for row in DemoObject.objects.filter(state=""):
            if row.key.startswith(kinds) and row.key in self._objects:
                row.state = state_of(self._objects[row.key])
                row.save()

    def adopt(self, key: str, existing: Model) -> None:
        """Let a foreign object stand for a key: content may use it, removal never touches it."""
        self._objects[key] = existing
        self._adopted.add(key)

    def is_adopted(self, key: str) -> bool:
        """Tell whether a foreign object stands for this key."""
        return key in self._adopted
