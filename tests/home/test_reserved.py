"""No page gets an address that leads somewhere else, however it comes to its place."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.models import Locale, Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from home.models import HomePage, StandardPage
from postcards.models import CourageCardPage
from tests import factories

#: Slugs that are taken below an overview, by the tree's name for it.
ROUTES = [("impulses", "feed"), ("blog", "feed"), ("courage", "ziehen")]
LISTED = {
    "impulses": factories.ImpulsePageFactory,
    "blog": factories.GuestPostPageFactory,
    "courage": factories.CourageCardPageFactory,
}
#: Slugs that are taken below the home page.
SEGMENTS = ["admin", "api", "documents", "media", "static", "suche", "_util"]
LANGUAGES = ["de", "en", "EN", "de-simple", "en-passant", "en-bloc"]


@pytest.mark.parametrize(("overview", "slug"), ROUTES)
def test_what_an_overview_answers_itself_is_no_pages_address(tree, overview, slug):
    with pytest.raises(ValidationError) as caught:
        LISTED[overview](parent=getattr(tree, overview), slug=slug)
    (message,) = caught.value.message_dict["slug"]
    assert f"„{slug}“" in message
    assert f"„{slug}-2“" in message


@pytest.mark.parametrize("slug", [*SEGMENTS, *LANGUAGES])
def test_what_the_website_answers_itself_is_no_pages_address(home, slug):
    with pytest.raises(ValidationError) as caught:
        factories.StandardPageFactory(parent=home, slug=slug)
    assert set(caught.value.message_dict) == {"slug"}


@pytest.mark.parametrize("slug", ["ueber", "feed", "ziehen", "de-facto", "ende", "suche-hilfe"])
def test_other_slugs_are_free_below_the_home_page_and_reached(home, client, slug):
    factories.StandardPageFactory(parent=home, slug=slug)
    assert client.get(f"/{slug}/").status_code == 200


@pytest.mark.parametrize("slug", [*SEGMENTS, *LANGUAGES])
def test_deeper_down_the_websites_own_addresses_are_free(home, client, slug):
    parent = factories.StandardPageFactory(parent=home, slug="hilfe")
    factories.StandardPageFactory(parent=parent, slug=slug)
    assert client.get(f"/hilfe/{slug}/").status_code == 200


@pytest.mark.parametrize(
    ("title", "slug"),
    [("Suche", "suche-2"), ("Admin", "admin-2"), ("En bloc", "seite-en-bloc"), ("EN", "seite-en")],
)
def test_a_slug_made_from_the_title_goes_out_of_the_way(home, title, slug):
    for number in ("", "-2"):
        assert home.add_child(instance=StandardPage(title=title)).slug == f"{slug}{number}"


def form(**values):
    """Return what the form of a page sends."""
    return nested_form_data(
        {
            "title": "Unterwegs",
            "body": streamfield([]),
            "article_links": inline_formset([]),
            "comments": inline_formset([]),
            "licence": "cc-by-4.0",
            "ai_use": "none",
            **values,
        }
    )


def test_the_form_says_so_at_the_slug_of_a_new_page_and_of_an_old_one(home, admin_client):
    address = reverse("wagtailadmin_pages:add", args=["home", "standardpage", home.pk])
    response = admin_client.post(address, form(slug="suche"))
    (message,) = response.context["form"].errors["slug"]
    assert "„suche-2“" in message
    page = factories.StandardPageFactory(parent=home, slug="unterwegs")
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert admin_client.post(address, form(slug="suche")).context["form"].errors["slug"] == [
        message
    ]


def test_a_copy_is_refused_where_its_slug_is_reserved(tree, admin_client):
    page = factories.StandardPageFactory(parent=tree.home)
    address = reverse("wagtailadmin_pages:copy", args=[page.pk])
    data = {"new_title": "Kopie", "new_slug": "admin", "new_parent_page": tree.home.pk}
    assert "new_slug" in admin_client.post(address, data).context["form"].errors
    assert admin_client.post(address, data | {"new_slug": "kopie"}).status_code == 302
    assert StandardPage.objects.filter(slug="kopie").exists()


def move_one(client, page, destination):
    client.post(reverse("wagtailadmin_pages:move_confirm", args=[page.pk, destination.pk]))


def move_several(client, page, destination):
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "move"])
    client.post(f"{address}?id={page.pk}&next=/admin/", {"chooser": destination.pk})


@pytest.mark.parametrize("move", [move_one, move_several])
def test_a_page_is_not_moved_to_where_its_slug_is_reserved(home, admin_client, move):
    parent = factories.StandardPageFactory(parent=home, slug="hilfe")
    taken = factories.StandardPageFactory(parent=parent, slug="suche")
    free = factories.StandardPageFactory(parent=parent, slug="finden")
    for page in (taken, free):
        move(admin_client, page, Page.objects.get(pk=home.pk))
    assert Page.objects.get(pk=taken.pk).get_parent().pk == parent.pk
    assert Page.objects.get(pk=free.pk).get_parent().pk == home.pk
    said = admin_client.get("/admin/").content.decode()
    assert "„suche-2“" in said


def test_a_translation_is_refused_where_its_slug_is_reserved(tree):
    english = Locale.objects.create(language_code="en")
    for page in (tree.home, tree.courage):
        page.copy_for_translation(english)
    card = factories.CourageCardPageFactory(parent=tree.courage, slug="eine-karte")
    copy = card.copy_for_translation(english)
    assert copy.slug == "eine-karte"
    copy.slug = "ziehen"
    with pytest.raises(ValidationError):
        copy.save_revision()
    assert CourageCardPage.objects.filter(slug="ziehen").count() == 0
    assert HomePage.objects.count() == 2


def test_addresses_below_a_page_take_its_slug_from_nobody_else(tree):
    with pytest.raises(ValidationError, match="teilen"):
        factories.ImpulsePageFactory(parent=tree.impulses, slug="teilen")
    assert factories.StandardPageFactory(parent=tree.home, slug="teilen").slug == "teilen"
