"""The admin's forms for pages: what they refuse beyond the models' own rules."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.forms.pages import CopyForm

from .moderation.changes import is_changed
from .moderation.election import refusal_in_election
from .moderation.forms import ReasonForm, reason_form
from .moderation.four_eyes import advice, needs_four_eyes
from .moderation.permissions import foreign_department
from .one_line import one_line, readable
from .reserved import refuse_reserved
from .versions import Copy, copied_from

#: The buttons that make a page public, or ask somebody to; approving is one of several actions.
PUBLISHING = ("action-publish", "action-submit", "action-restart-workflow")


class CampaignPageForm(WagtailAdminPageForm):
    """What the forms for all pages are made from."""

    _has_told_reason = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Keep titles in one line: mails name them."""
        super().__init__(*args, **kwargs)
        if title := self.fields.get("title"):
            title.validators = [*title.validators, one_line]

    def clean(self) -> dict[str, Any]:
        """Refuse a reserved slug for a new page, which does not know its parent yet."""
        cleaned: dict[str, Any] = super().clean()
        if not self.instance.path and (slug := cleaned.get("slug")):
            try:
                refuse_reserved(slug, self.parent_page)
            except ValidationError as error:
                self.add_error("slug", error)
        if "department" in self.fields:
            department = cleaned.get("department")
            if reason := foreign_department(self.for_user, department):
                self.add_error("department", reason)
        return cleaned

    def _post_clean(self) -> None:
        """Refuse to publish what may not be public yet, or not by one person alone."""
        super()._post_clean()
        if reason := self._refusal():
            self.add_error(None, reason)
        if not self._is_publishing():
            return
        if self.instance.pk and (copy := copied_from(self.instance)):
            self.add_error(None, untranslated_message(copy))
        self._refuse_unsettled_pictures()

    def _refuse_unsettled_pictures(self) -> None:
        """Refuse to publish pictures of people who have not agreed, and name them."""
        from .pictures.consent import refusal_with_links, unsettled_on

        if images := unsettled_on(self.instance, *self.linked_picture_ids()):
            self.add_error(None, refusal_with_links(images))

    def linked_picture_ids(self) -> list[int]:
        """Return the pictures of what the form links to the page and has not saved yet."""
        return []

    def is_valid(self) -> bool:
        """Tell whether all is right; if it is not, a reason from the dialog stays to be copied."""
        is_valid = bool(super().is_valid())
        typed = self._reason() if self._decision() and not self._has_told_reason else None
        if not is_valid and typed and (text := readable(typed.data["comment"])):
            self._has_told_reason = True
            message = _t("Nothing has been decided. This is what you had written: %(text)s")
            self.add_error(None, message % {"text": text})
        return is_valid

    def save(self, commit: bool = True) -> Any:
        """Save the page; what lies on a desk stays the same version while nobody changes it."""
        on_desk = self.instance.pk and self.instance.workflow_in_progress
        self.instance.stays_as_it_is = bool(on_desk) and not is_changed(self)
        return super().save(commit)

    def _is_publishing(self) -> bool:
        return any(name in self.data for name in PUBLISHING) or self._decision() == "approve"

    def _decision(self) -> str:
        """Return what a desk does with the page: "approve", "question" …; "" if nothing."""
        if "action-workflow-action" not in self.data:
            return ""
        return str(self.data.get("workflow-action-name", ""))

    def _refusal(self) -> str:
        """Return why nobody may do with the page what this form asks for."""
        page = self.instance
        placed = page if page.pk else self.parent_page.specific
        if "action-publish" in self.data:
            if page.four_eyes or needs_four_eyes(placed):
                return advice()
            return refusal_in_election(page)
        return self._refusal_of_decision() if self._decision() else ""

    def _reason(self) -> ReasonForm | None:
        """Return the form with the reason of a desk's decision; None if it cannot be read."""
        data = self.data.get("workflow-action-extra-data")
        return reason_form(data, required=self._decision() in {"question", "decline"})

    def _refusal_of_decision(self) -> str:
        """Return why a desk's decision cannot be carried out as it was sent."""
        desk = self.instance.current_workflow_task
        if refusal_of := getattr(desk, "refusal_of", None):
            refusal = refusal_of(self._decision(), self.instance, self.for_user)
            if refusal:
                return str(refusal)
        reason = self._reason()
        if reason is None:
            return _t("The reason could not be read. Please try again.")
        if not reason.data["comment"].strip() and reason.fields["comment"].required:
            return _t("Please give a reason: the author reads it.")
        if not reason.is_valid():
            return _t("The reason: %(problem)s") % {
                "problem": " ".join(map(str, reason.errors["comment"]))
            }
        if self._decision() == "approve" and is_changed(self) and needs_four_eyes(self.instance):
            return _t(
                "You have changed the page, so somebody else has to release it. Please save your "
                "changes without approving."
            )
        return ""


def untranslated_message(copy: Copy) -> str:
    """Say which texts a page still has from another one."""
    return _t(
        "These texts are still those of “%(title)s” (%(language)s), almost word for word: "
        "%(fields)s. Please write them in this page's language first; the draft can be saved at "
        "any time."
    ) % {
        "title": copy.source.title,
        "language": copy.source.locale.get_display_name(),
        "fields": ", ".join(copy.places),
    }


class CampaignCopyForm(CopyForm):
    """The form for copying a page."""

    def clean(self) -> dict[str, Any]:
        """Refuse a slug that is reserved at the copy's place, and a place of another language."""
        cleaned: dict[str, Any] = super().clean()
        parent = cleaned.get("new_parent_page") or self.page.get_parent()
        if not parent.is_root() and parent.locale_id != self.page.locale_id:
            message = _t(
                "The pages there are in another language (%(language)s). Please use “Translate "
                "this page” instead."
            )
            language = parent.locale.get_display_name()
            self.add_error("new_parent_page", message % {"language": language})
        if slug := cleaned.get("new_slug"):
            try:
                refuse_reserved(slug, parent)
            except ValidationError as error:
                self.add_error("new_slug", error)
        for public in ("publish_copies", "alias"):
            if cleaned.get(public) and (reason := self._refusal_of_public_copies()):
                self.add_error(public, reason)
        return cleaned

    def _refusal_of_public_copies(self) -> str:
        from .moderation.guard import refusal_to_copy

        return refusal_to_copy(self.page, bool(self.cleaned_data.get("copy_subpages")))


class HomePageForm(CampaignPageForm):
    """What the form for home pages is made from."""

    def clean(self) -> dict[str, Any]:
        """Refuse a home page that no site would show."""
        cleaned: dict[str, Any] = super().clean()
        page = self.instance
        if page.pk is None and not page.is_missing_in(page.locale):
            self.add_error(None, page.NO_SECOND)
        return cleaned
