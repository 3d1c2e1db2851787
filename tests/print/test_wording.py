"""The law's wording leaves a card letter for letter, and only letters that the fonts have."""

import re

import pytest

from postcards.print.card import Run
from postcards.print.formats import PRESS, SCREEN
from postcards.print.render import check_fit, render
from postcards.print.typesetting import UnknownGlyphsError, clean, unknown_glyphs
from tests.print.cards import CARDS, FITTING, FORMS, LAW, article, courage, paragraphs
from tests.print.looking import copied, heard, written

#: What means something to Typst, and nothing on a card.
MARKUP = '#panic() $x$ *fett* _kursiv_ @ziel \\ <marke> [a] {b} "zitat" `code` // 1-- ~ = x'


def wording(number):
    """Return an article's paragraphs."""
    return ["".join(run.text for run in line) for line in paragraphs(number)]


def closed(text):
    """Return a text without hyphens and blanks: PDFium loses which hyphen ended a line."""
    return re.sub(r"[-\s]", "", text)


@pytest.mark.parametrize("output", [PRESS, SCREEN], ids=lambda output: output.name)
@pytest.mark.parametrize("number", FITTING)
def test_the_law_can_be_copied_letter_for_letter(made, number, output):
    assert closed(" ".join(wording(number))) in closed(copied(made(article(number), output), 1))


@pytest.mark.parametrize("name", FORMS)
def test_a_press_files_letters_are_those_of_the_law(made, name):
    card = CARDS[name]
    letters = written(made(name, PRESS))
    assert letters[0, None] == card.headline + card.source + card.numeral
    words = [card.back_title, *wording(card.numeral), *card.imprint]
    assert letters[1, None] == "".join(words)


def test_signs_of_markup_come_out_as_they_are():
    card = courage(
        headline=MARKUP,
        source=MARKUP,
        back_title=MARKUP[:40],
        back=((Run(MARKUP),),),
        imprint=(MARKUP,),
    )
    words = [line for _tag, line in heard(render([card], SCREEN))]
    assert words.count(MARKUP) == 4
    assert MARKUP[:40] in words


def test_signs_that_the_fonts_lack_stand_as_what_they_mean():
    card = article("15", headline="Art.\u202f1: E\u2011Mail, im\u00adpor\u00adtiert\u200b")
    assert heard(render([card], SCREEN))[1] == ("H1", "Art.\u00a01: E-Mail, importiert")


@pytest.mark.parametrize(
    ("words", "missing"),
    [
        ("Danke 😀", "😀"),
        ("سلام", "سلام"),
        ("GROẞE STRAẞE", "ẞ"),
        ("weiter → hier ☂ und → dort", "→☂"),
        ("Łódź, Ærø, Þór, „gut“ – ‚so‘ …", ""),
        ("Ő ő ș ț ğ ı İ", ""),
        ("1.000 € § 5 °C ½ × ·", ""),
    ],
)
def test_letters_that_the_fonts_lack_are_named(words, missing):
    assert unknown_glyphs([clean(words)]) == missing


@pytest.mark.parametrize("part", ["headline", "source", "numeral", "back_title", "imprint", "back"])
def test_a_card_with_an_unknown_letter_is_refused(part):
    words = "Ja 😀"
    values = {"imprint": (words,), "back": ((Run(words),),)}
    with pytest.raises(UnknownGlyphsError) as caught:
        check_fit(article(**{part: values.get(part, words)}))
    assert caught.value.glyphs == "😀"


def test_the_fonts_have_all_letters_of_the_law():
    law = [line["text"] for one in LAW["artikel"] for line in one["absaetze"]]
    assert (
        unknown_glyphs([*law, *LAW["praeambel"], *(one["titel"] for one in LAW["artikel"])]) == ""
    )
