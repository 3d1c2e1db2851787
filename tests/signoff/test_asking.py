"""Editors ask for a word from outside, see what came of it, and take links back."""

import pytest
from django.contrib.auth.models import Group, User
from django.core import mail
from django.urls import reverse
from wagtail.models import PageLogEntry, Revision

from home.models import SignOff
from home.models.signoff import State
from tests import factories

from .conftest import LINK

pytestmark = pytest.mark.django_db


def test_the_menu_of_a_page_leads_there(admin, draft):
    page = admin.get(f"/admin/pages/{draft.pk}/edit/").content.decode()
    assert reverse("sign_offs", args=[draft.pk]) in page
    assert "Freigabe von außen einholen" in page


def test_the_mail_is_german_plain_and_html(ask):
    sign_off, path = ask(message="Liebe Erika,\nwie besprochen.")
    (sent,) = mail.outbox
    assert sent.to == ["erika@verein.example"]
    assert sent.subject == "Bitte um Freigabe: Der Entwurf"
    html = sent.alternatives[0].content
    for text in (sent.body, html):
        assert "Guten Tag Erika Muster," in text
        assert "wie besprochen." in text
        assert "Mara Beispiel" in text
        assert path in text
    entry = PageLogEntry.objects.get(action="home.sign_off.asked")
    assert (entry.user.username, entry.revision_id) == ("mara", sign_off.revision_id)


def test_the_link_is_shown_once(admin, draft):
    address = reverse("sign_offs", args=[draft.pk])
    sent = {"name": "Erika", "email": "erika@verein.example", "days": "14"}
    answer = admin.post(address, sent)
    assert LINK.search(mail.outbox[0].body)[0] in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert "/freigabe/" not in admin.get(address).content.decode()


def test_sending_the_form_again_makes_no_second_link(admin, draft):
    address = reverse("sign_offs", args=[draft.pk])
    for email in ("erika@verein.example", "Erika@Verein.example"):
        answer = admin.post(address, {"name": "Erika", "email": email, "days": "14"})
    assert SignOff.objects.count() == len(mail.outbox) == 1
    assert "schon einen offenen Link" in answer.content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": "Erika\nMuster"},
        {"name": "Erika\x07"},
        {"name": "Erika\u2028Muster"},
        {"email": "keine"},
        {"days": "0"},
        {"days": "91"},
        {"days": "x"},
        {"name": ""},
    ],
)
def test_what_is_missing_is_said_and_nothing_is_lost(admin, draft, wrong):
    sent = {"name": "Erika", "email": "erika@verein.example", "days": "14", "message": "Hallo!"}
    answer = admin.post(reverse("sign_offs", args=[draft.pk]), sent | wrong)
    assert answer.status_code == 200
    assert "Hallo!" in answer.content.decode()
    assert not SignOff.objects.exists()


def test_the_list_tells_how_each_link_stands(ask, admin, draft):
    sign_off, _path = ask()
    address = reverse("sign_offs", args=[draft.pk])
    assert "Offen" in admin.get(address).content.decode()
    draft.specific.save_revision()
    assert "Überholt" in admin.get(address).content.decode()
    assert sign_off.name in admin.get(address).content.decode()


def test_an_open_link_can_be_revoked_once(ask, admin, draft):
    sign_off, _path = ask()
    address = reverse("sign_offs_revoke", args=[draft.pk, sign_off.pk])
    assert admin.get(address).status_code == 405
    for _time in range(2):
        assert admin.post(address).status_code == 302
    sign_off.refresh_from_db()
    assert sign_off.state is State.REVOKED
    assert PageLogEntry.objects.filter(action="home.sign_off.revoked").count() == 1


def test_a_link_is_revoked_under_its_own_page_only(ask, admin, tree):
    sign_off, _path = ask()
    address = reverse("sign_offs_revoke", args=[tree.home.pk, sign_off.pk])
    assert admin.post(address).status_code == 404


@pytest.mark.parametrize("role", [None, "Beitragende", "Technik", "Leitung"])
def test_who_may_not_edit_the_page_may_not_ask(client, draft, role):
    user = User.objects.create_user("other")
    if role:
        user.groups.add(Group.objects.get(name=role))
    client.force_login(user)
    sent = {"name": "Erika", "email": "erika@verein.example", "days": "14"}
    answer = client.post(reverse("sign_offs", args=[draft.pk]), sent)
    assert answer.status_code in {302, 403}
    assert not SignOff.objects.exists()
    assert not mail.outbox


def test_asking_makes_nobody_a_writer_of_the_page(ask, tree):
    page = factories.StandardPageFactory(parent=tree.home, title="Ohne Fassung")
    sign_off, _path = ask(page)
    (revision,) = Revision.objects.for_instance(page)
    assert sign_off.revision == revision
    assert revision.user is None
    page.refresh_from_db()
    assert page.live
    assert not page.has_unpublished_changes
