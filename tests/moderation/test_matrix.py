"""Who may do what: every role and every action, by view, by POST and by the admin's API."""

import itertools
import json

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import querydict_from_html

from home.models import CampaignSettings
from home.moderation import flow
from impulses.models import ImpulsePage
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("standing_team")]

WHO = (
    "anonymous",
    "ohne_rolle",
    "beitragende",
    "dezernat",
    "anderes_dezernat",
    "redaktion",
    "leitung",
    "technik",
    "admin",
)


EMPTY_STREAMS = {f"{name}-count": "0" for name in ("body", "steps", "social_profiles")}


class Scene:
    """A story, and somebody who wants to do something with it."""

    def __init__(self, client, team, story):
        self.client, self.team, self.story = client, team, story

    def fresh(self):
        """Return the story as it is stored; None if it is gone."""
        return ImpulsePage.objects.filter(pk=self.story.pk).first()

    def form(self, address, form_id, **changes):
        """Return an admin form's data, as an administrator sees it, with changes."""
        user, self.who = self.who, self.team.admin
        html = self.get(address).content.decode()
        self.who = user
        # Streams stand in the form as JSON, which the browser makes fields of.
        return querydict_from_html(html, form_id=form_id).dict() | EMPTY_STREAMS | changes

    def get(self, address):
        """Ask for an address as the person."""
        self.log_in()
        return self.client.get(address)

    def post(self, address, data=None, **options):
        """Send something as the person."""
        self.log_in()
        return self.client.post(address, data or {}, **options)

    def log_in(self):
        """Become the person."""
        self.client.logout()
        if self.who is not None:
            self.client.force_login(self.who)

    def page_address(self, name, *args):
        """Return an address of the story in the admin."""
        return reverse(f"wagtailadmin_pages:{name}", args=[self.story.pk, *args])

    def edit(self, **changes):
        """Send the story's form."""
        address = self.page_address("edit")
        return self.post(address, self.form(address, "page-edit-form", **changes))

    def api(self, action, **data):
        """Let the admin's API do something with the story."""
        address = f"/admin/api/main/pages/{self.story.pk}/action/{action}/"
        return self.post(address, json.dumps(data), content_type="application/json")

    def decide(self, action, **data):
        """Press a desk's button in a list."""
        state = self.fresh().current_workflow_task_state
        return self.post(self.page_address("workflow_action", action, state.pk), data)

    def bulk(self, action, **data):
        """Do something with the story from a list."""
        address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
        return self.post(f"{address}?next=/admin/&id={self.story.pk}", data)


@pytest.fixture
def scene(client, team, story):
    """Return a scene without a person."""
    return Scene(client, team, story)


def at_department(scene):
    """Hand the story in."""
    flow.submit(scene.story, scene.team.beitragende)


def at_editors(scene):
    """Let the department have approved."""
    at_department(scene)
    state = scene.fresh().current_workflow_task_state
    state.task.specific.on_action(state, scene.team.dezernat, "approve")


def is_public(scene):
    """Publish the story, as code may."""
    scene.story.latest_revision.publish()


def sees_draft(scene):
    return scene.get(scene.page_address("edit")).status_code == 200


def sees_preview(scene):
    return scene.get(scene.page_address("view_draft")).status_code == 200


def edits(scene):
    scene.edit(title="Anders")
    return scene.fresh().latest_revision.object_str == "Anders"


def submits(scene):
    scene.edit(**{"action-submit": "1"})
    return scene.fresh().workflow_in_progress


def creates(scene):
    address = reverse(
        "wagtailadmin_pages:add", args=["impulses", "impulsepage", scene.team.tree.impulses.pk]
    )
    changes = {
        "title": "Neu",
        "slug": "neu",
        "department": scene.story.department_id,
        "kind": "talk",
        "start_date": "01.05.2026",
        "own_task": "Bildung",
    }
    scene.post(address, scene.form(address, "page-edit-form", **changes))
    return Page.objects.filter(slug="neu").exists()


def decides(action, **data):
    def act(scene):
        before = flow.status_of(scene.fresh())
        scene.decide(action, **data)
        return flow.status_of(scene.fresh()) != before

    return act


def decides_in_form(action, **data):
    def act(scene):
        before = flow.status_of(scene.fresh())
        scene.edit(
            **{
                "action-workflow-action": "true",
                "workflow-action-name": action,
                "workflow-action-extra-data": json.dumps(data),
            }
        )
        return flow.status_of(scene.fresh()) != before

    return act


def publishes_in_form(scene):
    scene.edit(**{"action-publish": "1"})
    return scene.fresh().live


def publishes_in_list(scene):
    scene.bulk("publish")
    return scene.fresh().live


def publishes_by_api(scene):
    scene.api("publish")
    return scene.fresh().live


def unpublishes(scene):
    scene.post(scene.page_address("unpublish"))
    return not scene.fresh().live


