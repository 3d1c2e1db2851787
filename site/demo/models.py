"""What the demo made: the only way to take away exactly that, and nothing of the editors'."""

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _


class DemoObject(models.Model):
    """One object that `manage.py demo` created, under the key that the content files give it.

    The key is also how content refers to the object: "bild:…", "seite:…", "dezernat:…".
    """

    key = models.CharField(_("key"), max_length=200, unique=True)
    content_type = models.ForeignKey(
        ContentType, verbose_name=_("type"), on_delete=models.CASCADE, related_name="+"
    )
    # Text, so that any kind of primary key fits.
    object_id = models.CharField(_("object"), max_length=64)
    # What it was when the demo had finished it; empty where no editor's work is expected.
    state = models.CharField(_("state"), max_length=64, blank=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    content_object = GenericForeignKey("content_type", "object_id")

    class Meta:
        ordering = ["key"]
        verbose_name = _("demo object")
        verbose_name_plural = _("demo objects")

    def __str__(self) -> str:
        return self.key
