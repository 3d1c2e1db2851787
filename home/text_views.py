"""What is to be said about a draft's language, answered while an editor writes it."""

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from wagtail.admin.views.pages.preview import PreviewOnCreateView, PreviewOnEditView
from wagtail.models import Page

from .models import CampaignPage
from .text_checks import report_on

#: What the kept state of a form says of a page without a title, beside the form's own fields.
UNTITLED = "language-checks-untitled"


class CheckedPreview:
    """A preview that also tells what is to be said about the draft's language."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer with the checks of the draft where the editor asks for them."""
        if "language-checks" not in request.GET:
            return super().get(request, *args, **kwargs)  # type: ignore[misc]
        if not self._has_draft():
            return HttpResponse(status=204)
        report = report_on(self.object)  # type: ignore[attr-defined]
        return render(request, "home/admin/language.html", {"report": report})

    def _has_draft(self) -> bool:
        """Tell whether there is a page to check: as the form has it, or else as it is saved."""
        view: Any = self
        if not isinstance(view.object, CampaignPage):
            return False
        state = view._get_form_state()
        if state is None:
            return view.object.pk is not None
        form = view.get_form(view._get_form_data(state))
        if not view.validate_form(form):
            return False
        form.save(commit=False)
        if UNTITLED in form.data:
            view.object.title = ""
        return True

    def get_form(self, query_dict: QueryDict) -> Any:
        """Return the form, marked where Wagtail has put a title of its own in an empty field."""
        form = super().get_form(query_dict)  # type: ignore[misc]
        if query_dict and not query_dict.get("title"):
            form.data[UNTITLED] = "on"
        return form


class CheckedPreviewOnEdit(CheckedPreview, PreviewOnEditView):
    """The preview of a page that is being edited."""


class CheckedPreviewOnCreate(CheckedPreview, PreviewOnCreateView):
    """The preview of a page that is being made; it will be in its parent's language."""

    def get_object(self) -> Page:
        """Return the new page in the language that saving will give it."""
        page: Page = super().get_object()
        parent = Page.objects.select_related("locale").get(pk=self.parent_object_id)
        if not parent.is_root():
            page.locale = parent.locale
        return page
