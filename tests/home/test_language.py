"""What is said about a German text holds for all kinds of sentences, without false alarms."""

import time

import pytest

from home.language.gender import Form, gender_forms
from home.language.readability import MINIMUM_WORDS, readability, syllables
from home.language.sentences import sentences, words
from home.language.simple import (
    Rule,
    abbreviations,
    check,
    genitives,
    long_words,
    negations,
    passives,
    subjunctives,
    too_many_words,
)

# --- Sentences, words, syllables ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Es gilt. Immer.", ["Es gilt.", "Immer."]),
        ("Das gilt z. B. für alle. Ja!", ["Das gilt z. B. für alle.", "Ja!"]),
        ("Am 23. Mai 1949 war es so weit.", ["Am 23. Mai 1949 war es so weit."]),
        ("Das war im Jahr 1949. Das bleibt.", ["Das war im Jahr 1949.", "Das bleibt."]),
        ("Es steht in Artikel 1. Der Staat", ["Es steht in Artikel 1.", "Der Staat"]),
        ("Im 2. Weltkrieg.", ["Im 2. Weltkrieg."]),
        ("Nach Art. 1 Abs. 3 GG.", ["Nach Art. 1 Abs. 3 GG."]),
        ("Äpfel, Birnen usw. Dann kam sie.", ["Äpfel, Birnen usw.", "Dann kam sie."]),
        ("Dr. Mara Beispiel kam.", ["Dr. Mara Beispiel kam."]),
        ("Die Abt. Soziales hilft.", ["Die Abt. Soziales hilft."]),
        ("Da ist der Abt. Er betet.", ["Da ist der Abt.", "Er betet."]),
        ("Er rief: „Komm!“ Dann ging er.", ["Er rief: „Komm!“", "Dann ging er."]),
        ("„Komm!“, rief er.", ["„Komm!“, rief er."]),
        ("Was tun? Alles …", ["Was tun?", "Alles …"]),
        ("Eine Überschrift", ["Eine Überschrift"]),
        ("", []),
        (" . ", ["."]),
    ],
)
def test_sentences_end_where_they_end(line, expected):
    assert list(sentences(line)) == expected


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Die Mut-Mach-Karte ist da.", 4),
        ("Das Grund·gesetz gilt.", 3),
        ("Alle Kolleg:innen um 10:30 Uhr", 5),
        ("Autor/-innen und Lehrer(innen)", 3),
        ("Mehr auf https://www.stadt.example/seite oder info@stadt.example", 3),
        ("Ver\u00adwal\u00adtung", 1),
        ("– … !", 0),
    ],
)
def test_words_are_counted_as_people_do(text, count):
    assert len(words(text)) == count


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("ein", 1),
        ("Haus", 1),
        ("Tee", 1),
        ("oder", 2),
        ("Abend", 2),
        ("über", 2),
        ("Würde", 2),
        ("neue", 2),
        ("Quelle", 2),
        ("geehrt", 2),
        ("beenden", 3),
        ("Museum", 3),
        ("Medien", 3),
        ("Europa", 3),
        ("Mitarbeiter", 4),
        ("unantastbar", 4),
        ("Demokratie", 4),
        ("Ideen", 3),
        ("Seen", 2),
        ("Screen", 1),
        ("Ideenwettbewerb", 6),
        ("Familie", 4),
        ("Familienfest", 5),
        ("Studie", 3),
        ("studieren", 3),
        ("geimpft", 2),
        ("Jubiläum", 4),
        ("Räume", 2),
        ("Team", 1),
        ("Teamarbeit", 3),
        ("Beamte", 3),
        ("Museumsfest", 4),
        ("§", 1),
    ],
)
def test_syllables_are_counted(word, count):
    assert syllables(word) == count


# --- Readability --------------------------------------------------------------------------------

