"""A process of its own gives the same files, the same errors, and always an answer."""

import io

import pytest
from PIL import Image

from postcards.print import worker
from postcards.print.card import Photo
from postcards.print.formats import (
    HOME,
    OFFICE,
    OUTPUTS,
    PRESS,
    SCREEN,
    SHARE_LINK,
    SHARE_SQUARE,
    SHARE_TALL,
    Preset,
    Profile,
)
from postcards.print.photos import PhotoError, prepare
from postcards.print.render import preview, render
from postcards.print.typesetting import OverflowingTextError, TypesettingError, UnknownGlyphsError
from postcards.print.worker import Task, WorkerError
from tests.print.cards import CARDS, FORMS, ROOT, article

CARD = CARDS["picture"]
NO_PROFILE = Preset(profile=Profile("FOGRA51", ROOT / "missing.icc"))
#: What is made more than once: a card, an output, a preset.
FILES = {
    "press": ("picture", PRESS, Preset()),
    "press x3": ("landscape", PRESS, Preset(standard="x3")),
    "screen": ("picture", SCREEN, Preset()),
    "home": ("landscape", HOME, Preset()),
    "office": ("landscape", OFFICE, Preset()),
    "link": ("landscape", SHARE_LINK, Preset()),
    "square": ("picture", SHARE_SQUARE, Preset()),
    "tall": ("landscape", SHARE_TALL, Preset()),
}
TASKS = {
    **{
        name: Task((CARDS[card],), output, preset) for name, (card, output, preset) in FILES.items()
    },
    "front": Task((CARD,), "front"),
    "back": Task((CARD,), "back"),
    "fit": Task((CARD,), "fit"),
    "long": Task((article("7"),), "fit"),
    "sign": Task((article(headline="Ja 😀"),), SCREEN),
    "empty": Task((article(photo=Photo("leer", "Nichts")),), SCREEN),
    "text": Task((article(photo=Photo("text", "Nichts", data=b"Text")),), PRESS),
    "profile": Task((CARD,), PRESS, NO_PROFILE),
}


@pytest.fixture(scope="module")
def answers():
    """Let one process do all tasks, and return its answers by name."""
    return dict(zip(TASKS, worker.run(list(TASKS.values())), strict=True))


# --- The same bytes --------------------------------------------------------------------------


def test_every_output_is_tried():
    assert {output for _card, output, _preset in FILES.values()} == set(OUTPUTS.values())


@pytest.mark.parametrize("name", FILES)
def test_the_same_card_gives_the_same_bytes_again_and_elsewhere(made, answers, name):
    card, output, preset = FILES[name]
    first = made(card, output, preset)
    prepare.cache_clear()
    assert render([CARDS[card]], output, preset) == first
    assert answers[name] == first


def test_another_card_gives_other_bytes(made):
    assert made("picture", SCREEN) != made("landscape", SCREEN)


# --- Answers ---------------------------------------------------------------------------------


@pytest.mark.parametrize("side", ["front", "back"])
def test_a_side_is_a_picture_to_look_at(answers, side):
    with Image.open(io.BytesIO(answers[side])) as image:
        assert image.format == "PNG"
        assert image.size == (874, 620)
    assert answers[side] == preview(CARD, side)


@pytest.mark.parametrize("name", ["link", "square", "tall"])
def test_a_share_picture_is_a_jpeg_of_its_size(answers, name):
    _card, output, _preset = FILES[name]
    with Image.open(io.BytesIO(answers[name])) as image:
        assert image.format == "JPEG"
        assert image.mode == "RGB"
        assert image.size == output.size(portrait=True)
    assert len(answers[name]) < 200_000


@pytest.mark.parametrize("form", FORMS)
def test_a_back_is_looked_at_as_it_is_read(form):
    with Image.open(io.BytesIO(preview(CARDS[form], "back"))) as image:
        assert image.size == (874, 620)


def test_a_card_that_fits_has_no_file():
    assert worker._answer(TASKS["fit"]) == b""


@pytest.mark.parametrize(
    ("name", "kind", "word"),
    [
        ("long", OverflowingTextError, ("part", "wording")),
        ("sign", UnknownGlyphsError, ("glyphs", "😀")),
        ("empty", PhotoError, ("reason", "empty")),
        ("text", PhotoError, ("reason", "unreadable")),
    ],
)
def test_what_is_wrong_with_a_card_comes_back_as_it_was_raised(answers, name, kind, word):
    assert type(answers[name]) is kind
    assert getattr(answers[name], word[0]) == word[1]


def test_what_is_wrong_with_the_machine_comes_back_in_words(answers):
    assert type(answers["profile"]) is TypesettingError
    assert "missing.icc" in str(answers["profile"])


# --- No answer -------------------------------------------------------------------------------


def program(monkeypatch, text):
    monkeypatch.setattr(worker, "_program", lambda: text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("import os; os._exit(3)", "exit code 3: "),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "exit code -9"),
        ("raise MemoryError('no more')", "exit code 1: MemoryError: no more"),
        ("pass", "no answer"),
        ("print('Good morning')", "no answer"),
    ],
)
def test_a_process_that_ends_early_is_told(monkeypatch, text, words):
    program(monkeypatch, text)
    with pytest.raises(WorkerError) as caught:
        worker.run([TASKS["fit"]])
    assert words in str(caught.value)


def test_a_process_that_takes_too_long_is_ended(monkeypatch):
    program(monkeypatch, "import time; time.sleep(60)")
    monkeypatch.setattr(worker, "START", 0.1)
    monkeypatch.setattr(worker, "EACH", 0.0)
    with pytest.raises(WorkerError, match="no answer within 0 s"):
        worker.run([TASKS["fit"]])


def test_the_limit_grows_with_the_tasks(monkeypatch):
    limits = []

    def ended(command, **options):
        limits.append(options["timeout"])
        raise worker.subprocess.TimeoutExpired(command, options["timeout"])

    monkeypatch.setattr(worker.subprocess, "run", ended)
    for number in (1, 5):
        with pytest.raises(WorkerError):
            worker.run([TASKS["fit"]] * number)
    assert limits == [40, 120]
