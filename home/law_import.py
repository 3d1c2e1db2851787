"""Read an edition of the Grundgesetz, compare it with what is stored, and store it.

`read_law` only reads and checks a file; `compare` says what it would change; `store` writes it.
`find_quotes` says which pages quote an article and whether their quotes still stand.
"""

import difflib
import json
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models, transaction
from django.utils.html import strip_tags
from django.utils.translation import gettext as _t
from wagtail.fields import StreamField

from .alphabet import sort_key
from .law import find_quote, plain, sentences
from .models.law import PREAMBLE, Paragraph, natural_key

if TYPE_CHECKING:
    from .models import CampaignPage

LAW_FILE = Path(__file__).parent / "data" / "grundgesetz.json"
#: Not official, like the other titles; the Präambel itself has none.
#: Fewer words between quotation marks are no quotation from the law.
EXCERPT = 3
_EXCERPT = re.compile('[„»“"]([^„»“”«"]+)[“”«"]')
_BLOCK_END = re.compile(r"</(?:p|li|h\d|blockquote)>|<br\s*/?>")
PREAMBLE_TITLE = "Verfassungsgebende Gewalt des Deutschen Volkes"


class LawFileError(ValueError):
    """A file that is no edition of the law; the message says where and why."""


@dataclass(frozen=True)
class ArticleText:
    """An article as a file gives it."""

    number: str
    title: str
    paragraphs: list[Paragraph]
    source: str
    edition: str

    @property
    def slug(self) -> str:
        """Return what stands in addresses: "praeambel", "1", "12a"."""
        return "praeambel" if self.number == PREAMBLE else self.number

    @property
    def sort_key(self) -> int:
        """Return the place in the law."""
        return natural_key(self.number)

    @property
    def label(self) -> str:
        """Return "Artikel 12a" or "Präambel"."""
        return self.number if self.number == PREAMBLE else f"Artikel {self.number}"


@dataclass(frozen=True)
class Change:
    """One paragraph whose wording differs; an added one has no old text, a gone one no new one."""

    number: str
    paragraph: str
    old: str
    new: str

    @property
    def place(self) -> str:
        """Return "Artikel 5 Absatz 1"; the paragraph only where it has a name."""
        label = self.number if self.number == PREAMBLE else f"Artikel {self.number}"
        return f"{label} Absatz {self.paragraph}" if self.paragraph else label


@dataclass
class Report:
    """What an edition changes."""

    added: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    #: Articles whose title, source or edition differs.
    renamed: list[str] = field(default_factory=list)

    @property
    def touched(self) -> set[str]:
        """Return the numbers of the articles whose wording changed or that are gone."""
        return {change.number for change in self.changes} | set(self.gone)


@dataclass(frozen=True)
class QuotedOn:
    """A place on a page that quotes an article."""

    page: "CampaignPage"
    number: str
    text: str
    is_draft: bool
    stands: bool


# --- Reading ------------------------------------------------------------------------------------


