"""Times of election (Wahlzeit), in which every publication needs a second approval."""

import datetime as dt
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _t

from .people import leaders


def election_end(*moments: dt.datetime | None) -> dt.date | None:
    """Return the last day of a time of election in which now or one of `moments` lies, or None."""
    from ..models import CampaignSettings

    days = [timezone.localdate(moment) for moment in (timezone.now(), *moments) if moment]
    ranges = CampaignSettings.objects.exclude(election_start=None).exclude(election_end=None)
    for start, end in ranges.values_list("election_start", "election_end"):
        if any(start <= day <= end for day in days):
            return end
    return None


def refusal_in_election(page: Any, revision: Any = None) -> str:
    """Return why a revision may not be published for now; "" outside of a time of election.

    `revision` is None for what has not been saved yet, which nobody can have approved.
    """
    end = election_end(page.go_live_at)
    if end is None or (revision is not None and has_second_approval(page, revision)):
        return ""
    return _t(
        "It is a time of election until %(day)s: publishing needs a second approval by the "
        "leadership. Please submit the page for moderation."
    ) % {"day": date_format(end, "DATE_FORMAT")}


def has_second_approval(page: Any, revision: Any) -> bool:
    """Tell whether the leadership has approved exactly this revision."""
    from ..models import LeadershipApproval

    approvals = LeadershipApproval.objects.filter(
        task_states__status="approved",
        task_states__revision=revision,
        task_states__workflow_state__object_id=str(page.pk),
        task_states__finished_by__in=leaders(),
    )
    return approvals.exists()
