"""No page goes live with people who have not agreed, and a withdrawal says what it takes away."""

import datetime as dt
import json

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import ModelLogEntry, Page
from wagtail.test.utils.form_data import nested_form_data, streamfield

from home.approvals import refusal_of
from home.models import CampaignImage, StandardPage
from home.pictures.consent import reason, unsettled_on
from home.pictures.usage import all_pages_with
from tests import factories
from tests.pictures import files


def unsettle(image):
    image.consent_reference = " "
    image.save()


def expire(image):
    image.consent_valid_until = dt.date(2020, 1, 1)
    image.save()


def withdraw(image):
    image.consent_withdrawn_on = dt.date(2026, 11, 1)
    image.save()


WAYS = {"zeigt Personen": unsettle, "galt bis": expire, "widerrufen": withdraw}


@pytest.mark.parametrize("word", WAYS)
def test_a_picture_without_consent_is_unsettled_with_a_reason(tree, portrait, word):
    page = factories.StandardPageFactory(parent=tree.home, teaser_image=portrait)
    assert unsettled_on(page) == []
    WAYS[word](portrait)
    assert unsettled_on(page) == [portrait]
    assert word in reason(unsettled_on(page)[0])


def test_people_are_settled_until_the_last_day_is_over(db, portrait, monkeypatch):
    portrait.consent_valid_until = dt.date(2026, 11, 20)
    days = {19: False, 20: False, 21: True}
    for day, lacks in days.items():
        today = dt.date(2026, 11, day)
        monkeypatch.setattr("django.utils.timezone.localdate", lambda today=today: today)
        assert portrait.lacks_consent is lacks


def test_a_picture_without_people_is_settled(tree):
    image = factories.ImageFactory()
    assert unsettled_on(factories.StandardPageFactory(parent=tree.home, teaser_image=image)) == []


def places(tree, image):
    """Yield a page for each place that a picture can have."""
    shown = {"image": image.pk, "decorative": True, "alt_text": "", "caption": ""}
    blocks = {
        "picture": shown,
        "gallery": {"title": "", "pictures": [shown]},
        "contact": {"name": "Mara", "portrait": image.pk},
        "logos": {"title": "", "items": [{"image": image.pk, "name": "S"}]},
    }
    for name, value in blocks.items():
        body = [{"type": name, "value": value}]
        yield factories.StandardPageFactory(parent=tree.home, body=body)
    author = factories.AuthorFactory(portrait=image)
    yield factories.StandardPageFactory(parent=tree.home, teaser_image=image)
    yield factories.PostcardPageFactory(parent=tree.postcards, picture=image)
    yield factories.GuestPostPageFactory(parent=tree.blog, title_image=image)
    yield factories.GuestPostPageFactory(parent=tree.blog, authors=[author])


def test_an_unsettled_picture_is_found_in_every_place_with_one_query(
    tree, portrait, django_assert_num_queries
):
    unsettle(portrait)
    for page in places(tree, portrait):
        draft = page.get_latest_revision_as_object()
        assert unsettled_on(draft) == [portrait], page
        assert page.page_ptr in all_pages_with(portrait), page
    draft = StandardPage.objects.exclude(teaser_image=None).get()
    with django_assert_num_queries(1):
        unsettled_on(draft)


# --- Every way to publish -----------------------------------------------------------------------


@pytest.fixture
def unsettled(portrait):
    """Return a picture of people of whom nothing says that they agree."""
    unsettle(portrait)
    return portrait


@pytest.fixture
def draft(tree, unsettled):
    """Return a draft with the picture."""
    page = factories.StandardPageFactory(
        parent=tree.home, title="Entwurf", teaser_image=unsettled, live=False
    )
    page.save_revision()
    return page


def form_data(image, **more):
    data = {
        "title": "Entwurf",
        "slug": "entwurf",
        "search_description": "Worum es geht.",
        "teaser_image": image.pk,
        "licence": "cc-by-4.0",
        "ai_use": "none",
        "body": streamfield([]),
        "article_links": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0},
        "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0},
    }
    found = nested_form_data(data) | more
    return {name: "" if value is None else value for name, value in found.items()}


@pytest.mark.parametrize("button", ["action-publish", "action-submit"])
@pytest.mark.parametrize("is_new", [True, False], ids=["new page", "edited page"])
def test_the_form_refuses_and_leads_to_the_picture(tree, draft, unsettled, editor, button, is_new):
    address = reverse("wagtailadmin_pages:edit", args=[draft.pk])
    if is_new:
        address = reverse("wagtailadmin_pages:add", args=["home", "standardpage", tree.home.pk])
    slug = "neu" if is_new else draft.slug
    answer = editor.post(address, form_data(unsettled, slug=slug, **{button: "1"}))
    assert answer.status_code == 200
    html = answer.content.decode()
    assert reverse("wagtailimages:edit", args=[unsettled.pk]) in str(
        answer.context["form"].non_field_errors()
    )
    assert "Mit diesen Bildern" in html
    assert "&lt;a href" not in html
    # In the banner, which has the words of all errors.
    banner = html.partition('class="messages')[2].partition("</ul>")[0]
    assert f'<a href="{reverse("wagtailimages:edit", args=[unsettled.pk])}">' in banner
    assert not Page.objects.filter(slug=slug, live=True).exists()


