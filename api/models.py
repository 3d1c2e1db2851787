"""What the API remembers: which pages were public, what changed, and who wants to know."""

import base64
import secrets
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from .forms import WebhookForm
from .outgoing import ForbiddenAddressError, check_address


class Kind(models.TextChoices):
    """What happened to a public page."""

    PUBLISHED = "published", _("published")
    CHANGED = "changed", _("changed")
    MOVED = "moved", _("moved")
    WITHDRAWN = "withdrawn", _("withdrawn")
    DELETED = "deleted", _("deleted")


class PageState(models.Model):
    """What the outside knows of a page; abstract. No foreign key: the page may be gone."""

    page_id = models.PositiveBigIntegerField()
    type = models.CharField(max_length=60)
    locale = models.CharField(max_length=20)
    path = models.TextField()

    class Meta:
        abstract = True


class PublicPage(PageState):
    """A page that was public when it was last looked."""

    page_id = models.PositiveBigIntegerField(primary_key=True)
    published_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("public page")
        verbose_name_plural = _("public pages")

    def __str__(self) -> str:
        return self.path


class Change(PageState):
    """A page that went public, changed, moved or went away; the primary keys are the order."""

    kind = models.CharField(max_length=20, choices=Kind.choices)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("change")
        verbose_name_plural = _("changes")

    def __str__(self) -> str:
        return f"{self.kind}: {self.path}"


class ChangeState(models.Model):
    """One row: the version of the content that the changes reach up to."""

    version = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("version of the changes")
        verbose_name_plural = _("versions of the changes")

    def __str__(self) -> str:
        return self.version


# --- Webhooks -----------------------------------------------------------------------------------


def new_secret() -> str:
    """Return a secret in the form of Standard Webhooks."""
    return f"whsec_{base64.b64encode(secrets.token_bytes(32)).decode()}"


def all_kinds() -> list[str]:
    """Return all kinds of changes."""
    return list(Kind.values)


class Webhook(models.Model):
    """An address that is told of changes."""

    name = models.CharField(_("name"), max_length=80, help_text=_("Who is told, for yourselves."))
    url = models.URLField(
        _("address"), max_length=500, help_text=_("Gets a POST request for every change.")
    )
    kinds = models.JSONField(_("events"), default=all_kinds)
    active = models.BooleanField(_("active"), default=True)
    secret = models.CharField(_("secret"), max_length=80, default=new_secret, editable=False)

    base_form_class = WebhookForm
    panels = [
        FieldPanel("name"),
        FieldPanel("url"),
        FieldPanel("kinds"),
        FieldPanel("active"),
        FieldPanel("renew_secret"),
    ]

    class Meta:
        ordering = ["name"]
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse an address inside of the own network."""
        super().clean()
        try:
            check_address(self.url)
        except ForbiddenAddressError as error:
            message = _t("This address cannot be told: %(reason)s") % {"reason": error}
            raise ValidationError({"url": message}) from error

    @property
    def last_delivery(self) -> str:
        """Return how the last delivery went."""
        last = self.deliveries.first()
        return str(last.outcome) if last else "–"


class Delivery(models.Model):
    """A message to a webhook: what it says and how it went."""

    class Status(models.TextChoices):
        """Where a delivery stands."""

        PENDING = "pending", _("waits")
        DELIVERED = "delivered", _("delivered")
        FAILED = "failed", _("failed")

    webhook = models.ForeignKey(
        Webhook, on_delete=models.CASCADE, related_name="deliveries", verbose_name=_("webhook")
    )
    message_id = models.CharField(_("message"), max_length=60, unique=True)
    kind = models.CharField(_("event"), max_length=20, choices=Kind.choices)
    payload = models.JSONField(_("content"))
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    status = models.CharField(
        _("state"), max_length=20, choices=Status.choices, default=Status.PENDING
    )
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    response_status = models.PositiveSmallIntegerField(_("HTTP status"), null=True)
    error = models.CharField(_("error"), max_length=300, blank=True)
    next_attempt_at = models.DateTimeField(_("next attempt"), null=True, default=timezone.now)

    panels = [
        MultiFieldPanel(
            [
                FieldPanel(name, read_only=True)
                for name in (
                    "webhook",
                    "kind",
                    "message_id",
                    "payload",
                    "created_at",
                    "status",
                    "attempts",
                    "response_status",
                    "error",
                    "next_attempt_at",
                )
            ]
        )
    ]

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["status", "next_attempt_at"], name="api_delivery_due")]
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")

    def __str__(self) -> str:
        return f"{self.webhook}: {self.get_kind_display()} {self.path}"

    @property
    def path(self) -> str:
        """Return the path of the page that the message is about."""
        data: dict[str, Any] = self.payload.get("data", {})
        return str(data.get("path", ""))

    @property
    def outcome(self) -> str:
        """Return how it went, in a few words."""
        code = f" ({self.response_status})" if self.response_status else ""
        return f"{self.get_status_display()}{code}"
