"""The steps: only their author opens them, and nothing that was typed is ever lost."""

import datetime as dt
from urllib.parse import unquote

import pytest
from django.core import signing
from django.urls import reverse
from django.utils import timezone

from impulses.models import ImpulsePage, Submission
from impulses.sharing import views
from impulses.sharing.steps import STEPS, WHAT, filled
from tests.sharing.conftest import Author, time_machine

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("standing_team")]
JSON = {"HTTP_ACCEPT": "application/json"}
HALF_A_YEAR = dt.timedelta(days=180)


def text(response):
    return response.content.decode()


def test_a_visitor_reads_what_sharing_is_about_and_gets_no_cookie(team, client):
    response = client.get(reverse("sharing:start"))
    assert "Jetzt anmelden" in text(response)
    assert not response.cookies
    assert reverse("sharing:start") in text(client.get(team.tree.impulses.url))


@pytest.mark.parametrize("name", ["mine", "story", "preview", "thanks", "withdraw", "delete"])
def test_without_a_session_every_other_address_leads_to_the_login(author, name):
    submission = author.begin()
    author.client.logout()
    address = reverse(f"sharing:{name}", args=[] if name == "mine" else [submission.token])
    for send in (author.client.get, author.client.post):
        response = send(address)
        assert response.status_code in {302, 405}
        if response.status_code == 302:
            assert "next=/impulse/teilen/" in response.url


@pytest.mark.parametrize("name", ["story", "preview", "thanks", "withdraw", "delete"])
def test_nobody_else_finds_a_story(author, team, name):
    submission = author.told()
    author.client.force_login(team.redaktion)
    address = reverse(f"sharing:{name}", args=[submission.token])
    assert author.client.get(address).status_code == 404
    assert author.client.post(address).status_code in {404, 405}
    assert author.post(submission, "was", {"title": "Gekapert"}).status_code == 404
    submission.refresh_from_db()
    assert submission.title == "Siebdruck im Schulamt"


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("beitragende", 302),
        ("dezernat", 302),
        ("redaktion", 302),
        ("leitung", 302),
        ("admin", 302),
        ("technik", 403),
        ("ohne_rolle", 403),
    ],
)
def test_who_may_share(team, client, who, status):
    client.force_login(getattr(team, who))
    response = client.post(reverse("sharing:start"))
    assert response.status_code == status
    if status == 403:
        assert "noch keine Beiträge teilen" in text(response)


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.slug)
def test_every_step_is_private_and_shows_where_one_is(author, step):
    response = author.client.get(author.begin().step_url(step.slug))
    assert f"Schritt {step.number} von 6" in text(response)
    assert "private" in response["Cache-Control"]
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize("action", ["next", "back", "later"])
def test_what_is_wrong_is_saved_and_stands_there_again(author, action):
    submission = author.begin()
    typed = {"title": "Nur ein Titel", "start_date": "31.02.2026", "participants": "viele"}
    author.post(submission, "was", typed, action)
    page = text(author.client.get(submission.step_url("was")))
    for value in typed.values():
        assert f'value="{value}"' in page


def test_errors_stand_at_the_fields_and_above_with_links_to_them(author):
    submission = author.begin()
    page = text(author.post(submission, "was", {"title": "", "end_date": "gestern"}))
    for name in ("title", "kind", "start_date", "end_date"):
        assert f'href="#id_{name}"' in page
        assert f'id="id_{name}_error"' in page
    assert "id_title_helptext id_title_error" in page
    assert "<title>Fehler: Schritt 2 von 6" in page.replace("\n", "")


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("1.200", 1200),
        ("1 200", 1200),
        ("ca. 50", 50),
        ("ca 50", 50),
        ("Etwa 1.200.000", None),
        ("rund 40 Personen", 40),
        ("40", 40),
        ("1.20", None),
        ("viele", None),
        ("-3", None),
        ("9" * 5000, None),
    ],
    ids=lambda value: str(value)[:20],
)
def test_how_many_took_part_is_read_as_people_write_it(author, typed, number):
    submission = author.begin()
    response = author.post(submission, "was", author.answers("was") | {"participants": typed})
    assert (response.status_code == 302) is (number is not None)
    form = filled(Submission.objects.get(), WHAT)
    form.full_clean()
    assert form.cleaned_data.get("participants") == number


