"""An app of a project of one's own."""

from django.apps import AppConfig


class VenuesConfig(AppConfig):
    """Places where people meet."""

    name = "venues"

    def ready(self) -> None:
        """Register the page type, its blocks and the endpoint with the API."""
        from api.registry import registry

        from . import endpoints, schemas  # noqa: F401

        registry.add_router(endpoints.router)
