"""The law stands as it was promulgated: in order, letter for letter, out of editors' reach."""

import copy
import io
import itertools
import json
import re

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.urls import reverse

from home.law import find_quote, nearest_sentence, sentences, spelled_out
from home.law_import import LAW_FILE, read_law
from home.models import Article
from home.models.law import natural_key
from tests.factories import PostcardIndexPageFactory, PostcardPageFactory, StandardPageFactory

NBSP = "\u00a0"


# --- Order and names ----------------------------------------------------------------------------


def test_articles_stand_in_the_laws_order(db):
    numbers = list(Article.objects.values_list("number", flat=True))
    basic_rights = [str(number) for number in range(1, 20)]
    basic_rights.insert(basic_rights.index("12") + 1, "12a")
    basic_rights.insert(basic_rights.index("16") + 1, "16a")
    basic_rights.insert(basic_rights.index("17") + 1, "17a")
    assert numbers == ["Präambel", *basic_rights, "20", "20a"]


@pytest.mark.parametrize(
    ("one", "other"),
    [("Präambel", "1"), ("2", "10"), ("12", "12a"), ("12a", "12b"), ("12z", "13"), ("99", "100")],
)
def test_numbers_order_naturally(one, other):
    assert natural_key(one) < natural_key(other)


@pytest.mark.parametrize("number", ["", "a", "1A", "1 a", "-1", "1aa", "٣", "Anhang", "1000"])
def test_what_is_no_number_has_no_place(number):
    with pytest.raises(ValueError, match=f"^{re.escape(number)}$"):
        natural_key(number)


@pytest.mark.parametrize(
    ("number", "label", "citation", "slug"),
    [
        ("1", "Artikel 1", f"Art.{NBSP}1{NBSP}GG", "1"),
        ("12a", "Artikel 12a", f"Art.{NBSP}12a{NBSP}GG", "12a"),
        ("Präambel", "Präambel", f"Präambel{NBSP}GG", "praeambel"),
    ],
)
def test_articles_are_named_as_lawyers_do(article, number, label, citation, slug):
    found = article(number)
    assert (found.label, found.citation, found.slug) == (label, citation, slug)


def test_neighbouring_articles_differ_in_colour(db):
    colors = [article.color for article in Article.objects.all()]
    assert all(one != other for one, other in itertools.pairwise(colors))


def test_stored_wording_is_the_files(db):
    stored = {article.number: article.paragraphs for article in Article.objects.all()}
    assert stored == {text.number: text.paragraphs for text in read_law(LAW_FILE)}


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Glaubens- und Gewissensfreiheit", ["Glaubensfreiheit"]),
        ("Brief-, Post- und Fernmeldegeheimnis", ["Briefgeheimnis", "Postgeheimnis"]),
        ("Ehe – Familie – Kinder", []),
        ("Vor- und Nachteile", []),
    ],
)
def test_titles_are_spelled_out_for_the_search(title, words):
    assert spelled_out(title) == words


# --- Quoting ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "quote",
    [
        "Die Würde des Menschen ist unantastbar.",
        "Würde des Menschen",
        "  Die Würde des Menschen ist unantastbar. ",
        "„Die Würde des Menschen ist unantastbar.“",
        "»Die Würde des Menschen ist unantastbar.«",
        f"Die{NBSP}Würde des  Menschen\nist unantastbar.",
        "Die Wür\u00adde des Menschen ist unantastbar.",
        "Die Würde des Menschen ist unantastbar",
    ],
)
def test_quotes_stand_whatever_typography_varies(article, quote):
    assert article("1").quote(quote) in article("1").wording


def test_a_quote_comes_back_in_the_laws_own_letters():
    law = [f"Er sagt: „Nein“,{NBSP}und geht."]
    assert find_quote('sagt: "Nein", und geht.', law) == f"sagt: „Nein“,{NBSP}und geht."


@pytest.mark.parametrize(
    "quote",
    [
        "Die Würde des Menschen ist antastbar.",
        "die Würde des Menschen ist unantastbar.",
        "Die Wuerde des Menschen",
        "ürde des Menschen",
        "Die Würde des Mensch",
        "unantastbar. Das Deutsche Volk bekennt sich",
        "Alle Menschen sind vor dem Gesetz gleich.",
        "Die Würde des Menschen ist unantastbar!",
        "Würde … unantastbar.",
        "",
        "„“",
        ".*",
    ],
)
def test_what_the_article_does_not_say_is_refused(article, quote):
    with pytest.raises(ValidationError) as caught:
        article("1").quote(quote)
    assert caught.value.code == "not_in_law"


