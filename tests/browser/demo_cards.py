"""Makes the files of all cards of the campaign that this process serves, and judges them."""

import json

import page as validation

from home.lookups import lookups
from postcards.card_data import card_data, with_file
from postcards.models import CourageCardPage, PostcardPage
from postcards.print.formats import HOME, PRESS, SCREEN, Preset
from postcards.print.preflight import check_press, check_readable
from postcards.print.render import check_fit, render
from postcards.store import gather

STANDARDS = (validation.ValidationProfile.PDF_UA_1, validation.ValidationProfile.PDF_A_2A)


def judge():
    """Return how many cards there are, and what is wrong with them, as JSON."""
    faults, number = [], 0
    with lookups(renditions=False):
        for model in (PostcardPage, CourageCardPage):
            for card in gather(model.for_cards().visible()):
                number += 1
                faults += [f"{card.slug}: {fault}" for fault in faults_of(card)]
    return json.dumps([number, faults], default=str)


def faults_of(card):
    """Yield what keeps a card from the press, from readers or from being written like this."""
    data = with_file(card, card_data(card))
    check_fit(data)
    press = check_press(render([data], PRESS), Preset(), data.size)
    screen = render([data], SCREEN)
    yield from (finding for finding in [*press, *check_readable(screen)] if not finding.ok)
    for file in (screen, render([data], HOME)):
        for standard in STANDARDS:
            yield from validation.validate_pdf_bytes(file, profile=standard).failures