@pytest.mark.parametrize("field", ["start_date", "end_date"])
@pytest.mark.parametrize("day", ["9999-12-31", "1949-05-22", "0001-01-01"])
def test_a_day_that_cannot_be_meant_is_refused_at_its_field(author, field, day):
    submission = author.begin()
    page = text(author.post(submission, "was", author.answers("was") | {field: day}))
    assert f'id="id_{field}_error"' in page
    assert "prüfen Sie das Jahr" in page


def test_the_near_future_and_the_first_day_of_the_grundgesetz_are_good(author):
    submission = author.begin()
    days = {"start_date": "1949-05-23", "end_date": str(timezone.localdate() + HALF_A_YEAR)}
    assert author.post(submission, "was", author.answers("was") | days).status_code == 302


def test_the_summary_names_the_field_whose_text_is_too_long(author):
    submission = author.begin()
    page = text(author.post(submission, "was", author.answers("was") | {"place": "x" * 161}))
    assert "<strong>Wo war es?</strong> Das ist zu lang: 161 Zeichen. Höchstens 160" in page


def test_what_is_too_large_or_broken_is_told_so(author, settings):
    address = author.begin().step_url("was")
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    response = author.client.post(address, {"title": "x" * 2000, "action": "next"})
    assert response.status_code == 413
    assert "zu groß" in text(response)
    kind = "multipart/form-data; boundary="
    response = author.client.post(address, b"kaputt", content_type=kind)
    assert response.status_code == 400
    assert "nicht vollständig angekommen" in text(response)


def test_going_back_needs_nothing_complete(author):
    submission = author.begin()
    response = author.post(submission, "was", {}, "back")
    assert response.url == submission.step_url("wer")


def test_a_tick_can_be_taken_away_again(author):
    submission = author.begin()
    author.post(submission, "wer")
    author.post(submission, "wer", {"name": "Bea"})
    submission.refresh_from_db()
    assert submission.answer("show_name") == ""


def test_what_a_step_does_not_ask_for_stays(author):
    submission = author.fill(author.begin())
    author.post(submission, "was", {"title": "Neu", "department": "0", "boese": "1"})
    submission.refresh_from_db()
    assert submission.answer("department") == str(author.department.pk)
    assert submission.answer("did").startswith("Wir haben")
    assert "boese" not in submission.answers


def test_a_null_byte_does_no_harm(author):
    submission = author.begin()
    assert author.post(submission, "was", {"title": "Ti\0tel"}).status_code == 200
    submission.refresh_from_db()
    assert submission.title == "Titel"


@pytest.mark.parametrize("slug", ["wer", "was", "geschichte", "bilder", "grundgesetz", "absenden"])
@pytest.mark.parametrize(
    "value", ["x" * 50_000, "-1", "<script>alert(1)</script>", "９９", "ß\u202e"]
)
def test_bad_input_is_told_kindly(author, slug, value):
    submission = author.begin()
    names = [name for step in STEPS if step.slug == slug for name in step.form.base_fields]
    response = author.post(submission, slug, dict.fromkeys(names, value))
    assert response.status_code in {200, 302}
    assert "<script>alert" not in text(response)


# --- Saving beside -------------------------------------------------------------------------------


def test_the_page_saves_by_itself(author):
    submission = author.begin()
    response = author.post(submission, "was", {"title": "Halb"}, **JSON)
    assert set(response.json()) == {"saved", "base", "conflict"}
    submission.refresh_from_db()
    assert submission.title == "Halb"


