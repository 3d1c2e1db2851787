"""Who has to sign in with a second factor."""

from typing import Any

from django.contrib.auth.models import Group
from django.db import models
from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting


@register_setting(icon="lock")
class AccessSettings(BaseGenericSetting):
    """What an installation asks of those who work in its admin."""

    second_factor_groups = models.ManyToManyField(
        Group,
        blank=True,
        related_name="+",
        verbose_name=_("groups"),
        help_text=_(
            "Who belongs to one of these groups reaches the admin only with a second factor: an "
            "authenticator app or a security key. Those without one are led to setting it up."
        ),
    )
    second_factor_administrators = models.BooleanField(
        _("administrators, too"),
        default=False,
        help_text=_("Administrators may do everything, whatever groups they belong to."),
    )

    panels = [
        MultiFieldPanel(
            [
                FieldPanel("second_factor_groups", widget=CheckboxSelectMultiple),
                FieldPanel("second_factor_administrators"),
            ],
            heading=_("Second factor is obligatory for"),
        )
    ]

    class Meta:
        verbose_name = _("access")
        verbose_name_plural = _("access")

    def __str__(self) -> str:
        return str(self._meta.verbose_name)

    @classmethod
    def asks_second_factor(cls, user: Any) -> bool:
        """Tell whether an account may enter the admin with a second factor only."""
        if not user.is_authenticated:
            return False
        row = cls.objects.first()
        if row is None:
            return False
        if user.is_superuser and row.second_factor_administrators:
            return True
        return bool(row.second_factor_groups.filter(user=user).exists())
