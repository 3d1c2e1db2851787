"""Forms of moderation in the admin."""

import json
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class ReasonForm(forms.Form):
    """Why a page is sent back or rejected; its author reads it. Approving needs no words."""

    comment = forms.CharField(
        label=_("Reason"),
        max_length=4000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("The author reads this by e-mail and beside the story."),
    )

    def __init__(self, *args: Any, required: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["comment"].required = required


def reason_form(data: str | None, *, required: bool) -> ReasonForm | None:
    """Return the form with the reason that a page's form sends along; None if it is spoilt.

    `data` is JSON, as the admin's script makes it of what was typed in the dialog.
    """
    try:
        sent = json.loads(data or "{}")
    except (ValueError, RecursionError):
        return None
    if not isinstance(sent, dict) or set(sent) - {"comment"}:
        return None
    reason = sent.get("comment", "")
    # JSON can name half a character, which no database takes.
    if not isinstance(reason, str) or any("\ud800" <= sign <= "\udfff" for sign in reason):
        return None
    return ReasonForm({"comment": reason}, required=required)
