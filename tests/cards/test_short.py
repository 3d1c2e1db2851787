"""The short address on a card's back leads to its page for good."""

import pytest
from django.test import Client

from home.models import CampaignSettings
from postcards.models import CardCode, CardVisits
from tests import factories

pytestmark = pytest.mark.usefixtures("standing_tree")


@pytest.mark.parametrize("form", ["/k/{}", "/K/{}", "/k/{}/", "/K/{}/"])
@pytest.mark.parametrize("case", [str.upper, str.lower], ids=["capitals", "small"])
def test_the_code_leads_to_the_card_however_it_is_written(card, client, code_of, form, case):
    answer = client.get(form.format(case(code_of(card))))
    assert answer.status_code == 302
    assert answer["Location"].endswith("/postkarten/artikel-1/")
    assert answer["Cache-Control"] == "no-store"
    assert not answer.cookies


def test_the_code_stays_when_the_card_moves_or_changes_its_name(card, tree, client, code_of):
    code = code_of(card)
    other = factories.PostcardIndexPageFactory(parent=tree.home, slug="neu", title="Neu")
    card.slug, card.title = "wuerde", "Würde"
    card.save()
    card.move(other, pos="last-child")
    answer = client.get(f"/k/{code}")
    assert answer["Location"].endswith("/neu/wuerde/")


def test_a_deleted_card_is_gone_kindly(card, client, code_of):
    code = code_of(card)
    card.delete()
    answer = client.get(f"/K/{code}")
    assert answer.status_code == 410
    assert "nicht mehr auf unserer Website" in answer.text


def test_a_hidden_card_and_an_unknown_code_are_not_found(card, client, code_of):
    card.unpublish()
    assert client.get(f"/k/{code_of(card)}").status_code == 404
    assert client.get("/k/ZZZZZZZZ").status_code == 404


@pytest.mark.parametrize("odd", ["%00", "a%20b", "ä", "x" * 300, "..", "1'--"])
def test_an_odd_code_is_never_a_fault(client, odd, db):
    assert client.get(f"/k/{odd}").status_code in {301, 302, 400, 404, 414}


def test_every_card_has_a_code_of_its_own_and_a_copy_another(card, courage_card, code_of, tree):
    copy = card.copy(update_attrs={"slug": "kopie", "title": "Kopie"})
    assert len({code_of(page) for page in (card, courage_card, copy)}) == 3
    assert set("".join(CardCode.objects.values_list("code", flat=True))).isdisjoint("AEIOU01")


# --- Counting -----------------------------------------------------------------------------------


@pytest.fixture
def counting(home):
    campaign = CampaignSettings.for_site(home.get_site())
    campaign.count_card_visits = True
    campaign.save()


@pytest.mark.usefixtures("counting")
def test_visits_are_a_plain_number_a_day(card, client, code_of):
    for _visit in range(3):
        client.get(f"/k/{code_of(card)}")
    client.head(f"/k/{code_of(card)}")
    (row,) = CardVisits.objects.all()
    assert row.count == 3
    assert {field.name for field in CardVisits._meta.fields} == {"id", "code", "day", "count"}


def test_nothing_is_counted_unless_it_is_switched_on(card, client, code_of):
    client.get(f"/k/{code_of(card)}")
    assert not CardVisits.objects.exists()


def test_only_reading_is_allowed(card, code_of):
    assert Client().post(f"/k/{code_of(card)}").status_code == 405
