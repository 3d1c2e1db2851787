"""Accounts in the admin: who may manage accounts makes nobody an administrator, nor touches one."""

from typing import Any

from django.contrib.auth import get_user_model
from django.shortcuts import redirect
from django.utils.translation import gettext as _t
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.forms.account import NameEmailForm
from wagtail.users.forms import UserCreationForm, UserEditForm

from .one_line import one_line

# Mails greet by these names. The forms share their fields, so that each gets the rule once.
for field in {
    form.base_fields[name]
    for form in (NameEmailForm, UserCreationForm, UserEditForm)
    for name in ("first_name", "last_name")
}:
    field.validators = [*field.validators, one_line]


def is_beyond(request: Any, *users: Any) -> bool:
    """Tell whether a request touches administrators, or makes one, without being from one."""
    if request.user.is_superuser:
        return False
    return bool(request.POST.get("is_superuser")) or any(user.is_superuser for user in users)


def refusal(request: Any) -> Any:
    """Lead back to the list, with the reason."""
    messages.error(request, _t("Only administrators manage the accounts of administrators."))
    return redirect("wagtailusers_users:index")


@hooks.register("before_create_user")
def refuse_new_administrator(request: Any) -> Any:
    """Refuse to make an administrator."""
    return refusal(request) if is_beyond(request) else None


@hooks.register("before_edit_user")
def refuse_change_of_administrator(request: Any, user: Any) -> Any:
    """Refuse to change an administrator, or to make one."""
    return refusal(request) if is_beyond(request, user) else None


@hooks.register("before_bulk_action")
def refuse_changes_of_administrators(
    request: Any, _action_type: str, objects: Any, action: Any
) -> Any:
    """Refuse to change administrators in lists."""
    if not issubclass(action.model, get_user_model()):
        return None
    return refusal(request) if is_beyond(request, *objects) else None
