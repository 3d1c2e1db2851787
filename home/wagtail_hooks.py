"""The foundation in the admin: the law to read, departments, videos, safe links."""

from typing import Any

from django.apps import apps
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db.models import SlugField
from django.http import Http404
from django.shortcuts import redirect
from django.template import TemplateDoesNotExist
from django.template.loader import get_template, render_to_string
from django.templatetags.static import static
from django.urls import path
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import Column
from wagtail.admin.ui.tables.pages import PageTypeColumn
from wagtail.admin.views.pages.create import AddSubpageView
from wagtail.admin.views.pages.listing import ExplorableIndexView
from wagtail.admin.views.pages.search import SearchView
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.admin.widgets import SlugInput
from wagtail.documents.rich_text import DocumentLinkHandler
from wagtail.models import Page
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy
from wagtail.rich_text.pages import PageLinkHandler
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.chooser import SnippetChooserViewSet
from wagtail.snippets.views.snippets import InspectView, SnippetViewSet

from api.addresses import client_url, renders_pages

from . import (  # noqa: F401 -- their hooks
    approvals,
    audit,
    bulk_publishing,
    people_admin,
    readability_report,
    search_admin,
    translation_admin,
)
from .admin_lists import AlphabeticalIndexView, PageIndexView
from .alphabet import sort_key
from .lookups import current_lookups
from .models import (
    Article,
    CampaignPage,
    Department,
    HomePage,
    RotaEntry,
    Video,
    rota_end,
    rota_problems,
)
from .moderation import hooks as moderation_hooks  # noqa: F401
from .moderation import lists as moderation_lists  # noqa: F401
from .moderation import refusals  # noqa: F401
from .pictures.admin import WITHDRAW, PictureEditView, WithdrawConsentView
from .reserved import refuse_reserved
from .signoff import admin as signoff_admin  # noqa: F401
from .slugs import FORM_RULES
from .text_views import CheckedPreviewOnCreate, CheckedPreviewOnEdit

register_form_field_override(SlugField, override={"widget": SlugInput(formatters=list(FORM_RULES))})


#: More digits has no primary key.
MOST_DIGITS = 18


def has_templates() -> bool:
    """Tell whether the website is there, whose templates our own views of the admin use.

    The library alone has none: there, Wagtail's own views do.
    """
    try:
        get_template("home/admin/add_subpage.html")
    except TemplateDoesNotExist:
        return False
    return True


class ReadOnlyPermissionPolicy(ModelPermissionPolicy):
    """Nobody adds, changes or deletes here, administrators included."""

    WRITING = frozenset({"add", "change", "delete"})

    def user_has_permission(self, user: AbstractBaseUser, action: str) -> bool:
        """Refuse everything that writes; who may enter the admin may read."""
        if action in self.WRITING:
            return False
        return user.is_active and user.has_perm("wagtailadmin.access_admin")  # type: ignore[attr-defined]

    def users_with_any_permission(self, actions: list[str]) -> Any:
        """Return nobody for writing."""
        allowed = [action for action in actions if action not in self.WRITING]
        return super().users_with_any_permission(allowed)


class ArticleInspectView(InspectView):
    """An article with its numbered paragraphs."""

    def get_paragraphs_display_value(self) -> str:
        """Return the wording, a paragraph (Absatz) each."""
        return render_to_string("home/admin/paragraphs.html", {"article": self.object})

    def get_edition_display_value(self) -> str:
        """Return the edition with its dates written out."""
        return str(self.object.edition_text)


class ArticleViewSet(SnippetViewSet):
    """The Grundgesetz, to look things up; its wording comes from `import_law`."""

    model = Article
    icon = "openquote"
    menu_label = _("Grundgesetz")
    menu_name = "law"
    menu_order = 300
    add_to_admin_menu = True
    list_display = ["label", "title", Column("edition_text", label=_("Edition"))]
    ordering = ["sort_key"]
    index_view_class = AlphabeticalIndexView
    inspect_view_enabled = True
    if has_templates():
        inspect_view_class = ArticleInspectView
    inspect_view_fields = ["number", "title", "paragraphs", "source", "edition"]
    copy_view_enabled = False
    panels = [FieldPanel("title")]


