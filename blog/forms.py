"""The admin's form for guest posts."""

from typing import Any

from django.utils.translation import gettext as _t

from home.page_forms import CampaignPageForm


class GuestPostForm(CampaignPageForm):
    """What the form for guest posts is made from."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Ask for an author in words of our own, not in those of forms and their numbers."""
        super().__init__(*args, **kwargs)
        if authors := self.formsets.get("author_links"):
            authors.error_messages["too_few_forms"] = _t("Please choose who wrote the post.")