def read_law(path: Path) -> list[ArticleText]:
    """Return the Präambel and the articles of a file of `data/grundgesetz.json`'s shape.

    Raises `LawFileError` for a file that cannot be read or has another shape.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise LawFileError(
            _t("The file %(file)s cannot be read: %(reason)s")
            % {"file": path, "reason": error.strerror or error}
        ) from error
    except (ValueError, RecursionError) as error:
        raise LawFileError(
            _t("The file %(file)s is no valid JSON: %(reason)s") % {"file": path, "reason": error}
        ) from error
    source = _text(data, "quelle", 200)
    try:
        URLValidator(schemes=["http", "https"])(source)
    except ValidationError as error:
        raise _fault("quelle", _t("it is no web address")) from error
    edition = _text(data, "stand", 255)
    preamble: list[Paragraph] = [
        {"number": None, "text": _checked(text, f"praeambel[{i}]")}
        for i, text in enumerate(_items(data, "praeambel", ""))
    ]
    law = [ArticleText(PREAMBLE, PREAMBLE_TITLE, preamble, source, edition)]
    for i, item in enumerate(_items(data, "artikel", "")):
        law.append(_read_article(item, f"artikel[{i}]", source, edition))
    numbers = [article.number for article in law]
    if twice := sorted({number for number in numbers if numbers.count(number) > 1}):
        raise _fault("artikel", _t("%(what)s is there twice") % {"what": ", ".join(twice)})
    return law


def _read_article(item: Any, place: str, source: str, edition: str) -> ArticleText:
    number = _text(item, "artikel", 10, place)
    try:
        natural_key(number)
    except ValueError as error:
        raise _fault(f"{place}.artikel", _t("“%(n)s” is no number") % {"n": number}) from error
    if number == PREAMBLE:
        raise _fault(f"{place}.artikel", _t("“%(n)s” is no number") % {"n": number})
    title = _text(item, "titel", 200, place)
    paragraphs: list[Paragraph] = []
    for i, part in enumerate(_items(item, "absaetze", place)):
        inner = f"{place}.absaetze[{i}]"
        text = _text(part, "text", None, inner)
        name = part.get("absatz")
        paragraphs.append(
            {"number": None if name is None else _checked(name, f"{inner}.absatz"), "text": text}
        )
    names = [paragraph["number"] for paragraph in paragraphs]
    if len(set(names)) < len(names):
        raise _fault(f"{place}.absaetze", _t("two paragraphs have the same number, or none"))
    return ArticleText(number, title, paragraphs, source, edition)


def _fault(place: str, reason: str) -> LawFileError:
    return LawFileError(
        _t("This is no edition of the law. At “%(place)s”: %(reason)s.")
        % {"place": place, "reason": reason}
    )


def _get(item: Any, key: str, place: str) -> tuple[Any, str]:
    inner = f"{place}.{key}" if place else key
    if not isinstance(item, dict) or key not in item:
        raise _fault(inner, _t("it is missing"))
    return item[key], inner


def _text(item: Any, key: str, limit: int | None, place: str = "") -> str:
    value, inner = _get(item, key, place)
    text = _checked(value, inner)
    if limit is not None and len(text) > limit:
        raise _fault(inner, _t("it is longer than %(limit)d characters") % {"limit": limit})
    return text


def _items(item: Any, key: str, place: str) -> list[Any]:
    value, inner = _get(item, key, place)
    if not isinstance(value, list) or not value:
        raise _fault(inner, _t("it is no list, or an empty one"))
    return value


def _checked(value: Any, place: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise _fault(place, _t("it is no text, or an empty one"))
    if any(unicodedata.category(char) in {"Cc", "Cs"} for char in value.replace("\n", "")):
        raise _fault(place, _t("it holds control characters"))
    return value.strip()


# --- Comparing and storing ----------------------------------------------------------------------


def compare(law: Iterable[ArticleText]) -> Report:
    """Return what `law` changes in the stored articles."""
    from .models import Article

    stored = {article.number: article for article in Article.objects.all()}
    report = Report()
    for new in law:
        old = stored.pop(new.number, None)
        if old is None:
            report.added.append(new.number)
            continue
        report.changes += _changes(new.number, old.paragraphs, new.paragraphs)
        if (old.title, old.source, old.edition) != (new.title, new.source, new.edition):
            report.renamed.append(new.number)
    report.gone = sorted(stored, key=natural_key)
    return report


def _changes(number: str, old: list[Paragraph], new: list[Paragraph]) -> Iterator[Change]:
    olds, news = _by_name(number, old), _by_name(number, new)
    for name in [*news, *(name for name in olds if name not in news)]:
        before, after = olds.get(name, ""), news.get(name, "")
        if before != after:
            yield Change(number, name, before, after)


def _by_name(number: str, paragraphs: list[Paragraph]) -> dict[str, str]:
    """Return the wordings by their paragraph's number; the Präambel's are counted."""
    if number == PREAMBLE:
        return {str(i): paragraph["text"] for i, paragraph in enumerate(paragraphs, 1)}
    return {paragraph["number"] or "": paragraph["text"] for paragraph in paragraphs}


@transaction.atomic
def store(law: Iterable[ArticleText]) -> None:
    """Write every article; those that the edition does not have stay as they are."""
    from .models import Article

    stored: dict[str, Article] = {article.number: article for article in Article.objects.all()}
    for text in law:
        article = stored.get(text.number) or Article(number=text.number)
        values = {
            "title": text.title,
            "paragraphs": text.paragraphs,
            "source": text.source,
            "edition": text.edition,
        }
        if article.pk and all(getattr(article, name) == value for name, value in values.items()):
            continue
        for name, value in values.items():
            setattr(article, name, value)
        article.save()


def word_diff(old: str, new: str) -> str:
    """Return both wordings in one line: what goes in [-…-], what comes in {+…+}."""
    before, after = old.split(), new.split()
    parts: list[str] = []
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for tag, start, end, new_start, new_end in matcher.get_opcodes():
        if tag == "equal":
            parts += before[start:end]
            continue
        if end > start:
            parts.append(f"[-{' '.join(before[start:end])}-]")
        if new_end > new_start:
            parts.append(f"{{+{' '.join(after[new_start:new_end])}+}}")
    return " ".join(parts)


# --- Quotes -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Editions:
    """The articles in question: their stored wordings, by key and number, and the new ones."""

    ids: Mapping[int, str]
    old: Mapping[str, list[str]]
    new: Mapping[str, list[str]]


def find_quotes(numbers: set[str], law: Iterable[ArticleText]) -> list[QuotedOn]:
    """Return every place on pages and in their latest drafts that quotes an article of `numbers`.

    A quote stands when `law` has its wording; one without a text of its own shows the article and
    stands as long as there is one. Of running texts, only what does not stand is told. To be
    called before `law` is stored.
    """
    from .models import Article

    if not numbers:
        return []
    articles = list(Article.objects.filter(number__in=numbers))
    wordings = _Editions(
        ids={article.pk: article.number for article in articles},
        old={a.number: [p["text"] for p in a.paragraphs] for a in articles},
        new={text.number: [p["text"] for p in text.paragraphs] for text in law},
    )
    found: list[QuotedOn] = []
    for page in _campaign_pages():
        seen = list(_quotes_of(page, wordings, is_draft=False))
        if page.has_unpublished_changes and page.latest_revision_id:
            draft = page.get_latest_revision_as_object()
            known = {(quote.number, quote.text) for quote in seen}
            seen += [
                quote
                for quote in _quotes_of(draft, wordings, is_draft=True)
                if (quote.number, quote.text) not in known
            ]
        found += seen
    return sorted(found, key=lambda quote: (natural_key(quote.number), sort_key(quote.page.title)))


def _campaign_pages() -> "Iterator[CampaignPage]":
    from wagtail.models import get_page_models

    from .models import CampaignPage

    for model in get_page_models():
        if issubclass(model, CampaignPage):
            yield from model.objects.select_related("latest_revision").iterator(chunk_size=100)


def _quotes_of(page: "CampaignPage", law: _Editions, *, is_draft: bool) -> Iterator[QuotedOn]:
    own = page.law_quotes()
    for quote in own:
        if number := law.ids.get(quote.article_id):
            wording = law.new.get(number, [])
            stands = bool(find_quote(quote.text, wording) if quote.text else wording)
            yield QuotedOn(page, number, quote.text, is_draft, stands)
    text = running_text(page, without={quote.field for quote in own})
    excerpts = [excerpt for excerpt in _EXCERPT.findall(text) if len(excerpt.split()) >= EXCERPT]
    for number, old in law.old.items():
        new = law.new.get(number, [])
        whole = [s for paragraph in old for s in sentences(paragraph) if not find_quote(s, new)]
        gone = {s: plain(s).rstrip(".;") for s in whole if find_quote(s.rstrip(".;"), [text])}
        for excerpt in excerpts:
            told = any(plain(excerpt).rstrip(".;") in sentence for sentence in gone.values())
            if not told and find_quote(excerpt, old) and not find_quote(excerpt, new):
                gone[excerpt] = plain(excerpt)
        for quote_text in gone:
            yield QuotedOn(page, number, quote_text, is_draft, stands=False)


def running_text(page: "CampaignPage", without: Collection[str] = ()) -> str:
    """Return what a page's texts say, without markup, a line a paragraph."""
    parts: list[str] = []
    for field_ in page._meta.concrete_fields:
        if field_.name in without:
            continue
        value = getattr(page, field_.attname)
        if isinstance(field_, StreamField):
            parts += _texts_in(list(value.raw_data))
        elif isinstance(field_, models.CharField | models.TextField) and isinstance(value, str):
            parts.append(value)
    return "\n".join(unescape(strip_tags(_BLOCK_END.sub("\n", part))) for part in parts)


def _texts_in(raw: Any) -> Iterator[str]:
    match raw:
        case str():
            yield raw
        case dict():
            for value in raw.values():
                yield from _texts_in(value)
        case list():
            for value in raw:
                yield from _texts_in(value)
