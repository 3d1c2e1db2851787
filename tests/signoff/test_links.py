"""A link shows one version to somebody outside, and takes one answer."""

import threading
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.utils import timezone
from wagtail.models import Page, PageLogEntry

from campaign.page_cache import PageCacheMiddleware
from home.models import Article, ReviewNote, SignOff
from home.models.signoff import State
from home.reserved import is_reserved
from home.signoff.answering import answer as answer_of
from tests import factories
from tests.sample import build_campaign

from .conftest import send

pytestmark = pytest.mark.django_db


def test_the_link_shows_the_version_without_an_account(ask, guest):
    _sign_off, path = ask()
    answer = guest.get(path)
    assert answer.status_code == 200
    assert "So steht es da." in answer.content.decode()
    assert "Guten Tag Erika Muster" in answer.content.decode()


def test_reading_never_uses_the_link_up(ask, guest):
    sign_off, path = ask()
    for _scan in range(3):
        assert guest.get(path).status_code == 200
        assert guest.head(path).status_code == 200
    sign_off.refresh_from_db()
    assert sign_off.is_open


def test_the_page_is_kept_from_search_engines_caches_and_other_hosts(ask, guest, settings):
    settings.PAGE_CACHE_SECONDS = 300
    _sign_off, path = ask()
    answer = guest.get(path)
    assert "noindex" in answer["X-Robots-Tag"]
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Referrer-Policy"] == "same-origin"
    assert not PageCacheMiddleware._is_public_page(answer)
    assert 'name="robots" content="noindex"' in answer.content.decode()
    assert 'rel="canonical"' not in answer.content.decode()
    assert "Disallow: /freigabe/\n" in guest.get("/robots.txt").content.decode()


def test_no_page_can_take_the_address(tree):
    assert is_reserved("freigabe", tree.home)


def test_the_secret_is_not_in_the_database(ask):
    sign_off, path = ask()
    token = path.split("/")[2]
    secret = token.partition(".")[0]
    kept = "".join(str(value) for value in SignOff.objects.values().get(pk=sign_off.pk).values())
    assert len(secret) > 20
    assert secret not in kept


def test_a_sign_off_is_recorded_with_name_time_and_version(ask, guest, draft, admin):
    sign_off, path = ask()
    mail.outbox.clear()
    before = timezone.now()

    answer = send(guest, path, answer="approved", comment="Sehr schön.")

    assert answer.status_code == 302
    sign_off.refresh_from_db()
    assert sign_off.state is State.APPROVED
    assert before <= sign_off.answered_at <= timezone.now()
    assert sign_off.comment == "Sehr schön."
    entry = PageLogEntry.objects.get(action="home.sign_off.approved")
    assert (entry.page_id, entry.revision_id) == (draft.pk, draft.latest_revision_id)
    note = ReviewNote.objects.get(page=draft)
    assert entry.data == {
        "name": "Erika Muster",
        "comment": "Sehr schön.",
        "sign_off": sign_off.pk,
        "note": note.pk,
    }
    assert (note.kind, note.author_name, note.revision_id) == (
        "note",
        "Erika Muster",
        draft.latest_revision_id,
    )
    assert "Sehr schön." in note.text
    (told,) = mail.outbox
    assert told.to == ["mara@stadt.example"]
    assert "Freigegeben: Der Entwurf" in told.subject
    history = admin.get(f"/admin/pages/{draft.pk}/history/").content.decode()
    assert "Freigegeben von Erika Muster, von außen" in history
    assert "Sehr schön." in history


def test_it_publishes_nothing(ask, guest, draft):
    _sign_off, path = ask()
    send(guest, path, answer="approved")
    draft.refresh_from_db()
    assert not draft.live


def test_a_change_request_needs_words_and_loses_none(ask, guest):
    sign_off, path = ask()
    answer = send(guest, path, answer="changes", comment="  ")
    assert answer.status_code == 200
    assert "Bitte schreiben Sie, was anders sein soll." in answer.content.decode()
    answer = send(guest, path, comment="Der zweite Satz & so.")
    assert "Der zweite Satz &amp; so." in answer.content.decode()
    sign_off.refresh_from_db()
    assert sign_off.is_open
    send(guest, path, answer="changes", comment="Der zweite Satz.")
    sign_off.refresh_from_db()
    assert sign_off.state is State.CHANGES


