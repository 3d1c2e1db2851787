"""PDFs for screens and for home printers: tagged, titled, in one order, archivable."""

import io

import page as validation
import pikepdf
import pytest

from postcards.print.formats import HOME, SCREEN
from postcards.print.preflight import check_readable, is_green
from tests.print.cards import CARDS, FITTING, IMPRINT, article, paragraphs
from tests.print.looking import broken_rules, heard

UA_1 = validation.ValidationProfile.PDF_UA_1
A_2A = validation.ValidationProfile.PDF_A_2A
#: What is looked at: each article on its own, and four of them on each sheet.
SUBJECTS = {
    **{f"article {number}": (SCREEN, article(number)) for number in FITTING},
    **{
        f"sheet of article {FITTING[n]} and others": (HOME, tuple(map(article, FITTING[n : n + 4])))
        for n in range(0, len(FITTING), 4)
    },
    **{f"{name} on screen": (SCREEN, name) for name in CARDS},
    **{f"{name} at home": (HOME, name) for name in CARDS},
}


@pytest.mark.parametrize("subject", SUBJECTS)
def test_a_pdf_for_reading_keeps_its_standards(made, subject):
    output, cards = SUBJECTS[subject]
    pdf = made(cards, output)
    assert broken_rules(pdf, UA_1) == []
    assert broken_rules(pdf, A_2A) == []
    assert is_green(check_readable(pdf))


def test_a_broken_standard_is_noticed(made):
    with pikepdf.open(io.BytesIO(made("landscape", SCREEN))) as file:
        del file.Root.MarkInfo
        out = io.BytesIO()
        file.save(out)
    for profile in (UA_1, A_2A):
        assert broken_rules(out.getvalue(), profile)


@pytest.mark.parametrize("output", [SCREEN, HOME], ids=lambda output: output.name)
@pytest.mark.parametrize("name", ["landscape", "english"])
def test_a_pdf_says_its_title_author_and_language(made, name, output):
    with pikepdf.open(io.BytesIO(made(name, output))) as file:
        assert file.docinfo.Title == CARDS[name].title
        assert file.docinfo.Author == "Stadt Musterstadt"
        assert file.Root.Lang == ("en" if name == "english" else "de")
        assert file.Root.ViewerPreferences.DisplayDocTitle


def test_the_law_stays_german_on_an_english_card(made):
    with pikepdf.open(io.BytesIO(made("english", SCREEN))) as file:
        german = [
            str(node.S)
            for node in file.objects
            if isinstance(node, pikepdf.Dictionary) and node.get("/Lang") == "de" and "/S" in node
        ]
    assert german == ["/H1", "/H2", *["/P"] * len(paragraphs("3"))]


@pytest.mark.parametrize("portrait", [False, True], ids=["landscape", "portrait"])
def test_a_card_is_read_from_its_sentence_to_its_imprint(made, portrait):
    name = "portrait" if portrait else "landscape"
    card, number = CARDS[name], CARDS[name].numeral
    wording = [("P", "".join(run.text for run in line)) for line in paragraphs(number)]
    assert heard(made(name, SCREEN)) == [
        ("Document", ""),
        ("H1", card.headline),
        ("Span", f"Art.\u00a0{number}\u00a0GG"),
        ("H2", f"Artikel {number} Grundgesetz"),
        *wording,
        ("Figure", "QR-Code: führt zu haltung.musterstadt.de/k/ab2cd"),
        *(("P", line) for line in IMPRINT),
    ]


def test_a_picture_is_read_by_its_description(made):
    assert heard(made("picture", SCREEN))[1:3] == [
        ("Figure", "Ein Feld unter der Sonne"),
        ("H1", "Die Würde des Menschen ist unantastbar."),
    ]


def test_bold_and_italic_words_do_not_tear_a_paragraph_apart(made):
    words = " ".join(words for _tag, words in heard(made("courage", SCREEN)))
    assert "Nähe und Widerspruch passen in einen Atemzug." in " ".join(words.split())


def test_a_sheet_reads_all_fronts_and_then_all_backs(made):
    tags = [tag for tag, _words in heard(made("landscape", HOME)) if tag in {"H1", "H2"}]
    assert tags == ["H1"] * 4 + ["H2"] * 4