def test_a_draft_can_be_saved(draft, unsettled, editor):
    address = reverse("wagtailadmin_pages:edit", args=[draft.pk])
    answer = editor.post(address, form_data(unsettled, slug=draft.slug))
    assert answer.status_code == 302


def test_approving_names_the_picture(draft, unsettled):
    assert unsettled.title in refusal_of(draft)
    assert "<" not in refusal_of(draft)


def test_publishing_many_at_once_names_the_picture(draft, unsettled, editor):
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    answer = editor.post(
        f"{address}?id={draft.pk}&next=/admin/", {"include_descendants": ""}, follow=True
    )
    assert unsettled.title in "".join(str(message) for message in answer.context["messages"])
    draft.refresh_from_db()
    assert not draft.live


# --- Withdrawing --------------------------------------------------------------------------------


@pytest.fixture
def address(portrait):
    """Return where the consent for the picture is withdrawn."""
    return reverse("withdraw_consent", args=[portrait.pk])


def test_the_picture_s_page_leads_to_withdrawing(portrait, editor, address):
    page = reverse("wagtailimages:edit", args=[portrait.pk])
    assert address in editor.get(page).content.decode()
    withdraw(portrait)
    assert address not in editor.get(page).content.decode()
    assert "consent_withdrawn_on" in editor.get(page).context["form"].fields


def test_all_pages_with_the_picture_are_named_first(tree, portrait, editor, address):
    live = factories.StandardPageFactory(parent=tree.home, title="Seite", teaser_image=portrait)
    draft = factories.StandardPageFactory(parent=tree.home, title="Fassung")
    draft.teaser_image = portrait
    draft.save_revision()
    factories.StandardPageFactory(parent=tree.home, title="Ohne")
    author = factories.AuthorFactory(portrait=portrait)
    answer = editor.get(address)
    assert answer.context["pages"] == [draft.page_ptr, live.page_ptr]
    html = answer.content.decode()
    for page in (live, draft):
        assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in html
    assert author.name in html
    assert CampaignImage.objects.get().consent_withdrawn_on is None


def test_withdrawing_takes_effect_at_once_and_once(portrait, editor, address):
    for _time in range(2):
        assert editor.post(address).status_code == 302
    portrait.refresh_from_db()
    assert portrait.consent_withdrawn_on
    assert portrait.is_held
    assert ModelLogEntry.objects.filter(action="home.withdraw_consent").count() == 1


def test_nobody_else_withdraws(portrait, client, address, django_user_model):
    assert client.post(address).status_code == 302  # to the login
    user = django_user_model.objects.create_user("gast")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(user)
    assert client.get(address).status_code in {302, 403}
    client.post(address)
    portrait.refresh_from_db()
    assert portrait.consent_withdrawn_on is None


def test_a_picture_that_is_gone_is_not_found(db, editor):
    assert editor.get(reverse("withdraw_consent", args=[4711])).status_code == 404


def test_a_withdrawal_to_come_is_refused(portrait, editor):
    withdraw(portrait)
    address = reverse("wagtailimages:edit", args=[portrait.pk])
    data = {
        "title": "Bild",
        "licence": "cc0",
        "ai_use": "none",
        "consent_withdrawn_on": "01.01.2099",
    }
    assert "consent_withdrawn_on" in editor.post(address, data).context["form"].errors
    data["consent_withdrawn_on"] = ""
    assert editor.post(address, data).status_code == 302
    portrait.refresh_from_db()
    assert not portrait.is_held


@pytest.mark.parametrize(
    ("view", "prefix"),
    [("wagtailimages:add", ""), ("wagtailimages_chooser:choose", "image-chooser-upload-")],
)
def test_every_upload_form_asks_for_people(db, editor, view, prefix):
    answer = editor.get(reverse(view))
    html = answer.json()["html"] if prefix else answer.content.decode()
    for name in ("shows_people", "consent_reference", "consent_valid_until"):
        assert f'name="{prefix}{name}"' in html
    assert "consent_withdrawn_on" not in html


def test_several_at_once_are_asked_for_people_too(db, editor):
    file = SimpleUploadedFile("bild.jpg", files.picture(), "image/jpeg")
    answer = editor.post(
        reverse("wagtailimages:add_multiple"),
        {"files[]": file, "title": "Bild"},
        headers={"X-Requested-With": "XMLHttpRequest"},
    )
    form = answer.json()["form"]
    for name in ("shows_people", "consent_reference", "consent_valid_until"):
        assert f"-{name}" in form


def test_the_api_does_not_tell_of_consent(tree, portrait, client):
    page = factories.StandardPageFactory(parent=tree.home, teaser_image=portrait)
    answer = client.get(f"/api/v1/pages/{page.pk}").content.decode()
    assert "aufnahme-xyz" in answer
    assert "consent" not in answer
    assert "Akte 13" not in json.dumps(answer)
