"""What never became public does not stay, and a person's data can be told and erased."""

import datetime as dt
import json
import logging

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from home import personal
from home.models import CampaignImage, CampaignSettings, ReviewNote
from impulses.models import ImpulsePage, Submission
from impulses.sharing.retention import delete_old
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("standing_team")]
LATER = dt.timedelta(days=181)


def text(response):
    return response.content.decode()


@pytest.fixture
def published(author, team, decide):
    submission = author.told()
    decide(submission.page, team.dezernat, "approve")
    decide(submission.page, team.redaktion, "approve")
    submission.refresh_from_db()
    return submission


@pytest.mark.parametrize("state", ["abandoned", "rejected", "withdrawn"])
def test_what_was_not_published_is_deleted_after_its_time(
    author, team, decide, picture_file, caplog, state
):
    submission = author.fill(author.begin())
    author.post(submission, "bilder", {"neu-file": picture_file()} | picture("neu"), "add")
    if state != "abandoned":
        author.send(submission)
        submission.refresh_from_db()
    if state == "rejected":
        decide(submission.page, team.dezernat, "decline", "Nein, Bea Beispiel.")
    if state == "withdrawn":
        author.client.post(reverse("sharing:withdraw", args=[submission.token]))
    now = timezone.now()
    assert not any(delete_old(now + LATER - dt.timedelta(days=2)).values())
    caplog.clear()
    with caplog.at_level(logging.INFO):
        assert delete_old(now + LATER)[state] == 1
    for model in (Submission, ImpulsePage, CampaignImage, ReviewNote):
        assert not model.objects.exists()
    assert "Bea" not in caplog.text
    assert "Siebdruck" not in caplog.text


def picture(prefix):
    said = {"alt": "Ein Plakat", "credit": "Bea", "shows_people": "no"}
    return {f"{prefix}-{name}": value for name, value in said.items()}


def test_what_is_checked_asked_or_published_stays(author, team, decide, published):
    author.told()
    decide(author.told().page, team.dezernat, "question", "Wie viele?")
    assert not any(delete_old(timezone.now() + LATER).values())
    assert Submission.objects.count() == 3


def test_a_picture_that_was_taken_out_of_a_story_does_not_stay(author, team, picture_file):
    submission = author.fill(author.begin())
    author.post(submission, "bilder", {"neu-file": picture_file()} | picture("neu"), "add")
    kept = submission.pictures.get().image
    submission.pictures.all().delete()
    later = timezone.now() + LATER
    page = factories.StandardPageFactory(parent=team.tree.home, slug="ueber")
    page.teaser_image = kept
    page.save_revision()
    assert delete_old(later)["pictures"] == 0
    page.teaser_image = None
    page.save_revision()
    assert delete_old(later)["pictures"] == 1
    assert not CampaignImage.objects.exists()


def test_what_was_public_once_stays(author, published):
    published.page.unpublish()
    assert not any(delete_old(timezone.now() + LATER).values())


def test_the_days_are_a_setting(author, home, capsys):
    author.post(author.begin(), "was")
    CampaignSettings.objects.create(site=home.get_site(), retention_days=10)
    assert not any(delete_old(timezone.now() + dt.timedelta(days=9)).values())
    Submission.objects.update(updated_at=timezone.now() - dt.timedelta(days=11))
    call_command("retention")
    assert "1 liegen gebliebene" in capsys.readouterr().out
    assert not Submission.objects.exists()


# --- A person's data -----------------------------------------------------------------------------


def test_a_worker_may_delete_what_is_due(author):
    submission = author.begin()
    Submission.objects.filter(pk=submission.pk).update(updated_at=timezone.now() - LATER)
    call_command("retention", "--queue")
    assert not Submission.objects.exists()


@pytest.mark.parametrize("days", ["0", "-5"])
def test_nothing_is_deleted_on_the_day_it_was_written(author, days):
    author.begin()
    with pytest.raises(CommandError):
        call_command("retention", "--days", days)
    assert Submission.objects.exists()


def test_a_person_is_told_all_that_is_stored(author, published, capsys):
    call_command("person", "export", "BEITRAGENDE@stadt.example")
    (data,) = json.loads(capsys.readouterr().out)
    assert data["account"]["username"] == "beitragende"
    assert data["submissions"][0]["answers"]["title"] == ["Siebdruck im Schulamt"]
    assert data["submissions"][0]["published_at"] == published.page.full_url
    assert data["conversation"][0]["kind"] == "submission"


def test_after_erasing_a_published_story_stays_without_a_name(author, published, caplog):
    author.post(author.begin(), "wer")
    with caplog.at_level(logging.INFO):
        call_command("person", "erase", "beitragende@stadt.example")
    page = ImpulsePage.objects.get()
    assert page.live
    assert (page.owner, page.contact_name, page.contact_email) == (None, "", "")
    submission = Submission.objects.get()
    assert submission.user is None
    stored = [submission.answers, submission.written, list(submission.page.review_notes.values())]
    stored += [revision.content for revision in page.revisions.all()]
    assert "Bea" not in str(stored)
    assert "beitragende" not in str(stored).lower()
    assert not User.objects.filter(username="beitragende").exists()
    assert "beitragende@" not in caplog.text
    assert personal.export(personal.Person("beitragende@stadt.example")) == {}


def test_what_the_page_says_of_others_stays(author, published):
    page = published.page.get_latest_revision_as_object()
    page.contact_name = "Team Zusammenhalt"
    page.save_revision().publish()
    personal.erase(personal.find_people(author.user.email)[0])
    assert ImpulsePage.objects.get().contact_name == "Team Zusammenhalt"


def test_an_administrator_is_not_erased(team):
    with pytest.raises(CommandError, match="Administrationskonto"):
        call_command("person", "erase", team.admin.email)
    assert User.objects.filter(pk=team.admin.pk).exists()


def test_nothing_is_stored_about_a_stranger(team, capsys):
    call_command("person", "export", "fremd@anderswo.example")
    assert json.loads(capsys.readouterr().out) == []


@pytest.mark.parametrize(
    ("who", "status"), [("leitung", 200), ("admin", 200), ("redaktion", 302), ("beitragende", 302)]
)
def test_who_answers_for_peoples_data(team, client, who, status):
    client.force_login(getattr(team, who))
    for send in (client.get, client.post):
        assert send(reverse("personal_data"), {"address": "x"}).status_code == status
    if status == 200:
        assert reverse("personal_data") in text(client.get("/admin/"))


def test_the_leadership_looks_up_exports_and_erases(team, author, client):
    author.post(author.begin(), "wer")
    client.force_login(team.leitung)
    address = {"address": author.user.email}
    page = text(client.get(reverse("personal_data"), address))
    assert "Eingereichte Beiträge: 1" in page
    response = client.post(reverse("personal_data"), address | {"action": "export"})
    assert response["Content-Disposition"].startswith("attachment")
    assert response.json()[0]["account"]["email"] == author.user.email
    client.post(reverse("personal_data"), address | {"action": "erase"})
    assert User.objects.filter(pk=author.user.pk).exists()
    client.post(reverse("personal_data"), address | {"action": "erase", "sure": "yes"})
    assert not User.objects.filter(pk=author.user.pk).exists()
    assert not Submission.objects.exists()


def test_nobody_erases_themselves(team, client):
    client.force_login(team.leitung)
    sent = {"address": team.leitung.email, "action": "erase", "sure": "yes"}
    client.post(reverse("personal_data"), sent)
    assert User.objects.filter(pk=team.leitung.pk).exists()
