"""The demo's texts, pictures and files hold what they promise; no database is needed."""

import datetime as dt
import io
import json
import re
import tomllib
from pathlib import Path

import pytest
from PIL import Image

from demo.dates import resolve_date
from demo.documents import pdf
from demo.motifs import MOTIFS
from demo.pictures import draw
from demo.reading import REFERENCES, ContentError, read_content
from home.law import find_quote

ROOT = Path(__file__).parents[2]
LAW = {
    article["artikel"]: article["absaetze"]
    for article in json.loads((ROOT / "home/data/grundgesetz.json").read_text("utf-8"))["artikel"]
}
CONTENT = read_content()
GERMAN = [page for page in CONTENT.pages if "language" not in page]
SIMPLE = [page for page in CONTENT.pages if page.get("language") == "de-simple"]
POSTCARDS = [page for page in GERMAN if page["type"] == "postcards.PostcardPage"]
CARDS = [page for page in GERMAN if page["type"] == "postcards.CourageCardPage"]
NO_PROSE = {"alt_text", "level", "document", "page", "url", "label", "image", "figure", "source"}


def prose(value, name=""):
    """Yield every sentence-bearing text of a body."""
    if isinstance(value, str) and name not in NO_PROSE:
        yield re.sub(r"<[^>]+>", " ", re.sub(r"</(p|li)>", "\n", value))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from prose(item, key)
    elif isinstance(value, list):
        for item in value:
            yield from prose(item, name)


def syllables(word):
    return max(1, len(re.findall(r"au|äu|eu|ei|ai|ie|[aeiouyäöü]", word.lower())))


def readability(text):
    """Return the first Wiener Sachtextformel: about the school year that can read the text."""
    sentences = [s for s in re.split(r"[.!?:;]+[“”]?\s+|\n+", text) if re.search(r"\w", s)]
    words = re.findall(r"[\w-]+", text)
    share = 100 / len(words)
    long = share * sum(syllables(word) >= 3 for word in words)
    wide = share * sum(len(word) > 6 for word in words)
    short = share * sum(syllables(word) == 1 for word in words)
    length = len(words) / len(sentences)
    return 0.1935 * long + 0.1672 * length + 0.1297 * wide - 0.0327 * short - 0.875


def test_every_article_has_one_postcard():
    numbers = [card["article"].removeprefix("artikel:") for card in POSTCARDS]
    assert numbers == list(LAW)
    assert len(numbers) == 24


@pytest.mark.parametrize("card", POSTCARDS, ids=lambda card: card["slug"])
def test_postcard_quotes_the_law_and_is_plain(card):
    article = LAW[card["article"].removeprefix("artikel:")]
    chosen = [number for number in card["paragraphs"].split(", ") if number]
    shown = [p["text"] for p in article if not chosen or p["absatz"] in chosen]
    assert find_quote(card["headline"], shown) == card["headline"]
    assert set(chosen) <= {p["absatz"] for p in article}
    text = "\n".join(prose([block["value"] for block in card["body"]]))
    assert 80 <= len(re.findall(r"\w+", text)) <= 160
    assert 2 <= len(card["body"]) <= 4
    assert readability(text) <= 10
    assert len(card["teaser_text"]) <= 200
    assert card["tags"]


def test_there_are_enough_cards_in_both_designs():
    assert sum(card["design"] == "picture" for card in POSTCARDS) >= 6
    assert len(CARDS) >= 14


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card["slug"])
def test_courage_card_is_short_and_says_how_to_use_it(card):
    back = "\n".join(prose(card["back_text"]))
    assert len(card["sentence"]) <= 140
    assert 2 <= len(re.findall(r"[.!?]“?(?:\s|$)", back)) <= 4
    assert card["occasions"]
    assert card["team"]


def test_every_reference_in_the_content_has_its_object():
    known = {f"artikel:{number}" for number in LAW}
    for kind, tables in (
        ("bild", CONTENT.images),
        ("datei", CONTENT.documents),
        ("film", CONTENT.videos),
        ("dezernat", CONTENT.departments),
        ("person", CONTENT.authors),
        ("seite", CONTENT.pages),
    ):
        known |= {f"{kind}:{table['key']}" for table in tables}
    named = re.findall(
        rf"(?:^|href=\"|')((?:{'|'.join(REFERENCES)}):[^\"'\s]+)",
        "\n".join(strings([CONTENT.pages, CONTENT.authors, CONTENT.settings])),
        re.MULTILINE,
    )
    assert len(named) > 100
    assert set(named) <= known


def strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from strings(item)


def test_the_rota_covers_a_year_around_today_without_gap_or_overlap():
    months = [
        month
        for department in CONTENT.departments
        for entry in department["rota"]
        for month in range(entry["from"], entry["from"] + entry["months"])
    ]
    assert sorted(months) == list(range(min(months), min(months) + 12))
    assert 0 in months