class DepartmentIndexView(AlphabeticalIndexView):
    """The departments, with what is wrong with their rota above the list."""

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the rota and what is wrong with it."""
        context = super().get_context_data(*args, **kwargs)
        entries = list(RotaEntry.objects.select_related("department"))
        problems = [*rota_problems(entries), *filter(None, [rota_end(entries)])]
        return context | {"rota_entries": entries, "rota_problems": problems}


class DepartmentViewSet(SnippetViewSet):
    """Departments and the rota."""

    model = Department
    icon = "group"
    menu_label = _("Departments")
    menu_name = "departments"
    menu_order = 310
    add_to_admin_menu = True
    list_display = ["short_name", "name", "color"]
    index_view_class = DepartmentIndexView

    @cached_property
    def index_template_name(self) -> list[str]:
        """Return our own template, and Wagtail's for the library alone."""
        return ["home/admin/department_index.html", *self.get_templates("index")]


class VideoChooserViewSet(SnippetChooserViewSet):
    """The choice of a video, where one can be uploaded as well."""

    icon = "media"
    choose_one_text = _("Choose a video")
    choose_another_text = _("Choose another video")
    edit_item_text = _("Edit this video")
    form_fields = ["title", "language", "file", "captions", "silent"]


class VideoViewSet(SnippetViewSet):
    """Videos with their captions."""

    model = Video
    icon = "media"
    menu_label = _("Videos")
    menu_name = "videos"
    menu_order = 305
    add_to_admin_menu = True
    list_display = ["title", "language", Column("length", label=_("Length")), "created_at"]
    list_filter = ["language"]
    copy_view_enabled = False
    chooser_viewset_class = VideoChooserViewSet


register_permission_policy(Article, ReadOnlyPermissionPolicy(Article))
register_snippet(ArticleViewSet)
register_snippet(DepartmentViewSet)
register_snippet(VideoViewSet)


@hooks.register("after_edit_snippet")
@hooks.register("after_create_snippet")
def tell_rota_problems(request: Any, instance: Any) -> None:
    """Tell the editor at once what is wrong with the rota from this month on."""
    from django.contrib import messages

    if not isinstance(instance, Department):
        return
    entries = list(RotaEntry.objects.select_related("department"))
    today = timezone.localdate()
    problems = [problem for problem in rota_problems(entries) if problem.end >= today]
    for problem in [*problems, *filter(None, [rota_end(entries, today)])]:
        messages.warning(request, f"{_t('Rota')}: {problem}")


class PageTypeIconColumn(PageTypeColumn):
    """The type of a listed page, with its icon."""

    cell_template_name = "home/admin/page_type_cell.html"


def with_icons(columns: list[Any]) -> list[Any]:
    """Return the columns of a page list, the types among them with icons."""
    return [
        PageTypeIconColumn(
            column.name, column.label, column.accessor, sort_key=column.sort_key, width=column.width
        )
        if isinstance(column, PageTypeColumn)
        else column
        for column in columns
    ]


class AddPageView(AddSubpageView):
    """The choice of a type for a new page."""

    template_name = "home/admin/add_subpage.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add each type's icon; types of other makers get a plain one."""
        types = [
            (*shown, getattr(apps.get_model(*shown[1:3]), "page_icon", "doc-empty"))
            for shown in sorted(self.page_types, key=lambda shown: sort_key(str(shown[0])))
        ]
        return super().get_context_data(**kwargs) | {"page_types": types}


class PageSearchView(SearchView):
    """The search for pages."""

    columns = with_icons(SearchView.columns)


class CampaignPageViewSet(PageViewSet):
    """All pages in the admin, their types with icons."""

    add_subpage_view_class = AddPageView
    index_view_class = PageIndexView
    search_view_class = PageSearchView
    preview_on_add_view_class = CheckedPreviewOnCreate
    preview_on_edit_view_class = CheckedPreviewOnEdit
    columns = with_icons(ExplorableIndexView.base_columns)


@hooks.register("register_admin_viewset", order=1)
def use_own_page_views() -> list[PageViewSet]:
    """Replace Wagtail's own views of pages, which register before."""
    return [CampaignPageViewSet()] if has_templates() else []


@hooks.register("register_admin_urls", order=-1)
def picture_urls() -> list[Any]:
    """Add where a consent is withdrawn, and put our own form before Wagtail's."""
    if not has_templates():
        return []
    withdraw = WithdrawConsentView.as_view()
    return [
        path("pictures/<int:pk>/withdraw/", withdraw, name="withdraw_consent"),
        path("images/<int:image_id>/", PictureEditView.as_view()),
    ]


