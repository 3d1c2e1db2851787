"""Dates of the demo, written relative to today, so that the campaign is always under way."""

from __future__ import annotations

import calendar
import datetime as dt
import re

_DAYS = re.compile(r"tag:(-?\d+)")
_MONTHS = re.compile(r"monat:(-?\d+):(\d+|letzter)")


def shift_month(day: dt.date, months: int) -> dt.date:
    """Return the first day of the month that lies `months` after (or before) that of `day`."""
    number = day.year * 12 + day.month - 1 + months
    return dt.date(number // 12, number % 12 + 1, 1)


def last_of_month(day: dt.date) -> dt.date:
    """Return the last day of the month of `day`."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def resolve_date(text: str, today: dt.date) -> dt.date:
    """Turn a date of the content files into a day.

    "tag:-40" is 40 days before today, "monat:-3:12" the 12th of the month three months before
    this one ("letzter": its last day; a day that the month lacks falls on it, too). Anything else
    must be an ISO date, or ValueError is raised.
    """
    if match := _DAYS.fullmatch(text):
        return today + dt.timedelta(days=int(match[1]))
    if match := _MONTHS.fullmatch(text):
        first = shift_month(today, int(match[1]))
        last = last_of_month(first)
        if match[2] == "letzter":
            return last
        return first.replace(day=min(int(match[2]), last.day))
    return dt.date.fromisoformat(text)
