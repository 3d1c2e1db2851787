"""Two windows, tabs or devices on one step: nobody's text is lost, with and without scripts."""

import html
import re

import pytest

from impulses.sharing.merging import BASE, digest
from tests.sharing.test_pictures import GOOD, upload

pytestmark = pytest.mark.django_db
JSON = {"HTTP_ACCEPT": "application/json"}


def text(response):
    return response.content.decode()


def opened(author, submission, slug):
    """Return what a window that has just been opened sends of itself: what its form is based on."""
    page = text(author.client.get(submission.step_url(slug)))
    return {BASE: html.unescape(re.search('name="base" value="([^"]*)"', page)[1])}


@pytest.fixture
def submission(author):
    return author.fill(author.begin())


def what(author, **changes):
    return author.answers("was") | changes


@pytest.mark.parametrize("extra", [{}, JSON], ids=["buttons", "scripts"])
def test_a_window_saves_only_what_was_changed_in_it(author, submission, extra):
    one, two = (opened(author, submission, "was") for _window in range(2))
    author.post(submission, "was", what(author, title="Neuer Titel") | one, **extra)
    author.post(submission, "was", what(author, place="Bücherei") | two, **extra)
    submission.refresh_from_db()
    assert (submission.title, submission.answer("place")) == ("Neuer Titel", "Bücherei")
    assert submission.answer("participants") == "40"


def test_a_window_that_goes_on_saving_does_not_win_by_that(author, submission):
    one, two = (opened(author, submission, "was") for _window in range(2))
    author.post(submission, "was", what(author, title="Neuer Titel") | one)
    for place in ("Bü", "Büche", "Bücherei"):
        sent = what(author, place=place) | two
        two = {BASE: author.post(submission, "was", sent, **JSON).json()["base"]}
    submission.refresh_from_db()
    assert (submission.title, submission.answer("place")) == ("Neuer Titel", "Bücherei")


def test_a_field_that_both_have_changed_keeps_both_texts(author, submission):
    one, two = (opened(author, submission, "was") for _window in range(2))
    author.post(submission, "was", what(author, title="Vom Telefon") | one)
    response = author.post(submission, "was", what(author, title="Vom Rechner") | two)
    assert response.url == submission.step_url("was")
    page = text(author.client.get(submission.step_url("was")))
    assert 'value="Vom Rechner"' in page
    assert "Vom Telefon</blockquote>" in page
    assert "auch in einem anderen Fenster geändert" in page


def test_saving_beside_tells_of_a_conflict_once(author, submission):
    one, two = (opened(author, submission, "was") for _window in range(2))
    author.post(submission, "was", what(author, title="Vom Telefon") | one, **JSON)
    answer = author.post(submission, "was", what(author, title="Vom R") | two, **JSON).json()
    assert answer["conflict"]
    sent = what(author, title="Vom Rechner") | {BASE: answer["base"]}
    assert not author.post(submission, "was", sent, **JSON).json()["conflict"]
    page = text(author.client.get(submission.step_url("was")))
    assert page.count("<blockquote>") == 1
    # The button asks for a choice; without one, nobody would see the other text again.
    sent |= opened(author, submission, "was")
    assert author.post(submission, "was", sent).url == submission.step_url("was")
    author.post(submission, "was", sent, f"drop-{digest(['Vom Telefon'])}-title")
    assert author.post(submission, "was", sent).url == submission.step_url("geschichte")


@pytest.mark.parametrize(
    ("verb", "title", "beside"), [("take", "A", ["B"]), ("drop", "B", [])], ids=["take", "drop"]
)
def test_of_two_texts_one_is_chosen(author, submission, verb, title, beside):
    one, two = (opened(author, submission, "was") for _window in range(2))
    author.post(submission, "was", what(author, title="A") | one)
    author.post(submission, "was", what(author, title="B") | two)
    here = opened(author, submission, "was")
    sent = what(author, title="B") | here
    author.post(submission, "was", sent, f"{verb}-{digest(['A'])}-title")
    page = text(author.client.get(submission.step_url("was")))
    assert f'value="{title}"' in page
    assert re.findall("<blockquote>(.*?)</blockquote>", page) == beside


