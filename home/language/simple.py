"""Which sentences break the rules of Leichte Sprache that a machine can check.

The rules: Netzwerk Leichte Sprache, "Die Regeln für Leichte Sprache" (2022,
https://www.leichte-sprache.org/); DIN SPEC 33429 (2025); BITV 2.0, Anlage 2. Each rule is a
function that returns the words of a sentence that break it. They rather miss a case than cry wolf;
whether a text really is Leichte Sprache, only people can tell who need it.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum

from .sentences import ADDRESS, INVISIBLE, SEPARATORS, sentences, words

MOST_WORDS = 8
LONGEST_WORD = 12


class Rule(Enum):
    """A rule that a machine can check."""

    ONE_SENTENCE_A_LINE = "one sentence a line"
    SHORT_SENTENCE = "short sentence"
    NO_ABBREVIATION = "no abbreviation"
    NO_GENITIVE = "no genitive"
    NO_SUBJUNCTIVE = "no subjunctive"
    NO_PASSIVE = "no passive"
    NO_NEGATION = "no negation"
    SHORT_WORDS = "short words"


@dataclass(frozen=True)
class Problem:
    """A sentence that breaks rules, each with the words that do; none where it is the whole."""

    sentence: str
    line: int
    broken: dict[Rule, list[str]] = field(default_factory=dict)


def check(lines: Iterable[str]) -> list[Problem]:
    """Return the sentences of a text that break rules, in their order."""
    return [problem for place, line in enumerate(lines) for problem in _check_line(line, place)]


def _check_line(line: str, place: int) -> Iterator[Problem]:
    found = list(sentences(INVISIBLE.sub("", line)))
    for position, sentence in enumerate(found):
        broken = {rule: pieces for rule, find in RULES.items() if (pieces := find(sentence))}
        if too_many_words(sentence):
            broken = {Rule.SHORT_SENTENCE: [], **broken}
        if position:
            broken = {Rule.ONE_SENTENCE_A_LINE: [], **broken}
        if broken:
            yield Problem(sentence, place, broken)


def too_many_words(sentence: str) -> bool:
    """Tell whether a sentence has more than eight words; a compound with hyphens is one."""
    return len(words(sentence)) > MOST_WORDS


# --- Abbreviations ------------------------------------------------------------------------------

_DOTTED = re.compile(
    r"\b(?:[a-zäöü]\.\s?[a-zäöüA-ZÄÖÜ]\.(?:\s?[a-zA-Z]\.)?"
    r"|(?i:usw|bzw|ca|etc|ggf|inkl|exkl|evtl|vgl|sog|zzgl|bspw|bsp|mind|nr|str|tel|dr|prof|hr|fr"
    r"|std|mio|mrd|jh|abb|einschl|dipl|hrsg|tsd|lt)\.|z\.\s?(?:Zt|Hd)\.|(?:max|min|geb|gem|allg)\."
    r"|(?:Art|Abs|Kap|S)\.(?=\s?\d)|St\.(?=\s[A-ZÄÖÜ])|(?<=\s)u\.(?=\s)|(?<=\d\s)Min\."
    r"|(?:Fa|Abt)\.(?=\s[A-ZÄÖÜ\d])|[A-ZÄÖÜ][a-zäöüß]+(?:str|nr)\.|(?:Jan|Feb|Aug|Sept|Okt|Nov|Dez)\.(?=\s[a-zäöüß\d]|$)"
    r"|(?:Mo|Di|Mi|Do|Sa|So)\.(?=\s?(?:[-–,]|und|bis)))"
)
_DAY = r"(?:Mo|Di|Mi|Do|Fr|Sa|So)"
#: Without a full stop: "Mo – Fr", "Kfz".
_PLAIN = re.compile(rf"\b(?:{_DAY}(?:\s?[-‑–]\s?|\s+bis\s+){_DAY}|Kfz)\b")
#: Letters alone: "GG", "DGS", "AfD", "GmbH", "BGBl"; and units after a number: "5 km".
_LETTERS = re.compile(
    r"(?<![\w.:*_/-])(?:[A-ZÄÖÜ]{2,5}|[A-ZÄÖÜ]{1,2}[a-zäöü]{1,3}[A-ZÄÖÜ]{1,2}|BGBl|e\.\s?V\.)(?![\w:*_])"
)
_UNIT = re.compile(r"(?<=\d)\s?(?:km|cm|mm|kg|mg|ml|kWh|qm|m²|°\s?C|m|g|h)(?![\w²])")
#: Everybody knows these better than their long forms (Netzwerk Leichte Sprache).
_KNOWN = frozenset(["WC", "LKW", "PKW", "CD", "DVD", "TV", "OK", "ICE", "PC", "SMS"])
#: Numerals, and words in capital letters that somebody wanted to stress.
_NO_LETTERS = re.compile(
    r"[IVX]+|(?=.{4})(?!ÖPNV|ADAC|UNHCR)(?:[B-Z]?[AEIOUÄÖÜ]|S(?:CH|T|P)|[BDFGKPT][RL])\w*|ALL|DAS|DER|DIE|DU|EIN|ER|ES|FÜR|GUT|ICH|IHR|IST|JA|MIT|NEU"
    r"|NIE|NUR|SIE|UND|WER|WIR|ZU"
)


def abbreviations(sentence: str) -> list[str]:
    """Return the abbreviations: "z. B.", "usw.", "GG", "5 km"."""
    text = ADDRESS.sub(" ", sentence)
    found = [match.group() for pattern in (_DOTTED, _PLAIN) for match in pattern.finditer(text)]
    if not text.isupper():
        letters = (match.group() for match in _LETTERS.finditer(text))
        found += [w for w in letters if not _is_known(w)]
    return found + [match.group().strip() for match in _UNIT.finditer(text)]


def _is_known(letters: str) -> bool:
    return letters in _KNOWN or (letters.isupper() and bool(_NO_LETTERS.fullmatch(letters)))


# --- Genitive -----------------------------------------------------------------------------------

_ADJECTIVES = r"(?:[a-zäöüß]+(?:en|er)\s+){0,2}"
_NOUN = r"[A-ZÄÖÜ][\w·‧•-]*"
#: Verbs with a dative: "Sie hilft der Frau" has no genitive.
_DATIVE = re.compile(
    r"\b(?:hilft|helfen|half|geholfen|gibt|geben|gab|gegeben|gehört|gehören|dank(?:t|en)|gedankt"
    r"|(?:ge)?zeig(?:t|en)|(?:ge)?sag(?:t|en)|erklär(?:t|en)|bring(?:t|en)|gebracht"
    r"|(?:ge)?schenk(?:t|en)|gefällt|gefallen|(?:ge)?schade(?:t|n)|(?:ge)?dien(?:t|en)"
    r"|(?:ge)?glaub(?:t|en)|vertrau(?:t|en)|(?:ge)?folg(?:t|en)|(?:ge)?antworte(?:t|n)|schreib(?:t|en)"
    r"|geschrieben|erzähl(?:t|en)|(?:ge)?schick(?:t|en)|(?:ge)?kauf(?:t|en)|empfiehlt|verspricht"
    r"|erlaub(?:t|en)|verbietet|gratulier(?:t|en)|fehl(?:t|en)|(?:ge)?passt|begegne(?:t|n)|droht)\b",
    re.IGNORECASE,
)
#: With these, the verb stands at the end: "Ein Mann kann einer Frau helfen".
_HELPER = re.compile(
    r"\b(?:ha(?:t|ben)|k(?:ann|önnen)|w(?:ill|ollen)|m(?:uss|üssen)|soll(?:en)?|d(?:arf|ürfen)"
    r"|möchten?|wird|werden)\b",
    re.IGNORECASE,
)
#: "des Menschen", "eines Tages", "meines Vaters": genitives wherever a noun follows.
_OF_HIS = re.compile(
    rf"\b(?:[Dd]es|[Kk]?[Ee]ines|[MmDdSs]eines|[Ii]hres|[Uu]nseres|[Ee]ures)\s+{_ADJECTIVES}{_NOUN}"
)
#: "dieses Hauses": nominative and genitive look alike up to the noun's own ending.
_OF_THIS = re.compile(
    rf"\b(?:[Dd]iese|[Jj]ede|[Jj]ene|[Ww]elche)s\s+{_ADJECTIVES}(?:{_NOUN}e?[er]s"
    r"|Menschen|Jungen|Nachbarn|Bauern|Kunden|Kollegen|Patienten|Studenten|Zeugen|Herrn)\b"
)
_BEFORE_NOUN = (
    r"(?:der|die|das|den|dem|ein|eine|einen|einem|einer|kein|keine|alle|viele|diese|dieser|dieses"
    r"|diesem|diesen|jede|jeder|jedes|mein|meine|dein|deine|sein|seine|ihr|ihre|unser|unsere"
    r"|im|in|am|an|zum|zur|vom|von|auf|aus|bei|beim|mit|nach|für|gegen|über|unter|vor|ohne|um"
    r"|durch|als|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf)"
)
_OF_HER = (
    r"(?:der|dieser|aller|einer|jeder|unserer|ihrer|seiner|meiner|deiner|eurer|keiner|vieler"
    r"|beider)"
)
#: "die Würde der Menschen": a noun, and right behind it another with such an article.
_NOUN_OF_HER = re.compile(
    rf"(?:^[„\"]?(?=\w+(?:ung|heit|keit|schaft|tion|tät)(?:en)?\s)|\b(?i:{_BEFORE_NOUN})\s+{_ADJECTIVES})"
    rf"(?P<found>{_NOUN}\s+{_OF_HER}\s+{_ADJECTIVES}{_NOUN})"
)
_WITH_GENITIVE = re.compile(
    r"\b(?i:wegen|trotz|aufgrund|innerhalb|außerhalb|anstatt|statt|mithilfe|anhand|infolge"
    r"|bezüglich|angesichts|hinsichtlich|anlässlich|oberhalb|unterhalb|jenseits|zugunsten)"
    rf"\s+{_OF_HER}\s+{_ADJECTIVES}{_NOUN}"
)
#: "eine der Regeln", "viele dieser Häuser": of a number of things, which stand in the plural.
_ONE_OF = re.compile(
    r"\b(?:[Ee]ine[rs]?|[Kk]eine[rs]?|[Vv]iele|[Ee]inige|[Mm]anche|[Bb]eide|meisten)\s+"
    rf"(?:der|dieser|[mds]einer|ihrer|unserer)\s+{_ADJECTIVES}{_NOUN}(?:e|n|s|er)\b"
)
#: "während der Arbeit"; not "während der Chef arbeitet".
_DURING = re.compile(
    rf"\b[Ww]ährend\s+(?:der|dieser|einer|[mds]einer|ihrer|unserer)\s+{_ADJECTIVES}(?=[A-ZÄÖÜ])"
    r"(?i:[\w·‧•-]*(?:ung|heit|keit|schaft|ion|tät|zeit|arbeit|woche|nacht|pause|fahrt|wahl|ferien"
    r"|schule|messe|feier|reise|stunde|rede))\b"
)
#: "Menschen anderer Länder"; not "Mit anderer Farbe".
_OF_OTHERS = re.compile(
    rf"(?:(?<=\s){_NOUN}|^(?:Menschen|Leute|Kinder|Frauen|Männer))"
    rf"\s+(?:anderer|mehrerer|verschiedener)\s+{_ADJECTIVES}{_NOUN}(?:e|n|s|er)\b"
)
_NAMES = re.compile(
    rf"\b(?:Deutschlands|Europas|Gottes|Vaters|Mutters|Omas|Opas|Mamas|Papas)\s+{_NOUN}"
)


def genitives(sentence: str) -> list[str]:
    """Return the genitives: "das Haus des Lehrers", "die Würde der Menschen", "wegen der Hitze"."""
    found = [
        match.group()
        for pattern in (_OF_HIS, _OF_THIS, _ONE_OF, _DURING, _WITH_GENITIVE, _OF_OTHERS, _NAMES)
        for match in pattern.finditer(sentence)
    ]
    return found + [
        match["found"]
        for match in _NOUN_OF_HER.finditer(sentence)
        if not _is_dative(sentence[: match.start()], sentence[match.end() :])
    ]


def _is_dative(before: str, after: str) -> bool:
    """Tell whether the words around ask for a dative, which looks like the genitive of "der"."""
    return bool(_DATIVE.search(before) or (_HELPER.search(before) and _DATIVE.search(after)))


# --- Subjunctive --------------------------------------------------------------------------------

_SUBJUNCTIVE = re.compile(
    r"\b(?:(?i:wäre|hätte|könnte|müsste|dürfte|sollte|bräuchte|(?:be)?käme|gäbe|fände|wüsste|täte"
    r"|stünde|nähme|spräche|sähe|säße|läge|trüge|würfe|hülfe|gewönne)(?:n|st|t)?"
    # Their plurals are those of the past: "sie gingen".
    r"|(?i:ginge|ließe|bliebe|hielte|schriebe|riefe|liefe|hieße)"
    r"|würde(?:n|st|t)?|(?<![Bb]itte\s)sei(?:en|est)?)\b"
)
#: With these, "sollte" tells of the past.
_FORMER = re.compile(r"\b(?:früher|damals|gestern|vorgestern|einst)\b", re.IGNORECASE)
#: At the beginning, only the verb has its subject behind it: "Würden Sie helfen?", "Würde ist …".
_WOULD = re.compile(r"\bWürde(?:n|st|t)?(?=\s+(?:ich|du|er|sie|es|man|wir|ihr|Sie|jemand)\b)")
#: What somebody else said: "er habe", "man müsse".
_REPORTED = re.compile(
    r"\b(?:er|sie|es|man|wer|niemand|jemand)\s+(?:habe|könne|müsse|dürfe|wolle|werde)\b",
    re.IGNORECASE,
)


def subjunctives(sentence: str) -> list[str]:
    """Return the verbs in the subjunctive: "wäre", "könnte", "würde helfen", "er habe"."""
    patterns = (_SUBJUNCTIVE, _WOULD, _REPORTED)
    found = [match.group() for pattern in patterns for match in pattern.finditer(sentence)]
    if _FORMER.search(sentence):
        return [verb for verb in found if not verb.lower().startswith("sollte")]
    return found


# --- Passive ------------------------------------------------------------------------------------

#: A word that may be the participle; one before a noun belongs to it ("mit gelben Blumen"), and
#: "wird gelesen haben" is the future.
_MAYBE = re.compile(r"\b[a-zäöüß]+\b(?!\s+(?:haben|sein)\b)(?!(?<=en)\s+[A-ZÄÖÜ])")
#: Participles that look like infinitives, which "wurde" and "worden" never have beside them.
_PAST = re.compile(r"[Ww]urde.*|worden")
_LIKE_INFINITIVE = re.compile(
    r"(?:be(?!iden|sten)|ver|er(?!sten|nsten)|ent|zer|miss)[a-zäöüß]{2,}en"
)
_CLAUSES = re.compile(r"[,;:–()]|\b(?:und|oder|aber|denn|sondern)\b")
_WILL = re.compile(r"\b(?:[Ww]ird|[Ww]erde[nt]?|[Ww]irst|[Ww]urden?|[Ww]urdest|[Ww]urdet|worden)\b")
_PREFIX = (
    r"(?:ab|an|auf|aus|bei|dar|durch|ein|fest|fort|frei|groß|her|heraus|herunter|hin|hinein|hoch"
    r"|los|mit|nach|nieder|statt|teil|über|um|unter|vor|voran|weg|weiter|wieder|zu|zurück|zusammen)"
)
_PARTICIPLE = re.compile(
    rf"{_PREFIX}?ge[a-zäöüß]{{2,}}(?:t|en)"
    r"|[a-zäöüß]{2,}iert"
    rf"|{_PREFIX}?(?:be|ver|er|ent|zer|miss|emp)[a-zäöüß]{{2,}}t"
    r"|(?:über|unter|wider|voll)[a-zäöüß]{3,}t"
    r"|verboten|beschrieben|geschrieben|verstanden|gefunden|verloren|entschieden|beschlossen"
    r"|geschlossen|bestochen|betrogen|verbunden|besprochen|versprochen|verschoben|erfunden"
    r"|empfohlen|angenommen|(?:be|ver|über|unter)wiesen|überwunden|unterbrochen|zerrissen|unterschrieben|übernommen|unternommen"
    r"|verliehen|ernannt|entworfen|verworfen|erzogen|bezogen|getan|abgetan"
)
#: Begin and end like participles, and are adjectives, adverbs or infinitives ("wird gehen").
_NO_PARTICIPLE = frozenset(
    re.findall(
        r"\w+",
        "gerecht bekannt beliebt berühmt bereit verrückt verliebt geschickt gespannt "
        "entsetzt erst ernst geeignet gesamt gegen gern genau gestern gelegen geboren "
        "erwachsen vielleicht erleichtert begeistert bestimmt verwandt bewusst verheiratet "
        "berechtigt besorgt betagt ungerecht erkältet verärgert geduldig insgesamt gesund "
        "bescheiden verlegen verschieden besonnen entschlossen besessen gelassen",
    )
)
_INFINITIVE = re.compile(
    rf"{_PREFIX}?(?:gehen|geben|gehören|gelten|gelingen|genießen|geschehen|gestalten|gestehen"
    r"|gewinnen|gewöhnen|gehorchen|gebrauchen|genehmigen|gefährden|gefallen|genesen|geraten"
    r"|gedenken|gedeihen|gären|gebären|geleiten|genügen)"
)


def passives(sentence: str) -> list[str]:
    """Return the passives, verb and participle: "wird gemacht", "wurde verkauft".

    The future ("wird kommen") and what somebody becomes ("wird alt") are none.
    """
    found = []
    for clause in _CLAUSES.split(sentence):
        will = _WILL.search(clause)
        if not will:
            continue
        past = any(map(_PAST.fullmatch, _WILL.findall(clause)))
        for word in _MAYBE.findall(clause):
            if is_participle(word) or (past and _is_like_infinitive(word)):
                found.append(f"{will.group()} … {word}")
                break
    return found


def _is_like_infinitive(word: str) -> bool:
    return bool(_LIKE_INFINITIVE.fullmatch(word)) and word not in _NO_PARTICIPLE


def is_participle(word: str) -> bool:
    """Tell whether a word in small letters is a past participle, as far as its form tells."""
    return bool(
        _PARTICIPLE.fullmatch(word)
        and word not in _NO_PARTICIPLE
        and not _INFINITIVE.fullmatch(word)
    )


# --- Negation, long words -----------------------------------------------------------------------

_NEGATION = re.compile(
    r"\b(?:nicht|nichts|nie|niemals|niemand(?:en|em|es)?|nirgends|nirgendwo|weder"
    r"|kein(?:e[rnms]?|erlei|esfalls|eswegs)?)\b",
    re.IGNORECASE,
)


def negations(sentence: str) -> list[str]:
    """Return the negations: "nicht", "kein", "nie" and their like."""
    return _NEGATION.findall(sentence)


def long_words(sentence: str) -> list[str]:
    """Return the words of more than twelve letters that no hyphen and no Mediopunkt divides."""
    return [
        word
        for word in words(sentence)
        if not re.search(f"[{SEPARATORS}]", word) and sum(map(str.isalpha, word)) > LONGEST_WORD
    ]


#: The rules that are about words of a sentence.
RULES: dict[Rule, Callable[[str], list[str]]] = {
    Rule.NO_ABBREVIATION: abbreviations,
    Rule.NO_GENITIVE: genitives,
    Rule.NO_SUBJUNCTIVE: subjunctives,
    Rule.NO_PASSIVE: passives,
    Rule.NO_NEGATION: negations,
    Rule.SHORT_WORDS: long_words,
}
