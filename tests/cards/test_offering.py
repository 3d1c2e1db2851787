"""What a card's page, shared links and the API say of its files; publishing makes them."""

import datetime as dt
import json

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from postcards.models import CardCode, CardFile
from postcards.print.formats import PUBLIC
from postcards.store import gather, obtain, orders_for
from postcards.tasks import make_files, paused
from postcards.transfer import read_codes, restore_codes

pytestmark = pytest.mark.usefixtures("standing_tree")


@pytest.fixture
def made(card):
    obtain(orders_for(gather([card])[0]))
    return card


def test_the_page_offers_three_uses_with_type_and_size(made, client):
    page = client.get(made.url).text
    for words in ("Zum Selbstdrucken", "Ansehen und teilen", "Für die Druckerei"):
        assert words in page
    for output in PUBLIC:
        assert f"/postkarten/artikel-1/{output.file}" in page
    assert "(PDF, A4," in page
    assert page.count("\xa0KB") >= len(PUBLIC)


def test_the_page_stands_before_any_file_is_made(card, client):
    page = client.get(card.url)
    assert page.status_code == 200
    assert "(PDF, A4)" in page.text
    assert not CardFile.objects.exists()


def test_shared_links_show_the_card(made, client):
    page = client.get(made.url).text
    row = CardFile.objects.get(output="share_link")
    assert f'og:image" content="http://testserver/karten/{row.digest}/' in page
    assert 'og:image:alt" content="Die Würde des Menschen ist unantastbar. (Art.' in page


def test_the_api_names_every_output(made, client):
    items = client.get("/api/v1/pages?type=postcard").json()["items"]
    (item,) = [item for item in items if item["id"] == made.pk]
    assert [one["name"] for one in item["outputs"]] == [output.name for output in PUBLIC]
    sizes = dict(CardFile.objects.values_list("output", "size"))
    for one, output in zip(item["outputs"], PUBLIC, strict=True):
        assert one["url"] == f"http://localhost/postkarten/artikel-1/{output.file}"
        assert (one["media_type"], one["unit"]) == (output.media_type, output.unit)
        assert (one["width"], one["height"]) == (output.width, output.height)
        assert one["bytes"] == sizes[output.name] > 1000


def test_upright_cards_have_upright_paper(card, client):
    card.orientation = "portrait"
    card.save()
    (item,) = client.get("/api/v1/pages?type=postcard").json()["items"]
    sizes = {one["name"]: (one["width"], one["height"]) for one in item["outputs"]}
    assert sizes["print_shop"] == (105, 148)
    assert sizes["home"] == (210, 297)
    assert sizes["share_link"] == (1200, 630)


def test_an_answer_is_new_once_a_file_was_made(card, client):
    before = client.get("/api/v1/pages?type=postcard")["ETag"]
    client.get(f"{card.url}druck.pdf")
    assert client.get("/api/v1/pages?type=postcard")["ETag"] != before


# --- Publishing ---------------------------------------------------------------------------------


def test_publishing_makes_all_files(card, django_capture_on_commit_callbacks, set_here):
    with django_capture_on_commit_callbacks(execute=True):
        card.save_revision().publish()
    made = CardFile.objects.filter(state="ready").values_list("output", flat=True)
    assert set(made) == {output.name for output in PUBLIC}
    assert len(set_here) == 1


def test_many_cards_can_be_published_without_it(card, django_capture_on_commit_callbacks):
    with paused(), django_capture_on_commit_callbacks(execute=True):
        card.save_revision().publish()
    assert not CardFile.objects.exists()


def test_a_card_that_was_withdrawn_meanwhile_is_left_alone(card):
    card.unpublish()
    make_files.call("postcards.PostcardPage", card.pk)
    assert not CardFile.objects.exists()


# --- The command --------------------------------------------------------------------------------


def test_the_command_makes_and_copies_the_files_of_a_card(card, tmp_path, capsys):
    call_command("cards", "render", "artikel-1", "--out", str(tmp_path))
    made = {file.name for file in (tmp_path / "de" / "artikel-1").iterdir()}
    assert made == {output.file for output in PUBLIC}
    assert "1/1 Artikel 1: Menschenwürde" in capsys.readouterr().out


def test_the_command_makes_press_files_by_a_shops_preset(card, courage_card, tmp_path):
    folder = tmp_path / "druck"
    call_command("cards", "render", "--all", "--preset", "2-x3", "--out", str(folder))
    made = sorted(str(file.relative_to(folder)) for file in folder.rglob("*.pdf"))
    assert made == [
        "de/artikel-1/druck.pdf",
        "de/artikel-1/hausdruckerei-sra3.pdf",
        "de/frag-nach/druck.pdf",
        "de/frag-nach/hausdruckerei-sra3.pdf",
    ]


@pytest.mark.parametrize(
    "words",
    [[], ["artikel-1", "--all"], ["gibt-es-nicht"], ["--all", "--preset", "9-x4"]],
    ids=["nothing", "both", "unknown card", "unknown preset"],
)
def test_the_command_says_what_it_cannot_do(card, words):
    with pytest.raises(CommandError):
        call_command("cards", "render", *words)


def test_the_command_ends_with_an_error_where_a_card_fails(card, article, capsys):
    card.article, card.headline = article("13"), "Die Wohnung ist unverletzlich."
    card.save()
    with pytest.raises(CommandError, match="3 Dateien"):
        call_command("cards", "render", "--all")
    assert "weniger Absätze" in capsys.readouterr().err


def test_pruning_keeps_what_pages_need_and_what_is_young(made, capsys):
    made.headline = "Die Würde des Menschen"
    made.save()
    obtain(orders_for(gather([made])[0]))
    files = CardFile.objects.all()
    call_command("cards", "prune")
    assert files.count() == 2 * len(PUBLIC)
    files.update(made_at=timezone.now() - dt.timedelta(days=31))
    call_command("cards", "prune")
    assert files.count() == len(PUBLIC)
    assert f"{len(PUBLIC)} Dateien entfernt" in capsys.readouterr().out


# --- Exports ------------------------------------------------------------------------------------


def test_codes_travel_with_an_export(card, code_of, db):
    data = json.loads(read_codes(None).model_dump_json())
    code = code_of(card)
    assert {"code": code, "page": card.pk} in data["items"]
    CardCode.objects.all().delete()
    CardCode.objects.create(code="22222", page_id=card.pk)
    restore_codes(data, None)
    assert code_of(card) == code
