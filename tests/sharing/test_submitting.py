"""Handing in, asked back, changed, withdrawn: each once, and editors' work is kept."""

import threading

import pytest
from django.core import mail
from django.db import connection
from django.urls import reverse
from wagtail.models import Workflow

from home.models import ReviewNote
from impulses.models import ImpulsePage
from impulses.sharing import drafts
from tests import factories

pytestmark = pytest.mark.django_db


def text(response):
    return response.content.decode()


def page_of(submission):
    return ImpulsePage.objects.get(pk=submission.page_id).get_latest_revision_as_object()


def blocks(page):
    return {block["id"]: block for block in page.body.get_prep_value()}


@pytest.fixture
def asked(author, team, decide):
    """Return a story about which its department has a question."""
    submission = author.told()
    decide(submission.page, team.dezernat, "question", "Wie viele kamen?")
    mail.outbox.clear()
    return submission


def test_sending_twice_makes_one_story(author):
    submission = author.fill(author.begin())
    sent = author.last_step(submission)
    answers = [author.post(submission, "absenden", sent) for _time in range(2)]
    assert {answer.url for answer in answers} == {
        reverse("sharing:thanks", args=[submission.token])
    }
    assert ImpulsePage.objects.count() == 1
    assert ReviewNote.objects.filter(kind="submission").count() == 1


def test_something_missing_is_named_with_the_way_there(author):
    submission = author.begin()
    author.post(submission, "wer")
    response = author.send(submission)
    for slug in ("was", "geschichte", "grundgesetz"):
        assert f"{submission.step_url(slug)}?fehlt" in text(response)
    assert f"{submission.step_url('wer')}?fehlt" not in text(response)
    assert "Bitte geben Sie Ihrem Beitrag einen Titel" in text(
        author.client.get(f"{submission.step_url('was')}?fehlt")
    )
    assert not ImpulsePage.objects.exists()


def test_the_privacy_notice_must_be_confirmed_and_names_the_days(author):
    submission = author.fill(author.begin())
    response = author.send(submission, privacy="")
    assert "Bitte bestätigen Sie dies" in text(response)
    assert "nach 180 Tagen" in text(response)
    assert not ImpulsePage.objects.exists()


@pytest.mark.parametrize("lack", ["overview", "workflow"])
def test_without_a_place_or_a_desk_the_story_is_kept(author, team, lack):
    submission = author.fill(author.begin())
    if lack == "overview":
        team.tree.impulses.unpublish()
    else:
        Workflow.objects.update(active=False)
    response = author.send(submission)
    assert response.status_code == 503
    assert "Ihre Eingaben sind gespeichert" in text(response)
    assert not ImpulsePage.objects.exists()
    submission.refresh_from_db()
    assert submission.title == "Siebdruck im Schulamt"


def test_names_are_public_only_where_they_were_ticked(author):
    submission = author.fill(author.begin())
    author.post(submission, "wer", author.answers("wer") | {"show_name": "", "show_email": "on"})
    author.post(submission, "wer", {"email": "andere@boese.example", "show_email": "on"})
    author.send(submission)
    page = ImpulsePage.objects.get()
    assert (page.contact_name, page.contact_email) == ("", author.user.email)


def test_the_mails_go_to_the_address_that_the_form_shows(author, asked, team, decide):
    page = text(author.client.get(asked.step_url("wer")))
    assert author.user.email in page
    assert 'name="email"' not in page
    author.client.post(asked.get_absolute_url(), {"text": "Vierzig."})
    decide(asked.page, team.dezernat, "question", "Und wann?")
    assert mail.outbox[-1].to == [author.user.email]


def test_a_name_that_an_account_lacks_is_asked_for_and_seen_by_editors(author):
    author.user.first_name = author.user.last_name = ""
    author.user.save()
    submission = author.fill(author.begin())
    assert 'value="Bea Beispiel"' in text(author.client.get(submission.step_url("wer")))
    author.send(submission)
    assert ReviewNote.objects.get().author_name == "Bea Beispiel"
    (received,) = [one for one in mail.outbox if one.to == [author.user.email]]
    assert "Bea Beispiel" in received.body.splitlines()[0]
    author.user.refresh_from_db()
    assert (author.user.first_name, author.user.last_name) == ("Bea", "Beispiel")