ARTICLE_1 = [
    "Die Würde des Menschen ist unantastbar. Sie zu achten und zu schützen ist Verpflichtung "
    "aller staatlichen Gewalt.",
    "Das Deutsche Volk bekennt sich darum zu unverletzlichen und unveräußerlichen Menschenrechten "
    "als Grundlage jeder menschlichen Gemeinschaft, des Friedens und der Gerechtigkeit in der "
    "Welt.",
    "Die nachfolgenden Grundrechte binden Gesetzgebung, vollziehende Gewalt und Rechtsprechung als "
    "unmittelbar geltendes Recht.",
]
REPORT = [
    "Das Stadtarchiv hat im vergangenen Jahr gemeinsam mit der Volkshochschule eine mehrteilige "
    "Veranstaltungsreihe zur Geschichte der kommunalen Selbstverwaltung durchgeführt, an der "
    "insgesamt 240 Bürgerinnen und Bürger teilgenommen haben. Im Mittelpunkt standen dabei Quellen."
]
SIMPLE = [
    "Das Grundgesetz ist ein Gesetz.",
    "Es gilt in ganz Deutschland.",
    "Alle Menschen sind gleich viel wert.",
    "Niemand darf einen Menschen schlecht behandeln.",
    "Das steht in Artikel 1.",
    "Der Staat muss die Menschen schützen.",
]


@pytest.mark.parametrize(
    ("lines", "value"),
    [(ARTICLE_1, 11.3), (REPORT, 15.1), (SIMPLE, 4.1)],
    ids=["law", "report", "simple"],
)
def test_the_formula_says_what_others_say(lines, value):
    """The values are those of the library textstat 0.7.13, whose syllables differ a little."""
    assert readability(lines).value == pytest.approx(value, abs=0.4)


def test_the_formula_is_counted_by_hand():
    """Ten words, 20 % of three syllables, 30 % longer than six letters, 50 % of one syllable."""
    line = "Der Bürgermeister hilft den Menschen oft, und das Gesetz entscheidet."
    score = readability([line] * 3)
    assert (score.words, score.sentences) == (30, 3)
    by_hand = 0.1935 * 20 + 0.1672 * 10 + 0.1297 * 30 - 0.0327 * 60 - 0.875
    assert score.value == pytest.approx(by_hand, abs=0.06)


@pytest.mark.parametrize("lines", [[], [""], ["Kurz."], ["Wort " * (MINIMUM_WORDS - 1)]])
def test_a_text_that_is_too_short_has_no_value(lines):
    assert readability(lines) is None


# --- Gender forms -------------------------------------------------------------------------------

FORMS = {
    Form.COLON: [
        "Kolleg:innen",
        "Bürger:in",
        "EU-Bürger:innen",
        "Bürger:innenrat",
        "Bürger:innen-Rat",
        "jede:r",
        "eine:n",
        "kein:e",
        "Beschäftigte:r",
        "Ärzt:innen",
        "Eine:r",
        "jeder:jede",
        "Deutsche:r",
        "Patient:Innen",
    ],
    Form.STAR: [
        "Kolleg*innen",
        "Leiter*in",
        "ein*e",
        "die*der",
        "Expert*innen-Runde",
        "Jede*r",
        "Rom*nja",
    ],
    Form.UNDERSCORE: ["Kolleg_innen", "Lehrer_in", "jede_r"],
    Form.MIDDLE_DOT: ["Kolleg·innen"],
    Form.CAPITAL_I: ["KollegInnen", "MitarbeiterIn", "BürgerInnenrat", "StudentIn"],
    Form.SLASH: [
        "Kolleg/-innen",
        "Kolleg/innen",
        "Autor/-in",
        "Schüler/in",
        "jede/r",
        "Kaufmann/-frau",
        "Feuerwehrmänner/-frauen",
    ],
    Form.BRACKETS: ["Kolleg(inn)en", "Lehrer(in)", "Lehrer(innen)"],
    Form.PAIR: [
        "Kolleginnen und Kollegen",
        "Bürger und Bürgerinnen",
        "Ärztinnen und Ärzte",
        "Kundinnen oder Kunden",
        "Anwältinnen bzw. Anwälte",
        "Bäuerinnen und Bauern",
        "Bürgerinnen/Bürger",
        "Kolleginnen und liebe Kollegen",
        "Kollegin oder Kollege",
        "Kolleginnen, Kollegen",
        "Schüler als auch Schülerinnen",
        "Schülerinnen wie Schüler",
        "Sinti und Sintizze",
        "Romnja und Roma",
        "Kaufmann/Kauffrau",
        "Kauffrauen und Kaufmänner",
        "Feuerwehrmänner und -frauen",
        "Ratsfrau oder -mann",
    ],
}


@pytest.mark.parametrize(
    ("form", "text"), [(form, text) for form, texts in FORMS.items() for text in texts]
)
@pytest.mark.parametrize("around", ["{}", "Wir fragen {}.", "„{}“", "({})"])
def test_gender_forms_are_found(form, text, around):
    sentence = around.format(text)
    (found,) = gender_forms(sentence)
    assert (found.form, found.text) == (form, text)
    assert sentence[found.start :].startswith(text)


