"""Rules of the house as system checks, each with a hint that says what to do."""

from collections.abc import Sequence
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core import checks
from django.db import DatabaseError
from wagtail_headless_preview.settings import headless_preview_settings

from api.addresses import renders_pages


@checks.register(checks.Tags.database)
def legal_pages_are_set(databases: Sequence[str] | None = None, **_kwargs: Any) -> list[Any]:
    """Name the legal pages that a site's settings lack (§ 5 DDG, Article 13 GDPR, BITV 2.0)."""
    if not databases:
        return []
    from .models import CampaignSettings
    from .models.settings import LEGAL_PAGES

    problems = []
    try:
        for row in CampaignSettings.objects.select_related("site"):
            missing = [
                str(CampaignSettings._meta.get_field(name).verbose_name)
                for name in LEGAL_PAGES
                if not getattr(row, f"{name}_id")
            ]
            if missing:
                problems.append(
                    checks.Warning(
                        f"{row.site} has no page for: {', '.join(missing)}.",
                        hint="Choose them in the admin under Einstellungen → Kampagne → Seiten.",
                        id="home.W001",
                    )
                )
    except DatabaseError:
        return []  # before the first migration there is nothing to check
    return problems


@checks.register()
def pages_are_shown_somewhere(**_kwargs: Any) -> list[Any]:
    """Ask for templates, or for a headless client that shows the pages."""
    from .models import CampaignPage

    if headless_preview_settings.CLIENT_URLS:
        return []
    name_client = 'Name a headless client: WAGTAIL_HEADLESS_PREVIEW = {"CLIENT_URLS": {"default": …'
    if not renders_pages():
        return [
            checks.Warning(
                "HEADLESS_RENDER_PAGES is False, and no client shows the pages: they answer 404.",
                hint=name_client,
                id="home.W003",
            )
        ]
    bare = [
        model._meta.label
        for model in apps.get_models()
        if issubclass(model, CampaignPage) and not model.has_template()
    ]
    if not bare:
        return []
    return [
        checks.Warning(
            f"These page types have no template, and answer 404: {', '.join(bare)}.",
            hint=f"Write their templates (as in {bare[0]}.template). Or: {name_client}",
            id="home.W002",
        )
    ]


@checks.register()
def opensearch_is_installed(**_kwargs: Any) -> list[Any]:
    """Ask for the package that speaks with an OpenSearch, where one is named."""
    if not getattr(settings, "SEARCH_URL", "") or find_spec("opensearchpy"):
        return []
    return [
        checks.Error(
            "SEARCH_URL names an OpenSearch, but the package to ask it is missing.",
            hint="Install opensearch-py (the extra `opensearch`), or take SEARCH_URL away.",
            id="home.E003",
        )
    ]


@checks.register()
def promotions_are_installed(**_kwargs: Any) -> list[Any]:
    """Ask for the app of promoted results, whose tables would else be made in Wagtail's own."""
    if apps.is_installed("wagtail.contrib.search_promotions"):
        return []
    return [
        checks.Error(
            "The search needs wagtail.contrib.search_promotions.",
            hint='Add "wagtail.contrib.search_promotions" to INSTALLED_APPS.',
            id="home.E004",
        )
    ]


#: What an editor chooses a page type by: the check's id, and what to do where it is missing.
SHOWN_OF_A_TYPE = {
    "page_description": (
        "home.E001",
        "Say in one sentence what an editor makes with this page type.",
    ),
    "page_icon": ("home.E002", "Name one of the admin's icons, as in the other page types."),
}


@checks.register()
def page_types_are_described(**_kwargs: Any) -> list[Any]:
    """Ask every page type for a description and an icon."""
    from .models import CampaignPage

    return [
        checks.Error(f"{model._meta.label} has no {name}.", hint=hint, obj=model, id=check_id)
        for model in apps.get_models()
        if issubclass(model, CampaignPage)
        for name, (check_id, hint) in SHOWN_OF_A_TYPE.items()
        if not getattr(model, name, "")
    ]
