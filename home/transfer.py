"""The campaign's settings and vocabularies in exports, and on their way back."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t

from api.registry import Part, registry
from api.transfer.filling import Restorer

from .endpoints import read_articles, read_departments, read_site
from .models import Article, CampaignSettings, Department, RotaEntry
from .models.settings import ACCESS_PAGES, LEGAL_PAGES


def check_articles(data: dict[str, Any], _restorer: Restorer) -> None:
    """Refuse an export that names articles which this instance does not have.

    The wording is the software's own and stays as it is.
    """
    known = set(Article.objects.values_list("slug", flat=True))
    if missing := [one["label"] for one in data["items"] if one["slug"] not in known]:
        raise ValidationError(
            _t("This instance does not have %(articles)s. Please run `manage.py import_law` first.")
            % {"articles": ", ".join(missing)}
        )


def restore_departments(data: dict[str, Any], restorer: Restorer) -> None:
    """Make the departments with their turns."""
    for item in data["items"]:
        restorer.fill(Department(), item | {"rota_entries": item["rota"]}).save()


def restore_settings(data: dict[str, Any], restorer: Restorer) -> None:
    """Fill the campaign's settings."""
    publisher = data["publisher"]
    default = data["municipality"] or data["name"]
    values = {
        **{name: data[name] for name in ("name", "claim", "municipality", "logo")},
        "accent_color": data["accent"]["chosen"],
        "publisher_name": "" if publisher["name"] == default else publisher["name"],
        "publisher_address": publisher["address"],
        "contact_email": publisher["email"],
        "social_profiles": data["profiles"],
        **{
            name: data["legal"][name.removesuffix("_page")]
            for name in (*LEGAL_PAGES, *ACCESS_PAGES)
        },
    }
    restorer.fill(CampaignSettings(site=restorer.site), values).save()


registry.add_part(Part("articles.json", lambda _site: read_articles(), check_articles))
registry.add_part(
    Part(
        "departments.json",
        lambda _site: read_departments(),
        restore_departments,
        models=(Department, RotaEntry),
    )
)
registry.add_part(Part("site.json", read_site, restore_settings, after_pages=True))
