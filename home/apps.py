"""The content library's foundation: base page, law, departments, settings, blocks."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    """The app every content type stands on."""

    name = "home"
    verbose_name = _("Campaign")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the system checks and watch the content."""
        from . import checks  # noqa: F401
        from .models import watch_content

        watch_content()
