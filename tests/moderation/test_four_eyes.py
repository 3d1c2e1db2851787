"""Nobody publishes what they wrote themselves: not by any door, and not as an administrator."""

import datetime as dt
import json

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import (
    Locale,
    Page,
    PageLogEntry,
    Revision,
    TaskState,
    Workflow,
    WorkflowState,
)
from wagtail_localize.models import Translation, TranslationSource

from home.models import CampaignSettings, Reminder
from home.moderation import flow
from home.moderation.four_eyes import writers_of
from impulses.models import ImpulsePage
from tests import factories
from tests.moderation.test_matrix import (
    Scene,
    at_department,
    at_editors,
    decides,
    decides_in_form,
    is_public,
    publishes_by_api,
    publishes_in_form,
    publishes_in_list,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("standing_team")]
REASON = {"comment": "Bitte kürzen."}
DOORS = {
    "the form": (None, publishes_in_form),
    "a list": (None, publishes_in_list),
    "the API": (None, publishes_by_api),
    "the editors' desk": (at_editors, decides("approve")),
    "the editors' desk, in the form": (at_editors, decides_in_form("approve")),
}


@pytest.fixture
def scene(client, team, story):
    """Return a scene without a person."""
    return Scene(client, team, story)


@pytest.mark.parametrize("who", ["redaktion", "admin"])
@pytest.mark.parametrize("door", DOORS)
def test_who_wrote_last_does_not_publish(scene, who, door):
    scene.who = getattr(scene.team, who)
    before, act = DOORS[door]
    if before is not None:
        before(scene)
    scene.fresh().save_revision(user=scene.who)
    act(scene)
    assert not scene.fresh().live


@pytest.mark.parametrize("who", ["redaktion", "admin"])
@pytest.mark.parametrize("door", DOORS)
def test_who_wrote_before_somebody_else_does_not_publish(scene, who, door):
    scene.who = getattr(scene.team, who)
    before, act = DOORS[door]
    if before is not None:
        before(scene)
    scene.fresh().save_revision(user=scene.who)
    scene.fresh().save_revision(user=scene.team.zweite_redaktion)
    act(scene)
    assert not scene.fresh().live


@pytest.mark.parametrize("who", ["redaktion", "admin"])
def test_who_began_a_story_does_not_publish_it(scene, who):
    scene.who = getattr(scene.team, who)
    ImpulsePage.objects.filter(pk=scene.story.pk).update(owner=scene.who)
    assert not publishes_in_list(scene)


def test_an_approval_with_changes_is_refused_and_loses_nothing(scene):
    at_editors(scene)
    scene.who = scene.team.redaktion
    answer = scene.edit(
        **{
            "title": "Anders",
            "action-workflow-action": "true",
            "workflow-action-name": "approve",
            "workflow-action-extra-data": "{}",
        }
    )
    assert not scene.fresh().live
    assert "muss sie jemand anderes freigeben" in answer.content.decode()
    assert "Anders" in answer.content.decode()


def test_another_editor_releases_what_one_has_improved(scene):
    at_editors(scene)
    scene.fresh().save_revision(user=scene.team.redaktion)
    scene.who = scene.team.zweite_redaktion
    assert decides("approve")(scene)
    assert scene.fresh().live


def test_the_department_does_not_check_what_it_wrote(scene):
    at_department(scene)
    scene.fresh().save_revision(user=scene.team.dezernat)
    scene.who = scene.team.dezernat
    assert not decides("approve")(scene)
    assert decides("question", **REASON)(scene)


@pytest.mark.parametrize("data", ["{", "[]", '"x"', '{"comment": 1}', '{"x": 1}', "null"])
def test_a_spoilt_reason_is_refused_kindly(scene, data):
    at_editors(scene)
    scene.who = scene.team.redaktion
    answer = scene.edit(
        **{
            "action-workflow-action": "true",
            "workflow-action-name": "decline",
            "workflow-action-extra-data": data,
        }
    )
    assert answer.status_code == 200
    assert flow.status_of(scene.fresh()).state == "in_review"


