"""A story's way from its author over the desks to the public."""

import datetime as dt

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from wagtail.models import TaskState

from home.models import CampaignSettings, Reminder
from home.moderation import flow
from home.moderation.reminders import send_reminders

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("standing_team")]


def recipients():
    """Return the addresses that were written to since the last call, and what about."""
    sent = sorted((message.to[0].partition("@")[0], message.subject) for message in mail.outbox)
    mail.outbox.clear()
    return sent


def wait(days):
    """Let everything that lies on a desk have lain there for some days."""
    TaskState.objects.update(
        started_at=timezone.now() - dt.timedelta(days=days),
        finished_at=timezone.now() - dt.timedelta(days=days),
    )


def test_a_story_passes_its_department_and_the_editors(team, story, decide):
    flow.submit(story, team.beitragende)
    assert flow.status_of(story).desk == story.department.short_name
    assert [name for name, _subject in recipients()] == ["beitragende", "dezernat"]

    decide(story, team.dezernat, "approve")
    assert flow.status_of(story).desk == "Redaktion"
    assert [name for name, _subject in recipients()] == ["redaktion", "zweite-redaktion"]

    story = decide(story, team.redaktion, "approve")
    assert story.live
    assert flow.status_of(story).state == "published"
    assert recipients() == [("beitragende", "Veröffentlicht: Aktionstag")]


def test_a_question_goes_to_the_author_and_the_answer_back_to_who_asked(team, story, decide):
    flow.submit(story, team.beitragende)
    recipients()
    decide(story, team.dezernat, "question", "Wie viele kamen?")
    status = flow.status_of(story)
    assert (status.state, status.reason) == ("question", "Wie viele kamen?")
    assert flow.may_change(status)
    assert [name for name, _subject in recipients()] == ["beitragende"]

    flow.answer(story, team.beitragende, "Vierzig.")
    assert flow.status_of(story).desk == story.department.short_name
    assert [name for name, _subject in recipients()] == ["dezernat"]
    assert [note.kind for note in story.review_notes.all()] == ["submission", "question", "answer"]


def test_a_rejection_names_its_reason_and_ends_the_way(team, story, decide):
    flow.submit(story, team.beitragende)
    recipients()
    story = decide(story, team.dezernat, "decline", "Das gehört nicht hierher.")
    status = flow.status_of(story)
    assert (status.state, status.reason) == ("rejected", "Das gehört nicht hierher.")
    assert not flow.may_change(status)
    assert not story.workflow_in_progress
    (message,) = mail.outbox
    assert "Das gehört nicht hierher." in message.body
    assert "Das gehört nicht hierher." in message.alternatives[0][0]


@pytest.mark.parametrize("action", ["question", "decline"])
@pytest.mark.parametrize("reason", ["", "  ", None, ["x"]])
def test_nobody_is_sent_back_without_a_reason(team, story, decide, action, reason):
    flow.submit(story, team.beitragende)
    with pytest.raises(PermissionDenied):
        decide(story, team.dezernat, action, reason)


def test_a_withdrawn_story_can_be_handed_in_again(team, story):
    flow.submit(story, team.beitragende)
    flow.withdraw(story, team.beitragende)
    assert flow.status_of(story).state == "withdrawn"
    with pytest.raises(PermissionDenied):
        flow.withdraw(story, team.beitragende)
    flow.submit(story, team.beitragende)
    assert flow.status_of(story).state == "in_review"
    with pytest.raises(PermissionDenied):
        flow.submit(story, team.beitragende)


def test_a_question_that_nobody_has_asked_is_not_answered(team, story):
    with pytest.raises(PermissionDenied):
        flow.answer(story, team.beitragende, "Vierzig.")


def test_a_department_without_editors_is_passed_by(team, story):
    team.departments["own"].editors.clear()
    team.departments["own"].save()
    flow.submit(story, team.beitragende)
    assert flow.status_of(story).desk == "Redaktion"


def test_a_departments_own_writer_is_nobody_to_check(team, story):
    story.save_revision(user=team.dezernat)
    flow.submit(story, team.beitragende)
    assert flow.status_of(story).desk == "Redaktion"


def test_who_decides_second_is_too_late(team, story, decide):
    flow.submit(story, team.beitragende)
    state = story.current_workflow_task_state
    task = state.task.specific
    stale = TaskState.objects.get(pk=state.pk)
    task.on_action(state, team.dezernat, "approve")
    with pytest.raises(PermissionDenied):
        task.on_action(stale, team.admin, "decline", comment="Zu spät.")
    assert flow.status_of(story).desk == "Redaktion"


def test_reminders_go_out_once(team, story):
    flow.submit(story, team.beitragende)
    recipients()
    wait(days=4)
    assert send_reminders() == {"desk": 1, "everybody": 0, "author": 0}
    assert [name for name, _subject in recipients()] == ["dezernat"]
    assert send_reminders() == {"desk": 0, "everybody": 0, "author": 0}
    assert Reminder.objects.count() == 1


def test_a_silent_department_is_passed_on_to_all_editors(team, story, decide):
    flow.submit(story, team.beitragende)
    wait(days=8)
    recipients()
    assert send_reminders()["everybody"] == 1
    assert "redaktion" in {name for name, _subject in recipients()}
    decide(story, team.redaktion, "approve")
    assert flow.status_of(story).desk == "Redaktion"


def test_editors_do_not_decide_for_a_department_before_its_time(team, story, decide):
    flow.submit(story, team.beitragende)
    with pytest.raises(PermissionDenied):
        decide(story, team.redaktion, "approve")


def test_an_author_is_reminded_of_a_question(team, story, decide):
    flow.submit(story, team.beitragende)
    decide(story, team.dezernat, "question", "Wie viele kamen?")
    wait(days=4)
    recipients()
    assert send_reminders() == {"desk": 0, "everybody": 0, "author": 1}
    assert [name for name, _subject in recipients()] == ["beitragende"]


def test_the_days_are_the_campaigns_own(team, story, home):
    site = home.get_site()
    CampaignSettings.objects.update_or_create(site=site, defaults={"reminder_days": 1})
    flow.submit(story, team.beitragende)
    wait(days=2)
    assert send_reminders()["desk"] == 1