@pytest.mark.parametrize(
    "values",
    [
        {"answer": "publish"},
        {"answer": "approved", "comment": "x" * 4001},
        {"answer": "approved", "comment": "null \0"},
        {},
    ],
)
def test_what_is_no_answer_does_not_count(ask, guest, values):
    sign_off, path = ask()
    assert send(guest, path, **values).status_code == 200
    sign_off.refresh_from_db()
    assert sign_off.is_open


@pytest.mark.parametrize(("place", "other"), [("above", "below"), ("below", "above")])
def test_an_error_is_told_once_where_the_form_was_sent(ask, guest, place, other):
    _sign_off, path = ask()
    html = send(guest, path, answer="changes", comment=" ", place=place).content.decode()
    assert "<title>Fehler: Bitte um Freigabe" in html
    assert html.count('role="alert" tabindex="-1" autofocus') == 1
    assert (
        html.count("Bitte schreiben Sie, was anders sein soll.") == 2
    )  # with a link, at the field
    assert f'<a href="#{place}_comment">' in html
    assert f'id="{place}_comment"' in html
    assert 'aria-invalid="true"' not in html.partition(f'id="{other}_comment"')[2][:200]
    assert "<title>Fehler" not in guest.get(path).content.decode()


def test_a_choice_that_is_missing_is_led_to(ask, guest):
    _sign_off, path = ask()
    html = send(guest, path, place="above").content.decode()
    assert '<a href="#above_answer_0">' in html
    assert 'id="above_answer_0"' in html


def test_the_version_stands_alone(ask, guest, tree):
    alike = {"parent": tree.impulses, "articles": [Article.objects.first()]}
    shown = factories.ImpulsePageFactory(**alike, title="Der eine")
    factories.ImpulsePageFactory(**alike, title="Ein ganz anderer")
    assert "Passt dazu" in guest.get(shown.get_url()).content.decode()
    _sign_off, path = ask(shown)
    html = guest.get(path).content.decode()
    assert "Der eine" in html
    assert "Passt dazu" not in html
    assert "Ein ganz anderer" not in html


def test_a_replay_says_when_it_was_answered_without_the_text(ask, guest):
    sign_off, path = ask()
    send(guest, path, answer="approved")
    for answer in (guest.get(path), send(guest, path, answer="changes", comment="Doch nicht!")):
        text = answer.content.decode()
        assert "wurde bereits am" in text
        assert "So steht es da." not in text
    assert "Doch nicht!" in text  # what was typed can be copied
    sign_off.refresh_from_db()
    assert (sign_off.state, sign_off.comment) == (State.APPROVED, "")
    assert ReviewNote.objects.count() == 1


def test_a_form_without_its_token_does_not_count(ask, guest):
    sign_off, path = ask()
    assert guest.post(path, {"answer": "approved"}).status_code == 403
    sign_off.refresh_from_db()
    assert sign_off.is_open


# --- Worthless ----------------------------------------------------------------------------------


def newer_version(sign_off, mara):
    sign_off.page.specific.save_revision(user=mara)


def overwritten_version(sign_off, mara):
    page = sign_off.page.specific
    page.title = "Neu"
    page.save_revision(user=mara, overwrite_revision=sign_off.revision)


def expiry(sign_off, _mara):
    SignOff.objects.update(expires_at=timezone.now() - timedelta(seconds=1))


def revocation(_sign_off, _mara):
    SignOff.objects.update(revoked_at=timezone.now())


def purge(sign_off, mara):
    old = sign_off.revision
    newer_version(sign_off, mara)
    old.delete()


