"""Where pictures are used: what a page shows, and which pages and other things show a picture."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q
from django.utils.text import capfirst
from wagtail.contrib.settings.models import AbstractSetting
from wagtail.models import Page, ReferenceIndex, Revision

from ..models import CampaignImage, CampaignPage
from ..references import named_in


def picture_ids(page: Page) -> set[int]:
    """Return the primary keys of all pictures on a page, drafts included: fields, blocks, people.

    No query beyond what the page's own relations take.
    """
    if not isinstance(page, CampaignPage):
        return set()
    fields = (getattr(page, f"{name}_id") for name in page.image_fields)
    return {pk for pk in (*fields, *page.view_image_ids(), *named_in(page).images) if pk}


def pages_showing(ids: Iterable[int] | None = None) -> dict[int, set[int]]:
    """Return the pages that hold each picture as they are stored, by primary keys.

    Pages also hold what is in things that they name: an author's portrait. Without `ids` it
    answers for all pictures. Three queries.
    """
    keys = None if ids is None else {str(pk) for pk in ids}
    if keys is not None and not keys:
        return {}
    page_type = ContentType.objects.get_for_model(Page)
    found: dict[int, set[int]] = defaultdict(set)
    holders: dict[tuple[int, str], set[int]] = defaultdict(set)
    for base, holder, picture in _references(CampaignImage, keys):
        if base == page_type.pk:
            found[int(picture)].add(int(holder))
        else:
            holders[base, holder].add(int(picture))
    through = ReferenceIndex.objects.filter(
        base_content_type=page_type,
        to_content_type__in={base for base, _key in holders},
        to_object_id__in={key for _base, key in holders},
    ).values_list("object_id", "to_content_type", "to_object_id")
    for page, base, key in through if holders else ():
        for picture in holders.get((base, key), ()):
            found[picture].add(int(page))
    return found


def drafts_showing(ids: Iterable[int] | None = None) -> dict[int, set[int]]:
    """Return the pages that hold each picture in a draft or in what is scheduled; one query."""
    wanted = None if ids is None else set(ids)
    found: dict[int, set[int]] = defaultdict(set)
    if wanted is not None and not wanted:
        return found
    drafts = Page.objects.filter(has_unpublished_changes=True).exclude(latest_revision=None)
    scheduled = Q(approved_go_live_at__isnull=False)
    revisions = Revision.page_revisions.filter(
        scheduled | Q(pk__in=drafts.order_by().values("latest_revision"))
    )
    for revision in revisions.iterator(chunk_size=100):
        text = "" if wanted is None else str(revision.content)
        if wanted is None or any(str(pk) in text for pk in wanted):
            for picture in _pictures_of(revision):
                found[picture].add(int(revision.object_id))
    return found if wanted is None else {pk: found[pk] for pk in wanted if pk in found}


def held_elsewhere(ids: Iterable[int] | None = None) -> set[int]:
    """Return those pictures that something beside pages holds: an author, the settings."""
    page_type = ContentType.objects.get_for_model(Page)
    others = _references(CampaignImage, None if ids is None else {str(pk) for pk in ids})
    others = others.exclude(base_content_type=page_type)
    found = {int(picture) for _base, _holder, picture in others}
    return found | {picture for _holder, picture in _settings_with(ids)}


def _settings_with(ids: Iterable[int] | None) -> list[tuple[Model, int]]:
    """Return the settings that hold pictures, each with its picture; a query for each field.

    Wagtail keeps no list of what settings name.
    """
    wanted = None if ids is None else set(ids)
    return [
        (holder, picture)
        for model in apps.get_models()
        if issubclass(model, AbstractSetting)
        for field in model._meta.fields
        if field.related_model is CampaignImage
        for holder in model._default_manager.exclude(**{field.name: None})
        if (picture := getattr(holder, field.attname)) and (wanted is None or picture in wanted)
    ]


def _references(model: type[Model], keys: set[str] | None) -> Any:
    """Return what names objects of a model: content type, key, and the key of what is named."""
    named = ReferenceIndex.objects.filter(to_content_type=ContentType.objects.get_for_model(model))
    if keys is not None:
        named = named.filter(to_object_id__in=keys)
    return named.values_list("base_content_type", "object_id", "to_object_id")


def shown_in_public(ids: Iterable[int]) -> set[int]:
    """Return those of some pictures that a published page shows."""
    pages = pages_showing(ids)
    wanted = {pk for keys in pages.values() for pk in keys}
    live = set(Page.objects.filter(pk__in=wanted, live=True).values_list("pk", flat=True))
    return {picture for picture, keys in pages.items() if keys & live}


def all_pages_with(image: CampaignImage) -> list[Page]:
    """Return all pages with a picture, published ones and drafts, by title."""
    found = {
        pk
        for showing in (pages_showing, drafts_showing)
        for pk in showing([image.pk]).get(image.pk, ())
    }
    return list(Page.objects.filter(pk__in=found).order_by("title", "pk"))


def is_used(image: CampaignImage) -> bool:
    """Tell whether anything shows a picture: a page, its draft, or something else."""
    return bool(all_pages_with(image) or other_holders(image))


def _pictures_of(revision: Revision) -> set[int]:
    """Return the pictures of a draft; none where it names what is gone."""
    model: Any = ContentType.objects.get_for_id(revision.content_type_id).model_class()
    page = model.from_serializable_data(revision.content, check_fks=False) if model else None
    return picture_ids(page) if page else set()


def other_holders(image: CampaignImage) -> list[str]:
    """Return what else shows a picture, beside pages: authors, the campaign's settings."""
    page_type = ContentType.objects.get_for_model(Page)
    holders = [holder for holder, _picture in _settings_with([image.pk])]
    for base, key, _picture in _references(CampaignImage, {str(image.pk)}):
        if base != page_type.pk:
            model = ContentType.objects.get_for_id(base).model_class()
            holders += model._default_manager.filter(pk=key)[:1] if model else []
    return sorted({f"{capfirst(str(each._meta.verbose_name))}: {each}" for each in holders})