def test_ticks_of_two_windows_are_put_together(author, submission):
    one, two = (opened(author, submission, "grundgesetz") for _window in range(2))
    author.post(submission, "grundgesetz", {"articles": ["1", "5", "3"]} | one)
    author.post(submission, "grundgesetz", {"articles": ["1", "5", "20"]} | two)
    submission.refresh_from_db()
    assert sorted(submission.answers["articles"]) == ["1", "20", "3", "5"]


def test_a_tick_that_another_window_has_taken_away_does_not_come_back(author, submission):
    one, two = (opened(author, submission, "wer") for _window in range(2))
    author.post(submission, "wer", author.answers("wer") | {"show_name": ""} | one)
    author.post(submission, "wer", author.answers("wer") | two)
    submission.refresh_from_db()
    assert not submission.answer("show_name")


def test_the_words_of_a_picture_are_not_emptied_by_an_older_window(
    author, submission, picture_file
):
    upload(author, submission, picture_file(), alt="")
    name = submission.pictures.get().prefix
    one, two = (opened(author, submission, "bilder") for _window in range(2))
    before = {f"{name}-{key}": value for key, value in GOOD.items()} | {f"{name}-alt": ""}
    author.post(submission, "bilder", before | {f"{name}-alt": "Ein Haus"} | one)
    author.post(submission, "bilder", before | {f"{name}-credit": "Foto: Ole"} | two)
    picture = submission.pictures.get()
    assert (picture.alt, picture.answer("credit")) == ("Ein Haus", "Foto: Ole")


def test_the_next_picture_gets_nothing_of_the_one_before(author, submission, picture_file):
    window = opened(author, submission, "bilder")
    typed = {f"neu-{key}": value for key, value in GOOD.items()} | {"neu-agreed": "on"}
    author.post(submission, "bilder", typed | window | {"neu-file": picture_file()}, "add")
    # What the page was saving when the picture came arrives after it.
    author.post(submission, "bilder", typed | window, **JSON)
    submission.refresh_from_db()
    assert not any(submission.answer(f"neu-{key}") for key in ("alt", "credit", "shows_people"))
    page = text(author.client.get(submission.step_url("bilder")))
    assert 'name="neu-alt" value' not in page


def test_what_was_sent_without_a_session_is_compared_too(author, submission):
    one, two = (opened(author, submission, "was") for _window in range(2))
    author.post(submission, "was", what(author, title="Neuer Titel") | one)
    author.client.logout()
    author.post(submission, "was", what(author, place="Bücherei") | two)
    author.client.force_login(author.user)
    author.client.get(submission.step_url("was"))
    submission.refresh_from_db()
    assert (submission.title, submission.answer("place")) == ("Neuer Titel", "Bücherei")


def test_what_could_not_be_saved_is_still_based_on_what_its_window_was(author, submission):
    strict = type(author.client)(enforce_csrf_checks=True)
    window = opened(author, submission, "was")
    author.post(submission, "was", what(author, title="Neuer Titel"))
    strict.force_login(author.user)
    sent = what(author, place="Bücherei", action="next") | window
    response = strict.post(submission.step_url("was"), sent)
    assert response.status_code == 403
    assert html.escape(window[BASE]) in text(response)


@pytest.mark.parametrize("base", ["", "x", "[]", "1", '{"title": [1]}', "[" * 10_000])
def test_a_broken_base_does_no_harm(author, submission, base):
    author.post(submission, "was", what(author, title="Neu") | {BASE: base})
    submission.refresh_from_db()
    assert submission.title == "Neu"


def test_line_ends_are_no_change():
    assert digest(["a\r\nb"]) == digest(["a\nb"]) != digest(["a b"])
    assert digest([""]) == digest([])


def test_the_page_and_saving_beside_tell_the_same_base(author, submission):
    sent = what(author, title="Neu") | opened(author, submission, "was")
    base = author.post(submission, "was", sent, **JSON).json()["base"]
    assert opened(author, submission, "was") == {BASE: base}
