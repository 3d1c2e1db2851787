"""A group of fields that editors see on pages of one language only."""

from typing import Any

from wagtail.admin.panels import MultiFieldPanel


class LanguagePanel(MultiFieldPanel):
    """Fields that make sense in one language, named like "de-simple"."""

    def __init__(self, *args: Any, language: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.language = language

    def clone_kwargs(self) -> dict[str, Any]:
        """Return what a copy of the panel is made with."""
        return super().clone_kwargs() | {"language": self.language}

    class BoundPanel(MultiFieldPanel.BoundPanel):
        """The fields on one page's form."""

        def is_shown(self) -> bool:
            """Tell whether the page is in the language."""
            page = self.instance
            if page.locale_id is None or page.locale.language_code != self.panel.language:
                return False
            return bool(super().is_shown())
