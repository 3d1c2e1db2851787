"""Why a card cannot be printed: codes for the database, sentences for people."""

import logging

from django.utils.translation import gettext_lazy as _

from .print.errors import OverflowingTextError, PhotoError, UnknownGlyphsError
from .print.worker import WorkerError

logger = logging.getLogger(__name__)


def code_of(error: Exception) -> str:
    """Return what is kept of an error: its kind, and what it is about."""
    match error:
        case OverflowingTextError():
            return f"overflow:{error.part}"
        case UnknownGlyphsError():
            return f"glyphs:{error.glyphs}"
        case PhotoError():
            return f"photo:{error.reason}"
        case WorkerError():
            return f"worker:{error}"
    return f"other:{error}"[:2000]


def noted(error: Exception, card: str) -> str:
    """Return an error's code; what is no editor's to mend is logged with the card."""
    code = code_of(error)
    if code.startswith(("other:", "worker:")):
        logger.error("Card “%s” cannot be set: %s", card, code)
    return code


#: By code, or by the code's kind: what has happened, and what to do.
SENTENCES = {
    "overflow:headline": _("The sentence is too long for the card. Please choose a shorter one."),
    "overflow:wording": _(
        "The back does not hold so much text in a readable size. Please choose fewer paragraphs, "
        "or shorten the text."
    ),
    "overflow": _(
        "Publisher, credits and licence are too long for the back. Please shorten the credits, or "
        "the publisher's address in the settings."
    ),
    "glyphs": _("The card's font does not have these characters: %(rest)s. Please use others."),
    "photo:too_large": _(
        "The picture has more than 40 million pixels. Please upload a smaller copy of it."
    ),
    "photo": _("The picture's file is missing or cannot be read. Please upload the picture again."),
    "worker": _("It took too long, or the server had no memory left. Please try again."),
}
OTHER = _("The file could not be made. The server's log says why.")


def sentence(code: str) -> str:
    """Return what has happened and what to do, for the code of an error."""
    kind, _colon, rest = code.partition(":")
    text = str(SENTENCES.get(code) or SENTENCES.get(kind) or OTHER)
    return text % {"rest": " ".join(rest)} if kind == "glyphs" else text