@pytest.mark.parametrize(
    "text",
    [
        "Vereine und Bürgerinnen und Bürger",
        "Vereine, und die Bürgerinnen und die Bürger",
        "Vereine und Ämter, Bürgerinnen und Bürger und Gäste",
    ],
)
def test_a_pair_is_found_among_other_nouns(text):
    assert [found.form for found in gender_forms(text)] == [Form.PAIR]


@pytest.mark.parametrize(
    "text",
    [
        "Um 10:30 Uhr in Raum 4",
        "Art. 1:in der Fassung",
        "Das Verhältnis ist 2:1.",
        "https://stadt.example/Kolleg:innen",
        "www.stadt.example/Lehrer_innen",
        "Kolleg_innen@stadt.example",
        "Berlin",
        "Berlin und Berliner",
        "LinkedIn, PlugIn und CheckIn",
        "Verein und Vereine",
        "Termin und Termine",
        "Martin und Marta",
        "Robin und Robert",
        "Kolleginnen",
        "Mitarbeitende",
        "außen/innen",
        "innen und außen",
        "Hinweis:in Berlin",
        "Achtung:innen ist es nass",
        "Hinweis: in Berlin",
        "und/oder",
        "Straße/Innenstadt",
        "Stadt·innen·stadt",
        "Frauen und Männer",
        "Frauen/Männer",
        "Hausfrauen und Kaufmänner",
        "Sinti und Roma",
        "GmbH und BaföG",
        "log_in",
        "Medizin und Mediziner",
        "Beginn und Ende",
        "5*3",
        "*wichtig*",
        "Kolleg_innen.pdf",
        "Zutritt:innen",
        "Frage/n",
        "Mainz/Innenhof",
        "Größe wie Breite",
        "Partei:in der Stadt",
    ],
)
def test_what_is_no_gender_form_raises_no_alarm(text):
    assert gender_forms(text) == []


# --- Leichte Sprache ----------------------------------------------------------------------------

