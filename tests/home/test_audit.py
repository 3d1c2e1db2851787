"""Who did what and when is told to those who may know, on the screen and as a file."""

import csv
import io
from datetime import UTC, datetime

import openpyxl
import pytest
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.log_actions import log
from wagtail.models import PageLogEntry

from home import audit, roles
from home.spreadsheets import harmless
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("standing_tree")]
ADDRESS = "/admin/reports/audit/"
HEADINGS = [
    "Zeit (Europe/Berlin)",
    "Person",
    "Rollen",
    "Aktion",
    "Titel",
    "Typ",
    "ID",
    "Fassung",
    "Kommentar",
]


@pytest.fixture
def people(db):
    """Return an account of each role."""
    roles.create_roles()
    found = {"admin": User.objects.create_superuser("admin")}
    for role in roles.ROLES:
        found[role.name] = User.objects.create_user(role.name, first_name=f"Frau {role.name}")
        found[role.name].groups.add(Group.objects.get(name=role.name))
    return found


@pytest.fixture
def story(people, tree):
    """Return a page whose history has one entry, by an editor."""
    story = factories.ImpulsePageFactory(parent=tree.impulses, title="Größe zeigen", slug="groesse")
    PageLogEntry.objects.all().delete()
    story.save_revision(user=people["Redaktion"], log_action=True)
    return story


@pytest.fixture
def leader(client, people):
    """Return the client of somebody of the leadership."""
    client.force_login(people["Leitung"])
    return client


def rows(client, **query):
    """Return the exported rows, without their headings."""
    answer = client.get(ADDRESS, {"export": "csv", **query})
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    table = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert table[0] == HEADINGS
    return [dict(zip(HEADINGS, row, strict=True)) for row in table[1:]]


@pytest.mark.parametrize(
    ("role", "may"),
    [
        ("admin", True),
        ("Leitung", True),
        ("Redaktion", True),
        ("Dezernats-Redaktion", False),
        ("Beitragende", False),
        ("Technik", False),
    ],
)
def test_who_may_see_the_log(client, people, story, role, may):
    client.force_login(people[role])
    wagtails = reverse("wagtailadmin_reports:site_history")
    for address in (ADDRESS, f"{ADDRESS}?export=csv", f"{ADDRESS}?export=xlsx", wagtails):
        assert (client.get(address).status_code == 200) is may, address
    menu = client.get("/admin/").content.decode()
    assert (ADDRESS in menu) is may
    assert wagtails not in menu


def test_an_entry_says_who_what_when_and_where(leader, story):
    PageLogEntry.objects.update(timestamp=datetime(2026, 7, 1, 22, 30, 5, tzinfo=UTC))
    (row,) = rows(leader, label="Größe")
    assert row == {
        "Zeit (Europe/Berlin)": "02.07.2026 00:30:05",
        "Person": "Frau Redaktion",
        "Rollen": "Redaktion",
        "Aktion": "Entwurf gespeichert",
        "Titel": "Größe zeigen",
        "Typ": "Impuls",
        "ID": str(story.pk),
        "Fassung": str(story.latest_revision_id),
        "Kommentar": "",
    }
    text = leader.get(ADDRESS, {"label": "Größe"}).content.decode()
    for word in ("Größe zeigen", "Frau Redaktion", "Entwurf gespeichert", "Impuls"):
        assert word in text


def test_the_file_for_excel_begins_with_the_mark_of_utf8(leader, story):
    answer = leader.get(ADDRESS, {"export": "csv"})
    assert answer.streaming
    assert "attachment" in answer["Content-Disposition"]
    assert "protokoll-" in answer["Content-Disposition"]
    assert b"".join(answer.streaming_content).startswith(b"\xef\xbb\xbfZeit")


def test_the_workbook_has_the_like_with_real_times(leader, story):
    PageLogEntry.objects.update(
        timestamp=datetime(2026, 7, 1, 22, 30, 5, tzinfo=UTC), label="=A1\x07Größe"
    )
    answer = leader.get(ADDRESS, {"export": "xlsx", "label": "Größe"})
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    headings, row = list(sheet.rows)
    assert [cell.value for cell in headings] == HEADINGS
    assert row[0].value == datetime(2026, 7, 2, 0, 30, 5)  # noqa: DTZ001
    assert (row[4].value, row[4].data_type) == ("=A1Größe", "s")


