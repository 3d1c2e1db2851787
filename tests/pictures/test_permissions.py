"""Nobody alone changes a picture that the public sees, or that others work with."""

import datetime as dt
import json

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Collection, ModelLogEntry, Page
from wagtail.permissions import policy_registry

from home.models import CampaignImage, CampaignSettings, SubmittedCollection
from home.pictures.submitted import submitted_collection
from tests import factories
from tests.moderation.conftest import standing_team, team  # noqa: F401
from tests.pictures import files

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("standing_team")]


@pytest.fixture
def picture(team):  # noqa: F811
    """Return a picture that nothing uses."""
    return factories.ImageFactory(title="Aufnahme", description="Mara im Gegenlicht")


def story_of(team, department, picture=None, **more):  # noqa: F811
    """Return a story of a department, with the picture as it is stored."""
    page = factories.ImpulsePageFactory(
        parent=team.tree.impulses,
        department=team.departments[department],
        owner=team.beitragende,
        teaser_image=picture,
        **more,
    )
    page.save_revision(user=team.beitragende)
    return page


def unused(_team, _picture):
    """Leave the picture alone."""


def own_draft(team, picture):  # noqa: F811
    """Use it in a draft of one's own department."""
    return story_of(team, "own", picture, live=False, first_published_at=None)


def own_changed_draft(team, picture):  # noqa: F811
    """Use it in what was written since."""
    page = story_of(team, "own", live=False, first_published_at=None)
    page.teaser_image = picture
    page.save_revision(user=team.beitragende)
    return page


def own_at_our_desk(team, picture):  # noqa: F811
    """Hand such a draft in."""
    page = own_draft(team, picture)
    page.get_workflow().start(page, team.beitragende)
    return page


def own_at_editors(team, picture):  # noqa: F811
    """Let the department have approved it."""
    page = own_at_our_desk(team, picture)
    state = type(page).objects.get(pk=page.pk).current_workflow_task_state
    state.task.specific.on_action(state, team.dezernat, "approve")
    return page


def release(team, page):  # noqa: F811
    """Let a story pass its desks."""
    page.get_workflow().start(page, team.beitragende)
    for who in (team.dezernat, team.redaktion):
        state = type(page).objects.get(pk=page.pk).current_workflow_task_state
        state.task.specific.on_action(state, who, "approve")


def own_scheduled(team, picture):  # noqa: F811
    """Let an editor have released it for tomorrow."""
    page = own_draft(team, picture)
    page.go_live_at = timezone.now() + dt.timedelta(days=1)
    page.save_revision(user=team.beitragende)
    release(team, page)


def own_scheduled_and_changed(team, picture):  # noqa: F811
    """Let the draft then lose the picture that will be public tomorrow."""
    page = story_of(team, "own", live=False, first_published_at=None)
    page.go_live_at = timezone.now() + dt.timedelta(days=1)
    page.teaser_image = picture
    page.save_revision(user=team.beitragende)
    release(team, page)
    page.teaser_image = None
    page.save_revision(user=team.beitragende)


def own_public(team, picture):  # noqa: F811
    """Publish it."""
    return story_of(team, "own", picture)


def own_public_draft(team, picture):  # noqa: F811
    """Use it in the draft of what is public."""
    page = story_of(team, "own")
    page.teaser_image = picture
    page.save_revision(user=team.beitragende)


def foreign_draft(team, picture):  # noqa: F811
    """Use it in another department's draft."""
    story_of(team, "other", picture, live=False, first_published_at=None)


def foreign_changed_draft(team, picture):  # noqa: F811
    """Use it in what another department has written since."""
    page = story_of(team, "other", live=False, first_published_at=None)
    page.teaser_image = picture
    page.save_revision(user=team.beitragende)


def foreign_public(team, picture):  # noqa: F811
    """Use it in what another department has published."""
    return story_of(team, "other", picture)


def own_and_foreign(team, picture):  # noqa: F811
    """Use it in both."""
    own_draft(team, picture)
    foreign_public(team, picture)


def of_the_campaign(team, picture):  # noqa: F811
    """Use it on a page of no department."""
    factories.StandardPageFactory(parent=team.tree.home, teaser_image=picture)


def in_a_body(team, picture):  # noqa: F811
    """Use it in a block of another department's story."""
    shown = {"image": picture.pk, "decorative": True, "alt_text": "", "caption": ""}
    story_of(team, "other", body=[{"type": "picture", "value": shown}])


def sent_in(team, picture):  # noqa: F811
    """Leave it in a form that a contributor has not sent yet."""
    picture.collection, picture.uploaded_by_user = submitted_collection(), team.beitragende
    picture.save()


