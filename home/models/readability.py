"""How readable the pages' latest texts are, kept for the report over all pages."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Case, FloatField, Q, Value, When
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, get_page_models

#: What a text in Leichte Sprache should not exceed, whatever its page type.
SIMPLE_TARGET = 6.5
SIMPLE = "de-simple"


class Readability(models.Model):
    """The Wiener Sachtextformel's value of a page's latest text, a draft's if there is one."""

    page = models.OneToOneField(
        Page, on_delete=models.CASCADE, primary_key=True, related_name="readability"
    )
    #: None where the text is too short to be measured, or not German.
    score = models.FloatField(_("Wiener Sachtextformel"), null=True)
    words = models.PositiveIntegerField(_("words"), default=0)
    measured_at = models.DateTimeField(_("measured on"))

    #: A page is not "used" by what was measured on it.
    wagtail_reference_index_ignore: ClassVar[bool] = True

    class Meta:
        verbose_name = _("readability of a page")
        verbose_name_plural = _("readability of pages")

    def __str__(self) -> str:
        return f"{self.page_id}: {self.score}"


def is_german(language_code: str) -> bool:
    """Tell whether texts in a language are judged: German, Leichte Sprache included."""
    return language_code.partition("-")[0] == "de"


def with_targets(pages: Any) -> Any:
    """Return campaign pages with the `target` that holds for their type and language."""
    from .base import CampaignPage

    types = [model for model in get_page_models() if issubclass(model, CampaignPage)]
    return pages.type(*types).annotate(
        target=Case(
            When(locale__language_code=SIMPLE, then=Value(SIMPLE_TARGET)),
            *(
                When(_of_type(model), then=Value(float(model.readability_target)))
                for model in types
            ),
            default=Value(0.0),
            output_field=FloatField(),
        )
    )


def _of_type(model: type[Page]) -> Q:
    return Q(
        content_type__app_label=model._meta.app_label, content_type__model=model._meta.model_name
    )
