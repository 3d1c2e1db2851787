"""Sign-offs: what people without an account say about one revision of a page."""

import hashlib
import secrets
from datetime import timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import models
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Revision

#: How many days a link holds unless the editor says otherwise, and how many at most.
DEFAULT_DAYS = 14
MAXIMUM_DAYS = 90
#: The longest answer, in characters.
COMMENT_LENGTH = 4000
_SIGNER = Signer(salt="home.signoff", sep=".")


class Answer(models.TextChoices):
    """What somebody says about a text."""

    APPROVED = "approved", _("sign-off")
    CHANGES = "changes", _("change request")


class State(models.TextChoices):
    """Where a sign-off stands."""

    OPEN = "open", _("open")
    APPROVED = Answer.APPROVED.value, _("signed off")
    CHANGES = Answer.CHANGES.value, _("changes wanted")
    REVOKED = "revoked", _("revoked")
    OUTDATED = "outdated", _("out of date: there is a newer version")
    EXPIRED = "expired", _("expired")


class UnknownTokenError(LookupError):
    """A token that the site has never made."""


class SignOffQuerySet(models.QuerySet["SignOff"]):
    """Sign-offs, and those that still take an answer."""

    def open(self) -> "SignOffQuerySet":
        """Return those that take an answer now.

        The editor's autosave may write over a revision: then its time is another one.
        """
        return self.filter(
            answered_at=None,
            revoked_at=None,
            expires_at__gt=timezone.now(),
            page__latest_revision=F("revision"),
            revision__created_at=F("revision_created_at"),
        )

    def by_token(self, token: str) -> "SignOff | None":
        """Return the sign-off that a link belongs to; None where it was deleted with its page.

        Raises `UnknownTokenError` for what the site has not signed.
        """
        try:
            secret = _SIGNER.unsign(token)
        except BadSignature as error:
            raise UnknownTokenError from error
        rows = self.select_related("page__locale", "revision", "created_by")
        return rows.filter(digest=digest_of(secret)).first()


class SignOff(models.Model):
    """Somebody without an account is asked for a word on one revision; the link answers once.

    The link's secret is kept as a digest only: nobody can make the link from the database.
    """

    page = models.ForeignKey(
        Page, on_delete=models.CASCADE, related_name="sign_offs", verbose_name=_("page")
    )
    #: None once old revisions have been cleared away.
    revision = models.ForeignKey(
        Revision,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("revision"),
    )
    revision_created_at = models.DateTimeField(_("version of"))
    digest = models.CharField("SHA-256", max_length=64, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail address"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("asked by"),
    )
    created_at = models.DateTimeField(_("asked on"), default=timezone.now)
    expires_at = models.DateTimeField(_("valid until"))
    revoked_at = models.DateTimeField(_("revoked on"), null=True, blank=True)
    answered_at = models.DateTimeField(_("answered on"), null=True, blank=True)
    answer = models.CharField(_("answer"), max_length=10, choices=Answer.choices, blank=True)
    comment = models.TextField(_("comment"), max_length=COMMENT_LENGTH, blank=True)

    objects: ClassVar[Any] = SignOffQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("sign-off from outside")
        verbose_name_plural = _("sign-offs from outside")

    def __str__(self) -> str:
        return f"{self.name}: {self.state.label}"

    @classmethod
    def start(
        cls, page: Page, user: Any, name: str, email: str, days: int
    ) -> "tuple[SignOff, str]":
        """Make a sign-off of the page's latest revision, and the token of its link.

        The token is not kept: this is the only time that anybody sees it.
        """
        secret = secrets.token_urlsafe(16)
        revision = page.latest_revision
        sign_off = cls.objects.create(
            page=page,
            revision=revision,
            revision_created_at=revision.created_at,
            digest=digest_of(secret),
            name=name,
            email=email,
            created_by=user,
            expires_at=timezone.now() + timedelta(days=days),
        )
        return sign_off, _SIGNER.sign(secret)

    @property
    def is_outdated(self) -> bool:
        """Tell whether the text has changed since."""
        return (
            self.revision is None
            or self.page.latest_revision_id != self.revision_id
            or self.revision.created_at != self.revision_created_at
        )

    @property
    def state(self) -> State:
        """Return where the sign-off stands; an answer stays, whatever comes after."""
        if self.answered_at:
            return State(self.answer)
        if self.revoked_at:
            return State.REVOKED
        if self.is_outdated:
            return State.OUTDATED
        return State.EXPIRED if self.expires_at <= timezone.now() else State.OPEN

    @property
    def is_open(self) -> bool:
        """Tell whether the link takes an answer now."""
        return self.state is State.OPEN


def digest_of(secret: str) -> str:
    """Return what is kept of a link's secret, which is long and random: it needs no salt."""
    return hashlib.sha256(secret.encode()).hexdigest()
