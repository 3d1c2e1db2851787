"""The admin's form for webhooks."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm


class WebhookForm(WagtailAdminModelForm):
    """What the form for webhooks is made from."""

    kinds = forms.MultipleChoiceField(
        label=_("events"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("What the address is told of."),
    )
    renew_secret = forms.BooleanField(
        label=_("Make a new secret"),
        required=False,
        help_text=_("The old one stops working at once. The new one is shown once, after saving."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer all events; a new webhook gets its secret anyway."""
        from .models import Kind

        super().__init__(*args, **kwargs)
        self.fields["kinds"].choices = Kind.choices
        if self.instance.pk is None:
            self.fields["renew_secret"].widget = forms.HiddenInput()

    def save(self, commit: bool = True) -> Any:
        """Save the webhook, with a new secret if that is asked for."""
        from .models import new_secret

        if self.cleaned_data.get("renew_secret"):
            self.instance.secret = new_secret()
        return super().save(commit)
