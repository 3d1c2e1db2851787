"""The audit report: who did what and when, on pages and all else; filtered and exported."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import Any, ClassVar

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db.models import IntegerField, Q, QuerySet, Value
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.filters import ContentTypeFilter
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports.audit_logging import LogEntriesView, SiteHistoryReportFilterSet
from wagtail.coreutils import get_content_type_label
from wagtail.log_actions import registry
from wagtail.models import Page, PageLogEntry
from wagtail.permission_policies import ModelPermissionPolicy

from .reports import register_report
from .spreadsheets import GermanSpreadsheetMixin

#: How many entries an export fetches at a time.
BATCH = 500
#: Who may see the log of the whole site holds "wagtailcore.view_pagelogentry".
POLICY = ModelPermissionPolicy(PageLogEntry)
# Wagtail's own report would tell of other departments' drafts to everybody who edits any page.
LogEntriesView.permission_policy = POLICY
LogEntriesView.permission_required = "view"


def log_models() -> list[Any]:
    """Return the models that log entries are kept in, in an order that stays."""
    return sorted(registry.get_log_entry_models(), key=lambda model: model._meta.label)


def _used(name: str) -> set[Any]:
    """Return the values that a field has in any log entry."""
    found: set[Any] = set()
    for model in log_models():
        found.update(model.objects.order_by().values_list(name, flat=True).distinct())
    return found


class AuditFilterSet(SiteHistoryReportFilterSet):
    """What the report is filtered by: title, action, person, date, type."""

    is_commenting_action = None
    object_type = ContentTypeFilter(
        label=_("Type"),
        method="filter_object_type",
        queryset=lambda _request: ContentType.objects.filter(pk__in=_used("content_type")).order_by(
            "app_label", "model"
        ),
    )

    def filter_object_type(self, queryset: Any, _name: str, value: ContentType) -> Any:
        """Return the entries about a type; those about a page may name it as a mere page."""
        wanted = Q(content_type=value)
        if queryset.model is PageLogEntry:
            wanted |= Q(page__in=Page.objects.filter(content_type=value).order_by())
        return queryset.filter(wanted)

    def get_action_choices(self) -> list[Any]:
        """Return the actions that were taken."""
        used = _used("action")
        return [choice for choice in registry.get_choices() if choice[0] in used]

    def get_users_queryset(self) -> QuerySet[Any]:
        """Return the accounts that have done something."""
        users = get_user_model()
        return users._default_manager.filter(pk__in=_used("user")).order_by(users.USERNAME_FIELD)


class AuditMenuItem(MenuItem):
    """The report's entry in the menu, for those who may see it."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Tell whether the person may see the log."""
        return bool(POLICY.user_has_permission(request.user, "view"))


def person_of(entry: Any) -> str:
    """Return who has done it: an account, somebody from outside, or nobody but the system."""
    if entry.user:
        return str(entry.user_display_name)
    if entry.user_id:
        return _t("deleted account")
    if entry.action.startswith("home.sign_off."):
        return _t("%(name)s (from outside)") % {"name": entry.data.get("name", "")}
    return _t("System")


def roles_of(entry: Any) -> str:
    """Return the roles that the account has now."""
    if not entry.user:
        return ""
    names = [group.name for group in entry.user.groups.all()]
    return ", ".join([*([_t("Administrator")] if entry.user.is_superuser else []), *sorted(names)])


def to_the_second(moment: datetime) -> datetime:
    """Return a moment as a clock here shows it."""
    return timezone.make_naive(moment).replace(microsecond=0)


def as_text(moment: datetime) -> str:
    """Return the like in words, as a German Excel reads it."""
    return date_format(to_the_second(moment), "d.m.Y H:i:s")


class Batches:
    """All entries of a query, fetched in batches: each costs the same few queries."""

    def __init__(self, view: "AuditReportView", rows: Any) -> None:
        self.view, self.rows = view, rows

    def __iter__(self) -> Iterator[Any]:
        rows = self.rows.iterator(chunk_size=BATCH)
        while batch := list(islice(rows, BATCH)):
            yield from self.view.entries_of(batch)


