"""A fingerprint stands for all that goes into a file, and for nothing else."""

import datetime as dt
from dataclasses import fields, replace

import pytest

from postcards.print.card import CardData, Photo, Run
from postcards.print.fingerprint import _card_digest, fingerprint
from postcards.print.formats import FOGRA39, HOME, OFFICE, OUTPUTS, PRESS, SCREEN, Preset, Profile
from tests.print.cards import article, photo

CARD = article(photo=photo())
#: Another value for each field of a card.
OTHERS = {
    "kind": "courage",
    "title": "Artikel 1: Würde",
    "headline": "Die Würde",
    "source": "GG",
    "numeral": "2",
    "back_title": "Artikel 1",
    "back": ((Run("Die Würde des Menschen ist unantastbar.", bold=True),),),
    "imprint": ("Stadt Musterstadt",),
    "url": "HTTPS://MUSTERSTADT.DE/K/AB2CE",
    "url_label": "QR-Code",
    "color": "moos",
    "created": dt.datetime(2026, 5, 24, 9, 30, tzinfo=dt.UTC),
    "author": "Stadt Neustadt",
    "language": "en",
    "law_language": "en",
    "portrait": True,
    "photo": None,
}


def test_every_field_of_a_card_is_tried():
    assert OTHERS.keys() == {field.name for field in fields(CardData)}


@pytest.mark.parametrize("name", OTHERS)
def test_every_field_of_a_card_counts(name):
    other = replace(CARD, **{name: OTHERS[name]})
    assert other != CARD
    assert fingerprint([other], SCREEN) != fingerprint([CARD], SCREEN)


@pytest.mark.parametrize(
    "changes", [{"digest": "wald"}, {"alt": "Ein Wald"}, {"focus": (0.7, 0.41)}], ids=str
)
def test_every_field_of_a_picture_counts(changes):
    other = replace(CARD, photo=replace(CARD.photo, **changes))
    assert fingerprint([other], SCREEN) != fingerprint([CARD], SCREEN)


@pytest.mark.parametrize("run", [{"text": "Nein"}, {"bold": True}, {"italic": True}], ids=str)
def test_every_field_of_a_run_counts(run):
    one, other = (article(back=((run,),)) for run in (Run("Ja"), replace(Run("Ja"), **run)))
    assert fingerprint([one], SCREEN) != fingerprint([other], SCREEN)


def test_a_pictures_file_is_not_needed():
    light = replace(CARD, photo=Photo("feld", CARD.photo.alt, CARD.photo.focus))
    assert not light.photo.data
    heavy = fingerprint([CARD], PRESS)
    _card_digest.cache_clear()
    assert fingerprint([light], PRESS) == heavy
    assert light.with_photo(CARD.photo.data).photo.data == CARD.photo.data


def test_every_output_has_its_own():
    prints = {fingerprint([CARD], output) for output in OUTPUTS.values()}
    assert len(prints) == len(OUTPUTS) == 7
    assert all(len(one) == 64 and int(one, 16) for one in prints)


@pytest.mark.parametrize("output", [PRESS, OFFICE], ids=lambda output: output.name)
def test_every_part_of_a_preset_counts_for_a_press(tmp_path, output):
    copy = tmp_path / "copy.icc"
    copy.write_bytes(FOGRA39.data + b"\0")
    presets = [
        Preset(),
        Preset(bleed=2),
        Preset(standard="x3"),
        Preset(profile=Profile("FOGRA51", FOGRA39.path)),
        Preset(profile=Profile("FOGRA39", copy)),
    ]
    assert len({fingerprint([CARD], output, preset) for preset in presets}) == len(presets)
    assert fingerprint([CARD], output) == fingerprint([CARD], output, Preset())


def test_no_preset_counts_elsewhere():
    assert fingerprint([CARD], HOME, Preset(bleed=1)) == fingerprint([CARD], HOME)


def test_the_order_of_a_sheets_cards_counts():
    one, other = article("1"), article("2")
    prints = {fingerprint(cards, HOME) for cards in ([one], [one, one], [one, other], [other, one])}
    assert len(prints) == 4


def test_a_profile_that_cannot_be_read_is_an_error(tmp_path):
    preset = Preset(profile=Profile("FOGRA51", tmp_path / "missing.icc"))
    with pytest.raises(OSError, match="missing"):
        fingerprint([CARD], PRESS, preset)
