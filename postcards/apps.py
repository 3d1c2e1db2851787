"""Postcards of the Grundgesetz and courage cards."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PostcardsConfig(AppConfig):
    """Postcards of the Grundgesetz and courage cards."""

    name = "postcards"
    verbose_name = _("Postcards")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the page types with the API; look after the cards' codes and files."""
        from . import schemas, transfer  # noqa: F401
        from .tasks import watch_cards

        watch_cards()