class AuditReportView(GermanSpreadsheetMixin, LogEntriesView):
    """Who did what and when; Wagtail's report with people's roles, revisions and comments."""

    page_title = _("Audit log")
    header_icon = "history"
    results_template_name = "wagtailadmin/reports/base_report_results.html"
    index_url_name = "audit_report"
    index_results_url_name = "audit_report_results"
    filterset_class = AuditFilterSet
    verbose_name_plural = _("log entries")
    columns = [
        TitleColumn("label", label=_("Title"), get_url=lambda entry: entry.edit_url),
        Column("type_name", label=_("Type")),
        Column("message", label=_("Action")),
        Column("comment", label=_("Comment")),
        Column("person", label=_("Person")),
        Column("roles", label=_("Roles")),
        DateColumn("timestamp", label=_("Time")),
    ]
    list_export = [
        "timestamp",
        "person",
        "roles",
        "message",
        "label",
        "type_name",
        "object_id",
        "revision_id",
        "comment",
    ]
    export_headings = {
        "person": _("Person"),
        "roles": _("Roles"),
        "message": _("Action"),
        "label": _("Title"),
        "type_name": _("Type"),
        "object_id": _("ID"),
        "revision_id": _("Revision"),
        "comment": _("Comment"),
    }
    custom_field_preprocess: ClassVar[dict[str, Any]] = {
        "timestamp": {
            LogEntriesView.FORMAT_CSV: as_text,
            LogEntriesView.FORMAT_XLSX: to_the_second,
        }
    }

    def get_filename(self) -> str:
        """Return the file's name: the report's, and the day."""
        return f"protokoll-{timezone.localdate():%Y-%m-%d}"

    def get_heading(self, queryset: Any, field: str) -> str:
        """Return a column's heading; that of the time names its zone."""
        if field == "timestamp":
            zone = timezone.get_current_timezone_name()
            return _t("Time (%(zone)s)") % {"zone": zone}
        return str(super().get_heading(queryset, field))

    def get_filtered_queryset(self) -> Any:
        """Return keys and times of all entries that the filters leave, the latest first."""
        parts = [
            self.filter_queryset(
                model.objects.order_by()
                .values("pk", "timestamp")
                .annotate(log_model=Value(number, output_field=IntegerField()))
            )
            for number, model in enumerate(log_models())
        ]
        return parts[0].union(*parts[1:], all=True).order_by("-timestamp", "log_model", "-pk")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer a page of the list, or the file with all entries, fetched as it is sent."""
        if not self.is_export:
            return super().get(request, *args, **kwargs)
        entries = Batches(self, self.get_filtered_queryset())
        return self.as_spreadsheet(entries, request.GET["export"])

    def get_table(self, object_list: Any) -> Any:
        """Return the table of a page's entries."""
        return super().get_table(self.entries_of(object_list, with_links=True))

    def decorate_paginated_queryset(self, object_list: Any) -> Any:
        """Leave the rows as they are: the table has the entries."""
        return object_list

    def entries_of(self, rows: Iterable[dict[str, Any]], *, with_links: bool = False) -> list[Any]:
        """Return the entries that the rows name, in their order; a fixed number of queries."""
        rows, models = list(rows), log_models()
        keys: dict[int, list[Any]] = defaultdict(list)
        for row in rows:
            keys[row["log_model"]].append(row["pk"])
        finder, found = AdminURLFinder(self.request.user), {}
        for number, pks in keys.items():
            entries = models[number].objects.filter(pk__in=pks)
            entries = entries.prefetch_related("user__groups", "content_type")
            pairs = entries.with_instances() if with_links else ((each, None) for each in entries)
            for entry, instance in pairs:
                entry.edit_url = finder.get_edit_url(instance) if instance else None
                entry.person, entry.roles = person_of(entry), roles_of(entry)
                entry.type_name = get_content_type_label(entry.content_type)
                found[number, entry.pk] = entry
        return [found[row["log_model"], row["pk"]] for row in rows]


register_report(AuditReportView, "audit", AuditMenuItem, order=1000)


@hooks.register("construct_reports_menu")
def replace_site_history(_request: HttpRequest, items: list[Any]) -> None:
    """Leave Wagtail's own report out of the menu."""
    items[:] = [item for item in items if item.name != "site-history"]