EXAMPLES = {
    abbreviations: (
        [
            "Das gilt z. B. hier.",
            "Das gilt z.B. hier.",
            "Äpfel, Birnen usw.",
            "Das Haus von Dr. Mara Beispiel.",
            "Das steht im GG.",
            "Es kommen ca. 10 Menschen.",
            "Es sind 5 km.",
            "Die DGS ist eine Sprache.",
            "Art. 1 ist wichtig.",
            "Wir sind eine GmbH.",
            "Die WCAG ist eine Regel.",
            "Das kostet 3 Mio. Euro.",
            "Frau Beispiel u. Herr Muster",
            "Sie wohnt in der Gartenstr. 5.",
            "Das Fest ist am 5. Jan. im Rathaus.",
            "Mo. bis Fr. ist offen.",
            "Das ist das StGB.",
            "Das Gesetz heißt BAföG.",
            "Der ÖPNV fährt.",
            "Mo-Fr ist offen.",
            "Mo – Fr von 8 bis 12",
            "Offen: Di bis Do",
            "Das Kfz steht da.",
            "Die Kfz-Stelle hilft.",
            "Die Fa. Muster hilft.",
            "Das geht lt. Gesetz.",
            "Gehen Sie zur Abt. Soziales.",
            "Es sind 20 °C.",
            "Es sind 20°C.",
            "Das ist z. Zt. so.",
            "Das ist Hausnr. 5.",
        ],
        [
            "Das WC ist hier.",
            "Das ist eine Art.",
            "Das ist Max.",
            "Ludwig XIV war König.",
            "Am 23. Mai.",
            "Das ist WICHTIG.",
            "NIE WIEDER",
            "Das geht NICHT.",
            "Es ist 10:30 Uhr.",
            "Der LKW ist groß.",
            "Schreiben Sie an info@stadt.example.",
            "Das ist so.",
            "Im Kloster lebt ein Abt.",
            "So bis zum Morgen.",
            "Die Do-it-yourself-Gruppe",
        ],
    ),
    genitives: (
        [
            "Das Haus des Lehrers ist alt.",
            "Die Würde der Menschen ist wichtig.",
            "Eines Tages kam sie.",
            "Das Auto meines Vaters.",
            "Am Ende dieses Jahres.",
            "Wegen der Hitze bleibt das Bad zu.",
            "Der Rat der Stadt hilft.",
            "Die Rechte aller Menschen.",
            "Das ist der Chef der neuen Firma.",
            "Versammlung der Bürger",
            "Deutschlands Städte sind schön.",
            "Das ist eine der Regeln.",
            "Während der Arbeit ist es laut.",
            "Die Würde jedes Menschen ist wichtig.",
            "Der Name dieses Lehrers ist Tom.",
            "Menschen anderer Länder sind da.",
            "Hier leben Menschen anderer Religionen.",
            "Zwei Kinder der Frau sind da.",
        ],
        [
            "Wir helfen der Frau.",
            "Oft hilft der Mann der Frau.",
            "Mara gibt einer Frau das Buch.",
            "Ein Mann hat einer Frau geholfen.",
            "Dieses Haus ist alt.",
            "Dieses Ergebnis ist gut.",
            "Jedes Kind ist wichtig.",
            "Das steht in der Zeitung.",
            "Ist der Mann da?",
            "Der Mann, der dort wohnt.",
            "Das ist die Würde von den Menschen.",
            "Eines ist klar.",
            "Während der Chef redet, ist es still.",
            "Das ist eine der Frau bekannte Regel.",
            "Jedes Mädchen ist wichtig.",
            "Dieses Zeichen ist gut.",
            "Mit anderer Farbe ist es schön.",
            "Mara ist anderer Meinung.",
            "Heute helfen zwei Kinder der Frau.",
        ],
    ),
    subjunctives: (
        [
            "Das wäre gut.",
            "Ich hätte Zeit.",
            "Sie könnten kommen.",
            "Wir würden helfen.",
            "Würden Sie helfen?",
            "Er sagt, er habe Zeit.",
            "Es heißt, das sei gut.",
            "Sie sollten fragen.",
            "Das ginge auch.",
            "Man müsse reden.",
        ],
        [
            "Die Würde ist wichtig.",
            "Würde ist ein Recht.",
            "Ich habe Zeit.",
            "Sei mutig!",
            "Seien Sie mutig!",
            "Ich möchte kommen.",
            "Sie konnte kommen.",
            "Er wurde krank.",
            "Sie hatte Zeit.",
            "Das Seil ist lang.",
            "Sie gingen nach Hause.",
            "Wir schrieben Briefe.",
            "Bitte sei leise.",
            "Bitte seien Sie pünktlich.",
            "Früher sollte er kommen.",
            "Damals sollten alle arbeiten.",
            "Sie ließen uns gehen.",
        ],
    ),
    passives: (
        [
            "Das Haus wird gebaut.",
            "Die Frau wurde gewählt.",
            "Das Gesetz wird beschlossen.",
            "Sie werden informiert.",
            "Das muss gemacht werden.",
            "Das Fest ist verschoben worden.",
            "Die Kinder wurden abgeholt.",
            "Hier wird gearbeitet.",
            "Die Regel wird genau erklärt.",
            "Das wird verboten.",
            "Der Termin wurde vergessen.",
            "Die Frau ist beraten worden.",
            "Das Geld wird überwiesen.",
            "Das Gespräch wird unterbrochen.",
        ],
        [
            "Ich werde kommen.",
            "Das Wetter wird besser.",
            "Sie wird Lehrerin.",
            "Wir werden gehen.",
            "Er wird gesund.",
            "Das wird bekannt.",
            "Wir haben gearbeitet.",
            "Sie wird gegen Abend kommen.",
            "Wir werden das bezahlen.",
            "Das Wetter wird gut, wir haben gelacht.",
            "Die Stadt wird uns das Geld geben.",
            "Das Haus wird mit gelben Blumen schöner.",
            "Bald werden wir das gelesen haben.",
            "Wir werden die Frau beraten.",
            "Am besten wurde das Ende.",
            "Er wird gelassen.",
        ],
    ),
    negations: (
        [
            "Das geht nicht.",
            "Ich habe kein Geld.",
            "Nie wieder!",
            "Niemand ist da.",
            "Es gibt nichts.",
            "Er hat keine Zeit.",
            "Keiner hilft.",
            "Weder Mara noch Tom.",
            "Das war niemals so.",
        ],
        [
            "Meine Nichte kommt.",
            "Das Knie tut weh.",
            "Die Vernichtung war schlimm.",
            "Das geht.",
            "Ein kleiner Hund.",
            "Der Keim wächst.",
            "Er nickt.",
            "Nils ist da.",
        ],
    ),
    long_words: (
        [
            "Das Bundesverfassungsgericht",
            "Das Gleichstellungsgesetz gilt.",
            "Demokratieförderung",
            "Veranstaltung",
            "Die Bürgerversammlung ist heute.",
            "Entscheidungen",
            "Menschenrechte!",
            "Mitarbeiterinnen",
        ],
        [
            "Das Grundgesetz",
            "Das Bundes-Verfassungs-Gericht",
            "Das Bundes·verfassungs·gericht",
            "Mut-Mach-Karte",
            "Gleichstellungs-Beauftragte",
            "www.bundesverfassungsgericht.de",
            "Versammlung",
            "Ver\u00adsamm\u00adlung",
            "1000000000000000",
        ],
    ),
    too_many_words: (
        [
            "Eins zwei drei vier fünf sechs sieben acht neun.",
            "Die Stadt hat im Jahr 2024 viel Geld bekommen.",
            "Wir gehen heute um 10:30 Uhr in das Rathaus.",
            "Das ist ein Satz mit mehr als acht Wörtern.",
            "Alle Kinder aus der Schule gehen heute mit uns.",
            "Sie können bei uns anrufen oder uns gerne schreiben.",
            "Ich gehe und du gehst und wir gehen alle.",
            "Der Bus fährt von hier bis zu dem Markt.",
        ],
        [
            "Eins zwei drei vier fünf sechs sieben acht.",
            "Die Mut-Mach-Karte hilft uns allen sehr oft hier.",
            "Das Grund·gesetz ist für alle Menschen da.",
            "Ja.",
            "",
            "Schreiben Sie an: info@stadt.example",
            "Wir – alle – sind – heute – hier.",
            "Um 10:30 Uhr geht es los.",
        ],
    ),
}


