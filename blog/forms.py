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

    def linked_picture_ids(self) -> list[int]:
        """Return the portraits of the authors that the form names."""
        forms = self.formsets["author_links"].forms if "author_links" in self.formsets else []
        authors = (form.cleaned_data.get("author") for form in forms if form.is_valid())
        return [author.portrait_id for author in authors if author and author.portrait_id]
