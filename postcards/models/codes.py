"""Short addresses of cards, as their QR codes have them, and how often they were used."""

import secrets
from typing import Any

from django.db import IntegrityError, models, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

#: Capital letters and digits that no one confuses when they are read off paper; no vowels, so that
#: they make no words. A QR code stores them in its shortest form.
ALPHABET = "23456789BCDFGHJKLMNPQRSTVWXZ"
LENGTH = 5


def new_code() -> str:
    """Return one of 17 million codes, by chance."""
    return "".join(secrets.choice(ALPHABET) for _place in range(LENGTH))


class CardCode(models.Model):
    """A card's short address. It stays when the card moves, and remembers it when it is gone.

    Pages and lists fetch it with the card, so it knows the card's newest files, too: `files` has
    digest and size in bytes of each, by the output's name.
    """

    code = models.CharField(_("code"), max_length=12, unique=True, default=new_code)
    page = models.OneToOneField(
        "wagtailcore.Page",
        null=True,
        on_delete=models.SET_NULL,
        related_name="card_code",
        verbose_name=_("card"),
    )
    files = models.JSONField(_("files"), default=dict, editable=False)

    class Meta:
        default_permissions = ()
        verbose_name = _("short address of a card")
        verbose_name_plural = _("short addresses of cards")

    def __str__(self) -> str:
        return self.code

    @classmethod
    def of(cls, page: Any) -> "CardCode":
        """Return a card's code; it is made where there is none yet."""
        if found := getattr(page, "card_code", None):
            return found
        for _attempt in range(10):
            try:
                with transaction.atomic():
                    code, _new = cls.objects.get_or_create(page_id=page.pk)
            except IntegrityError:  # somebody else's by chance, or made at the same moment
                continue
            return code
        raise RuntimeError("No free code was found for a card.")

    @classmethod
    def note_file(cls, page_id: int, output: str, digest: str, size: int) -> None:
        """Remember a card's newest file; a size of 0 forgets it, where it is still that one."""
        with transaction.atomic():
            code = cls.objects.select_for_update().filter(page_id=page_id).first()
            if code is None:
                return
            if size:
                code.files[output] = [digest, size]
            elif code.files.get(output, [""])[0] == digest:
                del code.files[output]
            code.save(update_fields=["files"])


class CardVisits(models.Model):
    """How many times a card's short address was followed on a day; nothing about by whom."""

    code = models.ForeignKey(
        CardCode, on_delete=models.CASCADE, related_name="visits", verbose_name=_("code")
    )
    day = models.DateField(_("day"))
    count = models.PositiveIntegerField(_("number"), default=0)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["code", "day"], name="card_visits_once_a_day")
        ]
        verbose_name = _("visits by a short address")
        verbose_name_plural = _("visits by short addresses")

    def __str__(self) -> str:
        return f"{self.code}, {self.day}: {self.count}"

    @classmethod
    def add(cls, code: CardCode) -> None:
        """Count one more today."""
        row, _new = cls.objects.get_or_create(code=code, day=timezone.localdate())
        cls.objects.filter(pk=row.pk).update(count=F("count") + 1)