@pytest.mark.parametrize("motif", MOTIFS)
@pytest.mark.parametrize("size", ["landscape", "portrait"])
def test_a_motif_exists_lying_and_upright(motif, size):
    image = Image.open(io.BytesIO(draw(motif, "petrol", 3, size)))
    assert image.size == ((1600, 1067) if size == "landscape" else (1067, 1600))
    assert len(image.getcolors(1 << 24)) > 4


def test_the_same_seed_gives_the_same_picture_and_another_gives_another():
    assert draw("kreise", "beere", 1) == draw("kreise", "beere", 1)
    assert draw("kreise", "beere", 1) != draw("kreise", "beere", 2)


def test_declared_pictures_are_all_different_and_described():
    drawn = [image for image in CONTENT.images if "file" not in image]
    assert len({(i["motif"], i["color"], i["size"], i["seed"]) for i in drawn}) == len(drawn)
    assert len({(i["motif"], i["color"]) for i in drawn}) >= 20
    assert all(i["description"] for i in CONTENT.images)


def test_the_towns_logo_is_transparent_around_its_plate():
    image = Image.open(io.BytesIO(draw("logo-stadt", "nacht", 1, "logo")))
    assert image.mode == "RGBA"
    assert image.getpixel((image.width - 1, 0))[3] == 0


@pytest.mark.parametrize("seed", range(6))
def test_portraits_and_logos_are_drawn_for_any_seed(seed):
    portrait = Image.open(io.BytesIO(draw("portrait", "beere", seed, "square")))
    assert portrait.size == (1067, 1067)
    logo = Image.open(io.BytesIO(draw("logo-foerderer", "moos", seed, "logo")))
    assert logo.size == (1080, 300)


@pytest.mark.parametrize("document", CONTENT.documents, ids=lambda document: document["key"])
def test_a_pdf_is_valid_in_its_structure(document):
    data = pdf(document["title"], document["paragraphs"])
    assert data == pdf(document["title"], document["paragraphs"])
    start = int(re.search(rb"startxref\n(\d+)", data)[1])
    assert data[start : start + 4] == b"xref"
    for number, offset in enumerate(re.findall(rb"(\d{10}) 00000 n", data), 1):
        assert data[int(offset) :].startswith(b"%d 0 obj" % number)
    length = int(re.search(rb"/Length (\d+)", data)[1])
    assert len(re.search(rb"stream\n(.*)\nendstream", data, re.DOTALL)[1]) == length


def test_a_pdf_refuses_what_it_cannot_show():
    with pytest.raises(ValueError, match="→"):
        pdf("Titel", ["von hier → dort"])
    with pytest.raises(ValueError, match="Zeile"):
        pdf("Titel", ["Zeile"] * 100)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("tag:0", dt.date(2024, 3, 31)),
        ("tag:-31", dt.date(2024, 2, 29)),
        ("monat:-1:31", dt.date(2024, 2, 29)),
        ("monat:0:letzter", dt.date(2024, 3, 31)),
        ("monat:10:12", dt.date(2025, 1, 12)),
        ("1949-05-23", dt.date(1949, 5, 23)),
    ],
)
def test_dates_are_relative_to_today(text, day):
    assert resolve_date(text, dt.date(2024, 3, 31)) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("werktag:-10:1", dt.date(2026, 1, 2)),
        ("werktag:1:24", dt.date(2027, 1, 4)),  # Christmas, then a weekend
        ("werktag:4:26", dt.date(2027, 3, 30)),  # Good Friday to Easter Monday
        ("werktag:5:31", dt.date(2027, 4, 30)),
        ("werktag:6:6", dt.date(2027, 5, 10)),  # Ascension and the bridge after it
        ("werktag:0:22", dt.date(2026, 11, 23)),  # a Sunday
    ],
)
def test_a_town_hall_is_open_on_working_days(text, day):
    today = dt.date(2026, 11, 24)
    assert resolve_date(text, today) == day


IMPULSES = [page for page in CONTENT.pages if page["type"] == "impulses.ImpulsePage"]


def test_no_impulse_counts_people_before_it_happened():
    today = dt.date(2026, 11, 24)
    coming = [p for p in IMPULSES if resolve_date(p["start_date"], today) > today]
    assert coming
    assert not [page["slug"] for page in coming if "participants" in page]
    assert all(p["participants"] for p in IMPULSES if p not in coming)


def test_an_impulse_ends_after_it_began_whatever_day_it_is():
    for number in range(800):
        today = dt.date(2026, 1, 1) + dt.timedelta(days=number)
        for page in IMPULSES:
            start, end = (resolve_date(page[f"{name}_date"], today) for name in ("start", "end"))
            assert start <= end, (page["slug"], today)


