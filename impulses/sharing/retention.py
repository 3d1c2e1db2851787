"""Retention: what never became public does not stay for ever."""

import datetime as dt
import logging
from typing import Any

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from home.models import CampaignImage, CampaignSettings, SubmittedCollection
from home.moderation import flow
from home.pictures.usage import is_used

from .drafts import locked, status_of
from .models import Submission
from .submitting import remove

logger = logging.getLogger(__name__)
#: What is deleted, by the state that it has stood in.
REASONS = {"draft": "abandoned", "rejected": "rejected", "withdrawn": "withdrawn"}


def delete_old(now: dt.datetime | None = None, days: int | None = None) -> dict[str, int]:
    """Delete what was rejected, withdrawn or abandoned more than `days` ago; return how many.

    With a submission go its page and its pictures, unless another page shows them; so do pictures
    that were taken out of a story. What was ever public stays. `days` is by default what the
    settings say.
    """
    days = days or CampaignSettings.of_house().retention_days
    limit = (now or timezone.now()) - dt.timedelta(days=days)
    deleted = dict.fromkeys([*REASONS.values(), "pictures"], 0)
    for submission in Submission.objects.filter(updated_at__lt=limit).order_by("pk"):
        if reason := _delete(submission, limit):
            deleted[reason] += 1
    deleted["pictures"] = _delete_left_pictures(limit)
    logger.info("Retention: submissions deleted after %s days: %s.", days, deleted)
    return deleted


@task()
def retain(days: int | None = None) -> dict[str, int]:
    """Do the like beside a request or a command, where a worker runs (`TASKS_BACKEND`)."""
    return delete_old(days=days)


@transaction.atomic
def _delete(submission: Submission, limit: dt.datetime) -> str:
    """Delete a submission that is due; return why, "" if it is not."""
    now = locked(submission)
    status = status_of(now)
    reason = REASONS.get(status.state, "")
    if not reason or _was_public(now.page) or _last_touched(now, status) >= limit:
        return ""
    remove(now)
    return reason


def _delete_left_pictures(limit: dt.datetime) -> int:
    """Delete submitted pictures that belong to no story any more and that nothing shows."""
    collection = SubmittedCollection.current()
    if collection is None:
        return 0
    left = CampaignImage.objects.filter(
        collection__path__startswith=collection.path,
        submission_pictures=None,
        created_at__lt=limit,
    )
    unused = [image for image in left if not is_used(image)]
    for image in unused:
        image.delete()
    return len(unused)


def _was_public(page: Any) -> bool:
    return page is not None and page.first_published_at is not None


def _last_touched(submission: Submission, status: flow.Status) -> dt.datetime:
    return max(submission.updated_at, status.since or submission.updated_at)