def test_saving_by_itself_says_when_the_session_has_ended(author):
    submission = author.begin()
    author.client.logout()
    response = author.post(submission, "was", {"title": "Halb"}, **JSON)
    assert response.status_code == 401
    assert submission.step_url("was") in unquote(response.json()["login"])


def test_what_was_sent_without_a_session_is_there_after_the_login(author):
    submission = author.begin()
    author.client.logout()
    typed = {"title": "Mit Mühe getippt", "place": "Rathaus"}
    response = author.post(submission, "was", typed)
    assert f"next={submission.step_url('was')}" in response.url
    author.client.force_login(author.user)
    page = text(author.client.get(submission.step_url("was")))
    assert "Mit Mühe getippt" in page
    assert "ist gespeichert" in page
    submission.refresh_from_db()
    assert submission.answer("place") == "Rathaus"


def test_who_begins_without_a_session_comes_back_to_the_beginning(author):
    author.client.logout()
    response = author.client.post(reverse("sharing:start"))
    assert response.url.endswith(f"next={reverse('sharing:start')}")


def test_what_somebody_sent_without_a_session_is_not_taken_for_another(author, team, client):
    submission = author.begin()
    author.client.logout()
    author.post(submission, "was", {"title": "Von Bea"})
    author.client.force_login(team.redaktion)
    assert "Von Bea" not in text(author.client.get(reverse("sharing:mine")))
    submission.refresh_from_db()
    assert submission.answers == {}


def test_a_form_from_before_the_login_is_shown_again_instead_of_being_lost(author, team, client):
    strict = type(client)(enforce_csrf_checks=True)
    other = Author(strict, author.user, author.department)
    submission = Submission.objects.create(user=author.user)
    response = other.post(submission, "was", {"title": "Mit Mühe getippt"})
    assert response.status_code == 403
    assert "Mit Mühe getippt" in text(response)
    assert "noch einmal ab" in text(response)
    submission.refresh_from_db()
    assert submission.answers == {}


def test_the_review_names_no_question_without_an_answer(author):
    html = text(author.client.get(author.begin().step_url("absenden")))
    assert "Um welche Artikel" not in html
    assert html.count("Noch nichts") == 3


# --- Robots --------------------------------------------------------------------------------------


def test_who_is_too_quick_is_asked_again_and_loses_nothing(author):
    submission = author.fill(author.begin())
    page = author.client.get(submission.step_url("absenden"))
    stamped = page.context["form"].initial["shown"]
    sent = {"privacy": "on", "website": "", "shown": stamped}
    response = author.post(submission, "absenden", sent)
    assert "sehr schnell" in text(response)
    assert "checked" in text(response)
    assert not ImpulsePage.objects.exists()
    with time_machine(10):
        assert author.post(submission, "absenden", sent).status_code == 302
    assert ImpulsePage.objects.exists()


def test_a_field_that_people_do_not_see_must_stay_empty(author):
    submission = author.fill(author.begin())
    response = author.send(submission, website="https://spam.example")
    assert "leer bleiben" in text(response)
    assert "spam.example" not in text(response)
    assert not ImpulsePage.objects.exists()


@pytest.mark.parametrize(
    "stamped",
    ["", "x", signing.dumps(["x", 0], salt="impulses.sharing")],
    ids=["none", "no signature", "of another form"],
)
def test_a_forged_moment_does_not_count(author, stamped):
    submission = author.fill(author.begin())
    assert "sehr schnell" in text(author.send(submission, shown=stamped))


def test_the_form_is_throttled(author, monkeypatch):
    monkeypatch.setattr(views, "MOST_BEGUN", 1)
    author.post(author.begin(), "was")
    response = author.client.post(reverse("sharing:start"))
    assert response.status_code == 429
    assert "Bitte warten Sie eine Stunde" in text(response)


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_a_form_is_posted_and_nothing_else(author, method):
    submission = author.begin()
    for address in (reverse("sharing:start"), submission.step_url("was")):
        response = getattr(author.client, method)(address)
        assert response.status_code == 405
        assert response["Allow"] == "GET, HEAD, POST"
