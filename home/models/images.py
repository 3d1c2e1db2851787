"""Pictures with what a public body owes: credit, licence, a label for what a machine made."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition, Image, SourceImageIOError

from ..rights import AIUse, Licence


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

    admin_form_fields = (*Image.admin_form_fields, "credit", "licence", "ai_use")

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    @property
    def default_alt_text(self) -> str:
        """Return the picture's description; never its file name or title."""
        return self.description

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
