"""Pictures of a story: taken at once, six at most, each described and with consent."""

import html
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from home.models import CampaignImage
from impulses.models import ImpulsePage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("standing_team")]
GOOD = {"alt": "Ein Plakat", "credit": "Foto: Bea", "shows_people": "no", "consent": ""}
KEPT = GOOD | {"agreed": ""}


def upload(author, submission, file, action="add", **changes):
    typed = {f"neu-{name}": value for name, value in (GOOD | changes).items()}
    return author.post(submission, "bilder", typed | {"neu-file": file}, action)


@pytest.fixture
def submission(author):
    return author.fill(author.begin())


def test_a_picture_is_there_at_once_with_what_was_said_about_it(author, submission, picture_file):
    upload(author, submission, picture_file())
    picture = submission.pictures.get()
    assert picture.answers == KEPT
    assert picture.image.uploaded_by_user == author.user
    page = author.client.get(submission.step_url("bilder")).content.decode()
    assert 'value="Ein Plakat"' in page
    assert 'name="neu-alt" value="Ein Plakat"' not in page


@pytest.mark.parametrize("action", ["next", "back", "later"])
def test_a_chosen_picture_is_taken_whatever_the_button(author, submission, picture_file, action):
    upload(author, submission, picture_file(), action)
    assert submission.pictures.count() == 1


def test_a_picture_without_words_stays_and_the_words_are_asked_for(
    author, submission, picture_file
):
    upload(author, submission, picture_file(), alt="", credit="", shows_people="")
    response = author.post(submission, "bilder", {})
    page = response.content.decode()
    assert submission.pictures.count() == 1
    assert "Bitte beschreiben Sie das Bild." in page
    assert "Bitte geben Sie an, ob die Aufnahme Personen zeigt." in page
    assert author.send(submission).status_code == 200
    assert not ImpulsePage.objects.exists()


def test_people_in_a_picture_need_their_consent(author, submission, picture_file):
    upload(author, submission, picture_file(), shows_people="yes")
    page = author.post(submission, "bilder", {}).content.decode()
    assert "Bitte bestätigen Sie, dass alle eingewilligt haben." in page
    assert "wo die Einwilligungen liegen" in page
    prefix = submission.pictures.get().prefix
    words = {f"{prefix}-consent": "nein, niemand"}
    assert author.post(submission, "bilder", words).status_code == 200
    assert author.send(submission).status_code == 200
    response = author.post(submission, "bilder", words | {f"{prefix}-agreed": "on"})
    assert response.url == submission.step_url("grundgesetz")
    author.send(submission)
    assert ImpulsePage.objects.get().teaser_image.consent_reference == "nein, niemand"


def test_a_consent_that_is_not_confirmed_is_none_for_the_picture(author, submission, picture_file):
    upload(author, submission, picture_file(), shows_people="yes", consent="Ordner 7")
    assert submission.pictures.get().image.consent_reference == ""
    upload(author, submission, picture_file(), shows_people="yes", consent="Ordner 7", agreed="on")
    assert submission.pictures.last().image.consent_reference == "Ordner 7"


def test_the_last_step_shows_what_is_declared_about_each_picture(author, submission, picture_file):
    people = {"shows_people": "yes", "consent": "Ordner 7", "agreed": "on"}
    upload(author, submission, picture_file(), alt="Drei Leute", **people)
    upload(author, submission, picture_file(), alt="Ein Haus", credit="Foto: Ole")
    page = author.client.get(submission.step_url("absenden")).content.decode()
    shown = page[page.index('"summary-bilder"') : page.index('"summary-grundgesetz"')]
    for words in ("Drei Leute", "Foto: Bea", "Ordner 7", "Ein Haus", "Foto: Ole"):
        assert words in shown
    assert shown.count("Zeigt die Aufnahme Personen?") == 2
    assert shown.count("Alle abgebildeten Personen haben eingewilligt") == 1


