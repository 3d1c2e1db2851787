"""The admin's form for home pages: each language has one for each site."""

from typing import Any

from wagtail.admin.forms import WagtailAdminPageForm


class HomePageForm(WagtailAdminPageForm):
    """What the form for home pages is made from."""

    def clean(self) -> dict[str, Any]:
        """Refuse a home page that no site would show."""
        cleaned: dict[str, Any] = super().clean()
        page = self.instance
        if page.pk is None and not page.is_missing_in(page.locale):
            self.add_error(None, page.NO_SECOND)
        return cleaned
