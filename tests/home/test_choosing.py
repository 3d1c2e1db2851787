"""The page chooser begins among the pages of the language in which an editor writes."""

import json

import pytest
from wagtail.models import Locale

from home.models import HomePage
from postcards.models import PostcardIndexPage
from tests import factories


@pytest.fixture
def simple(tree, home):
    """Return the postcards' overview in Leichte Sprache, with a card."""
    locale = Locale.objects.create(language_code="de-simple")
    start = HomePage(title="Gute Regeln", slug="start-leicht", claim="Für alle", locale=locale)
    home.get_parent().add_child(instance=start)
    overview = start.add_child(
        instance=PostcardIndexPage(title="Post-Karten", slug="postkarten", locale=locale)
    )
    factories.PostcardPageFactory(parent=overview, title="Alle sind gleich", locale=locale)
    return overview


@pytest.fixture
def offered(editor, tree, simple):
    """Return a function that opens the chooser from a form, and returns what it shows."""
    factories.PostcardPageFactory(parent=tree.postcards, title="Gleichheit")

    def open_from(form):
        address = "/admin/choose-page/?page_type=postcards.postcardpage"
        answer = editor.get(address, headers={"referer": f"http://testserver{form}"})
        return json.loads(answer.content)["html"]

    return open_from


@pytest.mark.parametrize(
    "form",
    ["/admin/pages/{simple}/edit/", "/admin/pages/add/postcards/postcardpage/{simple}/"],
)
def test_it_begins_in_the_language_of_the_form(offered, simple, form):
    shown = offered(form.format(simple=simple.pk))
    assert "Alle sind gleich" in shown
    assert "Gleichheit" not in shown


@pytest.mark.parametrize("form", ["", "/admin/", "/admin/pages/999999/edit/"])
def test_without_a_page_it_begins_in_the_default_language(offered, form):
    shown = offered(form)
    assert "Gleichheit" in shown
    assert "Alle sind gleich" not in shown


@pytest.mark.parametrize("types", ["nothing", "nothing.atall", "auth.user", "a,b", ""])
def test_a_type_that_there_is_not_is_no_failure(editor, tree, types):
    answer = editor.get(f"/admin/choose-page/?page_type={types}")
    assert answer.status_code == (404 if types else 200)
