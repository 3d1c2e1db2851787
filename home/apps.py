"""The content library's foundation: base page, law, departments, settings, blocks."""

from typing import Any

from django.apps import AppConfig
from django.db import connection
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _
from wagtail.search import index
from wagtail.signals import page_published


class HomeConfig(AppConfig):
    """The app every content type stands on."""

    name = "home"
    verbose_name = _("Campaign")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the system checks and the API's schemas, and watch the content."""
        from wagtail.models import Page
        from wagtail.permissions import register_permission_policy

        from api.registry import registry

        from . import checks, endpoints, schemas, transfer  # noqa: F401
        from .alphabet import teach_sqlite
        from .content import CampaignContent
        from .models import CampaignImage, watch_content, watch_videos
        from .moderation import guard, signals
        from .moderation.permissions import CampaignPagePolicy
        from .moderation.workflow import make_house_workflow
        from .personal import register
        from .pictures.holding import watch_pictures
        from .pictures.permissions import policy
        from .search_index import watch
        from .signoff.personal import PART
        from .text_checks import watch as watch_texts

        connection_created.connect(teach_sqlite, dispatch_uid="alphabet")
        if connection.connection is not None:  # made before the apps were ready
            teach_sqlite(connection)
        registry.provide(CampaignContent())
        registry.add_router(endpoints.router)

        # "Exactly" also holds where Wagtail registers its own after this one.
        register_permission_policy(CampaignImage, policy(), exact_class=True)
        register_permission_policy(Page, CampaignPagePolicy(Page))
        watch_content()
        watch_videos()
        watch_pictures()
        watch()
        watch_texts()
        register(PART)
        guard.watch()
        signals.watch()
        post_migrate.connect(make_house_workflow, sender=self, dispatch_uid="workflow")
        post_migrate.connect(index_law, sender=self)
        page_published.connect(index_page, dispatch_uid="index_page")


def index_page(instance: Any, **_signal: Any) -> None:
    """Let the search know a published page with its rows: Wagtail does so before they are saved."""
    index.insert_or_update_object(instance)


def index_law(**_signal: Any) -> None:
    """Make the articles that a migration has written known to the search."""
    from .models import Article

    if Article._meta.db_table in connection.introspection.table_names():
        for article in Article.objects.all():
            index.insert_or_update_object(article)
