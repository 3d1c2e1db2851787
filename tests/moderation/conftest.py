"""People of every role, two departments, and a story of one of them."""

from types import SimpleNamespace

import pytest
from django.contrib.auth.models import Group, User

from home import roles
from home.models import Department
from home.moderation.workflow import make_house_workflow
from tests import factories
from tests.standing import standing

PEOPLE = {
    "beitragende": (roles.CONTRIBUTORS, None),
    "dezernat": (roles.DEPARTMENT_EDITORS, "own"),
    "anderes-dezernat": (roles.DEPARTMENT_EDITORS, "other"),
    "redaktion": (roles.EDITORS, None),
    "zweite-redaktion": (roles.EDITORS, None),
    "leitung": (roles.LEADERSHIP, None),
    "technik": ("Technik", None),
    "ohne-rolle": (None, None),
}


def build_team():
    """Make the house's roles and its workflow, two departments, and the people."""
    roles.create_roles()
    make_house_workflow()
    departments = {
        "own": factories.DepartmentFactory(),
        "other": factories.DepartmentFactory(),
    }
    for name, (role, department) in PEOPLE.items():
        user = User.objects.create_user(
            name, f"{name}@stadt.example", first_name=name.title(), last_name="Muster"
        )
        if role:
            user.groups.add(Group.objects.get(name=role))
        if department:
            departments[department].editors.add(user)
            departments[department].save()
    User.objects.create_superuser("admin", "admin@stadt.example")
    return departments


@pytest.fixture(scope="module")
def standing_team(standing_tree, django_db_blocker):
    """Make the people once for all tests of a module, which asks for them with `usefixtures`."""
    with standing(django_db_blocker):
        yield build_team()


@pytest.fixture
def team(request, tree):
    """Return the people by their names, and the departments: as they stand, or newly made."""
    stands = "standing_team" in request.fixturenames
    departments = request.getfixturevalue("standing_team") if stands else build_team()
    users = User.objects.in_bulk([*PEOPLE, "admin"], field_name="username")
    return SimpleNamespace(
        tree=tree,
        departments={key: Department.objects.get(pk=one.pk) for key, one in departments.items()},
        **{name.replace("-", "_"): user for name, user in users.items()},
    )


@pytest.fixture
def story(team):
    """Return a contributor's draft of a story of their department."""
    page = factories.ImpulsePageFactory(
        parent=team.tree.impulses,
        department=team.departments["own"],
        owner=team.beitragende,
        live=False,
        first_published_at=None,
        slug="aktionstag",
        title="Aktionstag",
        body=[],
        steps=[],
    )
    page.save_revision(user=team.beitragende)
    return page


@pytest.fixture
def decide(client):
    """Return a function that lets somebody act at a desk, as the admin's buttons do."""

    def act(page, user, action, comment=""):
        page = type(page).objects.get(pk=page.pk)
        state = page.current_workflow_task_state
        state.task.specific.on_action(state, user, action, comment=comment)
        return type(page).objects.get(pk=page.pk)

    return act
