"""The rota: whole months, and nobody leads twice or not at all unnoticed."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from home.models import Department, Rota, RotaEntry, rota_problems
from tests.factories import DepartmentFactory, RotaEntryFactory


def day(text):
    return dt.date.fromisoformat(text)


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
    problems = rota_problems([entry(*months) for months in entries])
    found = [(problem.kind, str(problem.start), str(problem.end)) for problem in problems]
    assert found == expected


def test_an_overlap_names_both_departments():
    twice = [
        entry("2026-01-01", "2026-01-31", "Dezernat I"),
        entry("2026-01-01", "2026-01-31", "Dezernat II"),
    ]
    assert set(rota_problems(twice)[0].departments) == {"Dezernat I", "Dezernat II"}


def test_a_departments_own_overlap_names_it_once():
    twice = [entry("2026-01-01", "2026-02-28"), entry("2026-02-01", "2026-03-31")]
    assert rota_problems(twice)[0].departments == ("Dezernat I",)


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
