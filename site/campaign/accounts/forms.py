"""django-allauth's forms without placeholders, which would say a label twice and then vanish."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django.utils.translation import gettext_lazy as _


class WithoutPlaceholders:
    """A form whose fields have labels alone; codes get the keyboard of digits."""

    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class LoginForm(WithoutPlaceholders, account.LoginForm):
    """User name or address, and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("User name or e-mail address")
        self.fields["login"].widget.attrs["autocomplete"] = "username"
        self.fields["password"].help_text = ""


class RequestCodeForm(WithoutPlaceholders, account.RequestLoginCodeForm):
    """The address that a code goes to."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("E-mail address")


class ConfirmCodeForm(WithoutPlaceholders, account.ConfirmLoginCodeForm):
    """The code from the mail."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Code from the mail")
        self.fields["code"].widget.attrs["inputmode"] = "numeric"


class ResetPasswordForm(WithoutPlaceholders, account.ResetPasswordForm):
    """The address that a link goes to."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("E-mail address")


class NewPasswordForm(WithoutPlaceholders, account.ResetPasswordKeyForm):
    """A new password, for who came by the link."""


class ChangePasswordForm(WithoutPlaceholders, account.ChangePasswordForm):
    """The old password and a new one."""


class SetPasswordForm(WithoutPlaceholders, account.SetPasswordForm):
    """The first password of an account."""


class ReauthenticateForm(WithoutPlaceholders, account.ReauthenticateForm):
    """The password once more."""


class SecondFactorForm(WithoutPlaceholders, mfa.AuthenticateForm):
    """The code of an app, or a recovery code."""


class SecondFactorAgainForm(WithoutPlaceholders, mfa.ReauthenticateForm):
    """The same once more."""


class ActivateAppForm(WithoutPlaceholders, totp.ActivateTOTPForm):
    """The first code of an app."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Code that the app shows")
        self.fields["code"].widget.attrs["inputmode"] = "numeric"


class AddKeyForm(WithoutPlaceholders, webauthn.AddWebAuthnForm):
    """A name for a new security key."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name of the key")

    def clean(self) -> dict[str, Any]:
        """Refuse what no key has answered; django-allauth stumbles over it."""
        try:
            return super().clean()
        except (KeyError, TypeError, AttributeError) as error:
            raise get_adapter().validation_error("incorrect_code") from error


class EditKeyForm(WithoutPlaceholders, webauthn.EditWebAuthnForm):
    """Another name for a security key."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name of the key")