@pytest.mark.parametrize(
    ("number", "attempt", "sentence"),
    [
        ("1", "Die Würde des Menschen ist antastbar", "Die Würde des Menschen ist unantastbar."),
        ("3", "alle menschen sind gleich", "Alle Menschen sind vor dem Gesetz gleich."),
        ("5", "Zensur findet nicht statt!", "Eine Zensur findet nicht statt."),
    ],
)
def test_the_refusal_shows_the_nearest_sentence(article, number, attempt, sentence):
    with pytest.raises(ValidationError) as caught:
        article(number).quote(attempt)
    assert sentence in caught.value.message


def test_an_abbreviation_does_not_end_a_sentence():
    text = "Nach Art. 5 gilt das. Auf Abs. Eins kommt es an. Ende."
    assert sentences(text) == ["Nach Art. 5 gilt das.", "Auf Abs. Eins kommt es an.", "Ende."]


def test_without_a_wording_no_sentence_is_near():
    assert nearest_sentence("Würde", []) == ""


# --- Paragraphs ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wanted", "numbers"),
    [
        ("", ["1", "2", "3"]),
        ("  ", ["1", "2", "3"]),
        ("2", ["2"]),
        ("1, 3", ["1", "3"]),
        ("3,1", ["1", "3"]),
        ("1;2", ["1", "2"]),
        ("1–3", ["1", "2", "3"]),
        ("2 - 3", ["2", "3"]),
        ("1, 1", ["1"]),
    ],
)
def test_paragraphs_are_chosen_by_number(article, wanted, numbers):
    assert [part["number"] for part in article("1").select(wanted)] == numbers


@pytest.mark.parametrize("wanted", ["4", "1, 4", "1–9", "x", "0", "-1", "1-2-3", "1,", ",", "3-1"])
def test_paragraphs_that_are_not_there_are_refused(article, wanted):
    with pytest.raises(ValidationError, match="Artikel 1"):
        article("1").select(wanted)


@pytest.mark.parametrize("number", ["20a", "Präambel"])
def test_an_article_without_numbers_is_shown_whole(article, number):
    assert article(number).select("") == article(number).paragraphs
    with pytest.raises(ValidationError):
        article(number).select("1")


# --- Newer editions -----------------------------------------------------------------------------


@pytest.fixture
def edition(tmp_path):
    """Return a function that writes an edition, changed by `change`, and gives its path."""

    def write(change=lambda data: None):
        data = copy.deepcopy(json.loads(LAW_FILE.read_text(encoding="utf-8")))
        change(data)
        path = tmp_path / "edition.json"
        path.write_text(json.dumps(data), encoding="utf-8")
        return path

    return write


def censor(data):
    """Put the word "Zensur" differently in article 5 (1)."""
    article = next(item for item in data["artikel"] if item["artikel"] == "5")
    first = article["absaetze"][0]
    first["text"] = first["text"].replace("Eine Zensur findet", "Keine Zensur findet")
    data["stand"] = "Fassung des Tests"


def import_law(*args):
    out = io.StringIO()
    call_command("import_law", *args, stdout=out)
    return out.getvalue()


def test_the_same_edition_changes_nothing(db):
    before = list(Article.objects.values())
    import_law()
    assert list(Article.objects.values()) == before


def test_a_changed_wording_is_reported_and_stored(db, edition, article):
    report = import_law(edition(censor))
    assert "Artikel 5 Absatz 1" in report
    assert "[-Eine-] {+Keine+} Zensur" in report
    assert "Keine Zensur findet nicht statt." in article("5").wording
    assert article("5").edition == "Fassung des Tests"


def test_a_dry_run_reports_the_same_and_writes_nothing(db, edition, article):
    before = list(Article.objects.values())
    report = import_law(edition(censor), "--dry-run")
    assert "[-Eine-] {+Keine+} Zensur" in report
    assert list(Article.objects.values()) == before


