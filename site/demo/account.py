"""The demo editor: an account with a password that only this machine knows."""

from __future__ import annotations

import json
import secrets
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, Revision

USERNAME: Final = "redaktion"
# The campaign's own role, or else the one that Wagtail brings along.
GROUPS: Final = ("Redaktion", "Moderation")


def login_file() -> Path:
    """Return where the login is written for the person at this machine (never in git)."""
    return Path(settings.VAR_DIR) / "demo-login.json"


def find_user() -> Any:
    """Return the account of this name, whoever made it, or None."""
    users = get_user_model()
    return users._default_manager.filter(**{users.USERNAME_FIELD: USERNAME}).first()


def create_user() -> Any:
    """Create the demo editor and write the login file."""
    password = secrets.token_urlsafe(12)
    users = get_user_model()
    user = users._default_manager.create_user(
        **{users.USERNAME_FIELD: USERNAME},
        email="redaktion@musterstadt.example",
        password=password,
        first_name=_("Demo"),
        last_name=_("Editor"),
    )
    group = next((g for name in GROUPS for g in Group.objects.filter(name=name)), None)
    if group is not None:
        user.groups.add(group)
    path = login_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600, exist_ok=True)
    path.chmod(0o600)
    path.write_text(json.dumps({"username": USERNAME, "password": password}), encoding="utf-8")
    return user


def has_left_work(user: Any) -> bool:
    """Tell whether pages, drafts, pictures or documents still carry this person's name."""
    return (
        Page.objects.filter(owner=user).exists()
        or Revision.objects.filter(user=user).exists()
        or get_image_model().objects.filter(uploaded_by_user=user).exists()
        or get_document_model().objects.filter(uploaded_by_user=user).exists()
    )
