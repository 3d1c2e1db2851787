"""All cards together, and sheets that people put together."""

import io
import zipfile

import pikepdf
import pytest
from django.core.cache import cache

from home.throttle import Throttle
from postcards import archives
from postcards.models import CardFile
from tests import factories

pytestmark = pytest.mark.usefixtures("standing_tree")


@pytest.fixture
def cards(tree):
    return [
        factories.PostcardPageFactory(
            parent=tree.postcards, title=f"Karte {number}", slug=f"karte-{number}"
        )
        for number in range(5)
    ]


def keys(cards):
    return "&".join(f"karte={card.pk}" for card in cards)


# --- The sheet ----------------------------------------------------------------------------------


def test_the_form_offers_every_card_to_the_keyboard(cards, tree, client):
    page = client.get(tree.postcards.sheet_url)
    assert page.status_code == 200
    for card in cards:
        assert f'id="card-{card.pk}"' in page.text
        assert f'for="card-{card.pk}"' in page.text
    assert "noindex" in page["X-Robots-Tag"]


@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_one_to_four_cards_make_a_sheet(cards, tree, client, count):
    way = client.get(f"{tree.postcards.sheet_url}?bogen=1&{keys(cards[:count])}")
    assert way.status_code == 302
    answer = client.get(way["Location"])
    with pikepdf.open(io.BytesIO(answer.content)) as pdf:
        assert len(pdf.pages) == 2
        assert pdf.Root.ViewerPreferences.PrintScaling == "/None"


def test_the_order_of_choosing_makes_no_other_sheet(cards, tree, client):
    there = client.get(f"{tree.postcards.sheet_url}?{keys(cards[:2])}")["Location"]
    back = client.get(f"{tree.postcards.sheet_url}?{keys(cards[1::-1])}")["Location"]
    assert there == back


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("bogen=1", "Bitte wählen Sie eine bis vier Karten."),
        ("bogen=1&karte=abc&karte=&karte=99999999999999&karte=%00", ""),
        ("karte=4711", "Bitte wählen Sie eine bis vier Karten."),
    ],
)
def test_no_card_is_said_at_the_form(cards, tree, client, query, message):
    answer = client.get(f"{tree.postcards.sheet_url}?{query}")
    assert answer.status_code in {400, 422}
    assert message in answer.text


def test_five_cards_are_too_many_and_stay_chosen(cards, tree, client):
    answer = client.get(f"{tree.postcards.sheet_url}?{keys(cards)}")
    assert answer.status_code == 422
    assert "vier Plätze" in answer.text
    assert answer.text.count(" checked") == 5


def test_a_hidden_card_is_on_no_sheet(cards, tree, client):
    cards[0].unpublish()
    answer = client.get(f"{tree.postcards.sheet_url}?{keys(cards[:1])}")
    assert answer.status_code == 422
    assert cards[0].title not in answer.text


def test_a_sheet_ends_with_its_cards_being_public(cards, tree, client):
    lasting = client.get(f"{tree.postcards.sheet_url}?{keys(cards[:2])}")["Location"]
    assert client.get(lasting).status_code == 200
    cards[1].unpublish()
    assert client.get(lasting).status_code == 404


def test_nobody_has_sheets_made_without_end(cards, tree, client, monkeypatch):
    monkeypatch.setattr("postcards.sheets.LIMIT", Throttle("card-sheets", limit=0, seconds=61))
    answer = client.get(f"{tree.postcards.sheet_url}?{keys(cards[:2])}")
    assert answer.status_code == 422
    assert "2 Minuten" in answer.text


def test_an_overview_without_cards_says_so(tree, client):
    answer = client.get(tree.courage.sheet_url)
    assert "Noch gibt es keine Karten." in answer.text


# --- The archive --------------------------------------------------------------------------------


def test_all_cards_come_as_one_archive_of_known_length(cards, tree, client):
    answer = client.get(f"{tree.postcards.url}alle-druckerei.zip")
    data = b"".join(answer.streaming_content)
    assert answer["Content-Type"] == "application/zip"
    assert int(answer["Content-Length"]) == len(data)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        assert sorted(archive.namelist()) == [f"karte-{n}/druck.pdf" for n in range(5)]


def test_a_long_archive_tells_how_far_it_is(cards, tree, client, monkeypatch):
    monkeypatch.setattr(archives, "AT_ONCE", 3)
    address = f"{tree.postcards.url}alle-druckerei.zip"
    first = client.get(address)
    assert first.status_code == 202
    assert "3 von 5 Dateien" in first.text
    assert first["Refresh"] == "1"
    assert client.get(address).status_code == 200


def test_a_card_that_fails_does_not_keep_the_others(cards, tree, client):
    cards[0].article = type(cards[0].article).objects.get(number="7")
    cards[0].headline = "Das gesamte Schulwesen steht unter der Aufsicht des Staates."
    cards[0].save()
    data = b"".join(client.get(f"{tree.postcards.url}alle-druckerei.zip").streaming_content)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert len(archive.namelist()) == 4


@pytest.mark.parametrize("name", ["alle-alles.zip", "alle-druckerei.pdf", "druck.pdf"])
def test_another_archive_is_not_found(cards, tree, client, name):
    assert client.get(f"{tree.postcards.url}{name}").status_code == 404


def test_an_empty_overview_has_no_archive(tree, client):
    assert client.get(f"{tree.courage.url}alle-druckerei.zip").status_code == 404


def test_the_overview_leads_to_both(cards, tree, client):
    page = client.get(tree.postcards.url).text
    assert "/postkarten/bogen/" in page
    for archive in archives.ARCHIVES:
        assert f"/postkarten/{archive.file}" in page


def test_queries_do_not_grow_with_the_cards(
    cards, tree, client, django_assert_max_num_queries, monkeypatch
):
    address = f"{tree.postcards.url}alle-druckerei.zip"
    client.get(address)
    cache.clear()
    with django_assert_max_num_queries(24):
        b"".join(client.get(address).streaming_content)
    assert CardFile.objects.count() == 5