@hooks.register("register_log_actions")
def picture_log_actions(actions: Any) -> None:
    """Name what the log says of pictures."""
    actions.register_action(WITHDRAW, _("Withdraw the consent"), _("Consent withdrawn"))


@hooks.register("insert_editor_js")
def language_checks() -> SafeString:
    """Load the script that shows the language checks beside the form."""
    if not has_templates():
        return SafeString("")
    return format_html('<script type="module" src="{}"></script>', static("js/language-checks.js"))


@hooks.register("before_serve_page", order=-1)
def show_pages_where_they_are_read(page: Any, request: Any, args: Any, _kwargs: Any) -> Any:
    """Lead to the client where the site shows no pages itself; answer 404 where nothing does.

    It stands before the question for a password: the client shows no private page.
    """
    view = args[0] if args else None
    if getattr(view, "__name__", "index_route") != "index_route":
        return None  # a feed, or a way to another page
    if renders_pages():
        if isinstance(page, CampaignPage) and not page.has_template():
            raise Http404("This page has no template: see the system check home.W002.")
        return None
    if not (address := client_url(page)):
        raise Http404("Pages are not shown here: see the system check home.W003.")
    query = request.META.get("QUERY_STRING", "")
    return redirect(f"{address}?{query}" if query else address)


@hooks.register("before_copy_page")
def refuse_second_home_page(request: Any, page: Any) -> Any:
    """Lead back from copying a home page that its language needs once only."""
    from wagtail.admin import messages

    if not issubclass(page.specific_class, HomePage) or HomePage.is_missing_in(page.locale):
        return None
    messages.error(request, HomePage.NO_SECOND)
    return redirect("wagtailadmin_explore", page.get_parent().pk)


@hooks.register("before_move_page")
def refuse_reserved_place(request: Any, page: Any, destination: Any) -> Any:
    """Lead back from moving a page to where its slug is reserved."""
    from wagtail.admin import messages

    try:
        refuse_reserved(page.slug, destination)
    except ValidationError as error:
        messages.error(request, f"{page}: {error.messages[0]}")
        return redirect("wagtailadmin_pages:move", page.pk)
    return None


@hooks.register("before_bulk_action")
def refuse_reserved_places(request: Any, action_type: str, pages: Any, action: Any) -> Any:
    """Lead back from moving several pages to where a slug of theirs is reserved."""
    if action_type != "move" or not issubclass(action.model, Page):
        return None
    destination = action.cleaned_form.cleaned_data["chooser"]
    answers = [refuse_reserved_place(request, page, destination) for page in pages]
    return redirect(action.next_url) if any(answers) else None


def linked_ids(attrs_list: list[dict[str, Any]]) -> list[int]:
    """Return the primary keys that links in texts name; 0 for what is none."""
    ids = [str(attrs.get("id")) for attrs in attrs_list]
    return [int(pk) if pk.isdecimal() and len(pk) <= MOST_DIGITS else 0 for pk in ids]


class PublicPageLinkHandler(PageLinkHandler):
    """Links in texts: to public pages only, all of a page's links in one query."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, Any]]) -> list[str]:
        """Return an opening tag for each link; without address where the page is not public."""
        ids = linked_ids(attrs_list)
        found = current_lookups().addresses(ids)
        return [f'<a href="{escape(found[pk])}">' if found.get(pk) else "<a>" for pk in ids]


class FetchedDocumentLinkHandler(DocumentLinkHandler):
    """Links to documents in texts, which the page has fetched together."""

    @classmethod
    def get_many(cls, attrs_list: list[dict[str, Any]]) -> list[Any]:
        """Return the document of each link, None for those that are gone."""
        store, ids = current_lookups(), linked_ids(attrs_list)
        store.fetch_documents(pk for pk in ids if pk)
        return [store.documents.get(pk) for pk in ids]


@hooks.register("register_rich_text_features", order=10)
def use_own_links(features: Any) -> None:
    """Replace Wagtail's own links to pages and documents."""
    features.register_link_type(PublicPageLinkHandler)
    features.register_link_type(FetchedDocumentLinkHandler)
