"""Where the admin names pages without asking whether somebody may know of them."""

from typing import Any

from django.apps import apps
from django.http import HttpRequest
from django.urls import reverse
from wagtail import hooks
from wagtail.admin.api.serializers import AdminPageSerializer, PageTranslationsField
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.admin.views.pages import bulk_actions
from wagtail.admin.views.reports.page_types_usage import PageTypesUsageReportView
from wagtail.models import Page
from wagtail.permissions import policy_registry

from .permissions import known_pages, releases

#: They name pages of the whole site, whoever asks; so those see them who publish pages.
REPORTS: list[Any] = [PageTypesUsageReportView]
if apps.is_installed("wagtail_localize"):
    from wagtail_localize.views.report import TranslationsReportView

    REPORTS.append(TranslationsReportView)
for view in REPORTS:
    view.permission_policy = policy_registry.get_by_type(Page)
    view.permission_required = "publish"
    view.any_permission_required = None


@hooks.register("construct_reports_menu")
def hide_reports(request: HttpRequest, items: list[Any]) -> None:
    """Leave those reports out of the menu for all others."""
    if not releases(request.user):
        hidden = {reverse(view.index_url_name) for view in REPORTS}
        items[:] = [item for item in items if item.url not in hidden]


@hooks.register("construct_page_chooser_queryset")
def offer_known_pages(pages: Any, request: HttpRequest) -> Any:
    """Leave out of the page chooser what somebody may not know of."""
    return known_pages(request.user, pages)


# --- Several pages at once -----------------------------------------------------------------------


class KnownPagesMixin:
    """An action on several pages; it names none of which somebody may not know."""

    request: HttpRequest

    def get_actionable_objects(self) -> tuple[list[Page], dict[str, list[Any]]]:
        """Return the pages to act on, and those that are named because one may not."""
        pages, others = super().get_actionable_objects()  # type: ignore[misc]
        refused = others["items_with_no_access"]
        named = Page.objects.filter(pk__in=[page.pk for page in refused])
        known = set(known_pages(self.request.user, named).values_list("pk", flat=True))
        named_ones = [page for page in refused if page.pk in known]
        return pages, {**others, "items_with_no_access": named_ones}


for name in bulk_actions.__all__:
    hooks.register(
        "register_bulk_action",
        type(name, (KnownPagesMixin, getattr(bulk_actions, name)), {}),
        order=1,  # after Wagtail's own, which it replaces
    )


# --- The admin's API -----------------------------------------------------------------------------


class KnownTranslationsField(PageTranslationsField):
    """The translations of a page of which somebody may know."""

    def to_representation(self, page: Page) -> Any:
        """Return them as Wagtail does."""
        shown = super().to_representation(page)
        named = Page.objects.filter(pk__in=[each["id"] for each in shown])
        known = known_pages(self.context["request"].user, named)
        keys = set(known.values_list("pk", flat=True))
        return [each for each in shown if each["id"] in keys]


class KnownPageSerializer(AdminPageSerializer):
    """A page with such translations."""

    translations = KnownTranslationsField(read_only=True)


class KnownPagesViewSet(PagesAdminAPIViewSet):
    """The pages in the admin's API."""

    base_serializer_class = KnownPageSerializer


@hooks.register("construct_admin_api")
def use_known_pages(router: Any) -> None:
    """Replace Wagtail's own endpoint."""
    router.register_endpoint("pages", KnownPagesViewSet)
