"""The admin's forms for pages: what they refuse beyond the models' own rules."""

from typing import Any

from django.core.exceptions import ValidationError
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.forms.pages import CopyForm

from .reserved import refuse_reserved


class CampaignPageForm(WagtailAdminPageForm):
    """What the forms for all pages are made from."""

    def clean(self) -> dict[str, Any]:
        """Refuse a reserved slug for a new page, which does not know its parent yet."""
        cleaned: dict[str, Any] = super().clean()
        if not self.instance.path and (slug := cleaned.get("slug")):
            try:
                refuse_reserved(slug, self.parent_page)
            except ValidationError as error:
                self.add_error("slug", error)
        return cleaned


class CampaignCopyForm(CopyForm):
    """The form for copying a page."""

    def clean(self) -> dict[str, Any]:
        """Refuse a slug that is reserved at the copy's place."""
        cleaned: dict[str, Any] = super().clean()
        if slug := cleaned.get("new_slug"):
            try:
                refuse_reserved(slug, cleaned.get("new_parent_page") or self.page.get_parent())
            except ValidationError as error:
                self.add_error("new_slug", error)
        return cleaned


class HomePageForm(CampaignPageForm):
    """What the form for home pages is made from."""

    def clean(self) -> dict[str, Any]:
        """Refuse a home page that no site would show."""
        cleaned: dict[str, Any] = super().clean()
        page = self.instance
        if page.pk is None and not page.is_missing_in(page.locale):
            self.add_error(None, page.NO_SECOND)
        return cleaned
