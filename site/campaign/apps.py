"""The website: templates, styles and addresses around the content library."""

from django.apps import AppConfig


class CampaignConfig(AppConfig):
    """The project's own app: template tags, commands and checks of the website."""

    name = "campaign"
    verbose_name = "Haltung"

    def ready(self) -> None:
        """Add the frames for other websites to the API, and label the admin before it is set up."""
        from api.registry import registry

        from . import admin_language, embeds, outbox  # noqa: F401
        from .accounts import checks  # noqa: F401

        registry.add_router(embeds.router, *embeds.SOURCES)
        outbox.watch()
