"""A card's files: readable addresses lead to lasting ones, each file is made once."""

import datetime as dt
import io

import pikepdf
import pytest
from django.utils import timezone
from PIL import Image
from wagtail.models import PageViewRestriction

from postcards import store
from postcards.models import CardFile
from postcards.print import worker
from postcards.print.formats import PRESS, PUBLIC
from postcards.store import Order, obtain

pytestmark = pytest.mark.usefixtures("standing_tree")
LASTING = "public, max-age=31536000, immutable"


@pytest.mark.parametrize("output", PUBLIC, ids=lambda output: output.name)
def test_a_readable_address_leads_to_a_file_that_never_changes(card, client, output):
    way = client.get(f"{card.url}{output.file}")
    assert way.status_code == 302
    assert way["Cache-Control"] == "no-cache"
    answer = client.get(way["Location"])
    data = answer.content
    assert answer["Cache-Control"] == LASTING
    assert answer["Content-Type"] == output.media_type
    assert answer["Content-Length"] == str(len(data))
    assert f'filename="artikel-1-{output.file}"' in answer["Content-Disposition"]
    if output.unit == "px":
        assert Image.open(io.BytesIO(data)).size == (output.width, output.height)
    else:
        assert len(pikepdf.open(io.BytesIO(data)).pages) == 2


def test_a_file_is_made_once_and_another_one_after_a_change(card, client, set_here):
    first = client.get(f"{card.url}druck.pdf")["Location"]
    assert client.get(f"{card.url}druck.pdf")["Location"] == first
    assert len(set_here) == 1
    card.headline = "Die Würde des Menschen"
    card.save()
    second = client.get(f"{card.url}druck.pdf")["Location"]
    assert second != first
    assert len(set_here) == 2
    # Who has the old address still gets the old card.
    assert client.get(first).status_code == 200


def test_the_card_is_rendered_with_its_words(card, client):
    answer = client.get(f"{card.url}karte.pdf", follow=True)
    with pikepdf.open(io.BytesIO(answer.content)) as pdf:
        assert str(pdf.docinfo.Title) == "Artikel 1: Menschenwürde"
        assert str(pdf.Root.Lang) == "de"


@pytest.mark.parametrize("name", ["druck.zip", "anderes.pdf", "hausdruckerei-sra3.pdf", "x.jpg"])
def test_what_is_not_offered_is_not_found(card, client, name):
    assert client.get(f"{card.url}{name}").status_code == 404


def test_a_page_of_another_type_has_no_files(tree, client):
    assert client.get(f"{tree.blog.url}druck.pdf").status_code == 404
    assert client.get("/nirgendwo/druck.pdf").status_code == 404


def test_files_end_with_the_cards_being_public(card, client):
    lasting = client.get(f"{card.url}druck.pdf")["Location"]
    card.unpublish()
    assert client.get(f"{card.url}druck.pdf").status_code == 404
    assert client.get(lasting).status_code == 404


def test_files_of_a_private_card_are_not_given_away(card, client):
    lasting = client.get(f"{card.url}druck.pdf")["Location"]
    PageViewRestriction.objects.create(page=card, restriction_type="login")
    assert client.get(f"{card.url}druck.pdf").status_code == 404
    assert client.get(lasting).status_code == 404


def test_a_withdrawn_consent_takes_the_picture_off_the_card(card, client, picture):
    image = picture()
    card.design, card.picture = "picture", image
    card.save()
    with_picture = client.get(f"{card.url}druck.pdf")["Location"]
    assert client.get(with_picture).status_code == 200
    image.consent_withdrawn_on = timezone.localdate()
    image.save()
    assert client.get(with_picture).status_code == 404
    without = client.get(f"{card.url}druck.pdf", follow=True)
    assert without.status_code == 200
    with pikepdf.open(io.BytesIO(without.content)) as pdf:
        assert "/XObject" not in pdf.pages[0].Resources


def test_a_lost_file_is_made_again(card, client):
    lasting = client.get(f"{card.url}druck.pdf")["Location"]
    row = CardFile.objects.get(output="print_shop")
    row.file.storage.delete(row.file.name)
    assert client.get(lasting).status_code == 404
    assert client.get(f"{card.url}druck.pdf", follow=True).status_code == 200


# --- When something goes wrong ------------------------------------------------------------------


def test_a_failure_is_said_kindly_logged_and_tried_again_later(card, client, monkeypatch, caplog):
    def fail(tasks):
        raise worker.WorkerError("no answer within 40 s")

    with monkeypatch.context() as patch:
        patch.setattr("postcards.print.worker.run", fail)
        answer = client.get(f"{card.url}druck.pdf")
    assert answer.status_code == 503
    assert answer["Retry-After"]
    assert "gerade nicht zu haben" in answer.text
    assert "Artikel 1: Menschenwürde" in caplog.text
    assert "no answer" in caplog.text
    # The page itself is as it was, and nobody tries the same again at once.
    assert client.get(card.url).status_code == 200
    assert client.get(f"{card.url}druck.pdf").status_code == 503
    CardFile.objects.update(began_at=timezone.now() - dt.timedelta(minutes=6))
    assert client.get(f"{card.url}druck.pdf").status_code == 302


def test_a_card_that_does_not_fit_has_a_page_but_no_files(card, client):
    card.article = type(card.article).objects.get(number="7")
    card.headline = "Das gesamte Schulwesen steht unter der Aufsicht des Staates."
    card.save()
    assert client.get(card.url).status_code == 200
    assert client.get(f"{card.url}druck.pdf").status_code == 503
    assert CardFile.objects.get(output="print_shop").error == "overflow:wording"


def test_a_missing_picture_file_fails_with_a_reason(card, client, picture):
    image = picture()
    card.design, card.picture = "picture", image
    card.save()
    image.get_file_hash()
    image.file.storage.delete(image.file.name)
    assert client.get(f"{card.url}druck.pdf").status_code == 503
    assert CardFile.objects.get(output="print_shop").error == "photo:empty"


# --- One at a time ------------------------------------------------------------------------------


def test_who_comes_second_waits_and_makes_nothing(card, monkeypatch, set_here):
    order = Order((card,), PRESS)
    claim = order.new_row()
    claim.save()

    def finish_instead_of_sleeping(_seconds):
        claim.state = CardFile.State.READY
        claim.save()

    monkeypatch.setattr("postcards.store.time.sleep", finish_instead_of_sleeping)
    (row,) = obtain([order])
    assert row.is_ready
    assert set_here == []


def test_a_claim_whose_maker_is_lost_is_taken_over(card, set_here):
    order = Order((card,), PRESS)
    claim = order.new_row()
    claim.began_at = timezone.now() - store.LOST_AFTER - dt.timedelta(seconds=1)
    claim.save()
    (row,) = obtain([order])
    assert row.is_ready
    assert len(set_here) == 1


@pytest.mark.own_process
def test_a_process_of_its_own_makes_the_same_file(card):
    order = Order((card,), PRESS)
    (here,) = [worker._answer(order.task())]
    (row,) = obtain([order])
    assert row.read() == here


def test_two_orders_at_once_are_made_in_one_run(card, courage_card, set_here):
    rows = obtain([Order((card,), PRESS), Order((courage_card,), PRESS)])
    assert [row.state for row in rows] == ["ready", "ready"]
    assert len(set_here) == 1
