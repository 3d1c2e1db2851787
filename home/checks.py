"""Rules of the house as system checks, each with a hint that says what to do."""

from collections.abc import Sequence
from typing import Any

from django.apps import apps
from django.core import checks
from django.db import DatabaseError


@checks.register(checks.Tags.database)
def legal_pages_are_set(databases: Sequence[str] | None = None, **_kwargs: Any) -> list[Any]:
    """Name the legal pages that a site's settings lack (§ 5 DDG, Article 13 GDPR, BITV 2.0)."""
    if not databases:
        return []
    from .models import CampaignSettings
    from .models.settings import LEGAL_PAGES

    problems = []
    try:
        for settings in CampaignSettings.objects.select_related("site"):
            missing = [
                str(CampaignSettings._meta.get_field(name).verbose_name)
                for name in LEGAL_PAGES
                if not getattr(settings, f"{name}_id")
            ]
            if missing:
                problems.append(
                    checks.Warning(
                        f"{settings.site} has no page for: {', '.join(missing)}.",
                        hint="Choose them in the admin under Einstellungen → Kampagne → Seiten.",
                        id="home.W001",
                    )
                )
    except DatabaseError:
        return []  # before the first migration there is nothing to check
    return problems


@checks.register()
def page_types_are_described(**_kwargs: Any) -> list[Any]:
    """Ask every page type for a description and a list of parents."""
    from .models import CampaignPage

    problems = []
    for model in apps.get_models():
        if not issubclass(model, CampaignPage):
            continue
        if not getattr(model, "page_description", ""):
            problems.append(
                checks.Error(
                    f"{model._meta.label} has no page_description.",
                    hint="Say in one sentence what an editor makes with this page type.",
                    obj=model,
                    id="home.E001",
                )
            )
    return problems