def test_the_report_names_pages_that_quote_a_changed_article(home, edition, article):
    cards = PostcardIndexPageFactory(parent=home)
    make = PostcardPageFactory
    gone = "Eine Zensur findet nicht statt."
    stands = "Kunst und Wissenschaft, Forschung und Lehre sind frei."
    make(parent=cards, title="Verliert", article=article("5"), headline=gone)
    make(parent=cards, title="Behält", article=article("5"), headline=stands)
    make(parent=cards, title="Fernab", article=article("1"))
    draft = make(parent=cards, title="Entwurfskarte", article=article("5"), headline=stands)
    draft.headline = gone
    draft.save_revision()
    report = import_law(edition(censor), "--dry-run")
    lines = {line for line in report.splitlines() if line.startswith("  5 · ")}
    assert len(lines) == 4
    assert sum("Verliert" in line and gone in line for line in lines) == 1
    assert sum("Behält" in line and stands in line for line in lines) == 1
    assert sum("Entwurfskarte" in line for line in lines) == 2
    assert "Fernab" not in report


def text_block(text):
    return [{"type": "text", "value": text}]


def test_the_report_names_running_texts_that_quote_what_changes(home, edition):
    page = StandardPageFactory
    sentence = "Eine Zensur findet nicht statt"
    page(
        parent=home,
        title="Satz",
        body=text_block("<p>Es heißt:<br/>Eine <b>Zen\u00adsur</b> findet&nbsp;nicht statt.</p>"),
    )
    steps = {"items": [{"title": "So", "text": f"<p>Artikel 5: {sentence}, sagt er.</p>"}]}
    page(parent=home, title="Innen", body=[{"type": "steps", "value": {"title": "", **steps}}])
    page(parent=home, title="Ausschnitt", introduction="Dort steht „Eine Zensur findet“ und mehr.")
    page(parent=home, title="Wörter", introduction="Das Wort „Eine Zensur“ und Zensur.")
    page(parent=home, title="Bleibt", introduction="„Kunst und Wissenschaft, Forschung und Lehre“")
    page(parent=home, title="Absätze", body=text_block("<p>Eine Zensur</p><p>findet er</p>"))
    draft = page(parent=home, title="Entwurfsseite")
    draft.introduction = f"„{sentence}.“"
    draft.save_revision()
    report = import_law(edition(censor), "--dry-run")
    lines = [line for line in report.splitlines() if line.startswith("  5 · ")]
    named = {line.split(" · ")[1].split(" [")[0] for line in lines}
    assert named == {"Satz", "Innen", "Ausschnitt", "Entwurfsseite (Entwurf)"}
    assert len(lines) == len(named)
    assert all("NICHT" in line for line in lines)
    assert "„Eine Zensur findet“" in report


def test_an_article_that_a_newer_edition_lacks_is_kept(db, edition, article):
    def drop(data):
        data["artikel"] = [item for item in data["artikel"] if item["artikel"] != "17a"]

    assert "17a" in import_law(edition(drop))
    assert article("17a").paragraphs