@pytest.mark.parametrize(
    ("rule", "sentence"), [(rule, text) for rule, (hits, _) in EXAMPLES.items() for text in hits]
)
def test_a_sentence_that_breaks_a_rule_is_found(rule, sentence):
    assert rule(sentence)


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [(rule, text) for rule, (_, others) in EXAMPLES.items() for text in others],
)
def test_a_sentence_that_keeps_a_rule_raises_no_alarm(rule, sentence):
    assert not rule(sentence)


@pytest.mark.parametrize(
    ("line", "count"),
    [
        ("Es gilt. Es gilt immer.", 1),
        ("Komm! Geh! Bleib!", 2),
        ("Was ist das? Das ist ein Haus.", 1),
        ("Wir sind da. Alle.", 1),
        ("„Komm!“ Dann ging er.", 1),
        ("Das steht in Artikel 1. Der Staat hilft.", 1),
        ("Alles ist gut … Wir gehen.", 1),
        ("Eins. Zwei. Drei. Vier.", 3),
        ("Es gilt.", 0),
        ("Am 23. Mai ist ein Fest.", 0),
        ("Eine Überschrift", 0),
        ("Im 2. Weltkrieg war das so.", 0),
        ("Was ist das?", 0),
        ("„Komm!“, rief er.", 0),
        ("Das sind: Menschen und Tiere.", 0),
        ("Wir sind da!", 0),
    ],
)
def test_a_line_has_one_sentence(line, count):
    found = [problem for problem in check([line]) if Rule.ONE_SENTENCE_A_LINE in problem.broken]
    assert len(found) == count


def test_all_rules_that_a_sentence_breaks_are_told_together():
    (problem,) = check(
        ["Das ist gut.", "Die Versammlungsfreiheit wird von uns z. B. nicht geprüft."]
    )
    assert problem.line == 1
    assert problem.broken == {
        Rule.SHORT_SENTENCE: [],
        Rule.NO_ABBREVIATION: ["z. B."],
        Rule.NO_PASSIVE: ["wird … geprüft"],
        Rule.NO_NEGATION: ["nicht"],
        Rule.SHORT_WORDS: ["Versammlungsfreiheit"],
    }


@pytest.mark.parametrize(
    "text",
    ["a", "a-", "Aa", "1.", "„", "a@", ".", ". ", "Aa ", "Aa/", "der ", "wird ge ", "des aen "],
)
def test_strange_texts_take_no_longer(text):
    text *= 20_000
    start = time.process_time()
    readability([text])
    gender_forms(text)
    check([text])
    assert time.process_time() - start < 5
