"""An editor sees a page before it is saved, whatever is still missing."""

import pytest
from wagtail.models import Page

from blog.models import GuestPostPage
from home.models import HomePage, StandardPage
from impulses.models import ImpulsePage
from postcards.models import CourageCardPage, PostcardPage

OVERVIEWS = {
    GuestPostPage: "blog",
    ImpulsePage: "impulses",
    PostcardPage: "postcards",
    CourageCardPage: "courage",
    StandardPage: "home",
}


@pytest.mark.parametrize("model", OVERVIEWS, ids=lambda model: model.__name__)
def test_a_page_that_was_never_saved_has_a_preview(tree, model):
    parent = getattr(tree, OVERVIEWS[model])
    page = model(title="Noch ein Entwurf", slug="noch-ein-entwurf", locale=parent.locale)
    # As Wagtail places it for the preview.
    page.set_url_path(parent)
    page.depth = parent.depth + 1
    page.path = Page._get_children_path_interval(parent.path)[1]

    answer = page.make_preview_request()

    assert answer.status_code == 200
    assert "Noch ein Entwurf" in answer.text


def test_a_home_page_that_was_never_saved_has_a_preview(tree):
    page = HomePage(
        title="Eine zweite Startseite",
        slug="zweite",
        claim="Noch ohne Inhalt",
        locale=tree.home.locale,
    )
    page.depth, page.path, page.url_path = 2, "00010009", "/zweite/"

    assert "Noch ohne Inhalt" in page.make_preview_request().text