@pytest.mark.parametrize(
    ("action", "reason", "words"),
    [
        ("decline", "Bitte \0 kürzen.", "Nullzeichen sind nicht erlaubt"),
        ("question", "Bitte kürzen. " * 500, "höchstens 4000 Zeichen"),
        ("approve", "Schön. " * 1000, "höchstens 4000 Zeichen"),
        ("decline", "Bitte\ud800", "war nicht lesbar"),
    ],
)
def test_a_reason_that_the_dialog_would_refuse_is_refused_and_not_lost(
    scene, action, reason, words
):
    at_editors(scene)
    scene.who = scene.team.redaktion
    answer = scene.edit(
        **{
            "action-workflow-action": "true",
            "workflow-action-name": action,
            "workflow-action-extra-data": json.dumps({"comment": reason}),
        }
    )
    assert answer.status_code == 200
    assert flow.status_of(scene.fresh()).state == "in_review"
    html = answer.content.decode()
    assert words in html
    if "\ud800" not in reason:
        assert " ".join(reason.replace("\0", " ").split()) in html


def test_code_publishes_for_nobody_against_the_rule(scene):
    revision = scene.story.save_revision(user=scene.team.redaktion)
    with pytest.raises(PermissionDenied):
        revision.publish(user=scene.team.redaktion)
    with pytest.raises(PermissionDenied):
        revision.publish(user=scene.team.redaktion, skip_permission_checks=True)


def test_nobody_schedules_what_they_wrote(scene):
    scene.story.go_live_at = timezone.now() + dt.timedelta(hours=1)
    revision = scene.story.save_revision(user=scene.team.redaktion)
    with pytest.raises(PermissionDenied):
        revision.publish(user=scene.team.redaktion)
    assert Revision.objects.filter(approved_go_live_at__isnull=False).count() == 0


def test_the_calendar_publishes_what_somebody_else_has_approved(scene):
    scene.story.go_live_at = timezone.now() + dt.timedelta(hours=1)
    scene.story.save_revision(user=scene.team.beitragende)
    at_editors(scene)
    scene.who = scene.team.redaktion
    assert decides("approve")(scene)
    assert not scene.fresh().live
    revision = scene.fresh().scheduled_revision
    Revision.objects.filter(pk=revision.pk).update(
        approved_go_live_at=timezone.now() - dt.timedelta(minutes=1)
    )
    content = Revision.objects.get(pk=revision.pk).content
    content["go_live_at"] = None
    Revision.objects.filter(pk=revision.pk).update(content=content)
    call_command("publish_scheduled")
    assert scene.fresh().live


def test_what_lies_on_a_desk_is_not_overwritten(scene):
    first = scene.story.latest_revision
    at_editors(scene)
    page = scene.fresh().get_latest_revision_as_object()
    page.title = "Nachträglich"
    second = page.save_revision(user=scene.team.beitragende, overwrite_revision=first)
    assert second.pk != first.pk
    assert Revision.objects.get(pk=first.pk).object_str == "Aktionstag"


def test_autosave_writes_over_its_own_version_on_a_desk(scene):
    at_editors(scene)
    first = scene.fresh().save_revision(user=scene.team.redaktion)
    before = scene.fresh().current_workflow_task_state
    page = scene.fresh().get_latest_revision_as_object()
    page.title = "Nachträglich"
    second = page.save_revision(user=scene.team.redaktion, overwrite_revision=first)
    now = scene.fresh().current_workflow_task_state
    assert second.pk == first.pk == now.revision_id
    assert (now.pk != before.pk, now.started_at) == (True, before.started_at)


# --- Two editors at once -------------------------------------------------------------------------


