"""The dashboard's panel tells what waits, and for whom: by the names that mails use."""

import re

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from home.moderation import flow
from home.moderation.mails import remind_author, remind_desk
from tests import factories
from tests.moderation.test_matrix import Scene, at_department, at_editors

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("standing_team")]


@pytest.fixture
def scene(client, team, story):
    """Return a scene without a person."""
    return Scene(client, team, story)


def panel(scene, who):
    """Return the panel's text, in one line."""
    scene.who = who
    html = scene.get(reverse("wagtailadmin_home")).content.decode()
    found = html.partition('class="waiting"')[2].partition("</ul>")[0]
    return " ".join(re.sub(r"<[^>]*>", " ", found).split())


def told(person):
    """Return what the last mail to somebody says."""
    return next(sent.body for sent in reversed(mail.outbox) if sent.to == [person.email])


def test_the_panel_and_the_mail_call_a_desk_the_same(scene):
    at_department(scene)
    name = scene.team.departments["own"].short_name
    assert f"„Aktionstag“ wartet an der Station „{name}“" in told(scene.team.dezernat)
    assert f"Station {name} Eingereicht von" in panel(scene, scene.team.dezernat)
    state = scene.fresh().current_workflow_task_state
    state.task.specific.on_action(state, scene.team.dezernat, "approve")
    assert "wartet an der Station „Redaktion“" in told(scene.team.redaktion)
    assert "Station Redaktion Eingereicht von" in panel(scene, scene.team.redaktion)


def test_more_that_waits_costs_no_more_queries(scene):
    def handed_in(number):
        page = factories.ImpulsePageFactory(
            parent=scene.team.tree.impulses,
            department=scene.team.departments["own"],
            owner=scene.team.beitragende,
            live=False,
            first_published_at=None,
            slug=f"tag-{number}",
        )
        page.save_revision(user=scene.team.beitragende)
        flow.submit(page, scene.team.beitragende)

    def queries():
        with CaptureQueriesContext(connection) as found:
            panel(scene, scene.team.dezernat)
        return [query for query in found if "home_department" in query["sql"]]

    handed_in(1)
    panel(scene, scene.team.dezernat)
    before = len(queries())
    for number in (2, 3, 4):
        handed_in(number)
    assert len(queries()) == before


def test_mails_go_on_after_the_greeting_in_lower_case(scene):
    mail.outbox.clear()
    at_editors(scene)
    page, state = scene.fresh(), scene.fresh().current_workflow_task_state
    remind_desk(page, state, [scene.team.redaktion])
    remind_author(page, "Wer kam?")
    desk = state.task.specific
    desk.on_action(state, scene.team.redaktion, "question", comment="Wer kam?")
    flow.answer(scene.fresh(), scene.team.beitragende, "Alle.")
    state = scene.fresh().current_workflow_task_state
    desk.on_action(state, scene.team.redaktion, "approve")
    assert len({sent.subject for sent in mail.outbox}) >= 5
    for sent in mail.outbox:
        html = sent.alternatives[0].content
        beginnings = (
            re.search(r"Guten Tag [^\n]*,\n\n(.*)", sent.body)[1],
            re.search(r"Guten Tag [^\n]*,</p>\s*<p>(.*)", html)[1],
        )
        for beginning in beginnings:
            # A name or a quotation keeps its capital.
            assert re.match(r"[a-zäöü„]|Redaktion Muster", beginning), beginning
