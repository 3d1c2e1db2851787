"""What an editor fills in to ask, and what somebody outside fills in to answer."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from ..models import SignOff
from ..models.signoff import COMMENT_LENGTH, DEFAULT_DAYS, MAXIMUM_DAYS, Answer
from ..one_line import one_line

MESSAGE_LENGTH = 2000


class AskForm(forms.ModelForm):
    """Who is asked, for how long the link holds, and what the mail says besides."""

    days = forms.IntegerField(
        label=_("Valid for days"), min_value=1, max_value=MAXIMUM_DAYS, initial=DEFAULT_DAYS
    )
    message = forms.CharField(
        label=_("Message"),
        required=False,
        max_length=MESSAGE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Stands in the mail, above the link."),
    )

    class Meta:
        model = SignOff
        fields = ["name", "email"]

    field_order = ["name", "email", "days", "message"]

    def __init__(self, *args: Any, page: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].validators.append(one_line)
        self.page = page

    def clean(self) -> dict[str, Any]:
        """Refuse a second link to the same person while the first one is open."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if email := cleaned.get("email"):
            asked = SignOff.objects.open().filter(page=self.page, email__iexact=email)
            if asked.exists():
                message = _t(
                    "This person has an open link to this version already. Please revoke it first."
                )
                raise forms.ValidationError({"email": message})
        return cleaned


class AnswerForm(forms.Form):
    """The answer of somebody outside: a sign-off, or what should be changed."""

    answer = forms.ChoiceField(
        label=_("May the text be published like this?"),
        choices=[
            (Answer.APPROVED, _("Sign-off: the text may be published like this")),
            (Answer.CHANGES, _("Change request: something should be different")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose one of the two.")},
    )
    comment = forms.CharField(
        label=_("Comment"),
        required=False,
        max_length=COMMENT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Needed for a change request: what should be different, and where?"),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for words where something should be changed."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        wants_changes = cleaned.get("answer") == Answer.CHANGES
        if wants_changes and "comment" in cleaned and not cleaned["comment"]:
            self.add_error("comment", _t("Please write what should be different."))
        return cleaned