def test_nobody_approves_a_version_that_they_have_not_read(scene):
    at_editors(scene)
    scene.who = scene.team.zweite_redaktion
    address = scene.page_address(
        "workflow_action", "approve", scene.fresh().current_workflow_task_state.pk
    )
    changed = scene.fresh().save_revision(user=scene.team.redaktion)
    answer = scene.post(address, follow=True)
    assert "nichts entschieden" in answer.content.decode()
    assert not scene.fresh().live
    assert decides("approve")(scene)
    assert scene.fresh().live_revision == changed


def test_an_approval_names_the_version_that_went_public(scene):
    at_editors(scene)
    changed = scene.fresh().save_revision(user=scene.team.redaktion)
    scene.who = scene.team.zweite_redaktion
    decides("approve")(scene)
    states = TaskState.objects.filter(finished_by=scene.who)
    entries = PageLogEntry.objects.filter(action="wagtail.workflow.approve", user=scene.who)
    assert [state.revision for state in states] == [changed]
    assert [entry.revision for entry in entries] == [changed]


def test_a_changed_page_has_waited_as_long_and_is_remembered_once(scene):
    at_department(scene)
    state = scene.fresh().current_workflow_task_state
    TaskState.objects.update(started_at=timezone.now() - dt.timedelta(days=4))
    Reminder.objects.create(task_state=state, kind="reminder")
    scene.fresh().save_revision(user=scene.team.dezernat)
    now = scene.fresh().current_workflow_task_state
    assert (timezone.now() - now.started_at).days == 4
    assert Reminder.objects.get().task_state_id == now.pk


# --- Past the desks ------------------------------------------------------------------------------


@pytest.mark.parametrize("before", [None, at_department, at_editors])
@pytest.mark.parametrize("act", [publishes_in_list, publishes_by_api])
def test_a_story_becomes_public_over_its_desks_alone(scene, before, act):
    if before is not None:
        before(scene)
    scene.who = scene.team.admin
    assert not act(scene)
    assert not scene.fresh().live


def test_what_was_released_may_be_published_again(scene):
    at_editors(scene)
    scene.who = scene.team.redaktion
    assert decides("approve")(scene)
    scene.fresh().unpublish()
    assert publishes_in_list(scene)


def copies_in_form(scene, page, **how):
    """Copy a page in the admin; return the copy, or None."""
    data = {"new_title": "Kopie", "new_slug": "kopie", "new_parent_page": page.get_parent().pk}
    scene.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), data | how)
    return Page.objects.filter(slug="kopie").first()


def copies_by_api(scene, page, **how):
    """Let the admin's API copy a page; return the copy, or None."""
    action = "create_alias" if "alias" in how else "copy"
    data = {"slug": "kopie"} if action == "copy" else {"update_slug": "kopie"}
    if action == "copy":
        data |= {"keep_live": "publish_copies" in how}
    address = f"/admin/api/main/pages/{page.pk}/action/{action}/"
    scene.post(address, json.dumps(data), content_type="application/json")
    return Page.objects.filter(slug="kopie").first()


@pytest.mark.parametrize("how", ["publish_copies", "alias"])
@pytest.mark.parametrize("copies", [copies_in_form, copies_by_api])
@pytest.mark.parametrize("who", ["redaktion", "admin"])
def test_nobody_publishes_a_copy_of_a_story(scene, who, copies, how):
    is_public(scene)
    scene.who = getattr(scene.team, who)
    assert copies(scene, scene.fresh(), **{how: "on"}) is None


@pytest.mark.parametrize("copies", [copies_in_form, copies_by_api])
def test_a_copy_of_a_story_is_a_draft(scene, copies):
    is_public(scene)
    scene.who = scene.team.redaktion
    assert not copies(scene, scene.fresh()).live


def test_a_translation_becomes_no_public_copy_of_its_source(scene):
    is_public(scene)
    english = Locale.objects.create(language_code="en")
    source, _is_new = TranslationSource.update_or_create_from_instance(scene.fresh())
    Translation.objects.create(source=source, target_locale=english).save_target(publish=False)
    translated = scene.fresh().get_translation(english)
    scene.who = scene.team.redaktion
    scene.post(reverse("wagtail_localize:convert_to_alias", args=[translated.pk]))
    translated.refresh_from_db()
    assert (translated.alias_of_id, translated.live) == (None, False)


