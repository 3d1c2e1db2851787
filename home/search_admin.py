"""Search in the admin: what people looked for in vain, beside Wagtail's promoted results."""

from typing import Any

from django.db.models import Max, QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.auth import permission_denied
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, NumberColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.contrib.search_promotions.models import Query
from wagtail.contrib.search_promotions.views.reports import SearchTermsReportFilterSet
from wagtail.contrib.search_promotions.views.settings import IndexView

from .reports import register_report

PERMISSION = "wagtailsearchpromotions.add_searchpromotion"
#: Wagtail's own report: here only searches without a result are kept.
WAGTAILS_REPORT = "search-terms"


def last_on(query: Any) -> str:
    """Return the day of the last search; nobody keeps its hour."""
    return date_format(query.last)


class MissedSearchesView(ReportView):
    """Searches without a result: how often in the last weeks, and when for the last time."""

    page_title = _("Searches without a result")
    header_icon = "search"
    is_searchable = True
    search_fields = ["query_string"]
    filterset_class = SearchTermsReportFilterSet
    default_ordering = "-times"
    index_url_name = "missed_searches"
    index_results_url_name = "missed_searches_results"
    columns = [
        # The way to put something first for these words.
        TitleColumn(
            "query_string",
            label=_("Words"),
            sort_key="query_string",
            url_name="wagtailsearchpromotions:edit",
        ),
        NumberColumn("times", label=_("Times"), sort_key="times"),
        Column("last", label=_("Last on"), accessor=last_on, sort_key="last"),
    ]
    export_headings = {
        "query_string": _("Words"),
        "times": _("Times"),
        "last": _("Last on"),
    }
    list_export = ["query_string", "times", "last"]

    def get_base_queryset(self) -> QuerySet[Query]:
        """Return the searches that are kept, with their numbers."""
        missed = Query.objects.filter(daily_hits__isnull=False)
        return missed.annotate(times=Sum("daily_hits__hits"), last=Max("daily_hits__date"))

    def get_filterset_kwargs(self) -> dict[str, Any]:
        """Filter the same searches."""
        return super().get_filterset_kwargs() | {"queryset": self.get_base_queryset()}

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show it to those who may promote results."""
        if not request.user.has_perm(PERMISSION):
            return permission_denied(request)
        return super().dispatch(request, *args, **kwargs)


class MissedSearchesMenuItem(MenuItem):
    """The report in the menu, for those who may see it."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Tell whether the user may promote results."""
        return request.user.has_perm(PERMISSION)


register_report(MissedSearchesView, "missed-searches", MissedSearchesMenuItem, order=1300)


@hooks.register("construct_reports_menu")
def hide_wagtails_report(_request: HttpRequest, items: list[MenuItem]) -> None:
    """Take Wagtail's report of all searches out of the menu: there is no such record."""
    items[:] = [item for item in items if item.name != WAGTAILS_REPORT]


# How often a promoted search was made: there is no such record either.
IndexView.columns = [column for column in IndexView.columns if column.name != "views"]
