"""The measurement of the cards' files: a line for each, marked where a ceiling is missed."""

import datetime as dt
import io
from functools import partial

import pytest
from PIL import Image

from campaign import bench_print
from campaign import bench_print_child as child
from campaign.bench_print_twin import Sizes, sizes_of, twin_of
from postcards.print.card import CardData, Photo, Run
from postcards.print.formats import PRESS
from postcards.print.render import render

SIZES = Sizes(headline=40, numeral=100, wording=9, imprint=7)


def card(**changes):
    plain = {
        "kind": "postcard",
        "title": "Artikel 1",
        "headline": "Die Würde des Menschen ist unantastbar.",
        "source": "Art. 1 GG",
        "numeral": "1",
        "back_title": "Artikel 1 <Grundgesetz>",
        "back": ((Run("(1) ", bold=True), Run("Sie zu achten ist Verpflichtung.")),),
        "imprint": ("Stadt Musterstadt",),
        "url": "HTTPS://MUSTERSTADT.EXAMPLE/K/ABCDE",
        "url_label": "QR-Code",
        "color": "petrol",
        "created": dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
    }
    return CardData(**plain | changes)


def picture():
    out = io.BytesIO()
    Image.new("RGB", (600, 400), "#22265e").save(out, "JPEG")
    return Photo("digest", "Ein Bild", data=out.getvalue())


@pytest.fixture
def costs(monkeypatch):
    """Let every measurement answer at once; a work's cost may be set by its name."""
    answers = {}

    def cost(work):
        answer = answers.get(work.func.__name__, child.Cost(30.0, 90.0))
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setattr(child, "cost", cost)
    monkeypatch.setattr(bench_print, "render", lambda cards, output: b"")
    monkeypatch.setattr(bench_print, "sizes_of", lambda pdf: SIZES)
    return answers


@pytest.fixture
def table(costs):
    """Return a function that makes the table of two cards, as lines by what they begin with."""

    def make():
        lines = list(bench_print.lines([card(), card(title="Artikel 2", photo=picture())]))
        return lines, lambda start: [line for line in lines if line.startswith(start)]

    return make


def test_every_output_and_weasyprint_have_their_lines(costs, table):
    costs["set_by_weasyprint"] = child.Cost(180.0, 100.0)
    lines, of = table()
    assert len({line[:46] for line in lines}) == len(lines)
    for start in ("PDF/X-4 ", "PDF/X-3", "screen PDF", "A4 sheet", "SRA3 sheet"):
        assert len(of(start)) == 3
    assert len(of("share ")) == 9
    assert [len(of(start)) for start in ("ZIP", "start of", "a worker")] == [1, 1, 1]
    assert all(line.endswith("6.0        5 ok") for line in of("WeasyPrint PDF/X-4   "))
    assert not any(" over" in line or " below" in line for line in lines)


@pytest.mark.parametrize(
    ("work", "cost", "start", "mark"),
    [
        ("rendered", (60.5, 90), "PDF/X-4  ", "over"),
        ("rendered", (40.5, 90), "screen PDF", "over"),
        ("rendered", (100.5, 90), "A4 sheet", "over"),
        ("rendered", (250.5, 90), "share 1200", "over"),
        ("zipped", (1500.5, 90), "ZIP", "over"),
        ("started", (1000.5, 90), "start of", "over"),
        ("worked", (9, 450.5), "a worker", "over"),
        ("set_by_weasyprint", (149, 90), "WeasyPrint PDF/X-4   ", "below"),
    ],
)
def test_value_beyond_its_limit_is_marked(costs, table, work, cost, start, mark):
    costs[work] = child.Cost(*cost)
    _lines, of = table()
    assert of(start)
    assert all(f" {mark}" in line for line in of(start))


def test_machine_without_pango_has_one_line_instead_of_weasyprints(costs, table):
    costs["set_by_weasyprint"] = child.MissingError("cannot load library 'libpango'")
    lines, of = table()
    assert of("WeasyPrint") == ["WeasyPrint is left out: cannot load library 'libpango'"]
    assert lines[-1] == of("WeasyPrint")[0]


def test_process_of_its_own_tells_time_and_memory():
    ballast = bytearray(200 * 2**20)  # what this process holds is not the other's
    cost = child.cost(partial(child.rendered, card(), PRESS, rounds=1))
    assert cost.milliseconds > 1
    assert 20 < cost.megabytes < 180
    del ballast


@pytest.mark.parametrize(
    "work",
    [
        partial(child.rendered, card(), PRESS, anew=True, rounds=1),
        partial(child.zipped, [card(), card(numeral="2")], rounds=1),
        partial(child.started, card()),
        partial(child.worked, [card()]),
    ],
    ids=lambda work: work.func.__name__,
)
def test_every_work_is_done_and_timed(work):
    assert work() > 1


def test_worker_that_fails_is_no_measurement():
    with pytest.raises(Exception, match="headline"):
        child.worked([card(headline="Donaudampfschifffahrt" * 5)])


def test_missing_weasyprint_is_told_by_the_process(monkeypatch, tmp_path):
    (tmp_path / "weasyprint.py").write_text("print('hint')\nraise OSError('no libpango\\nat all')")
    monkeypatch.syspath_prepend(str(tmp_path))
    twin = twin_of(card(), SIZES, press=True)
    with pytest.raises(child.MissingError, match=r"^no libpango$"):
        child.cost(partial(child.set_by_weasyprint, twin))


@pytest.mark.parametrize(
    ("press", "colour"), [(True, "device-cmyk(0% 0% 0% 100%)"), (False, "#14120f")]
)
def test_twin_says_what_the_card_says_in_ink_or_in_light(press, colour):
    original = card(photo=picture())
    twin = twin_of(original, SIZES, press=press)
    for text in (original.headline, "Artikel 1 &lt;Grundgesetz&gt;", "<b>(1) </b>", "Ein Bild"):
        assert text in twin.document
    assert colour in twin.styles
    assert ("FOGRA39L" in twin.styles) == press


def test_twin_has_letters_of_our_own_sizes():
    sizes = sizes_of(render([card()], PRESS))
    assert sizes.numeral == 100
    assert 20 < sizes.headline < 80
    assert sizes.wording == 9.5
    assert sizes.imprint == 7
