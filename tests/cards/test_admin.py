"""“Druckdaten”: files for print with their preflight, for those who edit the card."""

import io

import pikepdf
import pytest

from home import roles
from postcards.models import CardCode, CardFile, CardVisits
from postcards.print.formats import FOGRA39
from postcards.print.preflight import PRESS_CHECKS
from postcards.profiles import check_profiles
from postcards.verdicts import WORDS

pytestmark = pytest.mark.usefixtures("standing_tree")


def test_the_report_of_a_card_is_green(card, editor):
    page = editor.get(f"/admin/pages/{card.pk}/print/")
    assert page.status_code == 200
    sheets = page.context["sheets"]
    assert [sheet.is_green for sheet in sheets] == [True, True, True]
    assert [len(sheet.verdicts) for sheet in sheets] == [14, 10, 4]
    assert "Alle Prüfungen sind grün" in page.text


def test_every_check_has_words():
    assert set(PRESS_CHECKS) <= set(WORDS)


@pytest.mark.parametrize(
    ("query", "version", "bleed"),
    [
        ("", "1.6", 3),
        ("bleed=1&standard=x3", "1.3", 1),
        ("bleed=2&standard=x4&profile=FOGRA39", "1.6", 2),
        ("bleed=7&standard=x9&profile=nichts", "1.6", 3),
    ],
)
def test_a_shops_preset_makes_its_file(card, editor, query, version, bleed):
    answer = editor.get(f"/admin/pages/{card.pk}/print/druck.pdf?{query}")
    assert "no-store" in answer["Cache-Control"]
    with pikepdf.open(io.BytesIO(answer.content)) as pdf:
        assert pdf.pdf_version == version
        width = float(pdf.pages[0].MediaBox[2]) / 72 * 25.4
        assert width == pytest.approx(148 + 2 * bleed, abs=0.01)


def test_what_fails_is_shown_with_what_to_do(card, editor, article):
    card.article = article("13")
    card.headline = "Die Wohnung ist unverletzlich."
    card.save()
    card.save_revision()
    page = editor.get(f"/admin/pages/{card.pk}/print/")
    assert "weniger Absätze" in page.text
    report = editor.get("/admin/reports/card-files/")
    assert "Artikel 1: Menschenwürde" in report.text
    assert "weniger Absätze" in report.text


def test_the_note_and_the_visits_are_shown(card, editor):
    card.print_note = "500 Stück beim Druckhaus"
    card.save()
    CardVisits.add(CardCode.of(card))
    page = editor.get(f"/admin/pages/{card.pk}/print/")
    assert "500 Stück beim Druckhaus" in page.text
    assert "Bisher 1-mal" in page.text


def test_a_draft_is_printed_for_colleagues_and_for_nobody_else(card, editor, client):
    card.headline = "Die Würde des Menschen"
    card.save_revision()
    assert editor.get(f"/admin/pages/{card.pk}/print/").status_code == 200
    client.logout()
    assert client.get(f"/admin/pages/{card.pk}/print/").status_code == 302
    sheet = CardFile.objects.get(output="print_office")
    assert client.get(f"/karten/{sheet.digest}/karte.pdf").status_code == 404


def test_who_may_not_edit_the_card_sees_no_print_data(card, log_in):
    client = log_in(roles.CONTRIBUTORS)
    assert client.get(f"/admin/pages/{card.pk}/print/").status_code in {302, 403}
    assert client.get(f"/admin/pages/{card.pk}/print/druck.pdf").status_code in {302, 403}


@pytest.mark.parametrize("path", ["print/", "print/druck.pdf"])
def test_other_pages_have_no_print_data(tree, editor, path):
    assert editor.get(f"/admin/pages/{tree.blog.pk}/{path}").status_code == 404
    assert editor.get(f"/admin/pages/999999/{path}").status_code == 404


def test_the_card_leads_to_its_print_data(card, tree, editor):
    address = f"/admin/pages/{card.pk}/print/"
    assert address in editor.get(f"/admin/pages/{card.pk}/edit/").text
    assert "/print/" not in editor.get(f"/admin/pages/{tree.blog.pk}/edit/").text


def test_an_operators_profile_is_offered_and_embedded(card, editor, settings, tmp_path):
    own = tmp_path / "eigenes.icc"
    own.write_bytes(FOGRA39.data)
    settings.PRINT_PROFILES = {"FOGRA51": str(own)}
    assert "FOGRA51" in editor.get(f"/admin/pages/{card.pk}/print/").text
    answer = editor.get(f"/admin/pages/{card.pk}/print/druck.pdf?profile=FOGRA51")
    with pikepdf.open(io.BytesIO(answer.content)) as pdf:
        assert str(pdf.Root.OutputIntents[0].OutputConditionIdentifier) == "FOGRA51"


@pytest.mark.parametrize("content", [None, b"", b"\0" * 128], ids=["missing", "empty", "other"])
def test_a_profile_that_cannot_be_used_is_told_at_the_start(settings, tmp_path, content):
    path = tmp_path / "falsch.icc"
    if content is not None:
        path.write_bytes(content)
    settings.PRINT_PROFILES = {"FALSCH": str(path)}
    (error,) = check_profiles()
    assert error.id == "postcards.E001"
    assert "FALSCH" in error.msg
