"""How the language of a page does: readability, gender forms, Leichte Sprache, names in it.

Nothing here forbids anything: editors read it beside their text and decide.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models.signals import post_save
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Site

from .language.gender import Form, Found, gender_forms
from .language.names import Name, find_names, names_of
from .language.readability import MINIMUM_WORDS, VERY_EASY, readability
from .language.sentences import sentences, words
from .language.simple import Rule, check
from .models import CampaignPage, CampaignSettings, Readability
from .models.freshness import DRAFT_FIELDS
from .models.readability import SIMPLE, SIMPLE_TARGET, is_german
from .models.settings import GenderForm
from .texts import Line, lines_of, watched_lines

#: The form that each house style asks for; neutral words have none.
HOUSE_FORMS = {GenderForm.COLON: Form.COLON, GenderForm.STAR: Form.STAR}
FORM_NAMES = {
    Form.COLON: _("colon"),
    Form.STAR: _("asterisk"),
    Form.UNDERSCORE: _("underscore"),
    Form.MIDDLE_DOT: _("middle dot"),
    Form.CAPITAL_I: _("capital I"),
    Form.SLASH: _("slash"),
    Form.BRACKETS: _("brackets"),
    Form.PAIR: _("both forms written out"),
}
#: How many letters are shown before and behind a form that was found.
AROUND = 60
#: Why a sentence is listed, and what to do about it.
REASONS = {
    Rule.ONE_SENTENCE_A_LINE: _("More than one sentence on the line: please begin a new line."),
    Rule.SHORT_SENTENCE: _("More than 8 words: please make two sentences of it."),
    Rule.NO_ABBREVIATION: _("Abbreviation: please write it out."),
    Rule.NO_GENITIVE: _("Genitive: please write “von dem” or “von der”."),
    Rule.NO_SUBJUNCTIVE: _("Subjunctive: please say what is."),
    Rule.NO_PASSIVE: _("Passive: please say who does it."),
    Rule.NO_NEGATION: _("Negation: please say what is true instead, if you can."),
    Rule.SHORT_WORDS: _("More than 12 letters: please divide the word by a hyphen or Mediopunkt."),
}


@dataclass(frozen=True)
class GenderWarning:
    """A form that is not the house's, with the words around it and the field where it stands."""

    form: str
    text: str
    sentence: str
    place: str


@dataclass(frozen=True)
class NameWarning:
    """A name of the watch-list, with the words around it and the field where it stands."""

    text: str
    sentence: str
    place: str


@dataclass(frozen=True)
class SimpleWarning:
    """A sentence that breaks rules of Leichte Sprache, with the reasons and the words."""

    sentence: str
    place: str
    reasons: list[tuple[str, list[str]]]


@dataclass(frozen=True)
class TextReport:
    """All that is to be said about a page's language."""

    is_german: bool
    is_simple: bool
    score: float | None
    target: float
    word_count: int
    house_style: str
    gender: list[GenderWarning] = field(default_factory=list)
    mixed: list[str] = field(default_factory=list)
    simple: list[SimpleWarning] = field(default_factory=list)
    has_watch_list: bool = False
    names: list[NameWarning] = field(default_factory=list)
    minimum_words: int = MINIMUM_WORDS
    very_easy: int = VERY_EASY

    @property
    def is_above(self) -> bool:
        """Tell whether the text is harder to read than it should be."""
        return self.score is not None and self.score > self.target


def is_simple(page: CampaignPage) -> bool:
    """Tell whether a page is in Leichte Sprache."""
    return page.language_code == SIMPLE


def target_of(page: CampaignPage) -> float:
    """Return the value that a page's text should not exceed."""
    return SIMPLE_TARGET if is_simple(page) else page.readability_target