def test_once_published_a_page_forgets_who_wrote_it(scene):
    is_public(scene)
    page = scene.fresh()
    page.save_revision(user=scene.team.zweite_redaktion)
    assert writers_of(scene.fresh()) == {scene.team.zweite_redaktion.pk}


def test_other_pages_may_be_published_by_one(scene):
    page = factories.StandardPageFactory(parent=scene.team.tree.home, slug="ueber", live=False)
    page.save_revision(user=scene.team.redaktion).publish(user=scene.team.redaktion)
    page.refresh_from_db()
    assert page.live


def test_a_workflow_over_our_desks_makes_the_rule_hold_for_other_pages(scene):
    page = factories.StandardPageFactory(parent=scene.team.tree.home, slug="ueber", live=False)
    workflow = Workflow.objects.get(name="Vier Augen")
    workflow.workflow_pages.create(page=page)
    revision = page.save_revision(user=scene.team.redaktion)
    with pytest.raises(PermissionDenied):
        revision.publish(user=scene.team.redaktion)


# --- Times of election ----------------------------------------------------------------------------


@pytest.fixture
def election(home):
    """Let it be a time of election."""
    today = timezone.localdate()
    days = {"election_start": today, "election_end": today + dt.timedelta(days=30)}
    CampaignSettings.objects.update_or_create(site=home.get_site(), defaults=days)
    return today


def test_in_a_time_of_election_the_leadership_approves_second(scene, election):
    at_editors(scene)
    scene.who = scene.team.redaktion
    assert decides("approve")(scene)
    assert not scene.fresh().live
    assert flow.status_of(scene.fresh()).desk == "Leitung"
    scene.who = scene.team.admin
    assert not decides("approve")(scene)
    scene.who = scene.team.leitung
    assert decides("approve")(scene)
    assert scene.fresh().live
    actions = set(PageLogEntry.objects.values_list("action", flat=True))
    assert "home.publish_in_election" in actions


def test_one_of_the_leadership_approves_what_another_has_changed(scene, election):
    at_editors(scene)
    scene.who = scene.team.redaktion
    assert decides("approve")(scene)
    scene.fresh().save_revision(user=scene.team.leitung)
    scene.who = scene.team.leitung
    assert not decides("approve")(scene)
    scene.who = User.objects.create_user("zweite-leitung")
    scene.who.groups.add(scene.team.leitung.groups.get())
    assert decides("approve")(scene)
    assert scene.fresh().live


@pytest.mark.parametrize("how", ["publish_copies", "alias"])
def test_in_a_time_of_election_nobody_publishes_a_copy(scene, election, how):
    page = factories.StandardPageFactory(parent=scene.team.tree.home, slug="ueber")
    scene.who = scene.team.redaktion
    assert copies_in_form(scene, page, **{how: "on"}) is None


def test_who_released_does_not_approve_second(scene, election):
    group = scene.team.leitung.groups.get()
    scene.team.redaktion.groups.add(group)
    at_editors(scene)
    scene.who = scene.team.redaktion
    assert decides("approve")(scene)
    assert not decides("approve")(scene)
    assert not scene.fresh().live


@pytest.mark.parametrize("act", [publishes_in_list, publishes_by_api])
def test_in_a_time_of_election_nobody_publishes_past_the_leadership(scene, election, act):
    scene.who = scene.team.redaktion
    assert not act(scene)


def test_in_a_time_of_election_the_rule_holds_for_every_page(scene, election):
    page = factories.StandardPageFactory(parent=scene.team.tree.home, slug="ueber", live=False)
    revision = page.save_revision(user=scene.team.beitragende)
    with pytest.raises(PermissionDenied):
        revision.publish(user=scene.team.redaktion)
    flow.submit(page, scene.team.beitragende)
    assert WorkflowState.objects.get().workflow.name == "Vier Augen"


