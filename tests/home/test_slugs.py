"""Addresses are German, and the same whether the browser or the server makes them."""

import pytest

from home.models import StandardPage
from home.slugs import german_slug
from tests.slugs import NAMELESS, SLUGS

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("title", "slug"), SLUGS.items())
def test_a_title_becomes_a_german_slug(title, slug):
    assert german_slug(title) == slug


@pytest.mark.parametrize("title", NAMELESS)
def test_a_draft_whose_title_has_only_signs_gets_a_slug(home, title):
    pages = [home.add_child(instance=StandardPage(title=title, live=False)) for _ in range(2)]
    assert [page.slug for page in pages] == ["seite", "seite-2"]
    assert [page.url_path for page in pages] == [f"{home.url_path}seite{n}/" for n in ("", "-2")]


def test_a_long_title_has_a_slug_that_fits():
    assert german_slug("Größe " * 60) == german_slug("Größe " * 90)
    assert len(german_slug("ß" * 255)) == 255


def test_a_page_without_a_slug_gets_a_german_one(home):
    page = home.add_child(instance=StandardPage(title="Grundgesetz für alle: Würde & Größe"))
    assert page.slug == "grundgesetz-fuer-alle-wuerde-und-groesse"


def test_a_second_page_of_the_same_title_gets_another_slug(home):
    pages = [home.add_child(instance=StandardPage(title="Über uns")) for _ in range(2)]
    assert [page.slug for page in pages] == ["ueber-uns", "ueber-uns-2"]


def test_a_slug_that_an_editor_has_chosen_stays(home):
    page = home.add_child(instance=StandardPage(title="Über uns", slug="wir"))
    assert page.slug == "wir"