def test_the_name_of_an_account_is_shown_and_not_asked_for(author):
    submission = author.fill(author.begin())
    page = text(author.client.get(submission.step_url("wer")))
    assert author.user.get_full_name() in page
    assert 'name="name"' not in page
    author.send(submission)
    assert ImpulsePage.objects.get().contact_name == author.user.get_full_name()


def test_an_account_without_an_address_may_share_and_is_told(author):
    author.user.email = ""
    author.user.save()
    submission = author.begin()
    page = text(author.client.get(submission.step_url("wer")))
    assert "Ihr Konto hat keine" in page
    assert 'name="show_email"' not in page
    author.send(author.fill(submission))
    assert ImpulsePage.objects.get().contact_email == ""


def test_the_mails_lead_to_the_authors_own_page(author, team, asked):
    assert asked.page.author_url(author.user).endswith(asked.get_absolute_url())
    assert "/admin/" in asked.page.author_url(team.redaktion)


def test_a_story_in_review_cannot_be_changed_and_what_was_typed_is_shown(author):
    submission = author.told()
    assert author.client.get(submission.step_url("was")).url == submission.get_absolute_url()
    response = author.post(submission, "was", {"title": "Zu spät"})
    assert response.status_code == 409
    assert 'value="Zu spät"' in text(response)
    response = author.post(submission, "was", {"title": "Zu spät"}, HTTP_ACCEPT="application/json")
    assert response.status_code == 409
    submission.refresh_from_db()
    assert submission.title == "Siebdruck im Schulamt"


def test_a_question_is_answered_and_the_story_goes_back(author, team, asked):
    page = text(author.client.get(asked.get_absolute_url()))
    assert "Wie viele kamen?" in page
    response = author.client.post(asked.get_absolute_url(), {"text": "Vierzig."})
    assert response.status_code == 302
    assert drafts.status_of(asked).state == "in_review"
    assert asked.page.review_notes.last().text == "Vierzig."
    response = author.client.post(asked.get_absolute_url(), {"text": "Noch etwas."})
    assert "keine offene Rückfrage" in text(response)
    assert "Noch etwas." in text(response)


def test_an_empty_answer_is_none(author, asked):
    response = author.client.post(asked.get_absolute_url(), {"text": "  "})
    assert "Bitte schreiben Sie eine Antwort." in text(response)
    assert drafts.status_of(asked).state == "question"


def test_what_was_changed_goes_with_the_answer(author, asked):
    author.post(asked, "was", author.answers("was") | {"participants": "41"})
    author.client.post(asked.get_absolute_url(), {"text": "Es waren 41."})
    assert page_of(asked).participants == 41


def test_an_answer_without_a_session_is_there_after_the_login(author, asked):
    address = asked.get_absolute_url()
    author.client.logout()
    response = author.client.post(address, {"text": "Vierzig, mit Mühe gezählt."})
    assert response.url.endswith(f"next={address}")
    author.client.force_login(author.user)
    for _time in range(2):  # it stays until it is sent
        page = text(author.client.get(address))
        assert "Vierzig, mit Mühe gezählt.</textarea>" in page
        assert "steht wieder im Feld" in page
    assert drafts.status_of(asked).state == "question"
    author.client.post(address, {"text": "Vierzig, mit Mühe gezählt."})
    assert drafts.status_of(asked).state == "in_review"
    assert "steht wieder im Feld" not in text(author.client.get(address))


def test_an_answer_that_comes_too_late_after_the_login_is_shown(author, asked):
    author.client.logout()
    author.client.post(asked.get_absolute_url(), {"text": "Vierzig."})
    author.client.force_login(author.user)
    author.client.post(reverse("sharing:withdraw", args=[asked.token]))
    page = text(author.client.get(asked.get_absolute_url()))
    assert "keine offene Rückfrage" in page
    assert "Vierzig.</textarea>" in page


