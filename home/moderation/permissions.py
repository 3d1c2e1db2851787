"""What somebody may do with a page, beyond Wagtail's permissions along the page tree."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _t
from wagtail.models import (
    Page,
    PagePermissionTester,
    Revision,
    TaskState,
    WorkflowState,
    get_default_page_content_type,
)
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permissions import policy_registry

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


def own_pages(user: Any) -> Q:
    """Match the pages that somebody owns, and the stories of departments that they check for."""
    from ..models.base import page_types_with

    mine = people.departments_of(user)
    found = Q(owner=user)
    if mine:
        for model in page_types_with("department"):
            if model.four_eyes:
                found |= Q(pk__in=model.objects.filter(department__in=mine).values("pk"))
    return found


class CampaignPagePolicy(PagePermissionPolicy):
    """Wagtail's policy along the page tree, without the drafts of other departments.

    Lists, searches, reports and the admin's API ask it which pages somebody may know of.
    """

    def explorable_instances(self, user: Any) -> Any:
        """Return the pages that somebody finds in the admin."""
        pages = super().explorable_instances(user)
        if not is_bound_to_departments(user):
            return pages
        return pages.filter(Q(live=True) | own_pages(user) | Q(path__in=self._way_down(user)))

    def _way_down(self, user: Any) -> set[str]:
        """Return the tree paths of where somebody works, and of all above: they may be drafts."""
        paths = [link.page.path for link in self.get_cached_permissions_for_user(user)]
        step = self.model.steplen
        return {path[:end] for path in paths for end in range(step, len(path) + 1, step)}


def known_pages(user: Any, pages: Any) -> Any:
    """Return those of some pages that are public, somebody's own, or theirs to find."""
    if user.is_superuser:
        return pages
    found = policy_registry.get_by_type(Page).explorable_instances(user)
    return pages.filter(Q(live=True) | own_pages(user) | Q(pk__in=found.order_by().values("pk")))


def releases(user: Any) -> bool:
    """Tell whether somebody may publish any page at all."""
    return bool(policy_registry.get_by_type(Page).user_has_permission(user, "publish"))


def pages_in_hand(user: Any, ids: Iterable[int]) -> set[int]:
    """Return those of somebody's own pages that they may change without the public seeing it.

    Not so are pages that are public or will be at their time, that lie on another's desk, or that
    somebody else has locked. A fixed number of queries.
    """
    pages = Page.objects.filter(own_pages(user), pk__in=set(ids), live=False)
    pages = pages.exclude(Q(locked=True) & ~Q(locked_by=user))
    found = set(pages.values_list("pk", flat=True))
    if not found:
        return found
    revisions = Revision.page_revisions.filter(approved_go_live_at__isnull=False)
    elsewhere = WorkflowState.objects.filter(
        base_content_type=get_default_page_content_type(), status=WorkflowState.STATUS_IN_PROGRESS
    ).exclude(current_task_state__in=TaskState.objects.reviewable_by(user).values("pk"))
    for bound in (revisions, elsewhere):
        keys = bound.filter(object_id__in=[str(pk) for pk in found])
        found -= {int(pk) for pk in keys.values_list("object_id", flat=True)}
    return found