def test_an_article_that_is_new_is_added_in_its_place(db, edition):
    def add(data):
        paragraphs = [{"absatz": None, "text": "Neu ist dieser Satz."}]
        data["artikel"].append({"artikel": "20b", "titel": "Neu", "absaetze": paragraphs})

    assert "20b" in import_law(edition(add))
    assert Article.objects.last().number == "20b"


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data.pop("artikel"),
        lambda data: data.update(artikel=[]),
        lambda data: data.update(artikel="1"),
        lambda data: data.update(quelle="irgendwo"),
        lambda data: data.update(stand=""),
        lambda data: data["artikel"][0].pop("titel"),
        lambda data: data["artikel"][0].update(artikel="eins"),
        lambda data: data["artikel"][0].update(artikel="Präambel"),
        lambda data: data["artikel"][0].update(artikel="2"),
        lambda data: data["artikel"][0].update(titel="x" * 201),
        lambda data: data["artikel"][0]["absaetze"][0].update(text=" "),
        lambda data: data["artikel"][0]["absaetze"][0].update(text="Null\0byte"),
        lambda data: data["artikel"][0]["absaetze"][0].update(absatz="2"),
        lambda data: data["artikel"][0]["absaetze"].append(7),
        lambda data: data.update(praeambel=[None]),
    ],
)
def test_a_spoilt_file_is_refused_whole(db, edition, spoil):
    before = list(Article.objects.values())
    with pytest.raises(CommandError):
        import_law(edition(spoil))
    assert list(Article.objects.values()) == before


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff", b"[" * 100_000])
def test_a_file_that_is_no_edition_is_refused(db, tmp_path, content):
    path = tmp_path / "nonsense.json"
    path.write_bytes(content)
    with pytest.raises(CommandError):
        import_law(path)


def test_a_missing_file_is_named(db, tmp_path):
    with pytest.raises(CommandError, match="nowhere"):
        import_law(tmp_path / "nowhere.json")


# --- Postcards and the home page ----------------------------------------------------------------


def test_a_postcard_takes_the_laws_own_letters(home, article):
    cards = PostcardIndexPageFactory(parent=home)
    card = PostcardPageFactory(parent=cards)
    card.headline = f"„Die{NBSP}Würde des Menschen ist unantastbar.“"
    card.full_clean()
    assert card.headline == "Die Würde des Menschen ist unantastbar."


@pytest.mark.parametrize(
    ("field", "value"), [("headline", "Die Würde ist antastbar."), ("paragraphs", "7")]
)
def test_a_postcard_that_misquotes_is_refused(home, field, value):
    card = PostcardPageFactory(parent=PostcardIndexPageFactory(parent=home))
    setattr(card, field, value)
    with pytest.raises(ValidationError) as caught:
        card.full_clean()
    assert set(caught.value.message_dict) == {field}


def test_a_postcard_survives_paragraphs_that_a_newer_edition_dropped(home, article):
    card = PostcardPageFactory(parent=PostcardIndexPageFactory(parent=home))
    card.paragraphs = "9"
    assert card.chosen_paragraphs == article("1").paragraphs


def test_a_home_page_quotes_its_article_or_is_refused(home, article):
    home.claim, home.hero_article, home.hero_sentence = "Da", article("3"), "Alle sind gleich"
    with pytest.raises(ValidationError, match="Alle Menschen sind vor dem Gesetz gleich"):
        home.full_clean()
    home.hero_sentence = "Alle Menschen sind vor dem Gesetz gleich"
    home.full_clean()
    home.hero_article = None
    with pytest.raises(ValidationError) as caught:
        home.full_clean()
    assert set(caught.value.message_dict) == {"hero_article"}


def test_a_postcard_tells_the_edition_of_its_wording(home, article, client):
    card = PostcardPageFactory(parent=PostcardIndexPageFactory(parent=home))
    Article.objects.filter(number="1").update(edition="Fassung des Tests")
    assert "Stand: Fassung des Tests" in client.get(card.get_url()).content.decode()


# --- In the admin -------------------------------------------------------------------------------


@pytest.mark.parametrize("view", ["edit", "delete"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_alters_an_article_in_the_admin(admin_client, article, view, method):
    before = article("1").paragraphs
    url = reverse(f"wagtailsnippets_home_article:{view}", args=[article("1").pk])
    response = getattr(admin_client, method)(url, {"title": "Anders"})
    assert response.status_code in {302, 403, 404, 405}
    assert response.status_code != 302 or response["Location"] == reverse("wagtailadmin_home")
    unchanged = article("1")
    assert unchanged.title != "Anders"
    assert unchanged.paragraphs == before


def test_nobody_adds_an_article_in_the_admin(admin_client):
    count = Article.objects.count()
    admin_client.post(reverse("wagtailsnippets_home_article:add"), {"title": "Neu"})
    assert Article.objects.count() == count


def test_articles_can_be_read_in_the_admin(admin_client, article):
    listing = admin_client.get(reverse("wagtailsnippets_home_article:list"))
    assert "Artikel 12a" in listing.content.decode()
    url = reverse("wagtailsnippets_home_article:inspect", args=[article("1").pk])
    assert "Die Würde des Menschen" in admin_client.get(url).content.decode()


def test_the_admin_shows_the_law_in_german_its_paragraphs_numbered(article, admin_client):
    law = article("5")
    shown = admin_client.get(reverse("wagtailsnippets_home_article:inspect", args=[law.pk]))
    text = shown.content.decode()
    assert re.findall(r"<dt>(.*?)</dt>", text) == [
        "Nummer",
        "Titel (nicht amtlich)",
        "Absätze",
        "Quelle",
        "Stand",
    ]
    for paragraph in law.paragraphs:
        assert f"<p>({paragraph['number']}) {paragraph['text']}</p>" in text
    listed = admin_client.get(reverse("wagtailsnippets_home_article:list")).content.decode()
    assert not re.search(r">\s*(Label|Wording|Edition)\s*<", listed + text)
    assert "26. März 2022" in listed
    assert "26. März 2022" in text


def test_an_edition_is_shown_with_its_dates_written_out():
    law = Article(edition="Fassung vom 2022-03-26, geprüft 2022-13-01")
    assert law.edition_text == "Fassung vom 26. März 2022, geprüft 2022-13-01"
