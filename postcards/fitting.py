"""Whether a card can be printed: looked at while it is written."""

from collections.abc import Iterator
from typing import Any

from django.core.cache import cache
from django.utils.translation import gettext as _t

from .card_data import card_data, shown_picture
from .models import PictureCard, PostcardPage
from .print import worker
from .print.card import CardData
from .print.fingerprint import fingerprint
from .print.fonts import clean, unknown_glyphs
from .print.formats import PRESS, Preset
from .print.photos import MOST_PIXELS, RESOLUTION, layout, pixels_needed, resolution
from .reasons import noted, sentence

#: A white point, as GIF.
ANY_PICTURE = b"GIF89a\1\0\1\0\x80\0\0\xff\xff\xff\0\0\0,\0\0\0\0\1\0\1\0\0\2\2D\1\0;"
#: How long the outcome for the same card is remembered, in seconds.
REMEMBERED = 3600


def problems(page: PictureCard) -> Iterator[tuple[str, str]]:
    """Yield the fields that keep a card from being printed, each with what to do."""
    picture = shown_picture(page, draft=True)
    if picture is not None and (message := _picture_problem(page, picture)):
        yield "picture", message
    for field, text in _texts(page):
        if unknown := unknown_glyphs([clean(text)]):
            yield field, sentence(f"glyphs:{unknown}")
            return
    if code := fit_problem(card_data(page, draft=True)):
        yield _field_of(code, page), sentence(code)


def fit_problem(card: CardData) -> str:
    """Return the code of what does not fit on a card; "" if all does. Remembered for an hour."""
    key = f"card-fits:{fingerprint([card], PRESS)}"
    known = cache.get(key)
    if known is not None:
        return str(known)
    # The picture has a place of its own, whatever it shows: any will do for the letters.
    try:
        (answer,) = worker.run([worker.Task((card.with_photo(ANY_PICTURE),), "fit")])
    except worker.WorkerError as error:
        return noted(error, card.title)
    code = "" if isinstance(answer, bytes) else noted(answer, card.title)
    cache.set(key, code, REMEMBERED)
    return code


def _picture_problem(page: PictureCard, picture: Any) -> str:
    if picture.width * picture.height > MOST_PIXELS:
        return sentence("photo:too_large")
    box, _panel = layout(*PRESS.size(portrait=page.is_portrait), Preset().bleed)
    dots = resolution((picture.width, picture.height), box)
    if dots >= RESOLUTION:
        return ""
    width, height = pixels_needed(box)
    return _t(
        "The picture is too small for print: it would have %(dots)d dpi, and %(needed)d are "
        "needed. Please choose one of at least %(width)d × %(height)d pixels; this one has "
        "%(own_width)d × %(own_height)d."
    ) % {
        "dots": dots,
        "needed": RESOLUTION,
        "width": width,
        "height": height,
        "own_width": picture.width,
        "own_height": picture.height,
    }


def _texts(page: Any) -> list[tuple[str, str]]:
    """Return the texts that editors write for a card, by field."""
    if isinstance(page, PostcardPage):
        return [("headline", page.headline), ("credit", page.credit)]
    card = card_data(page, draft=True)
    back = "".join(run.text for paragraph in card.back for run in paragraph)
    return [("sentence", page.sentence), ("back_text", back), ("team", page.team)]


def _field_of(code: str, page: Any) -> str:
    is_postcard = isinstance(page, PostcardPage)
    if code.startswith("photo:"):
        return "picture"
    if code == "overflow:headline":
        return "headline" if is_postcard else "sentence"
    if code == "overflow:wording":
        return "paragraphs" if is_postcard else "back_text"
    return "credit" if is_postcard else "team"
