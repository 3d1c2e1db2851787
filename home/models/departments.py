"""Departments (Dezernate) and the rota: who leads the campaign in which months."""

import calendar
import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.search import index

from ..alphabet import alphabetical, sort_key
from ..colors import Color

#: The years in which a campaign can be led; 26 and 20266 are typing errors.
YEARS = range(2000, 2101)


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
    editors = ParentalManyToManyField(
        settings.AUTH_USER_MODEL,
        blank=True,
        related_name="edited_departments",
        verbose_name=_("editors of the department"),
        help_text=_(
            "They check the department's stories first, and are told of new ones. They need the "
            "role “Dezernats-Redaktion”, too."
        ),
    )

    panels = [
        FieldPanel("name"),
        FieldPanel("short_name"),
        FieldPanel("slug"),
        FieldPanel("fields_of_work"),
        FieldPanel("color"),
        FieldPanel("editors", permission="auth.change_user"),
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
        ordering = [alphabetical("short_name")]
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


def next_month(day: dt.date) -> dt.date:
    """Return the first day of the month after `day`'s."""
    return month_end(day) + dt.timedelta(days=1)


def months_text(start: dt.date, end: dt.date) -> str:
    """Return whole months as in "März 2026", "März – April 2026", "Dezember 2026 – Januar 2027"."""
    last = date_format(end, "F Y")
    if (start.year, start.month) == (end.year, end.month):
        return last
    first = date_format(start, "F" if start.year == end.year else "F Y")
    return f"{first} – {last}"


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

    @property
    def period(self) -> str:
        """Return the months as in "März – April 2026"."""
        return months_text(self.start, self.end)

    def clean(self) -> None:
        """Stretch the dates to whole months; refuse an end before its start and odd years."""
        errors = {
            name: _t("Please check the year: it lies between %(first)s and %(last)s.")
            % {"first": YEARS[0], "last": YEARS[-1]}
            for name in ("start", "end")
            if (day := getattr(self, name)) and day.year not in YEARS
        }
        if errors:
            raise ValidationError(errors)
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
    return sorted(turns, key=lambda turn: (turn.start, sort_key(turn.department.short_name)))


@dataclass(frozen=True)
class Rota:
    """Who leads the campaign on one day, and who is next."""

    turns: list[RotaEntry]
    next: RotaEntry | None

    @classmethod
    def on(cls, day: dt.date | None = None) -> "Rota":
        """Return the rota as it stands on `day` (today by default); one query."""
        day = day or timezone.localdate()
        entries = RotaEntry.objects.select_related("department")
        turns = [turn for turn in rota_turns(entries) if turn.end >= day]
        later = [turn for turn in turns if turn.start > day]
        current = [turn for turn in turns if turn.start <= day]
        return cls(turns=current, next=later[0] if later else None)

    @property
    def current(self) -> list[Department]:
        """Return the departments whose turn it is."""
        return [turn.department for turn in self.turns]

    @property
    def since(self) -> dt.date | None:
        """Return when the first of the current turns began."""
        return min((turn.start for turn in self.turns), default=None)

    @property
    def until(self) -> dt.date | None:
        """Return when the last of the current turns ends."""
        return max((turn.end for turn in self.turns), default=None)

    @property
    def period(self) -> str:
        """Return the months that all current turns share; "" when they differ or there is none."""
        periods = {turn.period for turn in self.turns}
        return periods.pop() if len(periods) == 1 else ""

    def __bool__(self) -> bool:
        """Tell whether there is anything to show."""
        return bool(self.current or self.next)


@dataclass(frozen=True)
class RotaProblem:
    """Months that need an editor's eye."""

    #: "overlap", "double" (a department's own entries overlap), "gap", "ending" or "ended".
    kind: str
    start: dt.date
    end: dt.date
    #: Who leads in an overlap; whose entries are doubled.
    departments: tuple[str, ...] = ()

    def __str__(self) -> str:
        months = months_text(self.start, self.end)
        *others, last = self.departments or ("",)
        words = {"months": months, "last": last, "others": ", ".join(others)}
        match self.kind:
            case "overlap":
                return _t("%(months)s: %(others)s and %(last)s lead at the same time.") % words
            case "double":
                return _t("%(months)s: %(last)s is entered more than once.") % words
            case "gap":
                return _t("%(months)s: nobody leads the campaign.") % words
            case "ending":
                return _t("The rota ends with %(months)s. Who leads the campaign then?") % words
        return _t("The rota ended with %(months)s: nobody leads the campaign.") % words


def rota_problems(entries: Iterable[RotaEntry]) -> list[RotaProblem]:
    """Return what is wrong between the first and the last month of `entries`, in order."""
    entries = list(entries)
    found: list[RotaProblem] = []
    month = min((month_start(entry.start) for entry in entries), default=dt.date.max)
    end = max((entry.end for entry in entries), default=dt.date.min)
    while month <= end:
        names = Counter(
            entry.department.short_name for entry in entries if entry.start <= month <= entry.end
        )
        kinds = [("double", (name,)) for name in sorted(names, key=sort_key) if names[name] > 1]
        if len(names) != 1:
            kinds.append(("overlap" if names else "gap", tuple(sorted(names, key=sort_key))))
        found += [RotaProblem(kind, month, month_end(month), who) for kind, who in kinds]
        month = next_month(month)
    return _joined(found)


def _joined(problems: Iterable[RotaProblem]) -> list[RotaProblem]:
    """Return problems by month with those of the same kind in neighbouring months made one."""
    joined: list[RotaProblem] = []
    for problem in problems:
        for place, last in enumerate(joined):
            alike = (last.kind, last.departments) == (problem.kind, problem.departments)
            if alike and next_month(last.end) == problem.start:
                joined[place] = replace(last, end=problem.end)
                break
        else:
            joined.append(problem)
    return joined


def rota_end(entries: Iterable[RotaEntry], today: dt.date | None = None) -> RotaProblem | None:
    """Return a hint when the rota has ended or ends this month or the next; None without one."""
    last = max((entry.end for entry in entries), default=None)
    today = today or timezone.localdate()
    if last is None or last > month_end(next_month(today)):
        return None
    kind = "ended" if last < today else "ending"
    return RotaProblem(kind, month_start(last), last)