def sent_in_for_us(team, picture):  # noqa: F811
    """Let them send the form."""
    sent_in(team, picture)
    own_at_our_desk(team, picture)


def sent_in_and_taken(team, picture):  # noqa: F811
    """Let somebody else use it meanwhile."""
    sent_in(team, picture)
    page = own_draft(team, picture)
    Page.objects.filter(pk=page.pk).update(owner=team.dezernat)


def an_author(_team, picture):
    """Use it for a portrait."""
    factories.AuthorFactory(portrait=picture)


def the_logo(team, picture):  # noqa: F811
    """Use it for the campaign."""
    CampaignSettings.objects.create(site=team.tree.home.get_site(), logo=picture)


#: Where a picture is, and whether a department's editor may change it and withdraw a consent.
PLACES = {
    unused: (True, True),
    own_draft: (True, True),
    own_changed_draft: (True, True),
    own_at_our_desk: (True, True),
    own_at_editors: (False, True),
    own_scheduled: (False, True),
    own_scheduled_and_changed: (False, True),
    own_public: (False, True),
    own_public_draft: (False, True),
    foreign_draft: (False, False),
    foreign_changed_draft: (False, False),
    foreign_public: (False, False),
    own_and_foreign: (False, False),
    of_the_campaign: (False, False),
    in_a_body: (False, False),
    sent_in: (False, False),
    sent_in_for_us: (True, True),
    sent_in_and_taken: (False, True),
    an_author: (False, False),
    the_logo: (False, False),
}


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.__name__)
def test_a_department_changes_only_what_nobody_else_shows(team, picture, client, place):  # noqa: F811
    place(team, picture)
    changes, withdraws = PLACES[place]
    client.force_login(team.dezernat)
    form = reverse("wagtailimages:edit", args=[picture.pk])
    withdrawing = reverse("withdraw_consent", args=[picture.pk])
    answer = client.get(form)
    assert (answer.status_code == 200) is changes
    if withdraws and not changes:
        assert answer.url == withdrawing
    assert (client.get(withdrawing).status_code == 200) is withdraws
    listed = client.get(reverse("wagtailimages:index")).context["object_list"]
    assert (picture in listed) is changes
    policy = policy_registry.get_by_type(CampaignImage)
    for action in ("change", "delete"):
        assert policy.user_has_permission_for_instance(team.dezernat, action, picture) is changes
    client.post(withdrawing)
    picture.refresh_from_db()
    assert (picture.consent_withdrawn_on is not None) is withdraws


@pytest.mark.parametrize("place", [own_at_editors, foreign_public, the_logo])
def test_who_publishes_changes_any_picture(team, picture, client, place):  # noqa: F811
    place(team, picture)
    for user in (team.redaktion, team.admin):
        client.force_login(user)
        assert client.get(reverse("wagtailimages:edit", args=[picture.pk])).status_code == 200
        assert picture in client.get(reverse("wagtailimages:index")).context["object_list"]
        assert client.get(reverse("withdraw_consent", args=[picture.pk])).status_code == 200


def test_the_leadership_withdraws_and_changes_nothing_else(team, picture, client):  # noqa: F811
    foreign_public(team, picture)
    own_draft(team, picture)
    client.force_login(team.leitung)
    address = reverse("withdraw_consent", args=[picture.pk])
    assert client.get(reverse("wagtailimages:edit", args=[picture.pk])).url == address
    answer = client.get(address)
    assert [page.live for page in answer.context["pages"]] == [True]
    assert "1 weiterer Entwurf" in answer.content.decode()
    assert client.post(address).status_code == 302
    assert ModelLogEntry.objects.filter(action="home.withdraw_consent").count() == 1


@pytest.mark.parametrize("who", ["beitragende", "technik", "ohne_rolle", "anderes_dezernat"])
def test_nobody_else_withdraws(team, picture, client, who):  # noqa: F811
    own_public(team, picture)
    user = getattr(team, who)
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(user)
    client.post(reverse("withdraw_consent", args=[picture.pk]))
    picture.refresh_from_db()
    assert picture.consent_withdrawn_on is None


# --- Every way to change a picture --------------------------------------------------------------


def form_of(**more):
    return {
        "title": "Anders",
        "licence": "cc0",
        "ai_use": "none",
        "collection": Collection.get_first_root_node().pk,
        **more,
    }


def edits(client, pk):
    client.post(reverse("wagtailimages:edit", args=[pk]), form_of(description="Anders"))


