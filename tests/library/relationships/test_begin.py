"""A relationship begins when both want one, for a set time, with its end agreed at the start."""

from datetime import date

import pytest

from evenhand.relationships.begin import (
    NotWantedByBothError,
    SeparationPlan,
    SeparationPlanError,
    TermsDoNotFitError,
    TimeBox,
    TimeBoxError,
    begin,
)
from evenhand.terms.record import Record, Role, read_record

BOX = TimeBox(date(2026, 3, 1), date(2027, 2, 28), date(2027, 1, 31))
PLAN = SeparationPlan(notice_days=30, handover_days=14, deletion_days=30, farewells=("final_invoice", "return_goods"))


def begun(fresh, wanted_by: frozenset[Role] = frozenset(Role), terms: str = "SD-BASE-DP") -> Record:  # type: ignore[no-untyped-def]
    found = fresh.terms(terms)
    return begin(fresh.heading(), wanted_by=wanted_by, box=BOX, plan=PLAN, terms=found, under="")


def test_both_wanted_it_and_the_record_says_how_it_will_end(fresh) -> None:  # type: ignore[no-untyped-def]
    record = begun(fresh)
    assert read_record(record.data) == record
    assert record.signers == (Role.ASKING, Role.ANSWERING)
    assert record.body["begins"] == "2026-03-01"
    assert record.body["review"] == "2027-01-31"
    assert record.body["separation"] == {
        "notice_days": 30,
        "handover_days": 14,
        "deletion_days": 30,
        "farewells": ["final_invoice", "return_goods"],
    }


@pytest.mark.parametrize("wanted_by", [frozenset(), frozenset({Role.ASKING}), frozenset({Role.ANSWERING})])
def test_what_only_one_wants_does_not_begin(fresh, wanted_by: frozenset[Role]) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(NotWantedByBothError) as refused:
        begun(fresh, wanted_by)
    assert refused.value.data == {"missing": tuple(role for role in Role if role not in wanted_by)}


def test_terms_for_a_request_open_no_relationship(fresh) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(TermsDoNotFitError):
        begun(fresh, terms="PDC-INTENT")


@pytest.mark.parametrize(
    ("begins", "ends", "review", "reason"),
    [
        (date(2026, 3, 1), date(2026, 3, 1), date(2026, 3, 1), "order"),
        (date(2026, 3, 2), date(2026, 3, 1), date(2026, 3, 1), "order"),
        (date(2026, 3, 1), date(2026, 4, 1), date(2026, 3, 1), "review"),
        (date(2026, 3, 1), date(2026, 4, 1), date(2026, 4, 2), "review"),
        (date(2026, 3, 1), date(2037, 3, 1), date(2030, 3, 1), "too_long"),
    ],
)
def test_a_box_of_time_has_an_inside_and_an_end(begins: date, ends: date, review: date, reason: str) -> None:
    with pytest.raises(TimeBoxError) as refused:
        TimeBox(begins, ends, review)
    assert refused.value.data == {"reason": reason}


@pytest.mark.parametrize(
    ("days", "field"),
    [((-1, 0, 0), "notice_days"), ((0, 367, 0), "handover_days"), ((0, 0, 10**6), "deletion_days")],
)
def test_a_separation_comes_to_its_end(days: tuple[int, int, int], field: str) -> None:
    with pytest.raises(SeparationPlanError) as refused:
        SeparationPlan(*days)
    assert refused.value.data == {"field": field}