@pytest.mark.parametrize(
    "file",
    [
        SimpleUploadedFile("bild.jpg", b"<html><script>1</script></html>", "image/jpeg"),
        SimpleUploadedFile("bild.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/png"),
        SimpleUploadedFile("bild.jpg", b"", "image/jpeg"),
    ],
    ids=["html", "svg", "empty"],
)
def test_what_is_no_picture_is_refused_and_the_words_stay(author, submission, file):
    response = upload(author, submission, file)
    assert response.status_code == 200
    assert 'id="id_neu-file_error"' in response.content.decode()
    assert 'value="Ein Plakat"' in response.content.decode()
    assert not submission.pictures.exists()
    assert 'value="Ein Plakat"' in author.client.get(submission.step_url("bilder")).content.decode()


def test_a_file_that_is_too_large_is_refused_in_words(author, submission, settings, picture_file):
    settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10
    response = upload(author, submission, picture_file())
    assert response.status_code == 200
    assert not submission.pictures.exists()


def test_what_is_wrong_with_a_picture_names_it_and_the_field(author, submission, picture_file):
    upload(author, submission, picture_file())
    upload(author, submission, picture_file(), alt="x" * 251)
    page = author.post(submission, "bilder", {}).content.decode()
    assert "<strong>Bild 2, Was ist zu sehen?</strong> Das ist zu lang: 251 Zeichen." in page


def test_there_are_six_at_most(author, submission, picture_file):
    for _number in range(6):
        upload(author, submission, picture_file())
    response = upload(author, submission, picture_file())
    assert response.status_code == 200
    assert submission.pictures.count() == 6
    page = author.client.get(submission.step_url("bilder")).content.decode()
    assert 'name="neu-file"' not in page


def test_pictures_are_moved_and_removed(author, submission, picture_file):
    for alt in ("eins", "zwei", "drei"):
        upload(author, submission, picture_file(), alt=alt)
    one, two, three = submission.pictures.all()
    author.post(submission, "bilder", {}, f"up-{three.pk}")
    author.post(submission, "bilder", {}, f"down-{one.pk}")
    assert [picture.alt for picture in submission.pictures.all()] == ["drei", "eins", "zwei"]
    author.post(submission, "bilder", {}, f"remove-{two.pk}")
    assert [picture.alt for picture in submission.pictures.all()] == ["drei", "eins"]
    assert CampaignImage.objects.count() == 2


@pytest.mark.parametrize("key", ["", "x", "0", "9" * 20, "9" * 5000, "٣"], ids=len)
@pytest.mark.parametrize("verb", ["remove", "up", "down", "take", "drop"])
def test_a_picture_that_there_is_not_is_not_touched(author, submission, picture_file, key, verb):
    upload(author, submission, picture_file())
    assert author.post(submission, "bilder", {}, f"{verb}-{key}").status_code == 302
    assert submission.pictures.count() == 1


@pytest.mark.parametrize(("count", "block"), [(1, "picture"), (2, "gallery")])
def test_pictures_become_a_picture_or_a_gallery(author, submission, picture_file, count, block):
    for _number in range(count):
        upload(author, submission, picture_file())
    author.send(submission)
    page = ImpulsePage.objects.get()
    assert block in [child.block_type for child in page.body]
    assert page.teaser_image.description == "Ein Plakat"
    assert page.teaser_image.credit == "Foto: Bea"


def test_the_enter_key_removes_no_picture(author, submission, picture_file):
    upload(author, submission, picture_file())
    page = author.client.get(submission.step_url("bilder")).content.decode()
    form = page[page.index("<form", page.index("<kept-form")) :]
    first = form[form.index('name="action"') :]
    assert first.startswith('name="action" value="stay"')
    response = author.post(submission, "bilder", {}, "stay")
    assert response.url.startswith(submission.step_url("bilder"))
    assert submission.pictures.count() == 1


def test_its_author_sees_a_picture_that_the_public_does_not(author, submission, picture_file):
    upload(author, submission, picture_file())
    author.send(submission)
    address = reverse("sharing:preview", args=[submission.token])
    page = author.client.get(address).content.decode()
    tags = [tag for tag in re.findall("<img[^>]*>", page) if 'alt="Ein Plakat"' in tag]
    source = html.unescape(re.findall('src="([^"]+)"', tags[0])[0])
    response = author.client.get(source)
    assert response.status_code == 200
    assert b"".join(response.streaming_content)
    assert author.client.get(source.partition("?")[0]).status_code == 404
