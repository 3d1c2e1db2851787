"""The form for cards: what could not be printed is said at its field, before it is published."""

from typing import Any

from home.page_forms import CampaignPageForm


class CardForm(CampaignPageForm):
    """What the forms for cards are made from."""

    def _post_clean(self) -> None:
        """Set the card for a try, once it is right in itself."""
        super()._post_clean()
        if self.errors:
            return
        from .fitting import problems

        page: Any = self.instance
        for field, message in problems(page):
            self.add_error(field if field in self.fields else None, message)
