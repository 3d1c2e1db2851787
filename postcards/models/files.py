"""The files that were made of cards: each once, under the hash of all that went into it."""

from functools import partial
from typing import Any

from django.db import models, transaction
from django.db.models.signals import post_delete
from django.utils.translation import gettext_lazy as _

from ..print.formats import OUTPUTS, PUBLIC
from .codes import CardCode

FOLDER = "karten"


def _place(file: "CardFile", name: str) -> str:
    return f"{FOLDER}/{file.digest[:2]}/{file.digest}.{name.rpartition('.')[2]}"


class CardFile(models.Model):
    """A file, or that somebody is making it, or why it could not be made."""

    class State(models.TextChoices):
        """What has become of a file."""

        MAKING = "making", _("in the making")
        READY = "ready", _("ready")
        FAILED = "failed", _("failed")

    digest = models.CharField(_("digest"), max_length=64, unique=True)
    output = models.CharField(_("output"), max_length=20)
    page = models.ForeignKey(
        "wagtailcore.Page",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="card_files",
        verbose_name=_("card"),
    )
    #: The cards of a sheet, and the pictures on them, by primary key: who may see all may see it.
    card_ids = models.JSONField(_("cards"), default=list)
    image_ids = models.JSONField(_("pictures"), default=list)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.MAKING)
    error = models.TextField(_("error"), blank=True)
    file = models.FileField(_("file"), upload_to=_place, blank=True, max_length=120)
    size = models.PositiveIntegerField(_("size"), default=0)
    began_at = models.DateTimeField(_("begun"))
    made_at = models.DateTimeField(_("made"), null=True, blank=True)

    class Meta:
        default_permissions = ()
        verbose_name = _("file of a card")
        verbose_name_plural = _("files of cards")

    def __str__(self) -> str:
        return f"{self.output} {self.digest[:12]}"

    @property
    def is_ready(self) -> bool:
        """Tell whether the file is there."""
        return self.state == self.State.READY

    def open(self) -> Any:
        """Return the open file; raise `OSError` where the storage has lost it."""
        return self.file.storage.open(self.file.name or "")

    def read(self) -> bytes:
        """Return the file's bytes; raise `OSError` where the storage has lost it."""
        with self.open() as file:
            data: bytes = file.read()
        return data

    @property
    def is_for_public(self) -> bool:
        """Tell whether everybody may have such a file, and not the colleagues alone."""
        return OUTPUTS[self.output] in PUBLIC

    @property
    def output_file(self) -> str:
        """Return the name that the file has for people, without the card's own."""
        return OUTPUTS[self.output].file


def _remove_file(instance: CardFile, **_signal: Any) -> None:
    if instance.page_id:
        CardCode.note_file(instance.page_id, instance.output, instance.digest, 0)
    if name := instance.file.name:
        transaction.on_commit(partial(instance.file.storage.delete, name))


post_delete.connect(_remove_file, sender=CardFile, dispatch_uid="remove_card_file")
