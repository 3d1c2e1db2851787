"""The report on how readable all pages are: sorted, filtered, exported."""

from datetime import datetime
from typing import Any, ClassVar

import django_filters
from django.db.models import F, Q
from django.http import HttpRequest
from django.utils.timezone import make_naive
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import ContentTypeFilter, WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.models import Locale, Page, get_page_content_types
from wagtail.permissions import policy_registry

from .models.readability import is_german, with_targets
from .reports import register_report

#: Who works on pages sees the report.
WORK = ["add", "change", "publish"]
RESULTS = {
    "above": (_("above the target"), Q(score__gt=F("target"))),
    "within": (_("within the target"), Q(score__lte=F("target"))),
    "none": (_("not measured"), Q(score=None)),
}


def result_of(page: Any) -> str:
    """Return in words how a page's value stands to its target, or why it has none."""
    if page.score is not None:
        return str(RESULTS["above" if page.score > page.target else "within"][0])
    if not is_german(page.locale.language_code):
        return _t("not German")
    return _t("too short to be measured") if page.measured_at else _t("not measured yet")


def to_the_minute(moment: datetime | None) -> datetime | None:
    """Return a moment as a clock here shows it, for a spreadsheet."""
    return moment and make_naive(moment).replace(second=0, microsecond=0)


class ReadabilityMenuItem(MenuItem):
    """The report's entry in the menu, for those who work on pages."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Tell whether the person may work on any page."""
        return bool(policy_registry.get_by_type(Page).user_has_any_permission(request.user, WORK))


class ReadabilityFilterSet(WagtailFilterSet):
    """What the report is filtered by."""

    result = django_filters.ChoiceFilter(
        label=_("Result"),
        choices=[(name, label) for name, (label, _query) in RESULTS.items()],
        method="by_result",
        empty_label=_("All"),
    )
    content_type = ContentTypeFilter(
        label=_("Page type"),
        queryset=lambda _request: get_page_content_types(include_base_page_type=False),
    )
    locale = django_filters.ModelChoiceFilter(
        label=_("Language"), queryset=lambda _request: Locale.objects.all(), empty_label=_("All")
    )

    class Meta:
        model = Page
        fields = ["result", "content_type", "locale", "live"]

    def by_result(self, pages: Any, _name: str, value: str) -> Any:
        """Return the pages with this result."""
        return pages.filter(RESULTS[value][1])


class ReadabilityReportView(ReportView):
    """All campaign pages with their value, the hardest to read first."""

    model = Page
    page_title = _("Readability")
    header_icon = "glasses"
    index_url_name = "readability_report"
    index_results_url_name = "readability_report_results"
    filterset_class = ReadabilityFilterSet
    any_permission_required = WORK
    is_searchable = True
    search_fields = ["title"]
    search_backend_name = None
    default_ordering = "-score"
    verbose_name_plural = _("pages")
    export_filename = "lesbarkeit"
    columns = [
        TitleColumn(
            "get_admin_display_title",
            label=_("Page"),
            sort_key="title",
            url_name="wagtailadmin_pages:edit",
        ),
        Column(
            "page_type",
            label=_("Page type"),
            accessor="page_type_display_name",
            sort_key="content_type",
        ),
        Column("locale", label=_("Language"), sort_key="locale"),
        Column("score", label=_("Wiener Sachtextformel"), sort_key="score"),
        Column("target", label=_("Target"), sort_key="target"),
        Column("result", label=_("Result")),
        Column("status_string", label=_("Status")),
        DateColumn("measured_at", label=_("Measured on"), sort_key="measured_at"),
    ]
    list_export = [
        "get_admin_display_title",
        "page_type_display_name",
        "locale",
        "score",
        "target",
        "result",
        "status_string",
        "measured_at",
    ]
    export_headings = {
        "get_admin_display_title": _("Page"),
        "page_type_display_name": _("Page type"),
        "locale": _("Language"),
        "score": _("Wiener Sachtextformel"),
        "target": _("Target"),
        "result": _("Result"),
        "status_string": _("Status"),
        "measured_at": _("Measured on"),
    }

    custom_field_preprocess: ClassVar[dict[str, Any]] = {
        "measured_at": {ReportView.FORMAT_CSV: to_the_minute, ReportView.FORMAT_XLSX: to_the_minute}
    }

    def get_base_queryset(self) -> Any:
        """Return the pages that the person may edit, each with value and target; one query."""
        pages = self.permission_policy.instances_user_has_permission_for(
            self.request.user, "change"
        )
        return (
            with_targets(pages)
            .annotate(score=F("readability__score"), measured_at=F("readability__measured_at"))
            .annotate_approved_schedule()
            .prefetch_workflow_states()
            .select_related("locale", "content_type")
        )

    def order_queryset(self, queryset: Any) -> Any:
        """Order as asked for; what has no value comes last either way."""
        name = F(self.ordering.removeprefix("-"))
        down = self.ordering.startswith("-")
        order = name.desc(nulls_last=True) if down else name.asc(nulls_last=True)
        return queryset.order_by(order, "title", "pk")

    def decorate_paginated_queryset(self, object_list: Any) -> Any:
        """Say of each page how it does."""
        for page in object_list:
            page.result = result_of(page)
        return object_list


register_report(ReadabilityReportView, "readability", ReadabilityMenuItem, order=1050)
