"""What people looked for and did not find: the words alone, for editors to learn from.

Nothing says who looked, or when on a day. What may name a person is not kept, and nothing for long.
"""

import datetime as dt
import re

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from wagtail.contrib.search_promotions.models import Query, QueryDailyHits
from wagtail.search.utils import normalise_query_string

#: Different searches that are kept at most; a robot's do not push out what people looked for.
MOST_MISSES = 1000
#: Words of a query from which on it is rather a text than a search.
MOST_WORDS = 3
#: Letters of a word from which on it is nonsense.
LONGEST = 40
#: Addresses, dates, and numbers of people, houses, accounts, files; years and articles may stay.
_PERSONAL = re.compile(
    r"@|\(at\)|\bat\b|//|www\.|\d(?:\W?\d){4}|\d\.|\d\s+\d|str(?:aße|asse|\.)?\s*\d", re.I
)


def note_miss(typed: str, query: str) -> None:
    """Count a search without a result: as it was typed, and its cleaned words."""
    words = query.split()
    if not words or len(words) > MOST_WORDS or len(max(words, key=len)) > LONGEST:
        return
    if _PERSONAL.search(typed):
        return
    today = timezone.localdate()
    with transaction.atomic():
        forget_misses(today)
        known = normalise_query_string(query)
        if QueryDailyHits.objects.filter(query__query_string=known, date=today).update(
            hits=F("hits") + 1
        ):
            return
        if QueryDailyHits.objects.values("query").distinct().count() < MOST_MISSES:
            QueryDailyHits.objects.create(query=Query.get(known), date=today, hits=1)


def forget_misses(today: dt.date) -> None:
    """Forget what is older than `WAGTAILSEARCH_HITS_MAX_AGE` days."""
    oldest = today - dt.timedelta(days=settings.WAGTAILSEARCH_HITS_MAX_AGE)
    if QueryDailyHits.objects.filter(date__lt=oldest).delete()[0]:
        Query.garbage_collect()