def unpublishes_in_list(scene):
    scene.bulk("unpublish")
    return not scene.fresh().live


def unpublishes_by_api(scene):
    scene.api("unpublish")
    return not scene.fresh().live


def deletes(scene):
    scene.post(scene.page_address("delete"))
    return scene.fresh() is None


def deletes_in_list(scene):
    scene.bulk("delete")
    return scene.fresh() is None


def deletes_by_api(scene):
    scene.api("delete")
    return scene.fresh() is None


def moves(scene):
    other = factories.ImpulseIndexPageFactory(parent=scene.team.tree.home, slug="archiv")
    scene.post(scene.page_address("move_confirm", other.pk))
    return scene.fresh().get_parent().pk == other.pk


def moves_by_api(scene):
    other = factories.ImpulseIndexPageFactory(parent=scene.team.tree.home, slug="archiv")
    scene.api("move", destination_page_id=other.pk, position="last-child")
    return scene.fresh().get_parent().pk == other.pk


def changes_settings(scene):
    site = scene.team.tree.home.get_site()
    address = reverse("wagtailsettings:edit", args=["home", "campaignsettings", site.pk])
    scene.post(address, scene.form(address, None, name="Anders"))
    return CampaignSettings.objects.filter(site=site, name="Anders").exists()


def changes_roles(scene):
    person = scene.team.ohne_rolle
    address = reverse("wagtailusers_users:edit", args=[person.pk])
    scene.post(address, scene.form(address, None, first_name="Anders"))
    return User.objects.filter(pk=person.pk, first_name="Anders").exists()


def becomes_administrator(scene):
    person = scene.team.ohne_rolle
    address = reverse("wagtailusers_users:edit", args=[person.pk])
    scene.post(address, scene.form(address, None, is_superuser="on"))
    return User.objects.get(pk=person.pk).is_superuser


OF_DEPARTMENT = {"dezernat", "redaktion", "admin"}
EDITORS = {"redaktion", "admin"}
CHECKERS = {"dezernat", "admin"}
LEADERS = {"leitung", "admin"}
REASON = {"comment": "Bitte kürzen."}
NOBODY = frozenset()

#: What is tried: what has happened before, how it is done, and who succeeds.
ACTIONS = {
    "view": (None, sees_draft, OF_DEPARTMENT),
    "preview": (None, sees_preview, OF_DEPARTMENT),
    "create": (None, creates, OF_DEPARTMENT),
    "edit": (None, edits, OF_DEPARTMENT),
    "edit what a department checks": (at_department, edits, CHECKERS),
    "edit what editors release": (at_editors, edits, EDITORS),
    "submit": (None, submits, OF_DEPARTMENT),
    "approve first": (at_department, decides("approve"), CHECKERS),
    "approve first in the form": (at_department, decides_in_form("approve"), CHECKERS),
    "ask first": (at_department, decides("question", **REASON), CHECKERS),
    "ask first in the form": (at_department, decides_in_form("question", **REASON), CHECKERS),
    "reject first": (at_department, decides("decline", **REASON), CHECKERS),
    "release": (at_editors, decides("approve"), EDITORS),
    "release in the form": (at_editors, decides_in_form("approve"), EDITORS),
    "ask before release": (at_editors, decides("question", **REASON), EDITORS),
    "reject": (at_editors, decides("decline", **REASON), EDITORS),
    "reject in the form": (at_editors, decides_in_form("decline", **REASON), EDITORS),
    "reject without a reason": (at_editors, decides("decline"), NOBODY),
    "reject in the form without a reason": (at_editors, decides_in_form("decline"), NOBODY),
    "publish in the form": (None, publishes_in_form, NOBODY),
    "publish in a list": (None, publishes_in_list, NOBODY),
    "publish by API": (None, publishes_by_api, NOBODY),
    "unpublish": (is_public, unpublishes, EDITORS),
    "unpublish in a list": (is_public, unpublishes_in_list, EDITORS),
    "unpublish by API": (is_public, unpublishes_by_api, EDITORS),
    "delete": (None, deletes, EDITORS),
    "delete what is public": (is_public, deletes, EDITORS),
    "delete in a list": (None, deletes_in_list, EDITORS),
    "delete by API": (None, deletes_by_api, EDITORS),
    "move": (is_public, moves, EDITORS),
    "move by API": (is_public, moves_by_api, EDITORS),
    "change settings": (None, changes_settings, LEADERS),
    "change roles": (None, changes_roles, LEADERS),
    "make an administrator": (None, becomes_administrator, {"admin"}),
}


@pytest.mark.parametrize(("who", "action"), [*itertools.product(WHO, ACTIONS)])
def test_a_role_does_what_it_may_and_nothing_else(scene, who, action):
    before, act, allowed = ACTIONS[action]
    if before is not None:
        before(scene)
    scene.who = None if who == "anonymous" else getattr(scene.team, who)
    assert act(scene) is (who in allowed)
