"""Cards to print: the law's articles, a courage card, both forms, with a picture and without."""

import datetime as dt
import io
import json
from dataclasses import replace
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw

from postcards.print.card import CardData, Photo, Run

ROOT = Path(__file__).parents[2]
LAW = json.loads((ROOT / "home/data/grundgesetz.json").read_text(encoding="utf-8"))
ARTICLES = {article["artikel"]: article["absaetze"] for article in LAW["artikel"]}
#: Their whole wording does not fit on a card; editors choose paragraphs.
TOO_LONG = ("7", "12a", "13", "16a")
FITTING = [number for number in ARTICLES if number not in TOO_LONG]
IMPRINT = (
    "Herausgegeben von: Stadt Musterstadt, Marktplatz 1, 12345 Musterstadt",
    "Gestaltung: Stadtgrafik Musterstadt",
    "Lizenz: CC BY-SA 4.0",
    "haltung.musterstadt.de/k/ab2cd",
)
URL = "HTTPS://HALTUNG.MUSTERSTADT.DE/K/AB2CD"


def paragraphs(number):
    """Return an article's paragraphs as they stand on a card's back."""
    lines = [(line["absatz"], line["text"]) for line in ARTICLES[number]]
    return tuple(
        (Run(f"({mark})\u00a0", bold=True), Run(text)) if mark else (Run(text),)
        for mark, text in lines
    )


def first_sentence(number):
    """Return how an article begins."""
    return ARTICLES[number][0]["text"].partition(". ")[0].rstrip(".") + "."


def article(number="1", **changes):
    """Return the card of an article with its whole wording."""
    card = CardData(
        kind="postcard",
        title=f"Artikel {number}",
        headline=first_sentence(number),
        source=f"Art.\u00a0{number}\u00a0GG",
        numeral=number,
        back_title=f"Artikel {number} Grundgesetz",
        back=paragraphs(number),
        imprint=IMPRINT,
        url=URL,
        url_label="QR-Code: führt zu haltung.musterstadt.de/k/ab2cd",
        color="koralle",
        created=dt.datetime(2026, 5, 23, 9, 30, tzinfo=dt.UTC),
        author="Stadt Musterstadt",
    )
    return replace(card, **changes)


def courage(**changes):
    """Return a courage card."""
    card = article(
        kind="courage",
        title="Oma, den Satz nicht",
        headline="Oma, ich hab dich lieb. Den Satz nicht.",
        source="Mut-Mach-Karte",
        numeral="",
        back_title="Mut-Mach-Karte",
        back=(
            (Run("Nähe und "), Run("Widerspruch", bold=True), Run(" passen in einen Atemzug.")),
            (Run("Sag zuerst, was euch "), Run("verbindet", italic=True), Run(".")),
        ),
        color="beere",
    )
    return replace(card, **changes)


def encoded(image, kind="PNG", **options):
    """Return a picture's file."""
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


@cache
def photo():
    """Return a picture that is large enough for every card: a field, the sky, and the sun."""
    image = Image.new("RGB", (1880, 1120), "#7fb2d9")
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 700, 1880, 1120), fill="#5a7d4a")
    draw.ellipse((1200, 160, 1560, 520), fill="#f2d16b")
    data = encoded(image, "JPEG", quality=90)
    return Photo("feld", "Ein Feld unter der Sonne", (0.7, 0.4), data)


CENSORSHIP = "Eine Zensur findet nicht statt."
#: One of each kind, by name.
CARDS = {
    "landscape": article(),
    "portrait": article("5", headline=CENSORSHIP, portrait=True, color="moos"),
    "picture": article(photo=photo(), color="petrol"),
    "portrait picture": article(
        "5", headline=CENSORSHIP, photo=photo(), portrait=True, color="nacht"
    ),
    "courage": courage(),
    "courage picture": courage(photo=photo(), portrait=True, color="sonne"),
    "english": article("3", title="Article 3: equality", language="en", color="sonne"),
}
#: The two forms without a picture.
FORMS = ("landscape", "portrait")
