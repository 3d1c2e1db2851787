"""The desks that a page passes before it is public, and what is said about it there."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Task, TaskState, Workflow, WorkflowState

from ..moderation import desks, election, four_eyes, people
from ..roles import EDITORS, LEADERSHIP


class ReviewTask(Task):
    """A desk: its people approve, ask back or reject; never what they wrote themselves."""

    class Meta:
        abstract = True

    @staticmethod
    def types() -> "list[type[ReviewTask]]":
        """Return the desks' types."""
        return [DepartmentCheck, EditorialRelease, LeadershipApproval]

    @classmethod
    def checks(cls, workflow: Workflow | None) -> bool:
        """Tell whether a workflow leads over one of our desks."""
        if workflow is None:
            return False
        types = ContentType.objects.get_for_models(*cls.types()).values()
        return bool(workflow.tasks.filter(active=True, content_type__in=types).exists())

    def desk(self, page: Any) -> str:
        """Return what the desk is called, as in "in review at …"."""
        raise NotImplementedError

    def reviewers(self, page: Any) -> models.QuerySet[Any]:
        """Return the accounts that work at this desk for a page."""
        raise NotImplementedError

    def reviews(self, page: Any, user: Any) -> bool:
        """Tell whether somebody works at this desk for a page."""
        raise NotImplementedError

    def is_skipped(self, page: Any) -> bool:
        """Tell whether a page passes this desk by."""
        return False

    def refusal(self, page: Any, user: Any) -> str:
        """Return why somebody of this desk may not approve a page; "" if they may."""
        return four_eyes.refusal(page, user)

    def start(self, workflow_state: WorkflowState, user: Any = None) -> TaskState:
        """Put the page on this desk, or pass it on where there is nothing to do."""
        page = workflow_state.content_object
        if not self.is_skipped(page):
            return super().start(workflow_state, user=user)
        return TaskState.objects.create(
            workflow_state=workflow_state,
            task=self,
            revision=page.get_latest_revision(),
            status=TaskState.STATUS_SKIPPED,
            finished_at=timezone.now(),
        )

    def user_can_access_editor(self, obj: Any, user: Any) -> bool:
        """Let the desk's people open the page."""
        return self.reviews(obj, user)

    def user_can_lock(self, obj: Any, user: Any) -> bool:
        """Let the desk's people lock the page."""
        return self.reviews(obj, user)

    def locked_for_user(self, obj: Any, user: Any) -> bool:
        """Let nobody else change the page while it lies here."""
        return not self.reviews(obj, user)

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, Any, bool]]:
        """Offer what somebody may do: approve, ask back, reject."""
        if not self.reviews(obj, user):
            return []
        actions = [
            ("question", _("Ask the author"), True),
            ("decline", _("Reject"), True),
        ]
        if not self.refusal(obj.specific, user):  # Wagtail's views ask with the bare page
            actions += [
                ("approve", _("Approve"), False),
                ("approve", _("Approve with comment"), True),
            ]
        return actions

    def get_form_for_action(self, action: str) -> Any:
        """Ask for a reason, where one is needed."""
        from ..moderation.forms import ReasonForm

        return super().get_form_for_action(action) if action == "approve" else ReasonForm

    def refusal_of(self, action_name: str, page: Any, user: Any) -> str:
        """Return why somebody of this desk may not decide so; "" for all others."""
        is_approval = action_name == "approve" and self.reviews(page, user)
        return self.refusal(page, user) if is_approval else ""

    @transaction.atomic
    def on_action(self, task_state: TaskState, user: Any, action_name: str, **data: Any) -> None:
        """Do what somebody has decided.

        Raises `PermissionDenied` if they may not, if a reason is missing, or if somebody else has
        decided meanwhile.
        """
        from ..moderation import flow

        desks.lock(task_state.workflow_state.object_id)
        waiting = TaskState.objects.filter(
            pk=task_state.pk, status=TaskState.STATUS_IN_PROGRESS
        ).first()
        if waiting is None:
            raise PermissionDenied(desks.overtaken())
        page = waiting.workflow_state.content_object.specific
        actions = {name for name, _label, _modal in self.get_actions(page, user)}
        if action_name not in actions:
            raise PermissionDenied(self.refusal_of(action_name, page, user))
        comment = data.get("comment")
        text = comment.strip() if isinstance(comment, str) else ""
        if action_name != "approve" and not text:
            raise PermissionDenied
        getattr(flow, action_name)(page, waiting, user, text)

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> models.QuerySet[Any]:
        """Return what waits for somebody at this desk."""
        waiting = self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS)
        return self.waiting_for(user, waiting)

    def waiting_for(self, user: Any, waiting: models.QuerySet[Any]) -> models.QuerySet[Any]:
        """Return those of the waiting task states that somebody may decide; no page is asked."""
        return waiting if self.reviews(None, user) else waiting.none()


