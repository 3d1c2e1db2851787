"""The campaign's settings, vocabularies and videos in exports, and on their way back."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext as _t

from api.registry import Part, registry
from api.schemas import Schema
from api.transfer.filling import Restorer

from .blocks.schemas import VideoSchema
from .endpoints import read_articles, read_departments, read_site
from .models import Article, CampaignSettings, Department, PageVideo, RotaEntry, Video
from .models.settings import ACCESS_PAGES, LEGAL_PAGES
from .visibility import visible_pages


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


class VideoList(Schema):
    """The videos that public pages show."""

    items: list[VideoSchema]


def read_videos(_site: Any) -> VideoList:
    """Return the videos that public pages show."""
    shown = PageVideo.objects.filter(page__in=visible_pages())
    videos = Video.objects.filter(pk__in=shown.values("video")).order_by("pk")
    return VideoList(items=[VideoSchema.model_validate(video) for video in videos])


def restore_videos(data: dict[str, Any], restorer: Restorer) -> None:
    """Make the videos, their files under names of their own."""
    for item in data["items"]:
        named = {name: value for name, value in item.items() if name != "captions"}
        video = restorer.fill(Video(pk=item["id"]), named)
        for file, source in ((video.file, item), (video.captions, item["captions"])):
            if source and restorer.take:
                restorer.take(file, source["url"])
        video.full_clean()
        video.save()


def video_files() -> Iterator[FieldFile]:
    """Yield all files of all videos."""
    for video in Video.objects.all():
        yield from filter(None, (video.file, video.captions))


registry.add_files(video_files)
registry.add_part(Part("videos.json", read_videos, restore_videos, models=(Video,)))
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