def report_on(page: CampaignPage) -> TextReport:
    """Return what is to be said about a page as it stands, saved or not."""
    german, lines = is_german(page.language_code), lines_of(page)
    texts = [line.text for line in lines]
    score = readability(texts) if german else None
    settings = _settings_for(page)
    style, watched = GenderForm(settings.gender_form), names_of(settings.watch_list)
    gender, mixed = gender_warnings(lines, style) if german else ([], [])
    return TextReport(
        is_german=german,
        is_simple=is_simple(page),
        score=score.value if score else None,
        target=target_of(page),
        word_count=sum(len(words(text)) for text in texts),
        house_style=str(style.label),
        gender=gender,
        mixed=mixed,
        simple=simple_warnings(lines) if is_simple(page) else [],
        has_watch_list=bool(watched),
        names=name_warnings(watched_lines(page), watched) if watched else [],
    )


def _settings_for(page: CampaignPage) -> CampaignSettings:
    """Return the settings of the page's site; the defaults where there is none."""
    site = page.get_site() if page.path else None
    return CampaignSettings.read(site or Site.objects.filter(is_default_site=True).first())


def gender_warnings(
    lines: Iterable[Line], style: GenderForm
) -> tuple[list[GenderWarning], list[str]]:
    """Return where short forms stand that are not the house's, and all forms if a text mixes them.

    Both forms written out fit every house style; only beside a short form they make a mix.
    """
    found = [
        (form, sentence, line.place)
        for line in lines
        for sentence in sentences(line.text)
        for form in gender_forms(sentence)
    ]
    used = [form for form in Form if any(each.form is form for each, _sentence, _place in found)]
    warnings = [
        GenderWarning(str(FORM_NAMES[each.form]), each.text, excerpt(sentence, each), place)
        for each, sentence, place in found
        if each.form not in (Form.PAIR, HOUSE_FORMS.get(style))
    ]
    return warnings, [str(FORM_NAMES[form]) for form in used] if len(used) > 1 else []


def name_warnings(lines: Iterable[Line], names: list[str]) -> list[NameWarning]:
    """Return where names of the watch-list stand, in the text's order."""
    return [
        NameWarning(found.text, excerpt(sentence, found), line.place)
        for line in lines
        for sentence in sentences(line.text)
        for found in find_names(sentence, names)
    ]


def excerpt(sentence: str, found: Found | Name) -> str:
    """Return a sentence, or of a long one the words around what was found in it."""
    start, end = found.start - AROUND, found.start + len(found.text) + AROUND
    before, middle, after = sentence[: max(0, start)], sentence[max(0, start) : end], sentence[end:]
    if before:
        middle = f"… {middle.partition(' ')[2]}"
    return f"{middle.rpartition(' ')[0]} …" if after else middle


def simple_warnings(lines: list[Line]) -> list[SimpleWarning]:
    """Return the sentences that break rules of Leichte Sprache, in the text's order."""
    warnings = []
    for problem in check(line.text for line in lines):
        line = lines[problem.line]
        reasons = [
            (str(REASONS[rule]), pieces)
            for rule, pieces in problem.broken.items()
            if line.can_break or rule is not Rule.ONE_SENTENCE_A_LINE
        ]
        if reasons:
            warnings.append(SimpleWarning(problem.sentence, line.place, reasons))
    return warnings


# --- Kept for the report ------------------------------------------------------------------------


def measure(page: CampaignPage) -> None:
    """Keep how readable a page is as it stands; two queries at most."""
    lines = [line.text for line in lines_of(page)]
    score = readability(lines) if is_german(page.language_code) else None
    row = Readability(
        page_id=page.pk,
        score=score.value if score else None,
        words=sum(len(words(line)) for line in lines),
        measured_at=timezone.now(),
    )
    Readability.objects.bulk_create(
        [row],
        update_conflicts=True,
        unique_fields=["page"],
        update_fields=["score", "words", "measured_at"],
    )


def page_saved(instance: Any, update_fields: Any = None, raw: bool = False, **_signal: Any) -> None:
    """Measure a page whose text was saved; a draft in progress has been measured by itself."""
    if raw or not isinstance(instance, CampaignPage):
        return
    is_draft = bool(instance.has_unpublished_changes and instance.latest_revision_id)
    if not is_draft and not (update_fields and DRAFT_FIELDS.issuperset(update_fields)):
        measure(instance)


def watch() -> None:
    """Measure what is saved from now on."""
    post_save.connect(page_saved, dispatch_uid="readability_page_saved")
