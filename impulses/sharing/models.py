"""What colleagues have typed into the form, and the pictures that they have uploaded there."""

import uuid

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _


class Submission(models.Model):
    """A story as its author tells it: a draft at first, then with the page that came of it.

    `answers` holds what was typed, field by field and as it was typed, so that nothing is lost
    that is not valid yet; the forms of the steps say what it means.
    """

    token = models.UUIDField(_("token"), default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="submissions",
        verbose_name=_("account"),
    )
    answers = models.JSONField(_("answers"), default=dict, blank=True)
    #: The answers from which the page was written last.
    written = models.JSONField(_("answers in the story"), default=dict, blank=True)
    step = models.CharField(_("step"), max_length=20, blank=True)
    page = models.OneToOneField(
        "impulses.ImpulsePage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="submission",
        verbose_name=_("impulse"),
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed at"), auto_now=True)
    submitted_at = models.DateTimeField(_("submitted at"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    class Meta:
        ordering = ["-updated_at", "-pk"]
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return where its author follows what becomes of it."""
        return reverse("sharing:story", args=[self.token])

    @property
    def title(self) -> str:
        """Return the story's title, or words that stand for it."""
        return self.answer("title").strip() or _t("Story without a title yet")

    def answer(self, name: str) -> str:
        """Return what was typed into a field; "" if nothing was."""
        values = self.answers.get(name) or [""]
        return str(values[-1])

    def given(self) -> dict[str, str]:
        """Return what its author's account tells: an address, "" without one, and a name if any."""
        if self.user is None:
            return {"email": ""}
        name = " ".join(self.user.get_full_name().split())
        return {"email": self.user.email} | ({"name": name} if name else {})

    def data(self) -> MultiValueDict[str, str]:
        """Return all answers in the way in which a browser sends them."""
        return MultiValueDict(self.answers)

    def step_url(self, slug: str) -> str:
        """Return the address of one step of the form."""
        return reverse("sharing:step", args=[self.token, slug])


class SubmissionPicture(models.Model):
    """A picture of a story, with what its author says about it, as it was typed."""

    submission = models.ForeignKey(
        Submission, on_delete=models.CASCADE, related_name="pictures", verbose_name=_("submission")
    )
    image = models.ForeignKey(
        "home.CampaignImage",
        on_delete=models.CASCADE,
        related_name="submission_pictures",
        verbose_name=_("picture"),
    )
    answers = models.JSONField(_("answers"), default=dict, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("picture of a submission")
        verbose_name_plural = _("pictures of submissions")

    def __str__(self) -> str:
        return self.alt or str(self.image)

    @property
    def prefix(self) -> str:
        """Return what the names of its fields begin with."""
        return f"bild-{self.pk}"

    @property
    def alt(self) -> str:
        """Return the words that stand for it."""
        return self.answer("alt")

    def answer(self, name: str) -> str:
        """Return what was typed into a field; "" if nothing was."""
        return str(self.answers.get(name, ""))
