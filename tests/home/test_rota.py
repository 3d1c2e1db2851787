"""The rota: whole months, and nobody leads twice or not at all unnoticed."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from home.models import Department, Rota, RotaEntry, rota_end, rota_problems
from tests.factories import DepartmentFactory, RotaEntryFactory


def day(text):
    return dt.date.fromisoformat(text)


def rota(*entries):
    """Return entries of several departments, each (name, start, end)."""
    return [entry(start, end, name) for name, start, end in entries]


def entry(start, end, name="Dezernat I"):
    return RotaEntry(start=day(start), end=day(end), department=Department(short_name=name))


@pytest.mark.parametrize(
    ("start", "end", "whole"),
    [
        ("2026-01-15", "2026-01-15", ("2026-01-01", "2026-01-31")),
        ("2026-01-31", "2026-02-01", ("2026-01-01", "2026-02-28")),
        ("2028-02-29", "2028-02-01", ("2028-02-01", "2028-02-29")),
        ("2026-12-01", "2027-04-30", ("2026-12-01", "2027-04-30")),
    ],
)
def test_entries_are_stretched_to_whole_months(start, end, whole):
    changed = entry(start, end)
    changed.clean()
    assert (changed.start, changed.end) == tuple(day(text) for text in whole)


def test_an_end_before_the_start_is_refused():
    with pytest.raises(ValidationError) as caught:
        entry("2026-03-01", "2026-02-28").clean()
    assert set(caught.value.message_dict) == {"end"}


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ([], []),
        ([("2026-01-01", "2026-02-28")], []),
        ([("2026-01-01", "2026-02-28"), ("2026-03-01", "2026-03-31")], []),
        (
            [("2026-01-01", "2026-02-28"), ("2026-02-01", "2026-03-31")],
            [("overlap", "2026-02-01", "2026-02-28")],
        ),
        (
            [("2026-05-01", "2026-05-31"), ("2026-01-01", "2026-02-28")],
            [("gap", "2026-03-01", "2026-04-30")],
        ),
        (
            [
                ("2026-01-01", "2026-12-31"),
                ("2026-03-01", "2026-03-31"),
                ("2027-01-01", "2027-01-31"),
            ],
            [("overlap", "2026-03-01", "2026-03-31")],
        ),
        (
            [
                ("2026-01-01", "2026-03-31"),
                ("2026-02-01", "2026-02-28"),
                ("2026-03-01", "2026-03-31"),
            ],
            [("overlap", "2026-02-01", "2026-02-28"), ("overlap", "2026-03-01", "2026-03-31")],
        ),
    ],
)
def test_overlaps_and_gaps_are_found(entries, expected):
    departments = [f"Dezernat {number}" for number in range(len(entries))]
    turns = zip(entries, departments, strict=True)
    problems = rota_problems([entry(*months, name) for months, name in turns])
    found = [(problem.kind, str(problem.start), str(problem.end)) for problem in problems]
    assert found == expected


def test_an_overlap_names_both_departments():
    twice = [
        entry("2026-01-01", "2026-01-31", "Dezernat I"),
        entry("2026-01-01", "2026-01-31", "Dezernat II"),
    ]
    assert set(rota_problems(twice)[0].departments) == {"Dezernat I", "Dezernat II"}


def test_a_departments_own_double_entry_is_no_overlap_of_two():
    twice = [entry("2026-01-01", "2026-02-28"), entry("2026-02-01", "2026-03-31")]
    (problem,) = rota_problems(twice)
    assert (problem.kind, problem.departments) == ("double", ("Dezernat I",))


def test_each_month_tells_of_all_departments_that_lead_it():
    problems = rota_problems(
        rota(
            ("Dezernat I", "2026-01-01", "2026-04-30"),
            ("Dezernat II", "2026-02-01", "2026-03-31"),
            ("Dezernat III", "2026-03-01", "2026-03-31"),
            ("Dezernat III", "2026-03-01", "2026-05-31"),
            ("Dezernat I", "2026-08-01", "2026-08-31"),
        )
    )
    assert [str(problem) for problem in problems] == [
        "Februar 2026: Dezernat I und Dezernat II führen die Kampagne gleichzeitig.",
        "März 2026: Dezernat III ist mehrfach eingetragen.",
        "März 2026: Dezernat I, Dezernat II und Dezernat III führen die Kampagne gleichzeitig.",
        "April 2026: Dezernat I und Dezernat III führen die Kampagne gleichzeitig.",
        "Juni – Juli 2026: Kein Dezernat führt die Kampagne.",
    ]


@pytest.mark.parametrize(
    ("end", "kind"),
    [
        ("2026-10-31", "ended"),
        ("2026-11-30", "ending"),
        ("2026-12-31", "ending"),
        ("2027-01-31", None),
    ],
)
def test_the_end_of_the_rota_is_told_of_in_time(end, kind):
    hint = rota_end([entry("2026-01-01", end)], day("2026-11-25"))
    assert (hint and hint.kind) == kind
    assert rota_end([], day("2026-11-25")) is None


@pytest.mark.parametrize("year", [26, 1999, 2101, 9999])
def test_odd_years_are_refused(year):
    wrong = RotaEntry(start=dt.date(year, 1, 1), end=dt.date(2026, 1, 1))
    with pytest.raises(ValidationError) as caught:
        wrong.clean()
    assert set(caught.value.message_dict) == {"start"}


def test_departments_that_lead_together_have_their_own_months(db):
    for name, start, end in (
        ("Dezernat I", "2026-01-01", "2026-03-31"),
        ("Dezernat II", "2026-03-01", "2026-04-30"),
    ):
        department = DepartmentFactory(short_name=name)
        RotaEntryFactory(department=department, start=day(start), end=day(end))
    together = Rota.on(day("2026-03-10"))
    assert [turn.period for turn in together.turns] == ["Januar – März 2026", "März – April 2026"]
    assert together.period == ""
    assert Rota.on(day("2026-02-10")).period == "Januar – März 2026"


def test_own_entries_that_overlap_or_touch_are_one_turn(db):
    one, two = (DepartmentFactory(short_name=name) for name in ("Dezernat I", "Dezernat II"))
    for department, start, end in (
        (one, "2026-01-01", "2026-02-28"),
        (one, "2026-02-01", "2026-03-31"),
        (one, "2026-04-01", "2026-04-30"),
        (two, "2026-04-01", "2026-05-31"),
        (one, "2026-08-01", "2026-08-31"),
    ):
        RotaEntryFactory(department=department, start=day(start), end=day(end))
    rota = Rota.on(day("2026-02-15"))
    assert rota.current == [one]
    assert (rota.since, rota.until) == (day("2026-01-01"), day("2026-04-30"))
    assert (rota.next.department, rota.next.start) == (two, day("2026-04-01"))
    assert Rota.on(day("2026-04-15")).current == [one, two]
    later = Rota.on(day("2026-06-15"))
    assert (later.current, later.next.start) == ([], day("2026-08-01"))


@pytest.mark.parametrize(
    ("today", "current", "following"),
    [
        ("2025-12-31", [], "Dezernat I"),
        ("2026-01-01", ["Dezernat I"], "Dezernat II"),
        ("2026-01-31", ["Dezernat I"], "Dezernat II"),
        ("2026-02-01", [], "Dezernat II"),
        ("2026-03-15", ["Dezernat II"], None),
        ("2026-04-01", [], None),
    ],
)
def test_the_rota_tells_who_leads_on_a_day_and_who_is_next(db, today, current, following):
    for name, start, end in (
        ("Dezernat I", "2026-01-01", "2026-01-31"),
        ("Dezernat II", "2026-03-01", "2026-03-31"),
    ):
        department = DepartmentFactory(short_name=name)
        RotaEntryFactory(department=department, start=day(start), end=day(end))
    rota = Rota.on(day(today))
    assert [department.short_name for department in rota.current] == current
    assert (rota.next and rota.next.department.short_name) == following
    assert bool(rota) == bool(current or following)


def test_the_rota_costs_one_query(db, django_assert_num_queries):
    RotaEntryFactory.create_batch(5, start=day("2026-01-01"), end=day("2026-12-31"))
    with django_assert_num_queries(1):
        rota = Rota.on(day("2026-06-01"))
        assert [department.short_name for department in rota.current]
