"""From a page to what is printed of it."""

import datetime as dt
from typing import Any

from bs4 import BeautifulSoup, NavigableString, Tag
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _t

from home.lookups import current_lookups
from home.models import CampaignSettings
from home.rights import AIUse, Licence

from .models import CardCode, PictureCard, PostcardPage
from .print.card import CardData, Photo, Run

#: The code on the preview of a card that was never saved.
NO_CODE = "00000"
LAW = "de"
LONG_AGO = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
#: What editors' rich text makes of a run.
BOLD, ITALIC = {"b", "strong"}, {"i", "em"}


def card_data(page: PictureCard, *, draft: bool = False) -> CardData:
    """Return what the page's card says and shows; its picture's file is still to be read.

    A card for the public is without a picture that the public may not see; a draft shows one that
    waits for its page. No query where code, settings and pictures were fetched before.
    """
    language = page.language_code
    site_id, _root, _path = page.get_url_parts() or (None, None, None)
    campaign = current_lookups().campaign(site_id)
    short = short_address(page)
    with translation.override(language):
        return CardData(
            **_words(page),
            title=page.title,
            imprint=_imprint(page, campaign, short, draft=draft),
            url=short.upper(),
            url_label=_t("QR code: leads to %(address)s") % {"address": _bare(short)},
            author=campaign.publisher,
            language=language,
            color=page.color,
            portrait=page.is_portrait,
            photo=_photo(page, draft=draft),
            created=page.first_published_at or LONG_AGO,
        )


def short_address(page: PictureCard) -> str:
    """Return the absolute address that stays with a card, also with one that has no site yet."""
    _site_id, root, _path = page.get_url_parts() or (None, None, None)
    root = root or settings.WAGTAILADMIN_BASE_URL
    code = CardCode.of(page).code if page.pk else NO_CODE
    return f"{root.rstrip('/')}/k/{code}"


def shown_picture(page: PictureCard, *, draft: bool = False) -> Any:
    """Return the picture on a card; None where there is none, or none that may be seen."""
    picture = page.printed_picture
    if picture is None or picture.lacks_consent or (picture.is_held and not draft):
        return None
    return picture


def _bare(address: str) -> str:
    return address.partition("://")[2]


def _words(page: Any) -> dict[str, Any]:
    """Return the texts of a card's two sides."""
    if isinstance(page, PostcardPage):
        article = page.article
        return {
            "kind": "postcard",
            "headline": _cut_short(page.headline),
            "source": article.citation,
            "numeral": article.number,
            "back_title": _name_of(article),
            "back": tuple(_paragraph(one) for one in page.chosen_paragraphs),
            "law_language": LAW,
        }
    return {
        "kind": "courage",
        "headline": page.sentence,
        "source": _t("Courage card"),
        "numeral": "",
        "back_title": _t("Courage card"),
        "back": tuple(_rich_text(page.back_text)),
        "law_language": page.language_code,
    }


def _cut_short(quote: str) -> str:
    """Return a quotation from the law, with a sign where its sentence goes on."""
    return quote if quote.rstrip('“”"').endswith((".", "!", "?")) else f"{quote}\u00a0…"


def _name_of(article: Any) -> str:
    """Return an article's name in the law's own language."""
    return f"{article.label} {'des Grundgesetzes' if article.is_preamble else 'Grundgesetz'}"


def _paragraph(paragraph: Any) -> tuple[Run, ...]:
    number, wording = paragraph["number"], Run(paragraph["text"])
    return (Run(f"({number})\u00a0", bold=True), wording) if number else (wording,)


def _rich_text(html: str) -> list[tuple[Run, ...]]:
    """Return the paragraphs of an editor's rich text; on paper a link is only its words."""
    soup = BeautifulSoup(html or "", "html.parser")
    blocks = [
        tag for tag in soup.find_all(["p", "li", "h2", "h3", "h4"]) if tag.get_text(strip=True)
    ]
    if not blocks and soup.get_text(strip=True):
        blocks = [soup]
    return [tuple(_runs(block)) for block in blocks]


def _runs(tag: Tag, *, bold: bool = False, italic: bool = False) -> list[Run]:
    runs: list[Run] = []
    for child in tag.children:
        if isinstance(child, NavigableString):
            runs.append(Run(str(child), bold, italic))
        elif isinstance(child, Tag):
            inner_bold, inner_italic = bold or child.name in BOLD, italic or child.name in ITALIC
            runs += _runs(child, bold=inner_bold, italic=inner_italic)
    return runs


def _imprint(page: Any, campaign: CampaignSettings, short: str, *, draft: bool) -> tuple[str, ...]:
    """Return the lines beside the code: publisher, credits, licence, short address."""
    address = ", ".join(
        line.strip() for line in campaign.publisher_address.splitlines() if line.strip()
    )
    publisher = ", ".join(filter(None, [campaign.publisher, address]))
    lines = [_t("Published by %(publisher)s") % {"publisher": publisher}]
    credit = page.own_credit if isinstance(page, PostcardPage) else page.team
    if credit:
        lines.append(credit if ":" in credit else _t("Card: %(credit)s") % {"credit": credit})
    if picture := shown_picture(page, draft=draft):
        lines += _picture_lines(picture, page.licence)
    lines.append(_t("Licence: %(licence)s") % {"licence": _unbroken(page.licence_label)})
    return (*lines, _bare(short))


def _unbroken(name: str) -> str:
    """Return a licence's name in one piece."""
    return name.replace(" ", "\u00a0")


def _picture_lines(picture: Any, own: str) -> list[str]:
    """Return who made the picture, and its licence if that is not the card's own."""
    credit = picture.credit
    if credit and ":" not in credit:
        credit = _t("Picture: %(credit)s") % {"credit": credit}
    machine = {
        AIUse.GENERATED: _t("Generated by AI"),
        AIUse.ASSISTED: _t("Edited with AI"),
    }.get(picture.ai_use, "")
    licence = _unbroken(str(Licence(picture.licence).label).partition(" (")[0])
    words = [part for part in (credit, machine) if part]
    if words and picture.licence != own:
        words.append(licence)
    return [", ".join(words)] if words else []


def _photo(page: PictureCard, *, draft: bool) -> Photo | None:
    picture = shown_picture(page, draft=draft)
    if picture is None:
        return None
    focus = (0.5, 0.5)
    if picture.has_focal_point() and picture.width and picture.height:
        focus = (
            picture.focal_point_x / picture.width,
            picture.focal_point_y / picture.height,
        )
    # A picture whose words are missing is decoration beside the sentence.
    alt = picture.description or _t("Picture on the card")
    # Every upload has a name of its own; to hash the file would be to read it.
    digest = picture.file_hash or f"{picture.file.name} {picture.file_size}"
    return Photo(digest=digest, alt=alt, focus=focus)


def with_file(page: PictureCard, card: CardData) -> CardData:
    """Return the card with its picture's file; b"" where that is missing."""
    if card.photo is None:
        return card
    picture: Any = page.printed_picture
    try:
        with picture.open_file() as file:
            return card.with_photo(file.read())
    except (OSError, ValueError):
        return card
