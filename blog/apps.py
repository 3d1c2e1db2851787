"""Guest posts and their authors."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BlogConfig(AppConfig):
    """Guest posts and their authors."""

    name = "blog"
    verbose_name = _("Blog")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the page types with the API."""
        from . import schemas, transfer  # noqa: F401
