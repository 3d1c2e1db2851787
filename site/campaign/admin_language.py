"""The admin in each editor's language, where Wagtail and its add-ons do not see to it.

They leave some fields without a label, so that Django shows the field's English name, and translate
some labels while they are loaded, or for whoever comes first.
"""

from collections.abc import Mapping
from operator import mod
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.forms import BoundField
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from django.views import defaults
from wagtail import hooks
from wagtail.admin.forms import choosers
from wagtail.admin.forms.collections import GroupCollectionManagementPermissionFormSet
from wagtail.admin.forms.workflows import WorkflowPageForm
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.contrib.redirects.filters import RedirectsReportFilterSet
from wagtail.contrib.search_promotions.forms import SearchPromotionsFormSet
from wagtail.documents.forms import GroupDocumentPermissionFormSet
from wagtail.images.forms import GroupImagePermissionFormSet
from wagtail.models import PAGE_PERMISSION_TYPES, Locale
from wagtail.sites.views import IndexView as SiteIndexView
from wagtail.snippets.views.snippets import SnippetViewSet
from wagtail.snippets.widgets import AdminSnippetChooser
from wagtail.users.forms import PagePermissionsForm
from wagtail.users.templatetags import wagtailusers_tags
from wagtail.users.views.bulk_actions.assign_role import RoleForm
from wagtail_localize.locales.views import CreateView as LocaleCreateView
from wagtail_localize.models import (
    LocaleSynchronization,
    LocaleSynchronizationModelForm,
    Translation,
)
from wagtail_localize.views.report import TranslationsReportFilterSet, TranslationsReportView

#: The texts of the dialogs for links.
LINK_LABELS = {
    "link_text": _("Link text"),
    "email_address": _("E-mail address"),
    "phone_number": _("Phone number"),
    "subject": _("Subject"),
    "body": _("Message"),
}
LINK_FORMS = (
    choosers.ExternalLinkChooserForm,
    choosers.AnchorLinkChooserForm,
    choosers.EmailLinkChooserForm,
    choosers.PhoneLinkChooserForm,
)
#: The texts of choosers that have none of their own.
CHOOSER_TEXTS = {
    "choose_one_text": _("Choose"),
    "choose_another_text": _("Choose another"),
    "edit_item_text": _("Edit"),
    "search_tab_label": _("Search"),
    "create_action_label": _("Create"),
}
#: Those of snippets' choosers, which Wagtail translates when it makes them.
SNIPPET_CHOOSER_TEXTS = {
    "choose_one_text": _("Choose %(object)s"),
    "choose_another_text": _("Choose another %(object)s"),
    "link_to_chosen_text": _("Edit this %(object)s"),
}
PERMISSION_FORMSETS = (
    GroupCollectionManagementPermissionFormSet,
    GroupImagePermissionFormSet,
    GroupDocumentPermissionFormSet,
)
#: What a group may do with most things.
ACTIONS = {"add": _("Add"), "change": _("Change"), "delete": _("Delete")}
#: What a group may do with pages: the permission in full.
PAGE_PERMISSIONS = {name: whole for name, _head, whole in PAGE_PERMISSION_TYPES}
#: What a group may do with pictures and documents: the column's head, and the permission in full.
COLLECTION_PERMISSIONS = {
    "add_collection": (_("Add"), _("Add collections")),
    "change_collection": (_("Edit"), _("Edit collections")),
    "delete_collection": (_("Delete"), _("Delete collections")),
    "add_image": (_("Add"), _("Add/edit images you own")),
    "change_image": (_("Edit"), _("Edit any image")),
    "choose_image": (_("Choose"), _("Select images in choosers")),
    "add_document": (_("Add"), _("Add/edit documents you own")),
    "change_document": (_("Edit"), _("Edit any document")),
    "choose_document": (_("Choose"), _("Select documents in choosers")),
}


def label_fields() -> None:
    """Give labels in the reader's language to what has none."""
    for form in LINK_FORMS:
        set_labels(form.base_fields, LINK_LABELS)
    columns = {column.name: column for column in SiteIndexView.columns}
    set_labels(columns, {"site_name": _("Site name"), "root_page": _("Root page")})
    for form in (PagePermissionsForm, WorkflowPageForm):
        set_labels(form.base_fields, {"page": _("Page")})
    set_labels(RoleForm.base_fields, {"role": _("Role")})
    promoted = SearchPromotionsFormSet.form.base_fields
    set_labels(promoted, {"external_link_text": _("Link text")})
    languages = {"source_locale": _("Source language"), "target_locale": _("Target language")}
    set_labels(TranslationsReportFilterSet.base_filters, languages)
    redirects = RedirectsReportFilterSet.base_filters
    set_labels(redirects, {"is_permanent": _("Type")})
    redirects["is_permanent"].extra.update(
        choices=((True, _("Permanent")), (False, _("Temporary"))), empty_label=_("All")
    )


