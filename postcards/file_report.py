"""The report on cards whose files could not be made."""

from typing import Any, ClassVar

from django.db.models import Max, Prefetch, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.models import Page

from home.readability_report import WORK, ReadabilityMenuItem
from home.reports import register_report

from .models import CardFile
from .print_data import NAME
from .reasons import sentence


def reasons_of(page: Any) -> str:
    """Return what keeps a card's files from being made, each thing once."""
    return " ".join(dict.fromkeys(sentence(row.error) for row in page.failed_files))


class FileReportView(ReportView):
    """The cards that somebody may edit and that have failed files, the latest first."""

    model = Page
    page_title = _("Cards that cannot be printed")
    header_icon = "print"
    index_url_name = "card_file_report"
    index_results_url_name = "card_file_report_results"
    any_permission_required = WORK
    default_ordering = "-tried_at"
    verbose_name_plural = _("cards")
    export_filename = "druckdateien"
    columns: ClassVar[list[Column]] = [
        TitleColumn(
            "get_admin_display_title",
            label=_("Card"),
            get_url=lambda page: reverse(NAME, args=[page.pk]),
        ),
        Column("reasons", label=_("What to do"), accessor=reasons_of),
        DateColumn("tried_at", label=_("Tried"), sort_key="tried_at"),
    ]
    list_export = ["get_admin_display_title", "tried_at"]
    export_headings: ClassVar[dict[str, Any]] = {
        "get_admin_display_title": _("Card"),
        "tried_at": _("Tried"),
    }

    def get_base_queryset(self) -> Any:
        """Return the cards with their failed files; two queries."""
        pages = self.permission_policy.instances_user_has_permission_for(
            self.request.user, "change"
        )
        failed = CardFile.objects.filter(state=CardFile.State.FAILED)
        tried_at = Max("card_files__began_at", filter=Q(card_files__state=CardFile.State.FAILED))
        return (
            pages.filter(pk__in=failed.values("page"))
            .annotate(tried_at=tried_at)
            .prefetch_related(Prefetch("card_files", failed, to_attr="failed_files"))
        )


register_report(FileReportView, "card-files", ReadabilityMenuItem, order=960)
