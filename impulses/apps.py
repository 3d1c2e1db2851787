"""Impulse stories: what a department did, and how others can do it too."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ImpulsesConfig(AppConfig):
    """Impulse stories: what a department did, and how others can do it too."""

    name = "impulses"
    verbose_name = _("Impulses")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the page types with the API, and what sharing keeps about people."""
        from home import personal

        from . import schemas  # noqa: F401
        from .sharing.personal import PART

        personal.register(PART)
