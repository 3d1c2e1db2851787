"""A picture that is held back is in no answer and under no address that a citizen can ask."""

import datetime as dt
import re
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest
from django.core import signing
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from wagtail.models import Collection, Page
from wagtail_headless_preview.models import HeadlessPreviewMixin, PagePreview

from api.images import sources
from home.lookups import lookups
from home.models import CampaignImage, ContentVersion, SubmittedCollection
from home.pictures import showing
from home.pictures.submitted import add_picture, submitted_collection
from tests import factories
from tests.pictures import files

#: What would betray the picture, wherever it stands.
TRACES = re.compile(r"aufnahme-xyz|held_images|Xaver Zyx|Mara im Gegenlicht|not-found", re.I)


def traces(read, addresses):
    """Return the addresses whose answers show something of the picture."""
    return [address for address in addresses if TRACES.search(read(address))]


def withdraw(image):
    image.consent_withdrawn_on = dt.date(2026, 11, 1)
    image.save()


def expire(image):
    image.consent_valid_until = dt.date(2020, 1, 1)
    image.save()


def overdue(image):
    """End the consent without anything having run since, as shortly after midnight."""
    CampaignImage.objects.filter(pk=image.pk).update(consent_valid_until=dt.date(2020, 1, 1))
    ContentVersion.renew()


def withhold(image):
    CampaignImage.objects.filter(pk=image.pk).update(is_held=True)
    ContentVersion.renew()


def test_a_settled_picture_is_shown_everywhere(everywhere, read):
    assert len(traces(read, everywhere)) > 25


@pytest.mark.parametrize("way", [withdraw, expire, overdue, withhold])
def test_no_page_list_feed_or_answer_shows_a_picture_that_is_held_back(
    everywhere, portrait, read, way
):
    way(portrait)
    assert traces(read, everywhere) == []


def test_pages_stay_without_their_pictures(everywhere, portrait, client):
    before = {address: client.get(address).status_code for address in everywhere}
    withdraw(portrait)
    assert {address: client.get(address).status_code for address in everywhere} == before


def test_a_page_shows_its_next_picture_instead(tree, portrait, read):
    other = factories.ImageFactory(file__filename="anderes-bild.jpg")
    page = factories.GuestPostPageFactory(
        parent=tree.blog, teaser_image=portrait, title_image=other
    )
    withdraw(portrait)
    assert "anderes-bild" in read(tree.blog.get_url())
    assert "anderes-bild" in re.search(r'og:image" content="([^"]+)', read(page.get_url()))[1]


def test_held_pictures_cost_no_query_more(tree, portrait, client, django_assert_max_num_queries):
    shown = {"image": portrait.pk, "decorative": True, "alt_text": "", "caption": ""}
    body = [{"type": "picture", "value": shown}] * 10
    page = factories.StandardPageFactory(parent=tree.home, teaser_image=portrait, body=body[:1])
    withdraw(portrait)
    client.get(page.get_url())
    with django_assert_max_num_queries(30) as one:
        client.get(page.get_url())
    page.body = body
    page.save()
    with django_assert_max_num_queries(len(one)):
        client.get(page.get_url())


# --- Files --------------------------------------------------------------------------------------


