"""What editors type is set as German sets it, once, and nothing else is touched."""

import re

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st

from home.typography import typeset, typeset_html

#: Typed, and set; "_" stands for a blank that does not break.
SET = {
    # Quotation marks.
    'Er sagte "Ja".': "Er sagte „Ja“.",
    '"Ja", sagte sie, "nein"?': "„Ja“, sagte sie, „nein“?",
    "Das Wort 'Rat' ist kurz": "Das Wort ‚Rat‘ ist kurz",
    "\"Er sagte 'nein' dazu\"": "„Er sagte ‚nein‘ dazu“",
    '"Er sagte "nein" dazu"': "„Er sagte ‚nein‘ dazu“",
    '"Er sagte "nein""': "„Er sagte ‚nein‘“",
    '("Ja")': "(„Ja“)",
    '"taz"-Bericht, Anti-"Asyl"-Hetze': "„taz“-Bericht, Anti-„Asyl“-Hetze",
    '"Mut"/"Rat"': "„Mut“/„Rat“",
    '"eins\nzwei"': "„eins\nzwei“",
    '„Ja" und „Nein” und “Vielleicht”': "„Ja“ und „Nein“ und „Vielleicht“",
    "‚Ja' und ‘Nein’": "‚Ja‘ und ‚Nein‘",
    '"Don\'t panic"': "„Don't panic“",
    'Der 27" Monitor heißt "Auge"': 'Der 27" Monitor heißt „Auge“',
    'Motto:"Ja"': "Motto:„Ja“",
    'Sie sagte:"Ja".': "Sie sagte:„Ja“.",
    '"Hallo","Welt";"du"': "„Hallo“,„Welt“;„du“",
    '"Hallo," sagte sie': "„Hallo,“ sagte sie",
    '"Er sagte „Ja“"': "„Er sagte ‚Ja‘“",
    "„Er sagte „Ja““": "„Er sagte ‚Ja‘“",
    '"Die Würde" ist "unantastbar': '„Die Würde“ ist "unantastbar',
    'Grund"gesetz und "Mut"': 'Grund"gesetz und „Mut“',
    'Rat" und "Mut"': 'Rat" und „Mut“',
    '"Mut", "Rat" und " Tat': '„Mut“, „Rat“ und " Tat',
    'x="y" und "z"': 'x="y" und „z“',
    # Blanks.
    "Art. 1 GG, Abs. 2, § 5 und §§ 3, 4": "Art._1_GG, Abs._2, §_5 und §§_3, 4",
    "Art. 16a GG": "Art._16a_GG",
    "z. B. hier, d. h. da, u. a. dort": "z._B. hier, d._h. da, u._a. dort",
    "z.B. hier, i.d.R. da": "z._B. hier, i._d._R. da",
    "Am 4. März 2025 um 10 Uhr": "Am 4._März 2025 um 10 Uhr",
    "38 % von 5 km, 20 €": "38_% von 5_km, 20_€",
    "Nr. 3, S. 5": "Nr._3, S._5",
    # Dashes.
    "Haltung - ein Wort -- im Amt": "Haltung – ein Wort – im Amt",
    "2019-2024, S. 5-8, 9-17 Uhr": "2019–2024, S._5–8, 9–17 Uhr",
    "Telefon 9-17 Uhr, Band 3, 2019-2024": "Telefon 9–17 Uhr, Band 3, 2019–2024",
    "Az. 1555-2012": "Az._1555-2012",
    "Nr. 1555-2012, Nr. 5-8": "Nr._1555-2012, Nr._5-8",
    '"Art. 1" - "§ 5"': "„Art._1“ – „§_5“",
}
#: What stays as it is typed: right already, or to be read in two ways.
KEPT = [
    "„Ja“ und ‚Nein‘ – »doch« «doch»",
    '"Der 27" Monitor"',
    'Grund"gesetz',
    '""',
    'x="y"',
    'Rat" und "Mut" und Tat"',
    '"Rat" und Mut"',
    '"Rat und "Mut"',
    "Tel. 1555-2012, Tel.: 1555-2012, Telefon 1555-2012",
    "Rufnummer 1800-1900",
    "Telefon (0221) 1555-2012",
    "PLZ 1700-1900",
    "Aktenzeichen: 1900-2012",
    'print("Haltung")',
    '`"Haltung"` im Code',
    'https://example.org/?q="a"&von=2019-2024',
    "mara.beispiel@stadt.example",
    "O'Neill, geht's, Hans' Rad",
    "Hans' Rad, 'n Abend, die '68er",
    "'Hans' Rad ist rot'",
    "Artikel 5",
    "5 - 3 = 2",
    "- eins\n- zwei",
    "Vor- und Nachteile",
    "2024-01-02, 0221-2019-2020, 0221 - 4567",
    "das GG, S. Müller, 3 Monate",
    "z.Basel, www.z.B.example",
]


def shown(text):
    return text.replace("\u00a0", "_")


@pytest.mark.parametrize(("typed", "expected"), SET.items())
def test_typed_text_is_set_as_german_sets_it(typed, expected):
    assert shown(typeset(typed)) == expected


@pytest.mark.parametrize("text", KEPT)
def test_what_can_be_read_in_two_ways_stays_as_it_is(text):
    assert shown(typeset(text)) == text