def deletion(sign_off, _mara):
    Page.objects.get(pk=sign_off.page_id).delete()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (newer_version, "Es gibt eine neuere Fassung"),
        (overwritten_version, "Es gibt eine neuere Fassung"),
        (purge, "Es gibt eine neuere Fassung"),
        (expiry, "Dieser Link gilt nicht mehr"),
        (revocation, "Dieser Link gilt nicht mehr"),
        (deletion, "Dieser Link gilt nicht mehr"),
    ],
)
def test_a_link_is_worthless_after(ask, guest, mara, change, words):
    sign_off, path = ask()
    guest.get(path)
    change(sign_off, mara)

    for answer in (guest.get(path), send(guest, path, answer="approved", comment="Getippt.")):
        text = answer.content.decode()
        assert answer.status_code == 410
        assert words in text
        assert "So steht es da." not in text
        assert "noindex" in answer["X-Robots-Tag"]
        if change is not deletion:
            assert "Mara Beispiel" in text
            assert "mara@stadt.example" in text
    assert "Getippt." in text
    assert not SignOff.objects.exclude(answered_at=None).exists()
    assert not ReviewNote.objects.exists()


@pytest.mark.parametrize(
    "change", [newer_version, overwritten_version, purge, expiry, revocation, deletion]
)
def test_what_changes_while_somebody_sends_counts(ask, mara, change):
    sign_off, _path = ask()
    seen = SignOff.objects.select_related("page", "revision").get()  # as the view has read it
    change(sign_off, mara)
    assert answer_of(seen, "approved", "") is False
    assert not ReviewNote.objects.exists()


@pytest.mark.parametrize(
    "forge",
    [
        lambda token: token[:-1] + ("A" if token[-1] != "A" else "B"),
        lambda token: "x" + token,
        lambda token: token.partition(".")[0],
        lambda token: token.partition(".")[0] + ".",
        lambda token: token + "%00",
        lambda token: "%F0%9F%99%82",
        lambda token: "1",
        lambda token: "a" * 1500,
    ],
)
def test_a_forged_or_garbled_link_is_not_found(ask, guest, forge):
    _sign_off, path = ask()
    token = path.split("/")[2]
    answer = guest.get(f"/freigabe/{forge(token)}/")
    assert answer.status_code in {400, 404}
    assert "So steht es da." not in answer.content.decode()


def test_guessing_is_throttled(db, client):
    answers = [client.get(f"/freigabe/{number}/").status_code for number in range(40)]
    assert answers[:30] == [404] * 30
    assert set(answers[30:]) == {429}


def test_a_link_is_not_tried_without_end(ask, guest):
    _sign_off, path = ask()
    answers = [send(guest, path).status_code for _number in range(25)]
    assert answers == [200] * 20 + [429] * 5


def test_the_name_of_a_deleted_editor_is_not_missed(ask, guest, mara):
    _sign_off, path = ask()
    mara.delete()
    assert guest.get(path).status_code == 200
    assert send(guest, path, answer="approved").status_code == 302


# --- Pages of all kinds -------------------------------------------------------------------------


def test_every_type_of_page_can_be_signed_off(ask, guest, db, tree):
    del tree
    Page.objects.filter(depth=3).delete()
    build_campaign()
    for page in Page.objects.filter(depth__gte=2).specific():
        _sign_off, path = ask(page)
        answer = guest.get(path)
        assert answer.status_code == 200, page
        assert answer.content.decode().count("<form") >= 2, page


def test_a_page_in_english_is_asked_about_in_english(ask, guest, draft):
    from wagtail.models import Locale

    english = Locale.objects.create(language_code="en")
    home = draft.get_parent().specific.copy_for_translation(english)
    page = factories.StandardPageFactory(parent=home, title="The draft", locale=english)
    _sign_off, path = ask(page)
    text = guest.get(path).content.decode()
    assert '<html lang="en">' in text
    assert "Send the answer" in text


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_of_two_answers_at_once_one_counts(ask):
    sign_off, path = ask()
    ready, codes = threading.Barrier(2, timeout=20), []

    def answer(given):
        try:
            client = Client()
            client.get(path)
            ready.wait()
            codes.append(client.post(path, {"answer": given, "comment": given}).status_code)
        finally:
            connection.close()

    threads = [threading.Thread(target=answer, args=[given]) for given in ("approved", "changes")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(codes) == [200, 302]
    assert ReviewNote.objects.count() == 1
    sign_off.refresh_from_db()
    assert sign_off.comment == sign_off.answer
