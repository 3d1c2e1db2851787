"""The demo app's place in Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DemoConfig(AppConfig):
    """The demo campaign; it can be left out of an installation without any trace."""

    name = "demo"
    verbose_name = _("Demo campaign")
    default_auto_field = "django.db.models.BigAutoField"