def replaces_file(client, pk):
    file = SimpleUploadedFile("bild.jpg", files.picture(), "image/jpeg")
    client.post(reverse("wagtailimages:edit", args=[pk]), form_of(file=file))


def moves_focus(client, pk):
    focus = {f"focal_point_{name}": 10 for name in ("x", "y", "width", "height")}
    client.post(reverse("wagtailimages:edit", args=[pk]), form_of(**focus))


def edits_among_many(client, pk):
    data = {f"image-{pk}-{name}": value for name, value in form_of().items()}
    address = reverse("wagtailimages:edit_multiple", args=[pk])
    client.post(address, data, headers={"X-Requested-With": "XMLHttpRequest"})


def deletes(client, pk):
    client.post(reverse("wagtailimages:delete", args=[pk]))


def deletes_among_many(client, pk):
    address = reverse("wagtailimages:delete_multiple", args=[pk])
    client.post(address, headers={"X-Requested-With": "XMLHttpRequest"})


def in_list(action, **data):
    def act(client, pk):
        address = reverse("wagtail_bulk_action", args=["home", "campaignimage", action])
        more = {name: value() for name, value in data.items()}
        client.post(f"{address}?id={pk}&next=/admin/", more)

    return act


WAYS = {
    "edit": edits,
    "another file": replaces_file,
    "focal point": moves_focus,
    "edit among many": edits_among_many,
    "delete": deletes,
    "delete among many": deletes_among_many,
    "delete in a list": in_list("delete"),
    "tags in a list": in_list("add_tags", tags=lambda: '"neu"'),
    "collection in a list": in_list(
        "add_to_collection", collection=lambda: SubmittedCollection.current().pk
    ),
}


def state_of(pk):
    """Return all that is stored of a picture; None if it is gone."""
    found = CampaignImage.objects.filter(pk=pk)
    rows = list(found.values())
    return rows and [rows, sorted(found.get().tags.names())]


@pytest.mark.parametrize("way", WAYS)
def test_no_way_leads_to_what_the_public_sees(team, picture, client, way):  # noqa: F811
    submitted_collection()
    client.force_login(team.dezernat)
    free = factories.ImageFactory()
    for place in (own_public, foreign_public):
        page = place(team, picture)
        before = state_of(picture.pk)
        WAYS[way](client, picture.pk)
        assert state_of(picture.pk) == before, place
        Page.objects.get(pk=page.pk).delete()
    before = state_of(free.pk)
    WAYS[way](client, free.pk)
    assert state_of(free.pk) != before


def test_what_was_uploaded_oneself_is_no_exception(team, picture, client):  # noqa: F811
    picture.uploaded_by_user = team.dezernat
    picture.save()
    foreign_public(team, picture)
    client.force_login(team.dezernat)
    deletes(client, picture.pk)
    assert CampaignImage.objects.filter(pk=picture.pk).exists()


def test_pictures_of_others_can_be_chosen(team, picture, client):  # noqa: F811
    foreign_public(team, picture)
    client.force_login(team.dezernat)
    answer = client.get(reverse("wagtailimages_chooser:chosen", args=[picture.pk]))
    assert json.loads(answer.content)["result"]["id"] == str(picture.pk)
    shown = json.loads(client.get(reverse("wagtailimages_chooser:choose")).content)["html"]
    assert picture.title in shown


def test_the_usage_of_others_pictures_is_not_shown(team, picture, client):  # noqa: F811
    foreign_draft(team, picture)
    client.force_login(team.dezernat)
    address = reverse("wagtailimages:image_usage", args=[picture.pk])
    assert client.get(address).status_code == 302


def test_the_list_takes_the_same_queries_for_any_number(
    team,  # noqa: F811
    picture,
    django_assert_max_num_queries,
):
    for place in (own_draft, own_changed_draft, own_public, foreign_changed_draft):
        for _number in range(3):
            place(team, factories.ImageFactory())
    policy = policy_registry.get_by_type(CampaignImage)
    with django_assert_max_num_queries(30):
        found = policy.instances_user_has_any_permission_for(team.dezernat, ["change"])
        assert found.count() == 7


def test_a_department_s_editors_change_no_file_that_pages_link(team):  # noqa: F811
    """Documents, videos, authors and departments are the editors' business."""
    for name in ("wagtaildocs.document", "home.video", "blog.author", "home.department"):
        app, model = name.split(".")
        for action in ("add", "change", "delete"):
            assert not team.dezernat.has_perm(f"{app}.{action}_{model}")
    from wagtail.documents import get_document_model

    documents = policy_registry.get_by_type(get_document_model())
    assert not documents.user_has_any_permission(team.dezernat, ["add", "change", "delete"])