def test_an_answer_is_not_shown_to_another(author, team, asked):
    author.client.logout()
    author.client.post(asked.get_absolute_url(), {"text": "Vierzig."})
    author.client.force_login(team.redaktion)
    assert author.client.get(asked.get_absolute_url()).status_code == 404


def test_an_answer_from_before_the_login_is_shown_again(author, asked):
    strict = type(author.client)(enforce_csrf_checks=True)
    strict.force_login(author.user)
    response = strict.post(asked.get_absolute_url(), {"text": "Vierzig."})
    assert response.status_code == 403
    assert "Vierzig.</textarea>" in text(response)
    assert "noch einmal ab" in text(response)
    assert drafts.status_of(asked).state == "question"


def test_an_answer_with_an_incomplete_story_is_not_sent(author, asked):
    author.post(asked, "was", {"title": ""})
    response = author.client.post(asked.get_absolute_url(), {"text": "Es waren 41."})
    assert "fehlt etwas darin" in text(response)
    assert f"{asked.step_url('was')}?fehlt" in text(response)
    assert f"{asked.step_url('wer')}?fehlt" not in text(response)
    assert "Es waren 41." in text(response)
    assert drafts.status_of(asked).state == "question"


def test_a_changed_answer_replaces_its_block_alone(author, team, asked):
    before = page_of(asked)
    raw = before.body.get_prep_value()
    heading, effect = raw[2], raw[3]
    assert effect["value"] == "<p>Seitdem sprechen wir anders.</p>"
    effect["value"] = "<p>Von der Redaktion verbessert.</p>"
    heading["value"] = {"text": "Wirkung", "level": "h2"}
    raw.insert(0, {"type": "text", "value": "<p>Vorspann.</p>", "id": "eigener"})
    before.body = before.body.stream_block.to_python(raw)
    before.place = "Großer Saal"
    before.save_revision(user=team.redaktion)

    changed = author.answers("geschichte") | {"repeat": "Nur Mut."}
    author.post(asked, "geschichte", changed)
    author.send(asked)
    after = page_of(asked)
    values = [block["value"] for block in after.body.get_prep_value()]
    assert values[0] == "<p>Vorspann.</p>"
    assert "<p>Von der Redaktion verbessert.</p>" in values
    assert {"text": "Wirkung", "level": "h2"} in values
    assert values[-1] == "<p>Nur Mut.</p>"
    assert after.place == "Großer Saal"
    assert blocks(after).keys() == blocks(before).keys()
    assert after.latest_revision.user == author.user


def test_an_answer_whose_block_was_deleted_comes_back_when_it_changes(author, team, asked):
    page = page_of(asked)
    raw = [block for block in page.body.get_prep_value() if "Raum" not in str(block["value"])]
    page.body = page.body.stream_block.to_python(raw)
    page.save_revision(user=team.redaktion)
    author.post(asked, "geschichte", author.answers("geschichte") | {"repeat": "Nur Mut."})
    author.send(asked)
    assert page_of(asked).body.get_prep_value()[-1]["value"] == "<p>Nur Mut.</p>"


def test_a_story_is_withdrawn_changed_and_sent_again(author):
    submission = author.told()
    address = reverse("sharing:withdraw", args=[submission.token])
    assert "Beitrag zurückziehen?" in text(author.client.get(address))
    assert drafts.status_of(submission).state == "in_review"
    author.client.post(address)
    submission.refresh_from_db()
    assert drafts.status_of(submission).state == "withdrawn"
    assert submission.withdrawn_at
    assert "Zurückgezogen" in text(author.client.get(reverse("sharing:mine")))
    author.send(submission)
    submission.refresh_from_db()
    assert drafts.status_of(submission).state == "in_review"
    assert submission.withdrawn_at is None
    assert ImpulsePage.objects.count() == 1