@pytest.fixture
def shown(tree, portrait):
    """Return a page with the picture."""
    return factories.StandardPageFactory(parent=tree.home, teaser_image=portrait)


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """Return a context in which transactions end as they do in life."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def public_addresses(image):
    """Return where a picture's sizes can be read: files and the API's signed addresses."""
    size = image.get_rendition("width-40")
    with lookups():
        api = [urlsplit(source["url"]) for source in sources(image)]
    return [size.url, *(f"{address.path}?{address.query}" for address in api[:2])]


def found(client, addresses):
    """Return the status of each address, its body read."""
    answers = [client.get(address) for address in addresses]
    for answer in answers:
        read_whole(answer)
    return {answer.status_code for answer in answers}


def read_whole(answer):
    """Read an answer to its end, which closes its file."""
    return b"".join(answer) if answer.streaming else answer.content


@pytest.mark.parametrize("way", [withdraw, expire])
def test_every_address_of_a_picture_ends_with_its_consent(
    portrait, client, committed, way, monkeypatch
):
    waiting = SimpleNamespace(enqueue=lambda *_args: None)  # nobody does what is left to tasks
    monkeypatch.setattr("wagtail.images.signal_handlers.delete_file_from_storage_task", waiting)
    addresses = public_addresses(portrait)
    assert found(client, addresses) == {200}
    path = portrait.renditions.get(filter_spec="width-40").file
    assert path.storage.exists(path.name)
    with committed():
        way(portrait)
    assert found(client, addresses) == {404}
    assert not path.storage.exists(path.name)


def test_after_midnight_a_file_is_gone_before_anything_has_run(portrait, client):
    addresses = public_addresses(portrait)
    overdue(portrait)
    assert found(client, addresses) == {404}


def test_the_nightly_run_moves_what_is_over(portrait, committed, capsys):
    old = portrait.get_rendition("width-40").file
    overdue(portrait)
    with committed():
        call_command("pictures")
    portrait.refresh_from_db()
    assert portrait.is_held
    assert not old.storage.exists(old.name)
    assert capsys.readouterr().out.startswith("1 ")


def test_a_picture_comes_back_with_its_consent(shown, portrait, client, read):
    withdraw(portrait)
    held = portrait.get_rendition("width-40")
    assert held.file.name.startswith("held_images/")
    portrait.consent_withdrawn_on = None
    portrait.save()
    assert not portrait.renditions.filter(file__startswith="held_images/").exists()
    assert "aufnahme-xyz" in read(shown.get_url())
    assert found(client, public_addresses(portrait)) == {200}


def test_a_size_made_by_somebody_who_has_the_old_picture_lies_in_the_held_folder(portrait):
    old = CampaignImage.objects.get(pk=portrait.pk)
    withdraw(portrait)
    assert not old.is_held
    assert old.get_rendition("width-40").file.name.startswith("held_images/")


def test_a_held_file_is_served_with_a_signature_for_a_while(portrait, client, monkeypatch):
    withdraw(portrait)
    size = portrait.get_rendition("width-40")
    assert found(client, [size.url]) == {404}
    with showing.held_pictures(shown=True):
        signed = size.url
    answer = client.get(signed)
    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")
    assert read_whole(answer)
    other = portrait.get_rendition("width-30").url
    assert found(client, [f"{other}?{signed.partition('?')[2]}", f"{signed}x"]) == {404}
    now = signing.time.time()
    monkeypatch.setattr(signing.time, "time", lambda: now + showing.MAX_AGE + 5)
    assert found(client, [signed]) == {404}


def test_a_way_around_the_folder_s_name_leads_nowhere(portrait, client):
    withdraw(portrait)
    name = portrait.get_rendition("width-40").file.name.partition("/")[2]
    ways = ("images/../held_images", "held_images/.", "/held_images", "images/%2e%2e/held_images")
    assert found(client, [f"/media/{way}/{name}" for way in ways]) <= {404, 400}


# --- Those who see it ---------------------------------------------------------------------------


def test_the_admin_shows_it_where_it_works(shown, portrait, editor):
    withdraw(portrait)
    for address in (
        reverse("wagtailimages:index"),
        reverse("wagtailimages:edit", args=[portrait.pk]),
        reverse("wagtailimages_chooser:choose"),
    ):
        answer = editor.get(address)
        is_json = answer["Content-Type"] == "application/json"
        html = answer.json()["html"] if is_json else answer.content.decode()
        signed = re.search(r'src="(/media/held_images/[^"]+)"', html)[1].replace("&amp;", "&")
        assert found(Client(), [signed]) == {200}, address


def test_a_preview_of_a_draft_shows_it(shown, portrait, editor, client):
    withdraw(portrait)
    shown.save_revision()
    address = reverse("wagtailadmin_pages:view_draft", args=[shown.pk])
    assert "held_images" in editor.get(address).content.decode()
    assert not TRACES.search(editor.get(shown.get_url()).content.decode())


def test_the_api_has_addresses_of_it_in_drafts_alone(portrait):
    withdraw(portrait)
    assert sources(portrait) == []
    with showing.held_pictures(shown=True):
        assert sources(portrait)


def test_a_headless_draft_gives_addresses_that_work_for_a_while(shown, portrait, client):
    withdraw(portrait)
    token = HeadlessPreviewMixin.get_preview_signer().sign(f"id={shown.pk}")
    PagePreview.objects.create(
        token=token, content_type=shown.content_type, content_json=shown.to_json()
    )
    answer = client.get("/api/v1/preview", {"token": token}).json()
    source = urlsplit(answer["teaser_image"]["sources"][0]["url"])
    picture = client.get(f"{source.path}?{source.query}")
    assert (picture.status_code, picture["Cache-Control"]) == (200, "private, no-store")
    assert read_whole(picture)
    assert found(client, [source.path, f"{source.path}?{source.query}x"]) == {404}


def test_saving_a_page_keeps_the_picture_that_nobody_sees(tree, portrait, editor):
    shown = {"image": portrait.pk, "decorative": True, "alt_text": "", "caption": ""}
    page = factories.StandardPageFactory(
        parent=tree.home, teaser_image=portrait, body=[{"type": "picture", "value": shown}]
    )
    withdraw(portrait)
    draft = page.get_latest_revision_as_object()
    draft.full_clean()
    draft.save_revision()
    again = Page.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert again.teaser_image_id == portrait.pk
    assert again.body[0].value["image"].pk == portrait.pk


# --- Submitted ones -----------------------------------------------------------------------------


@pytest.fixture
def submitted(db, django_user_model):
    """Return a picture that somebody has sent in."""
    return add_picture(
        ContentFile(files.with_place(), name="IMG_0815.JPG"),
        alt="Ein Stuhlkreis",
        credit="Foto: Mara Beispiel",
        shows_people=False,
        consent="",
        user=django_user_model.objects.create_user("mara"),
        title="Stuhlkreis",
    )


@pytest.fixture
def draft(tree, submitted):
    """Return a draft with the picture."""
    return factories.ImpulsePageFactory(
        parent=tree.impulses, teaser_image=submitted, live=False, has_unpublished_changes=True
    )


def held(image):
    return CampaignImage.objects.get(pk=image.pk).is_held


def test_a_submitted_picture_is_held_back_whatever_its_collection_is_called(submitted):
    assert held(submitted)
    assert submitted.get_rendition("width-20").file.name.startswith("held_images/")
    collection = submitted_collection()
    assert collection.name == "Eingereichte Bilder"
    collection.name = "Neu"
    collection.save()
    assert submitted_collection().pk == collection.pk == submitted.collection_id
    submitted.save()
    assert held(submitted)


def test_two_requests_that_make_the_collection_share_one(db, monkeypatch):
    first = submitted_collection()
    monkeypatch.setattr(SubmittedCollection, "current", lambda: None)
    assert submitted_collection() == first
    assert Collection.objects.filter(name="Eingereichte Bilder").count() == 1


def test_publishing_releases_it_and_the_last_withdrawal_holds_it_back(
    tree, submitted, draft, read, committed
):
    submitted.get_rendition("width-20")
    draft.save_revision().publish()
    assert not held(submitted)
    assert not submitted.renditions.filter(file__startswith="held_images/").exists()
    assert "IMG_0815" in read(draft.get_url())
    other = factories.StandardPageFactory(parent=tree.home, teaser_image=submitted)
    with committed():
        draft.refresh_from_db()
        draft.unpublish()
    assert not held(submitted)
    with committed():
        other.delete()
    assert held(submitted)


def test_deleting_a_branch_holds_its_pictures_back(tree, submitted, draft, committed):
    draft.save_revision().publish()
    factories.ImpulsePageFactory(parent=tree.impulses, teaser_image=submitted)
    with committed():
        Page.objects.get(pk=tree.impulses.pk).delete()
    assert held(submitted)


def test_a_portrait_is_released_by_its_author_s_post(tree, submitted):
    author = factories.AuthorFactory(portrait=submitted)
    post = factories.GuestPostPageFactory(parent=tree.blog, authors=[author], live=False)
    assert held(submitted)
    post.save_revision().publish()
    assert not held(submitted)
    submitted.save()
    assert not held(submitted)


def test_a_released_picture_can_still_be_withdrawn(submitted, draft):
    draft.save_revision().publish()
    submitted.refresh_from_db()
    withdraw(submitted)
    assert held(submitted)
    submitted.consent_withdrawn_on = None
    submitted.save()
    assert not held(submitted)


def test_holding_back_makes_what_was_rendered_out_of_date(portrait):
    for change in (withdraw, lambda image: image.save()):
        before = ContentVersion.current()
        change(portrait)
        assert ContentVersion.current() != before


def test_the_nightly_run_finds_nothing_to_do_twice(submitted, portrait):
    overdue(portrait)
    call_command("pictures", verbosity=0)
    before = ContentVersion.current()
    call_command("pictures", verbosity=0)
    assert ContentVersion.current() == before
    assert held(submitted)
