"""What somebody may do with a page, beyond Wagtail's permissions along the page tree."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _t
from wagtail.models import PagePermissionTester

from . import four_eyes, people


class CampaignPermissionTester(PagePermissionTester):
    """Wagtail's permissions, a department's own stories, and four eyes."""

    def can_edit(self) -> bool:
        """Let a department's editors change its stories."""
        return bool(super().can_edit() or self.is_own_department())

    def can_publish(self) -> bool:
        """Let nobody publish what they wrote themselves, where four eyes are needed."""
        return bool(super().can_publish() and not four_eyes.refusal(self.page, self.user))

    def can_unschedule(self) -> bool:
        """Let everybody stop a publication who may publish."""
        return bool(super().can_publish())

    def can_set_view_restrictions(self) -> bool:
        """Let everybody hide a page who may publish."""
        return bool(super().can_publish())

    def is_own_department(self) -> bool:
        """Tell whether the page belongs to a department that the person checks stories for."""
        department = getattr(self.page, "department_id", None)
        return bool(
            self.user.is_active
            and self.page.four_eyes
            and department in people.departments_of(self.user)
        )


def is_bound_to_departments(user: Any) -> bool:
    """Tell whether somebody works for single departments alone."""
    return bool(
        not user.is_superuser
        and people.has_role(user, people.DEPARTMENT_EDITORS)
        and not people.has_role(user, people.EDITORS)
    )


def foreign_department(user: Any, department: Any) -> str:
    """Return why somebody may not file a page under a department; "" if they may."""
    if not is_bound_to_departments(user):
        return ""
    if department is not None and department.pk in people.departments_of(user):
        return ""
    return _t("You check stories of other departments. Please choose one of yours.")


def seen_in_lists(user: Any, pages: Any) -> Any:
    """Leave out of a list of pages the drafts of other departments."""
    from ..models.base import page_types_with

    if not is_bound_to_departments(user):
        return pages
    mine = people.departments_of(user)
    seen = Q(live=True) | Q(owner=user)
    for model in page_types_with("department"):
        if model.four_eyes:
            seen |= Q(pk__in=model.objects.filter(department__in=mine).values("pk"))
    return pages.filter(seen)