def set_labels(things: Mapping[str, Any], labels: Mapping[str, Any]) -> None:
    """Set the labels of those things that are there."""
    for name in things.keys() & labels.keys():
        things[name].label = labels[name]


def name_page_permission(permission: Permission) -> str:
    """Return what a group may do with a page, as the label of its box."""
    action = permission.codename.removesuffix(f"_{permission.content_type.model}")
    return str(PAGE_PERMISSIONS.get(action, permission.name))


def label_permissions() -> None:
    """Translate what a group may do with pages, with collections and with what is in them."""
    PagePermissionsForm.base_fields["permissions"].label_from_instance = name_page_permission
    for formset in PERMISSION_FORMSETS:
        formset.form.base_fields["collection"].label = _("Collection")
        formset.permission_types[:] = [
            (name, *COLLECTION_PERMISSIONS.get(name, (head, whole)))
            for name, head, whole in formset.permission_types
        ]


@wagtailusers_tags.register.inclusion_tag(
    "wagtailusers/groups/includes/formatted_permissions.html", name="format_permissions"
)
def format_permissions(permission_bound_field: BoundField) -> dict[str, Any]:
    """Give what a group may do with things a name in the reader's language, as boxes' labels."""
    context: dict[str, Any] = wagtailusers_tags.format_permissions(permission_bound_field)
    for row in context["object_perms"]:
        for action in row.keys() & ACTIONS.keys():
            row[action]["perm"].name = f"{ACTIONS[action]}: {row['object']}"
    return context


def make_snippet_chooser(chooser: AdminSnippetChooser, model: Any = None, **kwargs: Any) -> None:
    """Make a chooser whose texts are translated when they are read."""
    wagtails_chooser(chooser, model, **kwargs)
    named = {"object": chooser.model._meta.verbose_name}
    for attribute in SNIPPET_CHOOSER_TEXTS.keys() - kwargs.keys():
        setattr(chooser, attribute, lazy(mod, str)(SNIPPET_CHOOSER_TEXTS[attribute], named))


class SynchronizationForm(LocaleSynchronizationModelForm):
    """From where a language takes its content."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Label the fields."""
        super().__init__(*args, **kwargs)
        set_labels(self.fields, {"enabled": _("Enabled"), "sync_from": _("Source language")})


def named_home(viewset: SnippetViewSet) -> list[dict[str, Any]]:
    """Return the way to a snippet, its first step named in the reader's language."""
    first, *others = wagtails_way(viewset)
    return [first | {"label": _("Home")}, *others]


def translations_in_order(view: TranslationsReportView) -> QuerySet[Translation]:
    """Return what the report of translations lists, in an order that its pages can rely on."""
    return wagtails_translations(view).order_by("source__object_repr", "target_locale", "pk")


def page_not_found(request: HttpRequest, exception: Any, template_name: str) -> HttpResponse:
    """Answer an address that the admin has not, in the language that its editor chose."""
    profile = getattr(request.user, "wagtail_userprofile", None)
    language = profile.get_preferred_language() if profile else settings.LANGUAGE_CODE
    with translation.override(language):
        response = defaults.page_not_found(request, exception, template_name)
    response["Content-Language"] = language
    return response


wagtails_chooser = AdminSnippetChooser.__init__
AdminSnippetChooser.__init__ = make_snippet_chooser
wagtails_way = SnippetViewSet.breadcrumbs_items.fget
SnippetViewSet.breadcrumbs_items = property(named_home)
wagtails_translations = TranslationsReportView.get_queryset
TranslationsReportView.get_queryset = translations_in_order
# The title says already what is added.
LocaleCreateView.get_page_subtitle = lambda _view: ""
Locale._meta.verbose_name = _("locale")
Translation._meta.verbose_name = _("translation")
Translation._meta.verbose_name_plural = _("translations")
LocaleSynchronization.base_form_class = SynchronizationForm
for attribute, text in CHOOSER_TEXTS.items():
    setattr(ChooserViewSet, attribute, text)
label_fields()
label_permissions()


@hooks.register("construct_reports_menu")
def name_translations_report(_request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """Name the report of translations in the reader's language."""
    report = reverse("wagtail_localize:translations_report")
    for item in menu_items:
        if item.url == report:
            item.label = _("Translations")


@hooks.register("construct_help_menu")
def leave_out_news(_request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """Leave out what is new in Wagtail: it is in English, and nothing that editors look for."""
    menu_items[:] = [item for item in menu_items if not item.name.startswith("whats-new")]
