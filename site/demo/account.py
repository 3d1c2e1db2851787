"""The demo's accounts: colleagues of every role, with passwords that only this machine knows."""

from __future__ import annotations

import json
import secrets
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, Revision

from demo.reading import Table

#: Whose name the demo's content carries.
USERNAME: Final = "redaktion"
DOMAIN: Final = "musterstadt.example"


def login_file() -> Path:
    """Return where the logins are written for the person at this machine (never in git)."""
    return Path(settings.VAR_DIR) / "demo-login.json"


def find_user(username: str) -> Any:
    """Return the account of this name, whoever made it, or None."""
    users = get_user_model()
    return users._default_manager.filter(**{users.USERNAME_FIELD: username}).first()


def create_user(table: Table) -> Any:
    """Create an account in its role and add its password to the login file."""
    password = secrets.token_urlsafe(12)
    users = get_user_model()
    user = users._default_manager.create_user(
        **{users.USERNAME_FIELD: table["key"]},
        email=f"{table['key']}@{DOMAIN}",
        password=password,
        first_name=table["first_name"],
        last_name=table["last_name"],
    )
    # Without `manage.py roles` there is no such group, and nothing to enter.
    user.groups.add(*Group.objects.filter(name=table["role"]))
    _remember({"username": table["key"], "password": password, "role": table["role"]})
    return user


def _remember(login: dict[str, str]) -> None:
    path = login_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600, exist_ok=True)
    path.chmod(0o600)
    logins = json.loads(path.read_text(encoding="utf-8") or "[]")
    path.write_text(json.dumps([*logins, login], indent=1), encoding="utf-8")


def has_left_work(user: Any) -> bool:
    """Tell whether pages, drafts, pictures or documents still carry this person's name."""
    return (
        Page.objects.filter(owner=user).exists()
        or Revision.objects.filter(user=user).exists()
        or get_image_model().objects.filter(uploaded_by_user=user).exists()
        or get_document_model().objects.filter(uploaded_by_user=user).exists()
    )
