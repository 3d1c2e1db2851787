"""Lists by name are in alphabetical order: "Ä" stands at "A", on every database."""

import pytest
from django.urls import reverse
from wagtail.models import Page

from blog.models import Author
from home.alphabet import alphabetical, sort_key
from home.facets import _choices
from home.models import Department, Rota
from tests import factories

#: In order.
NAMES = [
    "Adler",
    "Ägypten",
    "Aktion",
    "ältere Menschen",
    "Bezirk",
    "Café",
    "Kultur",
    "Maas",
    "Masse",
    "Maße",
    "Mast",
    "Muller",
    "Müller",
    "Muster",
    "Oase",
    "Öffentlichkeit",
    "Ort",
    "Straße",
    "Strauß",
    "Über uns",
    "Umwelt",
    "Zoo",
]
MIXED = [*NAMES[::2], *NAMES[1::2]]


def test_python_sorts_as_a_dictionary_does():
    assert sorted(MIXED, key=sort_key) == NAMES


def test_the_database_sorts_as_a_dictionary_does(home):
    for number, name in enumerate(MIXED):
        factories.StandardPageFactory(parent=home, title=name, slug=f"seite-{number}")
    pages = Page.objects.child_of(home)
    assert list(pages.order_by(alphabetical("title")).values_list("title", flat=True)) == NAMES
    reverse_order = pages.order_by(alphabetical("title").desc())
    assert list(reverse_order.values_list("title", flat=True)) == NAMES[::-1]


@pytest.fixture
def departments(db):
    """Make departments in no order."""
    return [
        factories.DepartmentFactory(short_name=name, slug=f"amt-{number}")
        for number, name in enumerate(MIXED)
    ]


def test_departments_and_authors_stand_in_order(departments):
    for name in MIXED:
        factories.AuthorFactory(name=name)
    assert [one.short_name for one in Department.objects.all()] == NAMES
    assert [one.name for one in Author.objects.all()] == NAMES


def test_the_rota_names_those_who_lead_together_in_order(departments):
    for department in departments[::-1]:
        factories.RotaEntryFactory(department=department, start="2026-01-01", end="2099-12-31")
    assert [department.short_name for department in Rota.on().current] == NAMES


def test_the_api_lists_departments_and_titles_in_order(home, departments, client):
    answer = client.get("/api/v1/departments").json()
    assert [one["short_name"] for one in answer["items"]] == NAMES
    for number, name in enumerate(MIXED):
        factories.StandardPageFactory(parent=home, title=name, slug=f"seite-{number}")
    pages = client.get("/api/v1/pages?order=title&type=standard&limit=100").json()
    assert [page["title"] for page in pages["items"]] == NAMES


def test_what_pages_are_filtered_by_stands_in_order(tree, client, departments):
    for number, department in enumerate(departments):
        factories.ImpulsePageFactory(
            parent=tree.impulses,
            title=f"Impuls {number}",
            department=department,
            tags=[department.short_name],
        )
    listing = client.get("/impulse/").context["listing"]
    options = {view.name: [option.label for option in view.options] for view in listing.facets}
    assert options["department"] == options["tag"] == NAMES


def test_the_apis_filters_stand_in_order_where_counts_are_equal():
    choices = _choices("tag", {(name, name): 1 for name in MIXED})
    assert [choice.label for choice in choices] == NAMES


@pytest.mark.parametrize(("asked", "names"), [("title", NAMES), ("-title", NAMES[::-1])])
def test_the_admins_list_of_pages_is_sorted_by_title(home, admin_client, asked, names):
    for number, name in enumerate(MIXED):
        factories.StandardPageFactory(parent=home, title=name, slug=f"seite-{number}")
    address = reverse("wagtailadmin_explore", args=[home.pk])
    response = admin_client.get(address, {"ordering": asked})
    assert [page.title for page in response.context["object_list"]] == names
    found = admin_client.get(address, {"ordering": asked, "q": "Müller"})
    assert found.status_code == 200


@pytest.mark.parametrize("view", ["home_department", "blog_author"])
@pytest.mark.parametrize("asked", ["", "name", "-name"])
def test_the_admins_lists_and_choosers_of_names_are_in_order(db, admin_client, view, asked):
    for number, name in enumerate(MIXED):
        if view == "home_department":
            factories.DepartmentFactory(name=name, short_name=name, slug=f"amt-{number}")
        else:
            factories.AuthorFactory(name=name)
    listed = admin_client.get(
        reverse(f"wagtailsnippets_{view}:list"), {"ordering": asked} if asked else {}
    )
    names = NAMES[::-1] if asked == "-name" else NAMES
    shown = [one.name for one in listed.context["object_list"]]
    assert shown == names[: len(shown)]
    assert len(shown) >= 20
    chooser = admin_client.get(reverse(f"wagtailsnippetchoosers_{view}:choose_results"))
    places = [chooser.content.decode().index(name) for name in NAMES[:4]]
    assert places == sorted(places)


def test_page_types_are_offered_in_order(home, admin_client):
    response = admin_client.get(reverse("wagtailadmin_pages:add_subpage", args=[home.pk]))
    offered = [str(shown[0]) for shown in response.context["page_types"]]
    assert len(offered) > 3
    assert offered == sorted(offered, key=sort_key)