@pytest.mark.parametrize("title", ["=1+1", "+49", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_is_a_formula(leader, story, title):
    PageLogEntry.objects.update(label=title)
    found = [row["Titel"] for row in rows(leader)]
    assert f"'{title}".replace("\r", "\n") in [text.replace("\r", "\n") for text in found]
    assert harmless("Haltung = gut") == "Haltung = gut"
    assert harmless(-1) == -1


def test_the_reason_and_the_name_of_somebody_outside_are_told(leader, story):
    PageLogEntry.objects.all().delete()
    log(story, "home.sign_off.changes", data={"name": "Erika Muster", "comment": "Satz zwei."})
    (row,) = rows(leader, label="Größe")
    assert row["Person"] == "Erika Muster (von außen)"
    assert row["Aktion"] == "Änderungen gewünscht von Erika Muster, von außen"
    assert row["Kommentar"] == "Satz zwei."


def test_a_deleted_account_is_named_as_such(leader, people, story):
    people["Redaktion"].delete()
    (row,) = rows(leader, label="Größe")
    assert (row["Person"], row["Rollen"]) == ("gelöschtes Konto", "")
    assert "gelöschtes Konto" in leader.get(ADDRESS).content.decode()


def test_what_nobody_has_done_was_the_system(leader, story):
    PageLogEntry.objects.update(user=None)
    assert rows(leader, label="Größe")[0]["Person"] == "System"


def test_a_deleted_page_keeps_its_entries(leader, people, story):
    from wagtail.models import Page

    Page.objects.get(pk=story.pk).delete(user=people["admin"])
    found = rows(leader, label="Größe")
    assert {row["Aktion"] for row in found} >= {"Entwurf gespeichert", "Gelöscht"}
    assert leader.get(ADDRESS).status_code == 200


def test_entries_are_filtered_by_person_day_action_and_type(leader, people, story, tree):
    from django.contrib.contenttypes.models import ContentType

    other = factories.StandardPageFactory(parent=tree.home, title="Andere")
    PageLogEntry.objects.filter(page=other.pk).delete()
    log(other, "wagtail.lock", user=people["admin"])
    PageLogEntry.objects.filter(page=other.pk).update(timestamp=datetime(2020, 1, 1, tzinfo=UTC))

    def titles(**query):
        return {row["Titel"] for row in rows(leader, **query)}

    def kind(model):
        return ContentType.objects.get_for_model(model).pk

    assert titles() >= {"Größe zeigen", "Andere"}
    assert titles(user=people["admin"].pk) == {"Andere"}
    assert titles(timestamp_to="2020-01-31") == {"Andere"}
    assert "Andere" not in titles(timestamp_from="2020-02-01")
    assert titles(action="wagtail.lock") == {"Andere"}
    assert titles(object_type=kind(type(story))) == {"Größe zeigen"}
    assert titles(object_type=kind(type(other))) == {"Andere"}


@pytest.mark.parametrize(
    "query",
    [
        {"user": "x"},
        {"action": "none"},
        {"timestamp_from": "gestern"},
        {"object_type": "999999"},
        {"p": "x"},
        {"export": "pdf"},
    ],
)
def test_a_filter_that_cannot_be_read_is_no_error(leader, story, query):
    assert leader.get(ADDRESS, query).status_code in {200, 404}


def test_what_is_no_page_is_in_the_log_too(leader, people):
    department = factories.DepartmentFactory(name="Amt für Größe")
    log(department, "wagtail.edit", user=people["admin"])
    (row,) = rows(leader, label="Amt für Größe")
    assert (row["Typ"], row["Rollen"]) == ("Dezernat", "Administrator")


def test_each_batch_of_an_export_costs_the_same(leader, people, story, monkeypatch):
    monkeypatch.setattr(audit, "BATCH", 10)
    counts = []
    for number in (30, 60):
        while PageLogEntry.objects.count() < number:
            log(story, "wagtail.lock", user=people["admin"])
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert len(rows(leader, action="wagtail.lock")) >= number - 1
        counts.append(len(queries))
    assert counts[1] - counts[0] <= 3 * 5


def test_an_export_is_in_the_language_of_who_asks(leader, people, story):
    from wagtail.users.models import UserProfile

    UserProfile.objects.create(user=people["Leitung"], preferred_language="en")
    answer = leader.get(ADDRESS, {"export": "csv", "label": "Größe"})
    text = b"".join(answer.streaming_content).decode()
    assert "Draft saved" in text
    assert "Audit" not in text