LAW = "Das Nähere nach Abs. 2 regelt ein Gesetz. Es gilt § 5 - hier sowie dort, z. B. am 1. März."
QUOTING = {
    LAW: LAW,
    f'In Art. 5 steht: "{LAW}" - so.': f"In Art._5 steht: „{LAW}“ – so.",
    'Art. 5: "Das Nähere nach Abs. 2 regelt"': "Art._5: „Das Nähere nach Abs. 2 regelt“",
    "Art. 5 sagt es. Das Nähere nach Abs. 2 regelt ein Gesetz. Nach Abs. 2": (
        "Art._5 sagt es. Das Nähere nach Abs. 2 regelt ein Gesetz. Nach Abs._2"
    ),
    "(1) Das Nähere nach Abs. 2 regelt ein Gesetz.": (
        "(1) Das Nähere nach Abs. 2 regelt ein Gesetz."
    ),
    f'{LAW} "Art. 5"': f"{LAW} „Art._5“",
    '"nach Abs. 2"': "„nach Abs._2“",
    "Das nähere nach Abs. 2 regelt ein Gesetz": "Das nähere nach Abs._2 regelt ein Gesetz",
    "Das Nähere nach Abs. 2 regelt ein Gesetzbuch": "Das Nähere nach Abs._2 regelt ein Gesetzbuch",
}


@pytest.mark.parametrize(("typed", "expected"), QUOTING.items())
def test_the_laws_wording_keeps_its_letters(typed, expected):
    assert shown(typeset(typed, LAW)) == expected
    assert shown(typeset_html(f"<p>{typed}</p>", LAW)) == f"<p>{expected}</p>"


def test_one_paragraph_in_doubt_does_not_hold_up_the_next():
    assert typeset('Ein " allein\r\n\r\n"Ja"') == 'Ein " allein\r\n\r\n„Ja“'


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ('<p>"<b>Mut</b>"</p>', "<p>„<b>Mut</b>“</p>"),
        ('<p><b>"Mut</b> tut gut"</p>', "<p><b>„Mut</b> tut gut“</p>"),
        ("<p>&quot;Mut&quot; &amp; Rat</p>", "<p>„Mut“ &amp; Rat</p>"),
        ("<p>&#x27;Mut&#39;</p>", "<p>‚Mut‘</p>"),
        ('<p>"<a href="x">Mut</a>"</p>', '<p>„<a href="x">Mut</a>“</p>'),
        ("<p>Art.<b> 1</b> und z.<i>B.</i></p>", "<p>Art.<b>_1</b> und z._<i>B.</i></p>"),
        ('<p>"eins<br/>zwei"</p>', "<p>„eins<br/>zwei“</p>"),
        ('<ul><li>"a"</li><li>"b"</li></ul>', "<ul><li>„a“</li><li>„b“</li></ul>"),
        ('<p>Ein " allein</p><p>"b"</p>', '<p>Ein " allein</p><p>„b“</p>'),
    ],
)
def test_marks_are_paired_across_the_tags_of_a_sentence(typed, expected):
    assert shown(typeset_html(typed)) == expected


@pytest.mark.parametrize(
    "html",
    [
        '<p><a href="https://example.org/?q=%22a%22&amp;s=2019-2024">"Art. 1" - hier</a></p>',
        '<p><a linktype="page" id="5">z.B. "hier"</a></p>',
        '<p><code>print("x") - 1</code></p>',
        '<embed alt="Ein &quot;Wort&quot; - hier" embedtype="image" id="5"/>',
        '<p data-block-key="z.B.">Text</p>',
        "<!-- \"Wort\" - 'Wort' -->",
        "<p>&lt;a href=&quot;x&quot;&gt;</p>",
    ],
)
def test_links_code_and_attributes_stay_as_they_are(html):
    assert typeset_html(html) == html


marks = st.lists(
    st.sampled_from([*"\"\"''„“”‚‘’«»-–. \n()aSzB5%§\u00a0&;", "z.B.", " - ", "Art. 1", "`", "s"])
).map("".join)


@settings(max_examples=1500, deadline=None)
@given(st.one_of(marks, st.text()))
def test_setting_a_text_twice_is_setting_it_once(text):
    once = typeset(text)
    assert typeset(once) == once


TAGS = ["<p>", "</p>", "<b>", "</b>", "<br/>", '<a href="x - y">', "</a>", "<code>", "</code>"]
tags = st.sampled_from(
    [*TAGS, '<embed alt="&quot;x&quot; - y"/>', "&quot;", "&amp;", "&lt;", "&gt;"]
)


@settings(max_examples=1500, deadline=None)
@given(st.lists(st.one_of(tags, marks)).map("".join))
def test_setting_a_rich_text_leaves_its_tags_and_letters(html):
    once = typeset_html(html)
    assert typeset_html(once) == once
    tag = re.compile(r"<[^<>]*>")
    assert tag.findall(once) == tag.findall(html)
    kept = re.compile(r"[^\w%§]|_")
    typed, written = (BeautifulSoup(text, "html.parser").get_text() for text in (html, once))
    assert kept.sub("", written) == kept.sub("", typed)