def test_a_published_story_is_neither_changed_nor_withdrawn_nor_deleted(author, team, decide):
    submission = author.told()
    decide(submission.page, team.dezernat, "approve")
    decide(submission.page, team.redaktion, "approve")
    assert "Auf der Website lesen" in text(author.client.get(submission.get_absolute_url()))
    for name in ("withdraw", "delete"):
        address = reverse(f"sharing:{name}", args=[submission.token])
        assert author.client.get(address).url == submission.get_absolute_url()
        author.client.post(address)
    response = author.post(submission, "was", {"title": "Anders"})
    assert response.status_code == 409
    assert "Ihr Beitrag ist veröffentlicht" in text(response)
    assert "wird gerade geprüft" not in text(response)
    assert author.send(submission).url == submission.get_absolute_url()
    assert ImpulsePage.objects.get().live


def test_a_rejected_story_tells_why(author, team, decide):
    submission = author.told()
    decide(submission.page, team.dezernat, "decline", "Das gab es schon.")
    for address in (submission.get_absolute_url(), reverse("sharing:mine")):
        page = text(author.client.get(address))
        assert "Abgelehnt" in page
        assert "Das gab es schon." in page
    assert author.client.get(submission.step_url("was")).status_code == 302


def test_a_draft_is_deleted_with_its_pictures(author, picture_file):
    submission = author.fill(author.begin())
    author.post(submission, "bilder", {"neu-file": picture_file()}, "add")
    image = submission.pictures.get().image
    address = reverse("sharing:delete", args=[submission.token])
    assert "Beitrag löschen?" in text(author.client.get(address))
    author.client.post(address)
    assert author.client.get(submission.get_absolute_url()).status_code == 404
    assert not type(image).objects.filter(pk=image.pk).exists()


def test_a_picture_that_another_page_shows_is_not_deleted(author, team, picture_file):
    submission = author.fill(author.begin())
    author.post(submission, "bilder", {"neu-file": picture_file()}, "add")
    image = submission.pictures.get().image
    factories.StandardPageFactory(parent=team.tree.home, slug="andere", teaser_image=image)
    author.client.post(reverse("sharing:delete", args=[submission.token]))
    assert type(image).objects.filter(pk=image.pk).exists()


def test_its_author_sees_how_a_story_will_look(author):
    submission = author.told()
    response = author.client.get(reverse("sharing:preview", args=[submission.token]))
    assert "Am Ende hingen alle Plakate." in text(response)
    assert response["X-Robots-Tag"] == "noindex"
    assert "private" in response["Cache-Control"]
    assert "no-store" in response["Cache-Control"]


def test_the_list_of_own_stories_costs_the_same_for_many(
    author, team, decide, django_assert_num_queries
):
    author.told()
    author.client.get(reverse("sharing:mine"))
    with connection.execute_wrapper(counter := Counter()):
        author.client.get(reverse("sharing:mine"))
    for _number in range(3):
        author.told()
    decide(author.told().page, team.dezernat, "question", "Wie viele?")
    with django_assert_num_queries(counter.count):
        page = text(author.client.get(reverse("sharing:mine")))
    assert "Wie viele?" in page


class Counter:
    """Counts queries."""

    count = 0

    def __call__(self, execute, *arguments):
        self.count += 1
        return execute(*arguments)


def test_somebody_without_a_story_is_invited(author):
    assert "noch keinen Beitrag geschrieben" in text(author.client.get(reverse("sharing:mine")))


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_ten_at_once_make_one_story(author):
    submission = author.fill(author.begin())
    sent, found, wait = author.last_step(submission), [], threading.Barrier(10)
    session = author.client.cookies["sessionid"].value

    def send():
        client = type(author.client)()
        client.cookies["sessionid"] = session
        wait.wait()
        try:
            response = client.post(submission.step_url("absenden"), sent | {"action": "next"})
            found.append((response.status_code, response.get("Location")))
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _number in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [(302, reverse("sharing:thanks", args=[submission.token]))] * 10
    assert ImpulsePage.objects.count() == 1
    assert ReviewNote.objects.filter(kind="submission").count() == 1
