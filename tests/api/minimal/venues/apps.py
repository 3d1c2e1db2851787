"""An app of a project of one's own."""

from django.apps import AppConfig


class VenuesConfig(AppConfig):
    """Places where people meet."""

    name = "venues"

    def ready(self) -> None:
        """Register the page type and its block with the API."""
        from . import schemas  # noqa: F401