def test_what_would_go_live_in_a_time_of_election_waits(scene, election):
    revision = scene.story.latest_revision
    Revision.objects.filter(pk=revision.pk).update(
        approved_go_live_at=timezone.now() - dt.timedelta(minutes=1)
    )
    call_command("publish_scheduled")
    assert not scene.fresh().live
    CampaignSettings.objects.update(election_start=None, election_end=None)
    call_command("publish_scheduled")
    assert scene.fresh().live


def test_a_day_that_lies_in_a_time_of_election_counts(scene, home):
    start = timezone.localdate() + dt.timedelta(days=10)
    days = {"election_start": start, "election_end": start + dt.timedelta(days=5)}
    CampaignSettings.objects.update_or_create(site=home.get_site(), defaults=days)
    scene.story.go_live_at = timezone.now() + dt.timedelta(days=12)
    revision = scene.story.save_revision(user=scene.team.beitragende)
    with pytest.raises(PermissionDenied):
        revision.publish(user=scene.team.redaktion)


def test_the_panel_shows_what_waits_for_whom(client, team, story, django_assert_max_num_queries):
    flow.submit(story, team.beitragende)
    for who, count in (("dezernat", 1), ("anderes_dezernat", 0), ("redaktion", 0), ("admin", 1)):
        client.force_login(getattr(team, who))
        html = client.get("/admin/").content.decode()
        assert "Wartet auf mich" in html
        assert ("Auf Sie wartet nichts." not in html) is bool(count)


def test_the_panel_costs_the_same_for_many_stories(client, team, django_assert_num_queries):
    def stories(count, first):
        for number in range(first, first + count):
            page = factories.ImpulsePageFactory(
                parent=team.tree.impulses,
                department=team.departments["own"],
                owner=team.beitragende,
                live=False,
                first_published_at=None,
                slug=f"s{number}",
            )
            page.save_revision(user=team.beitragende)
            flow.submit(page, team.beitragende)

    def queries():
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(
            connection,
        ) as captured:
            client.get("/admin/")
        return len(captured)

    client.force_login(team.dezernat)
    stories(2, 0)
    client.get("/admin/")
    few = queries()
    stories(6, 2)
    assert queries() == few


def test_the_reason_is_written_into_the_log(scene):
    at_department(scene)
    scene.who = scene.team.dezernat
    decides("decline", comment="Das gehört nicht hierher.")(scene)
    entry = PageLogEntry.objects.get(action="home.reject")
    assert entry.comment == "Das gehört nicht hierher."
    scene.who = scene.team.admin
    html = scene.get(scene.page_address("history")).content.decode()
    assert "Abgelehnt" in html
    assert json.dumps(entry.data)


def test_who_only_looks_has_written_nothing(scene):
    text = '<p data-block-key="{}">Wir waren da.</p>'
    scene.story.body = [("text", text.format("abcde"))]
    scene.story.save_revision(user=scene.team.beitragende)
    at_department(scene)
    before = scene.fresh().latest_revision_id
    scene.who = scene.team.dezernat
    stream = {
        "body-count": "1",
        "body-0-type": "text",
        "body-0-order": "0",
        "body-0-deleted": "",
        "body-0-id": scene.fresh().get_latest_revision_as_object().body[0].id,
    }
    looked = json.dumps(
        {
            "blocks": [
                {
                    "key": "zzzzz",
                    "text": "Wir waren da.",
                    "type": "unstyled",
                    "depth": 0,
                    "inlineStyleRanges": [],
                    "entityRanges": [],
                }
            ],
            "entityMap": {},
        }
    )
    scene.edit(**stream, **{"body-0-value": looked})
    assert scene.fresh().latest_revision_id == before
    scene.edit(**stream, **{"body-0-value": looked.replace("da.", "dort.")})
    assert scene.fresh().latest_revision_id != before
