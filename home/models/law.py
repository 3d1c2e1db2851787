"""The Grundgesetz's articles: wording that the software carries and no editor alters."""

import datetime as dt
import re
from typing import TypedDict

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import translation
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from wagtail.search import index

from ..colors import Color
from ..law import find_quote, nearest_sentence, spelled_out

PREAMBLE = "Präambel"
#: Fewer words than these are no quotation.
MINIMUM_WORDS = 2


_ISO_DATE = re.compile(r"\b[0-9]{4}-[0-9]{2}-[0-9]{2}\b")


class Paragraph(TypedDict):
    """One Absatz: its number ("1"), or None where the article has only one, and its wording."""

    number: str | None
    text: str


def natural_key(number: str) -> int:
    """Return the place of an article in the law: "12" < "12a" < "13"; the Präambel comes first.

    Raises `ValueError` when `number` is neither "Präambel" nor digits with an optional letter.
    """
    if number == PREAMBLE:
        return 0
    match = re.fullmatch(r"([0-9]{1,3})([a-z]?)", number)
    if match is None:
        raise ValueError(number)
    digits, letter = match.groups()
    return int(digits) * 100 + (ord(letter) - ord("a") + 1 if letter else 0)


def _written_out(found: re.Match[str]) -> str:
    """Return an ISO date as the law's language has it; what only looks like one stays as it is."""
    try:
        with translation.override("de"):
            return date_format(dt.date.fromisoformat(found.group()))
    except ValueError:
        return found.group()


class Article(index.Indexed, models.Model):
    """An article of the Grundgesetz (or its Präambel), as `import_law` read it."""

    number = models.CharField(_("number"), max_length=10, unique=True)
    slug = models.SlugField(_("slug"), max_length=20, unique=True)
    sort_key = models.PositiveIntegerField(_("order"), unique=True, editable=False)
    title = models.CharField(_("title (unofficial)"), max_length=200)
    paragraphs = models.JSONField(_("paragraphs"), default=list)
    source = models.URLField(_("source"))
    edition = models.CharField(_("edition (Stand)"), max_length=255)

    search_fields = [
        index.SearchField("label"),
        index.SearchField("title"),
        index.SearchField("wording"),
        index.AutocompleteField("label"),
        index.AutocompleteField("title"),
    ]

    class Meta:
        ordering = ["sort_key"]
        verbose_name = _("article of the Grundgesetz")
        verbose_name_plural = _("articles of the Grundgesetz")

    def __str__(self) -> str:
        return f"{self.label}: {self.title}"

    def save(self, *args: object, **kwargs: object) -> None:
        """Keep the order and the address in step with the number."""
        self.sort_key = natural_key(self.number)
        self.slug = "praeambel" if self.number == PREAMBLE else self.number
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    @property
    def is_preamble(self) -> bool:
        """Tell whether this is the Präambel, which has no number."""
        return self.number == PREAMBLE

    @property
    def label(self) -> str:
        """Return "Artikel 12a" or "Präambel"."""
        return self.number if self.is_preamble else f"Artikel {self.number}"

    label.fget.short_description = _("Article")  # type: ignore[attr-defined]  # its column's name

    @property
    def citation(self) -> str:
        """Return the usual short form, with a no-break space: "Art. 12a GG"."""
        return f"{self.number}\u00a0GG" if self.is_preamble else f"Art.\u00a0{self.number}\u00a0GG"

    @property
    def color(self) -> str:
        """Return the name of this article's own colour pair; neighbours differ."""
        names = Color.values
        # 12a stands between 12 and 13: its letter moves the colour on by three.
        return names[(self.sort_key // 100 + 3 * (self.sort_key % 100)) % len(names)]

    @property
    def title_words(self) -> str:
        """Return the title as people search for it: "Meinungs-, … freiheit" is spelled out."""
        return " ".join([self.title, *spelled_out(self.title)])

    @cached_property
    def wording(self) -> str:
        """Return the whole wording, a line a paragraph."""
        return "\n".join(paragraph["text"] for paragraph in self.paragraphs)

    @property
    def edition_text(self) -> str:
        """Return the edition with its dates written out; the data keep them as their source has."""
        return _ISO_DATE.sub(_written_out, self.edition)

    def select(self, numbers: str) -> list[Paragraph]:
        """Return the paragraphs named in `numbers` ("1, 3" or "1–3"); all of them for "".

        Raises `ValidationError` for a number that the article does not have.
        """
        if not numbers.strip():
            return list(self.paragraphs)
        known = [p["number"] for p in self.paragraphs if p["number"]]
        wanted: list[str] = []
        for part in re.split(r"[,;\s]+", re.sub(r"\s*[-–]\s*", "-", numbers.strip())):
            first, dash, last = part.partition("-")
            if first not in known or (dash and last not in known[known.index(first) :]):
                raise ValidationError(self._unknown_paragraph(known, part))
            wanted += known[known.index(first) : known.index(last or first) + 1]
        return [p for p in self.paragraphs if p["number"] in wanted]

    def _unknown_paragraph(self, known: list[str], part: str) -> str:
        if not known:
            return _t("%(article)s has no numbered paragraphs. Please leave this field empty.") % {
                "article": self.label
            }
        return _t(
            "%(article)s has no paragraph “%(part)s”. It has the paragraphs %(known)s; "
            "write them like “1, 3” or “1–3”."
        ) % {"article": self.label, "part": part.replace("-", "–"), "known": ", ".join(known)}

    def quote(self, text: str, shown: list[Paragraph] | None = None) -> str:
        """Return the law's own letters for `text`, which stands in the paragraphs `shown`.

        Without `shown`, all paragraphs count. Raises `ValidationError`, naming the nearest real
        sentence and its paragraph, when they do not hold it letter for letter (typographic quotes
        and kinds of spaces aside), or when it is one word only.
        """
        shown = self.paragraphs if shown is None else shown
        found = find_quote(text, [paragraph["text"] for paragraph in shown])
        if found is None:
            raise ValidationError(self._not_there(text, shown), code="not_in_law")
        if len(re.findall(r"\w+", found)) < MINIMUM_WORDS:
            message = _t("Please quote at least two words: one alone is not yet a sentence.")
            raise ValidationError(message, code="too_short")
        return found

    def _not_there(self, text: str, shown: list[Paragraph]) -> str:
        """Return why `text` is no quote from the paragraphs `shown`, and what to do."""
        names = {"article": self.label, "shown": ", ".join(p["number"] or "" for p in shown)}
        for paragraph in self.paragraphs:
            if find_quote(text, [paragraph["text"]]):
                return _t(
                    "This stands in paragraph %(number)s of %(article)s, and the card shows "
                    "%(shown)s only. Please add %(number)s to the paragraphs, or choose another "
                    "sentence."
                ) % {"number": paragraph["number"], **names}
        sentence = nearest_sentence(text, [paragraph["text"] for paragraph in self.paragraphs])
        home = next((p for p in self.paragraphs if sentence in p["text"]), None)
        if home is None or home in shown:
            return _t(
                "This does not stand in %(article)s. The nearest sentence there is: “%(sentence)s”"
            ) % {"sentence": sentence, **names}
        return _t(
            "This does not stand in %(article)s. The nearest sentence there is: “%(sentence)s” "
            "(paragraph %(number)s, which the card does not show)"
        ) % {"sentence": sentence, "number": home["number"], **names}
