"""Forms of moderation in the admin."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ReasonForm(forms.Form):
    """Why a page is sent back or rejected; its author reads it."""

    comment = forms.CharField(
        label=_("Reason"),
        max_length=4000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("The author reads this by e-mail and beside the story."),
    )
