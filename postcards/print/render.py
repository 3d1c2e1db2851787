"""From a card to its files: `render` makes one, whichever it is."""

import io
from collections.abc import Sequence

from pikepdf import Pdf
from PIL import Image

from .card import CardData
from .content import POINTS_PER_MM, read_page
from .errors import OverflowingTextError
from .finisher import for_reading, to_press
from .formats import HOME, OFFICE, SCREEN, SHARE, Output, Preset, Profile
from .imposition import CARD, Sheet, fill, home_sheet, office_sheet
from .photos import MM_PER_INCH
from .typesetting import PANEL_RIGHT, Job, SheetPage, typeset

READABLE = ("ua-1", "a-2a")
#: Pictures are set at a tenth of a millimetre per pixel.
PIXEL = 0.1
SHARE_QUALITY = 82
PREVIEW_PPI = 150
#: How high above the lower edge of the address side the imprint reaches, in millimetres.
IMPRINT_TOP = 25.0


def render(cards: Sequence[CardData], output: Output, preset: Preset | None = None) -> bytes:
    """Return one output of a card, or of up to four cards for a sheet.

    `preset` is for presses; the default is 3 mm of bleed, PDF/X-4, FOGRA39. Raises
    `typesetting.UnknownGlyphsError`, `OverflowingTextError` and `TypesettingError`,
    `photos.PhotoError`, and `OSError` for a profile that cannot be read.
    """
    card = cards[0]
    if output in SHARE:
        return _picture(card, output)
    if output == SCREEN:
        return for_reading(typeset(Job([card], upright=True, standards=READABLE)))
    if output == HOME:
        sheet = home_sheet(portrait=all(card.portrait for card in cards))
        return for_reading(typeset(_sheet_job(cards, sheet, standards=READABLE)), home=True)
    preset = preset or Preset()
    if output == OFFICE:
        sheet = office_sheet(portrait=card.portrait)
        job = _sheet_job([card], sheet, profile=preset.profile, standards=("1.6",))
    else:
        job = Job([card], bleed=preset.bleed, profile=preset.profile, standards=("1.6",))
    return to_press(
        typeset(job), preset, title=card.title, author=card.author, created=card.created
    )


def preview(card: CardData, side: str) -> bytes:
    """Return one side of a card as PNG, as it looks when it is cut; "front" or "back"."""
    # The address side is read lying.
    size = CARD if side == "back" else card.size
    return typeset(Job([card], sides=(side,), size=size, ppi=PREVIEW_PPI))


def check_fit(card: CardData) -> None:
    """Set a card for nobody to see; raise what `render` would, for any of its outputs.

    It raises `OverflowingTextError` for a word on the back, too, that runs over its column because
    it cannot be divided.
    """
    typeset(Job([card], bleed=3, sides=("front",)))
    back = typeset(Job([card], sides=("back",), size=CARD))
    with Pdf.open(io.BytesIO(back)) as file:
        texts = [item.box for item in read_page(file.pages[0]) if item.kind == "text"]
    edge = PANEL_RIGHT * POINTS_PER_MM
    if beyond := [box for box in texts if box[2] > edge]:
        is_imprint = beyond[0][3] < IMPRINT_TOP * POINTS_PER_MM
        raise OverflowingTextError("imprint" if is_imprint else "wording")
    for output in SHARE:
        typeset(Job([card], sides=("front",), size=_millimetres(output)))


def _picture(card: CardData, output: Output) -> bytes:
    """Return a share picture as JPEG."""
    ppi = MM_PER_INCH / PIXEL
    png = typeset(Job([card], sides=("front",), size=_millimetres(output), ppi=ppi))
    with Image.open(io.BytesIO(png)) as image:
        out = io.BytesIO()
        image.convert("RGB").save(out, "JPEG", quality=SHARE_QUALITY, optimize=True)
    return out.getvalue()


def _millimetres(output: Output) -> tuple[float, float]:
    return output.width * PIXEL, output.height * PIXEL


def _sheet_job(
    cards: Sequence[CardData],
    sheet: Sheet,
    *,
    standards: Sequence[str],
    profile: Profile | None = None,
) -> Job:
    """Return the job for both sides of a sheet; one card fills all its places."""
    order = fill(len(cards), sheet.places)
    portrait = [card.portrait for card in cards]
    pages = [
        SheetPage(sheet.page(order, portrait, side), sheet.marks() if side == "front" else ())
        for side in ("front", "back")
    ]
    return Job(
        cards,
        bleed=sheet.gap / 2,
        sheet=(sheet.width, sheet.height),
        pages=pages,
        profile=profile,
        standards=standards,
    )
