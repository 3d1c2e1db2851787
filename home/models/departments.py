"""Departments (Dezernate) and the rota: who leads the campaign in which months."""

import calendar
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.search import index

from ..colors import Color


class Department(index.Indexed, ClusterableModel):
    """A department of the administration; pages name it as their author."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    short_name = models.CharField(
        _("short name"), max_length=40, unique=True, help_text=_("For example “Dezernat IV”.")
    )
    slug = models.SlugField(
        _("slug"),
        max_length=60,
        unique=True,
        help_text=_("Stands in the address of filtered lists, for example “dezernat-4”."),
    )
    fields_of_work = models.TextField(
        _("fields of work"), blank=True, help_text=_("One or two sentences for citizens.")
    )
    color = models.CharField(
        _("colour"), max_length=20, choices=Color.choices, default=Color.PETROL
    )

    panels = [
        FieldPanel("name"),
        FieldPanel("short_name"),
        FieldPanel("slug"),
        FieldPanel("fields_of_work"),
        FieldPanel("color"),
        InlinePanel(
            "rota_entries",
            heading=_("Rota"),
            label=_("Months"),
            help_text=_("The months in which this department leads the campaign."),
        ),
    ]
    search_fields = [
        index.SearchField("name"),
        index.SearchField("short_name"),
        index.AutocompleteField("name"),
        index.AutocompleteField("short_name"),
    ]

    class Meta:
        ordering = ["short_name"]
        verbose_name = _("department")
        verbose_name_plural = _("departments")

    def __str__(self) -> str:
        return f"{self.short_name}: {self.name}"


def month_start(day: dt.date) -> dt.date:
    """Return the first day of `day`'s month."""
    return day.replace(day=1)


def month_end(day: dt.date) -> dt.date:
    """Return the last day of `day`'s month."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


class RotaEntry(models.Model):
    """Whole months in which one department leads the campaign."""

    department = ParentalKey(Department, on_delete=models.CASCADE, related_name="rota_entries")
    start = models.DateField(
        _("from"), help_text=_("Any day of the first month; the whole month counts.")
    )
    end = models.DateField(
        _("to"), help_text=_("Any day of the last month; the whole month counts.")
    )

    panels = [FieldPanel("start"), FieldPanel("end")]

    class Meta:
        ordering = ["start"]
        verbose_name = _("rota entry")
        verbose_name_plural = _("rota")

    def __str__(self) -> str:
        return f"{self.department.short_name}: {self.start:%m/%Y}–{self.end:%m/%Y}"

    def clean(self) -> None:
        """Stretch the dates to whole months; refuse an end before its start."""
        if self.start and self.end:
            if self.end < month_start(self.start):
                raise ValidationError({"end": _t("The last month lies before the first one.")})
            self.start, self.end = month_start(self.start), month_end(self.end)


def rota_turns(entries: Iterable[RotaEntry]) -> list[RotaEntry]:
    """Return `entries` in order, those of one department that overlap or touch made one."""
    turns: list[RotaEntry] = []
    for entry in sorted(entries, key=lambda e: (e.department.short_name, e.start)):
        last = turns[-1] if turns else None
        if (
            last is not None
            and last.department == entry.department
            and entry.start <= last.end + dt.timedelta(days=1)
        ):
            last.end = max(last.end, entry.end)
        else:
            turns.append(RotaEntry(department=entry.department, start=entry.start, end=entry.end))
    return sorted(turns, key=lambda turn: (turn.start, turn.department.short_name))


@dataclass(frozen=True)
class Rota:
    """Who leads the campaign on one day, and who is next."""

    current: list[Department]
    next: RotaEntry | None
    since: dt.date | None
    until: dt.date | None

    @classmethod
    def on(cls, day: dt.date | None = None) -> "Rota":
        """Return the rota as it stands on `day` (today by default); one query."""
        day = day or timezone.localdate()
        entries = RotaEntry.objects.select_related("department")
        turns = [turn for turn in rota_turns(entries) if turn.end >= day]
        current = [turn for turn in turns if turn.start <= day]
        later = [turn for turn in turns if turn.start > day]
        return cls(
            current=[turn.department for turn in current],
            next=later[0] if later else None,
            since=min((turn.start for turn in current), default=None),
            until=max((turn.end for turn in current), default=None),
        )

    @property
    def period(self) -> str:
        """Return the months of the current turn: "März – April 2026"; "" without one."""
        if self.since is None or self.until is None:
            return ""
        last = date_format(self.until, "F Y")
        if (self.since.year, self.since.month) == (self.until.year, self.until.month):
            return last
        first = date_format(self.since, "F" if self.since.year == self.until.year else "F Y")
        return f"{first} – {last}"

    def __bool__(self) -> bool:
        """Tell whether there is anything to show."""
        return bool(self.current or self.next)


@dataclass(frozen=True)
class RotaProblem:
    """A stretch of the rota that more than one entry covers, or none."""

    kind: str  # "overlap" or "gap"
    start: dt.date
    end: dt.date
    #: Who leads in an overlap: two departments, or one whose own entries overlap.
    departments: tuple[str, ...] = ()


def rota_problems(entries: Iterable[RotaEntry]) -> list[RotaProblem]:
    """Return overlaps and gaps between the first and the last month of `entries`, in order."""
    problems: list[RotaProblem] = []
    last: RotaEntry | None = None
    for entry in sorted(entries, key=lambda entry: (entry.start, entry.end)):
        if last is not None:
            day = dt.timedelta(days=1)
            if entry.start <= last.end:
                names = (last.department.short_name, entry.department.short_name)
                end = min(last.end, entry.end)
                leading = tuple(dict.fromkeys(names))
                problems.append(RotaProblem("overlap", entry.start, end, leading))
            elif entry.start > last.end + day:
                problems.append(RotaProblem("gap", last.end + day, entry.start - day))
        if last is None or entry.end > last.end:
            last = entry
    return problems
