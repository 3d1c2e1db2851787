"""Who belongs to which desk: the reviewers of a department, the editors, the leadership."""

from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import QuerySet

from ..roles import DEPARTMENT_EDITORS, EDITORS, LEADERSHIP


def in_group(name: str) -> QuerySet[Any]:
    """Return the active accounts of a role."""
    return get_user_model()._default_manager.filter(is_active=True, groups__name=name)


def has_role(user: Any, name: str) -> bool:
    """Tell whether an account has a role; asked of the database once for each account object."""
    if not user.is_active or user.is_anonymous:
        return False
    if not hasattr(user, "_role_names"):
        user._role_names = set(user.groups.values_list("name", flat=True))
    return name in user._role_names


def departments_of(user: Any) -> set[int]:
    """Return the primary keys of the departments that somebody checks stories for."""
    if not has_role(user, DEPARTMENT_EDITORS):
        return set()
    if not hasattr(user, "_department_ids"):
        user._department_ids = set(user.edited_departments.values_list("pk", flat=True))
    return user._department_ids


def department_editors(department_id: int | None) -> QuerySet[Any]:
    """Return who checks a department's stories; nobody does without a department."""
    return in_group(DEPARTMENT_EDITORS).filter(edited_departments=department_id)


def editors() -> QuerySet[Any]:
    """Return who releases stories."""
    return in_group(EDITORS)


def leaders() -> QuerySet[Any]:
    """Return who gives the second approval in times of election."""
    return in_group(LEADERSHIP)