def test_an_impulse_falls_into_its_departments_turn():
    turns = {
        f"dezernat:{department['key']}": {
            month % 12
            for entry in department["rota"]
            for month in range(entry["from"], entry["from"] + entry["months"])
        }
        for department in CONTENT.departments
    }
    for page in IMPULSES:
        kind, _colon, rest = page["start_date"].partition(":")
        if kind != "tag":
            assert int(rest.partition(":")[0]) % 12 in turns[page["department"]], page["slug"]


@pytest.mark.parametrize(
    ("page_type", "date"),
    [("impulses.ImpulsePage", "start_date"), ("blog.GuestPostPage", "published_on")],
)
def test_the_overviews_hold_more_than_one_year_whatever_day_it_is(page_type, date):
    dates = [page[date] for page in CONTENT.pages if page["type"] == page_type]
    for number in range(800):
        today = dt.date(2026, 1, 1) + dt.timedelta(days=number)
        days = [day for text in dates if (day := resolve_date(text, today)) <= today]
        assert len({day.year for day in days}) > 1, today


def test_an_impulse_is_told_after_it_happened_and_within_the_campaign():
    start = next(page["age"] for page in CONTENT.pages if page["key"] == "start")
    for number in range(0, 800, 7):
        today = dt.date(2026, 1, 1) + dt.timedelta(days=number)
        for page in IMPULSES:
            told = today - dt.timedelta(days=page["age"])
            begun = resolve_date(page["start_date"], today)
            assert page["age"] <= start
            assert begun <= told or begun > today or page["age"] < 30, (page["slug"], today)


def test_no_text_names_a_day_of_the_campaign_whose_dates_move():
    for page in CONTENT.pages:
        texts = [block["value"] for block in page.get("body", [])]
        texts += [v for name, v in page.items() if isinstance(v, str) and "date" not in name]
        for text in prose(texts):
            assert not re.search(r"\b202\d\b", text), (page["key"], text)


REST = 'type = "home.StandardPage"\nslug = "a"\ntitle = "a"\nage = 1'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[[image]]\ntitle = "a"', "no key"),
        ('[[image]]\nkey = "a"\n[[image]]\nkey = "a"', "double key: a"),
        ('[[page]]\nkey = "a"', "is missing"),
        (f'[[page]]\nkey = "a"\nparent = "b"\n{REST}', "no parent: a"),
    ],
)
def test_a_faulty_content_file_is_refused(tmp_path, text, message):
    tomllib.loads(text)
    (tmp_path / "pages.toml").write_text(text, "utf-8")
    with pytest.raises(ContentError, match=message):
        read_content(tmp_path)


# --- Other languages ----------------------------------------------------------------------------

#: What Leichte Sprache does without: negation, genitive, passive, subjunctive.
HARD = re.compile(
    r"\b(nicht|nichts|nie|niemals|niemand\w*|kein\w*|des|eines|wird|werden|wurden?|worden"
    r"|hätten?|wären?|könnten?|sollten?|müssten?|z\. ?B\.|usw\.)\b",
    re.IGNORECASE,
)


def easy_texts(page):
    """Yield the texts that are Leichte Sprache on a page: all but the law's own words."""
    names = ("title", "claim", "introduction", "teaser_text", "sentence", "back_text")
    yield from (page[name] for name in names if name in page)
    yield from strings([block["value"] for block in page.get("body", [])])


def lines(page):
    """Yield the lines of a page's texts, as readers see them."""
    for text in easy_texts(page):
        broken = re.sub(r"<br ?/?>|</(p|li|ul|h\d)>", "\n", text)
        yield from re.sub(r"<[^>]+>", "", broken).split("\n")


@pytest.mark.parametrize("page", SIMPLE, ids=lambda page: page["key"])
def test_leichte_sprache_follows_its_rules(page):
    for line in filter(None, map(str.strip, lines(page))):
        if line.startswith("seite:"):
            continue
        for sentence in re.split(r"(?<=[.?!])\s+", line):
            words = re.findall(r"[\w-]+", sentence)
            assert len(words) <= 8, sentence
            assert not HARD.search(sentence), sentence
            assert all(len(part) <= 12 for word in words for part in word.split("-")), sentence


def test_there_are_the_promised_pages_in_other_languages():
    types = [page["type"].rpartition(".")[2] for page in SIMPLE]
    assert types.count("PostcardPage") == 5
    assert types.count("CourageCardPage") == 3
    assert {page["translates"] for page in SIMPLE} >= {"start", "ueber"}
    english = {page["translates"] for page in CONTENT.pages if page.get("language") == "en"}
    assert english == {"start", "ueber"}


def test_a_postcard_in_leichte_sprache_quotes_the_law_itself():
    for card in SIMPLE:
        if card["type"] == "postcards.PostcardPage":
            article = LAW[card["article"].removeprefix("artikel:")]
            shown = [paragraph["text"] for paragraph in article]
            assert find_quote(card["headline"], shown) == card["headline"]


def test_some_pages_are_checked_and_others_not():
    checked = ["checked_by" in page and "checked_on" in page for page in SIMPLE]
    assert any(checked)
    assert not all(checked)
