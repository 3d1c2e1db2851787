"""Dates of the demo, written relative to today, so that the campaign is always under way."""

from __future__ import annotations

import calendar
import datetime as dt
import re

_DAYS = re.compile(r"tag:(-?\d+)")
_WORKDAYS = re.compile(r"werktag:(-?\d+):(\d+)")
_MONTHS = re.compile(r"monat:(-?\d+):(\d+|letzter)")


def shift_month(day: dt.date, months: int) -> dt.date:
    """Return the first day of the month that lies `months` after (or before) that of `day`."""
    number = day.year * 12 + day.month - 1 + months
    return dt.date(number // 12, number % 12 + 1, 1)


def last_of_month(day: dt.date) -> dt.date:
    """Return the last day of the month of `day`."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def easter(year: int) -> dt.date:
    """Return Easter Sunday of the Gregorian calendar (Butcher's rule)."""
    a, (b, c) = year % 19, divmod(year, 100)
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    i = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    month, day = divmod(h + i - 7 * ((a + 11 * h + 22 * i) // 451) + 114, 31)
    return dt.date(year, month, day + 1)


def is_workday(day: dt.date) -> bool:
    """Tell whether a town hall is open: no weekend, no holiday of some German state, no bridge.

    The days from Christmas Eve to New Year's Eve count as closed.
    """
    fixed = {(1, 1), (1, 6), (3, 8), (5, 1), (8, 15), (9, 20), (10, 3), (10, 31), (11, 1)}
    # Good Friday, Easter Monday, Ascension and the day after, Whit Monday, Corpus Christi.
    movable = {easter(day.year) + dt.timedelta(days) for days in (-2, 1, 39, 40, 50, 60)}
    closed = (day.month, day.day) in fixed or (day.month == 12 and day.day >= 24)
    return day.weekday() < 5 and not closed and day not in movable


def resolve_date(text: str, today: dt.date) -> dt.date:
    """Turn a date of the content files into a day.

    "tag:-40" is 40 days before today, "monat:-3:12" the 12th of the month three months before
    this one ("letzter": its last day; a day that the month lacks falls on it, too), and
    "werktag:-3:12" the first working day from then on. Anything else must be an ISO date, or
    ValueError is raised.
    """
    if match := _WORKDAYS.fullmatch(text):
        day = resolve_date(f"monat:{match[1]}:{match[2]}", today)
        while not is_workday(day):
            day += dt.timedelta(days=1)
        return day
    if match := _DAYS.fullmatch(text):
        return today + dt.timedelta(days=int(match[1]))
    if match := _MONTHS.fullmatch(text):
        first = shift_month(today, int(match[1]))
        last = last_of_month(first)
        if match[2] == "letzter":
            return last
        return first.replace(day=min(int(match[2]), last.day))
    return dt.date.fromisoformat(text)
