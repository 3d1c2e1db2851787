"""Reports in the admin: a view gets its addresses and its entry in the menu."""

from typing import Any

from django.urls import URLPattern, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.reports import ReportView


def register_report(
    view: type[ReportView], folder: str, menu_item: type[MenuItem], order: int
) -> None:
    """Put a report at `reports/<folder>/` and into the menu; its names and icon are the view's."""

    def urls() -> list[URLPattern]:
        return [
            path(f"reports/{folder}/", view.as_view(), name=view.index_url_name),
            path(
                f"reports/{folder}/results/",
                view.as_view(results_only=True),
                name=view.index_results_url_name,
            ),
        ]

    def item() -> Any:
        address = reverse(view.index_url_name)
        return menu_item(
            view.page_title, address, name=folder, icon_name=view.header_icon, order=order
        )

    hooks.register("register_admin_urls", urls)
    hooks.register("register_reports_menu_item", item)