class DepartmentCheck(ReviewTask):
    """The first check: the department that did it reads whether all is right."""

    class Meta:
        verbose_name = _("check by the department")
        verbose_name_plural = _("checks by the department")

    @classmethod
    def get_description(cls) -> str:
        """Return what the desk does, for who puts a workflow together."""
        return str(
            _("The editors of the page's own department check it. Without any, it is passed by.")
        )

    def desk(self, page: Any) -> str:
        """Return the department's short name."""
        department = getattr(page.specific, "department", None)
        return str(department.short_name if department else self.name)

    def reviewers(self, page: Any) -> models.QuerySet[Any]:
        """Return the department's editors."""
        return people.department_editors(getattr(page.specific, "department_id", None))

    def reviews(self, page: Any, user: Any) -> bool:
        """Tell whether somebody is the department's editor; all editors are if it is silent."""
        department = getattr(page.specific, "department_id", None)
        if user.is_superuser or department in people.departments_of(user):
            return True
        return people.has_role(user, EDITORS) and self.is_silent(page)

    def is_skipped(self, page: Any) -> bool:
        """Pass by where the department has nobody who did not write the page."""
        others = self.reviewers(page).exclude(pk__in=four_eyes.writers_of(page))
        return not others.exists()

    def waiting_for(self, user: Any, waiting: models.QuerySet[Any]) -> models.QuerySet[Any]:
        """Return what waits for somebody's departments, and what departments leave lying."""
        if user.is_superuser:
            return waiting
        mine = people.departments_of(user)
        pages = dict(waiting.values_list("pk", "workflow_state__object_id"))
        departments = departments_of_pages(map(int, pages.values())) if mine else {}
        own = [pk for pk, page in pages.items() if departments.get(int(page)) in mine]
        found = models.Q(pk__in=own)
        if people.has_role(user, EDITORS):
            found |= models.Q(started_at__lte=self.silent_since())
        return waiting.filter(found)

    @staticmethod
    def silent_since() -> dt.datetime:
        """Return the moment; what lies on the desk since then is open to all editors."""
        from .settings import CampaignSettings

        return timezone.now() - dt.timedelta(days=CampaignSettings.of_house().escalation_days)

    def is_silent(self, page: Any) -> bool:
        """Tell whether the page has waited so long that others may check it."""
        state = page.current_workflow_task_state
        return bool(state and state.started_at <= self.silent_since())


def departments_of_pages(pages: Iterable[int]) -> dict[int, int | None]:
    """Return the departments' primary keys by those of pages; one query a page type."""
    from .base import page_types_with

    ids = list(pages)
    return {
        pk: department
        for model in page_types_with("department")
        for pk, department in model.objects.filter(pk__in=ids).values_list("pk", "department_id")
    }


class EditorialRelease(ReviewTask):
    """The release: an editor improves the page and lets it go public."""

    class Meta:
        verbose_name = _("release by the editors")
        verbose_name_plural = _("releases by the editors")

    @classmethod
    def get_description(cls) -> str:
        """Return what the desk does, for who puts a workflow together."""
        return str(_("An editor who has not written the page releases it."))

    def desk(self, page: Any) -> str:
        """Return the editors' role."""
        return EDITORS

    def reviewers(self, page: Any) -> models.QuerySet[Any]:
        """Return all editors."""
        return people.editors()

    def reviews(self, page: Any, user: Any) -> bool:
        """Tell whether somebody is an editor."""
        return bool(user.is_superuser) or people.has_role(user, EDITORS)


class LeadershipApproval(ReviewTask):
    """The second approval in times of election; passed by at any other time."""

    class Meta:
        verbose_name = _("approval by the leadership")
        verbose_name_plural = _("approvals by the leadership")

    @classmethod
    def get_description(cls) -> str:
        """Return what the desk does, for who puts a workflow together."""
        return str(_("In times of election, the leadership approves what an editor has released."))

    def desk(self, page: Any) -> str:
        """Return the leadership's role."""
        return LEADERSHIP

    def reviewers(self, page: Any) -> models.QuerySet[Any]:
        """Return the leadership."""
        return people.leaders()

    def reviews(self, page: Any, user: Any) -> bool:
        """Tell whether somebody is of the leadership; being an administrator is not enough."""
        return people.has_role(user, LEADERSHIP)

    def is_skipped(self, page: Any) -> bool:
        """Pass by outside of times of election."""
        return election.election_end(page.get_latest_revision_as_object().go_live_at) is None

    def refusal(self, page: Any, user: Any) -> str:
        """Refuse who released the page: a second approval is another person's."""
        state = page.current_workflow_state
        released = EditorialRelease.objects.filter(
            task_states__workflow_state=state,
            task_states__status=TaskState.STATUS_APPROVED,
            task_states__finished_by=user,
        )
        if state and released.exists():
            return str(_("You have released this page yourself. Please let somebody else approve."))
        return super().refusal(page, user)


class NoteKind(models.TextChoices):
    """What is said about a page in moderation."""

    SUBMISSION = "submission", _("Submission")
    QUESTION = "question", _("Question")
    ANSWER = "answer", _("Answer")
    REJECTION = "rejection", _("Rejection")
    WITHDRAWAL = "withdrawal", _("Withdrawal")
    APPROVAL = "approval", _("Approval")
    NOTE = "note", _("Note")


class ReviewNote(models.Model):
    """One entry of the conversation about a page, which stays with it."""

    page = models.ForeignKey(
        "wagtailcore.Page",
        on_delete=models.CASCADE,
        related_name="review_notes",
        verbose_name=_("page"),
    )
    kind = models.CharField(_("kind"), max_length=20, choices=NoteKind.choices)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="review_notes",
        verbose_name=_("author"),
    )
    author_name = models.CharField(_("name"), max_length=200, blank=True)
    text = models.TextField(_("text"), blank=True)
    revision = models.ForeignKey(
        "wagtailcore.Revision",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("revision"),
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    class Meta:
        ordering = ["created_at", "pk"]
        verbose_name = _("note on a page")
        verbose_name_plural = _("notes on pages")

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.text[:60]}"


class Reminder(models.Model):
    """A reminder that was sent, so that it is sent once."""

    task_state = models.ForeignKey(
        "wagtailcore.TaskState", on_delete=models.CASCADE, related_name="reminders"
    )
    kind = models.CharField(max_length=20)
    sent_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["task_state", "kind"], name="reminder_sent_once")
        ]
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")

    def __str__(self) -> str:
        return f"{self.kind}: {self.task_state_id}"
