"""Pictures with what a public body owes: credit, licence, consent, a label for a machine's work."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import (
    AbstractImage,
    AbstractRendition,
    Filter,
    Image,
    ImageQuerySet,
    SourceImageIOError,
)
from wagtail.models import Collection

from ..pictures import showing
from ..rights import AIUse, Licence


class CampaignImageQuerySet(ImageQuerySet):
    """Pictures, and what consent says about them."""

    def without_consent(self) -> "CampaignImageQuerySet":
        """Return the pictures whose consent was withdrawn or is over."""
        is_over = Q(consent_valid_until__lt=timezone.localdate())
        return self.filter(Q(consent_withdrawn_on__isnull=False) | is_over)


class CampaignImage(AbstractImage):
    """A picture of the campaign."""

    credit = models.CharField(
        _("credit"),
        max_length=200,
        blank=True,
        help_text=_("Who made the picture, for example “Foto: Presseamt”. Shown with it."),
    )
    licence = models.CharField(
        _("licence"), max_length=30, choices=Licence.choices, default=Licence.CC_BY
    )
    ai_use = models.CharField(
        _("use of AI"),
        max_length=20,
        choices=AIUse.choices,
        default=AIUse.NONE,
        help_text=_("A picture made or changed by AI is labelled in public (AI Act, Article 50)."),
    )
    shows_people = models.BooleanField(
        _("shows people"),
        default=False,
        help_text=_("People whom one could recognise. They must have agreed to be published."),
    )
    consent_reference = models.CharField(
        _("where the consent is kept"),
        max_length=200,
        blank=True,
        help_text=_(
            "For example “Akte 13-2026, Blatt 4”. No page with people is published without it."
        ),
    )
    consent_valid_until = models.DateField(
        _("consent valid until"),
        null=True,
        blank=True,
        db_index=True,
        help_text=_("The last day on which the picture is public. Empty: without an end."),
    )
    consent_withdrawn_on = models.DateField(
        _("consent withdrawn on"),
        null=True,
        blank=True,
        help_text=_(
            "Since then nobody sees the picture in public. Clear the date only if the people have "
            "agreed again."
        ),
    )
    #: Whether its sizes lie where the public does not get; `home.pictures.holding` writes it.
    is_held = models.BooleanField(_("held back"), default=False, editable=False)

    objects = CampaignImageQuerySet.as_manager()

    admin_form_fields = (
        *Image.admin_form_fields,
        "credit",
        "licence",
        "ai_use",
        "shows_people",
        "consent_reference",
        "consent_valid_until",
        "consent_withdrawn_on",
    )

    #: What exports take along beside what the API tells.
    export_fields = (
        "shows_people",
        "consent_reference",
        "consent_valid_until",
        "consent_withdrawn_on",
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    def clean(self) -> None:
        """Refuse a withdrawal that is still to come: it would count at once."""
        super().clean()
        if self.consent_withdrawn_on and self.consent_withdrawn_on > timezone.localdate():
            raise ValidationError({"consent_withdrawn_on": _t("This day is still to come.")})

    @property
    def default_alt_text(self) -> str:
        """Return the picture's description; never its file name or title."""
        return self.description

    @property
    def lacks_consent(self) -> bool:
        """Tell whether consent was withdrawn or is over; a day's end is midnight in Germany."""
        until = self.consent_valid_until
        return bool(self.consent_withdrawn_on or (until and until < timezone.localdate()))

    @property
    def is_unsettled(self) -> bool:
        """Tell whether no page with this picture may be published."""
        return self.lacks_consent or (self.shows_people and not self.consent_reference.strip())

    @property
    def is_withheld(self) -> bool:
        """Tell whether the public may not see the picture."""
        return self.is_held or self.lacks_consent

    # --- Sizes ----------------------------------------------------------------------------------

    def get_rendition(self, filter: Filter | str) -> Any:  # noqa: A002 -- Wagtail's name
        """Return a size of the picture; raise `SourceImageIOError` where it must not be seen."""
        self._refuse_public()
        return super().get_rendition(filter)

    def get_renditions(self, *filters: Filter | str) -> Any:
        """Return sizes of the picture; raise `SourceImageIOError` where it must not be seen."""
        self._refuse_public()
        return super().get_renditions(*filters)

    def _refuse_public(self) -> None:
        if self.is_withheld and showing.are_hidden():
            raise SourceImageIOError("The picture is held back.")

    def generate_rendition_file(self, *args: Any, **kwargs: Any) -> Any:
        """Return the picture in one size and format.

        Raises `SourceImageIOError`, for which Wagtail shows the page without the picture, for
        every fault of the file: each format fails in its own way.
        """
        try:
            return super().generate_rendition_file(*args, **kwargs)
        except Exception as error:
            raise SourceImageIOError(str(error)) from error


class CampaignRendition(AbstractRendition):
    """A size and format of a picture, made once."""

    image = models.ForeignKey(CampaignImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)
        verbose_name = _("size of an image")
        verbose_name_plural = _("sizes of images")

    @classmethod
    def construct_cache_key(cls, image: Any, *args: Any, **kwargs: Any) -> str:
        """Return under what a size is remembered: another name once the picture is held back."""
        return f"{super().construct_cache_key(image, *args, **kwargs)}-{image.is_held}"

    def get_upload_to(self, filename: str) -> str:
        """Return where the file belongs, as the database has it now: this picture may be old."""
        path: str = super().get_upload_to(filename)
        if CampaignImage.objects.filter(pk=self.image_id, is_held=True).exists():
            return f"{showing.FOLDER}/{path.partition('/')[2]}"
        return path

    @property
    def url(self) -> str:
        """Return the file's address; a held one works only for those who may see it."""
        address: str = super().url
        name = self.file.name or ""
        is_held = name.startswith(f"{showing.FOLDER}/")
        return showing.signed(address, name) if is_held and showing.are_shown() else address


class SubmittedCollection(models.Model):
    """Marks the collection for pictures that staff have sent in, whatever it is called."""

    collection = models.OneToOneField(Collection, on_delete=models.CASCADE, related_name="+")

    #: There is one row, so that of two requests that make it at once one fails.
    ONLY = 1

    class Meta:
        default_permissions = ()
        verbose_name = _("collection of submitted pictures")
        verbose_name_plural = _("collections of submitted pictures")

    def __str__(self) -> str:
        return str(self.collection)

    @classmethod
    def current(cls) -> "Collection | None":
        """Return the collection; None as long as nobody has sent in a picture. One query."""
        mark = cls.objects.select_related("collection").filter(pk=cls.ONLY).first()
        return mark.collection if mark else None
