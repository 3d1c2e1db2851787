"""Pictures that the public may not reach, and when they are held back and released.

Held back are pictures whose consent was withdrawn or is over, and submitted ones until a published
page shows them. Their sizes lie in a folder of their own, from which files are only served to those
who may see them (`showing.py`). When a picture changes sides, its sizes are deleted and made anew
in the right place.
"""

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.db.models.signals import post_save
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished

from ..models import CampaignImage, CampaignRendition, ContentVersion, SubmittedCollection
from . import showing
from .usage import picture_ids, shown_in_public


@transaction.atomic
def settle(ids: Iterable[int], *, published: Iterable[int] = ()) -> list[int]:
    """Hold back or release pictures as is due; return those that have changed sides.

    `published` are pictures of a page that goes live at this moment. A fixed number of queries,
    and some for each size that is deleted.
    """
    images = list(CampaignImage.objects.filter(pk__in=set(ids)).select_related("collection"))
    shown = set(published)
    collection = SubmittedCollection.current()
    submitted = {
        image.pk
        for image in images
        if collection and image.collection.path.startswith(collection.path)
    }
    waiting = submitted - shown
    waiting -= shown_in_public(waiting)
    due = {image.pk: image.lacks_consent or image.pk in waiting for image in images}
    changed = [image.pk for image in images if image.is_held != due[image.pk]]
    for held in (True, False):
        wanted = [pk for pk in changed if due[pk] is held]
        if wanted:
            CampaignImage.objects.filter(pk__in=wanted).update(is_held=held)
    _remove_misplaced(due)
    if changed:
        ContentVersion.renew()
    return changed


def settle_all() -> list[int]:
    """Hold back or release all pictures for which it may be due; return those that changed."""
    candidates = Q(is_held=True) | Q(pk__in=CampaignImage.objects.without_consent().values("pk"))
    if collection := SubmittedCollection.current():
        candidates |= Q(collection__path__startswith=collection.path)
    return settle(CampaignImage.objects.filter(candidates).values_list("pk", flat=True))


def is_overdue(path: str) -> bool:
    """Tell whether a file in the public folder belongs to a picture without consent.

    So it is between midnight and the day's run of `manage.py pictures`. One query.
    """
    overdue = CampaignImage.objects.without_consent().filter(is_held=False)
    sizes = CampaignRendition.objects.filter(image__in=overdue)
    return path in sizes.values_list("file", flat=True)


def _remove_misplaced(ids: Iterable[int]) -> None:
    """Delete the sizes that do not lie where their pictures belong, and their files at once."""
    in_held = Q(file__startswith=f"{showing.FOLDER}/")
    wrong = (Q(image__is_held=True) & ~in_held) | (Q(image__is_held=False) & in_held)
    sizes = list(CampaignRendition.objects.filter(wrong, image__in=list(ids)))
    for size in sizes:
        size.delete()
        # Wagtail leaves it to a task, which may have to wait.
        transaction.on_commit(partial(size.file.storage.delete, size.file.name))


# --- When ---------------------------------------------------------------------------------------


def settle_saved(instance: CampaignImage, raw: bool = False, **_signal: Any) -> None:
    """Look at a picture whenever it is saved: its consent or its collection may have changed."""
    if not raw and settle([instance.pk]):
        instance.is_held = not instance.is_held


def release_published(instance: Page, **_signal: Any) -> None:
    """Release the pictures of a page that goes live."""
    if ids := picture_ids(instance):
        settle(ids, published=ids)


def hold_withdrawn(instance: Page, **_signal: Any) -> None:
    """Hold submitted pictures back again when the last page with them is gone, once it is."""
    if ids := picture_ids(instance):
        transaction.on_commit(partial(settle, ids))


def watch_pictures() -> None:
    """Hold back and release pictures from now on."""
    post_save.connect(settle_saved, sender=CampaignImage, dispatch_uid="settle_saved")
    page_published.connect(release_published, dispatch_uid="release_published")
    # Deleting a page withdraws it first.
    page_unpublished.connect(hold_withdrawn, dispatch_uid="hold_withdrawn")
