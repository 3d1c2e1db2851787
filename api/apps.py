"""The API as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ApiConfig(AppConfig):
    """Typed JSON of all public content, and word of its changes."""

    name = "api"
    verbose_name = _("Content API")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Watch for changes that webhooks want to know of."""
        from . import webhooks

        webhooks.watch()
