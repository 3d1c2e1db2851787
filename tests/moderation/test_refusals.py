"""Who may not decide as they want to reads why, whichever button it was."""

import datetime as dt
import json

import pytest
from django.contrib.messages import get_messages
from django.utils import timezone
from wagtail.models import Workflow, WorkflowTask

from home.models import CampaignSettings, EditorialRelease
from home.moderation import flow
from tests import factories
from tests.moderation.test_matrix import Scene, at_editors

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("standing_team")]
FOUR_EYES = "Vier Augen: Sie haben „Aktionstag“ seit der letzten Veröffentlichung selbst"


@pytest.fixture
def scene(client, team, story):
    """Return a scene in which an editor has changed what lies on the editors' desk."""
    scene = Scene(client, team, story)
    at_editors(scene)
    scene.fresh().save_revision(user=team.redaktion)
    scene.who = team.redaktion
    return scene


def said(response):
    """Return what the admin says to the person at the next opportunity."""
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def address(scene, view="workflow_action"):
    state = scene.fresh().current_workflow_task_state
    return scene.page_address(view, "approve", state.pk)


def test_a_button_says_why_nobody_releases_their_own_text(scene):
    answer = scene.post(address(scene))
    assert answer.status_code == 302
    assert answer["Location"] == scene.page_address("edit")
    assert FOUR_EYES in said(answer)
    assert "keinen Zugang" not in said(answer)
    assert flow.status_of(scene.fresh()).state == "in_review"


@pytest.mark.parametrize("view", ["workflow_action", "collect_workflow_action_data"])
def test_a_dialog_leads_to_the_page_that_says_why(scene, view):
    answer = scene.post(address(scene, view), headers={"x-requested-with": "XMLHttpRequest"})
    assert answer.json() == {"step": "success", "redirect": scene.page_address("edit")}
    assert FOUR_EYES in scene.client.get(scene.page_address("edit")).content.decode()
    assert flow.status_of(scene.fresh()).state == "in_review"


def test_the_editor_says_why_and_saves_nothing(scene):
    before = scene.fresh().latest_revision_id
    answer = scene.edit(
        **{
            "action-workflow-action": "true",
            "workflow-action-name": "approve",
            "workflow-action-extra-data": json.dumps({"comment": "Sehr gut."}),
        }
    )
    html = answer.content.decode()
    assert FOUR_EYES in html
    assert "Sehr gut." in html
    assert scene.fresh().latest_revision_id == before


def test_who_is_at_another_desk_still_has_no_access(scene):
    scene.who = scene.team.leitung
    answer = scene.post(address(scene))
    assert answer["Location"] == "/admin/"
    assert "keinen Zugang" in said(answer)


def test_what_the_last_door_refuses_is_said_too(scene):
    today = timezone.localdate()
    days = {"election_start": today, "election_end": today + dt.timedelta(days=30)}
    CampaignSettings.objects.update_or_create(site=scene.team.tree.home.get_site(), defaults=days)
    workflow = Workflow.objects.create(name="Nur Redaktion")
    WorkflowTask.objects.create(workflow=workflow, task=EditorialRelease.objects.get())
    page = factories.StandardPageFactory(parent=scene.team.tree.home, slug="ueber", live=False)
    workflow.workflow_pages.create(page=page)
    page.save_revision(user=scene.team.beitragende)
    workflow.start(page, scene.team.beitragende)
    scene.story = page
    state = page.current_workflow_task_state
    answer = scene.post(scene.page_address("workflow_action", "approve", state.pk))
    page.refresh_from_db()
    assert not page.live
    assert answer["Location"] == scene.page_address("edit")
    assert "Wahlzeit" in said(answer)
    assert page.current_workflow_task_state == state
