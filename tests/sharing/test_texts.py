"""What typed answers become on the page."""

import pytest

from impulses.sharing import pages

LONG = "Das ist ein Satz von einiger Länge, der noch nicht zu Ende ist. " * 6


@pytest.mark.parametrize(
    ("typed", "html"),
    [
        ("Ein Absatz.", "<p>Ein Absatz.</p>"),
        ("Eins.\n\nZwei.", "<p>Eins.</p><p>Zwei.</p>"),
        ("Eins,\nzwei.", "<p>Eins,<br/>zwei.</p>"),
        ("Nötig:\n- Raum\n• Zeit", "<p>Nötig:</p><ul><li>Raum</li><li>Zeit</li></ul>"),
        ("1. planen\n2) drucken", "<ol><li>planen</li><li>drucken</li></ol>"),
        ("- a\n1. b", "<ul><li>a</li></ul><ol><li>b</li></ol>"),
        ("<b>&", "<p>&lt;b&gt;&amp;</p>"),
        ("-5 Grad", "<p>-5 Grad</p>"),
        ("1. Mai war es.", "<ol><li>Mai war es.</li></ol>"),
        (" \n\n ", ""),
    ],
)  # fmt: skip
def test_typed_text_becomes_paragraphs_and_lists(typed, html):
    assert pages.to_html(typed) == html


@pytest.mark.parametrize(
    ("text", "beginning"),
    [
        ("Kurz.", "Kurz."),
        ("Zwei\n\nZeilen", "Zwei Zeilen"),
        (LONG, " ".join([LONG.strip()[:63]] * 4)),
        ("wort " * 100, f"{'wort ' * 55}…"),
        ("x" * 400, f"{'x' * 278} …"),
    ],
)
def test_a_teaser_ends_where_a_sentence_or_a_word_does(text, beginning):
    assert pages.beginning(text) == beginning
    assert len(pages.beginning(text)) <= pages.TEASER


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Eins. Zwei.\n\nDrei.", ("Eins. Zwei.", "Drei.")),
        ("Nur das.", ("", "Nur das.")),
        ("Ohne Punkt\nund weiter", ("", "Ohne Punkt\nund weiter")),
        ("„Na?“ Ja.\n\nSo.", ("„Na?“ Ja.", "So.")),
    ],
)
def test_the_first_sentences_lead_in_only_where_something_follows(text, parts):
    assert pages.opening(text) == parts
