"""What happens when a page is handed in, comes to a desk, or is published."""

from typing import Any

from django.db.models.signals import post_save
from wagtail.admin.mail import Notifier
from wagtail.models import Page, TaskState, WorkflowState
from wagtail.signals import page_published, task_submitted, workflow_submitted

from ..models import CampaignPage, NoteKind, ReviewNote, ReviewTask
from ..roles import grant_section
from . import mails


def watch() -> None:
    """Connect moderation with Wagtail's workflows, whose own mails know nothing of our desks."""
    task_submitted.connect(tell_desk, sender=TaskState, dispatch_uid="tell_desk")
    workflow_submitted.connect(note_submission, sender=WorkflowState, dispatch_uid="submission")
    post_save.connect(open_section, dispatch_uid="open_section")
    page_published.connect(tell_first_publication, dispatch_uid="tell_first_publication")
    Notifier.can_handle = handles_other_workflows


def open_section(instance: Any, created: bool, **_signal: Any) -> None:
    """Let department editors work below a new overview."""
    if created and isinstance(instance, CampaignPage):
        grant_section(instance)


def handles_other_workflows(notifier: Notifier, instance: Any, **_signal: Any) -> bool:
    """Leave mails about our desks to us; Wagtail's go to all its moderators."""
    state = getattr(instance, "workflow_state", instance)
    return isinstance(instance, notifier.valid_classes) and not (
        isinstance(state, WorkflowState) and ReviewTask.checks(state.workflow)
    )


def tell_desk(instance: TaskState, **_signal: Any) -> None:
    """Tell a desk's people what has come to them."""
    if isinstance(instance.task.specific, ReviewTask):
        mails.tell_desk(instance.revision.as_object(), instance)


def note_submission(instance: WorkflowState, user: Any, **_signal: Any) -> None:
    """Note who handed a page in, and thank the author."""
    page = instance.content_object
    if not (isinstance(page, Page) and ReviewTask.checks(instance.workflow)):
        return
    draft = page.get_latest_revision_as_object()
    ReviewNote.objects.create(
        page_id=page.pk,
        kind=NoteKind.SUBMISSION,
        author=user,
        author_name=mails.name_of(user) if user else "",
        revision_id=page.latest_revision_id,
    )
    mails.tell_received(draft)


def tell_first_publication(instance: Page, **_signal: Any) -> None:
    """Tell the author when a page that was handed in is public for the first time."""
    if (
        isinstance(instance, CampaignPage)
        and instance.first_published_at == instance.last_published_at
        and instance.review_notes.filter(kind=NoteKind.SUBMISSION).exists()
    ):
        mails.tell_published(instance)
