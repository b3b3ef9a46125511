"""The ceremony: proffer, one answer, one last word, and the same end on both sides whatever got lost."""

import importlib.util
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from types import ModuleType

import pytest

from evenhand.records import Custody, SigningKey, signing_key
from evenhand.terms.agreement import missing_signers
from evenhand.terms.answer import CounterNotOnRosterError, SecondCounterError
from evenhand.terms.ceremony import (
    CeremoniesDifferError,
    Ceremony,
    Move,
    OutOfTurnError,
    State,
    StepNotSignedError,
    TooLateError,
    merge,
    step,
    take,
)
from evenhand.terms.record import Heading, Role, read_record
from evenhand.terms.roster import Roster, Terms

SOON, LATE = timedelta(hours=1), timedelta(days=8)


@pytest.fixture
def proffer(heading: Heading, roster: Roster) -> Ceremony:
    return Ceremony(heading, known(roster, "SD-BASE-DP"), heading.moment + timedelta(days=7))


def known(roster: Roster, name: str) -> Terms:
    found = roster.find(name)
    assert found is not None
    return found


@pytest.fixture
def accepted(proffer: Ceremony, hull_cycles: SigningKey) -> Ceremony:
    return take(proffer, step(proffer, Move.ACCEPT, key=hull_cycles, moment=proffer.heading.moment + SOON))


@pytest.fixture
def countered(proffer: Ceremony, hull_cycles: SigningKey, roster: Roster) -> Ceremony:
    instead, moment = known(roster, "SD-BASE"), proffer.heading.moment + SOON
    return take(proffer, step(proffer, Move.COUNTER, key=hull_cycles, moment=moment, counter=instead))


def confirmed(ceremony: Ceremony, key: SigningKey) -> Ceremony:
    return take(ceremony, step(ceremony, Move.CONFIRM, key=key, moment=ceremony.heading.moment + 2 * SOON))


def lapsed(ceremony: Ceremony, key: SigningKey) -> Ceremony:
    return take(ceremony, step(ceremony, Move.LAPSE, key=key, moment=ceremony.heading.moment + LATE))


def test_accepted_and_confirmed_terms_are_agreed_and_signed_by_both(accepted: Ceremony, rosa: SigningKey) -> None:
    assert accepted.state is State.ACCEPTED
    assert accepted.ending is None
    agreed = confirmed(accepted, rosa)
    assert agreed.state is State.AGREED
    assert agreed.ending is not None
    assert missing_signers(agreed.ending) == ()
    record = read_record(agreed.ending.data)
    assert record.body["countered"] is False
    assert record.heading.moment == agreed.heading.moment + SOON


def test_a_counter_that_rosa_takes_is_agreed(countered: Ceremony, rosa: SigningKey) -> None:
    agreed = confirmed(countered, rosa)
    assert agreed.ending is not None
    body = read_record(agreed.ending.data).body
    assert body["countered"] is True
    assert body["terms"] != body["proffered"]
    assert missing_signers(agreed.ending) == ()


def test_a_refusal_is_recorded_whoever_refuses(
    proffer: Ceremony, countered: Ceremony, rosa: SigningKey, hull_cycles: SigningKey
) -> None:
    for ceremony, key, by in ((proffer, hull_cycles, Role.ANSWERING), (countered, rosa, Role.ASKING)):
        refused = take(ceremony, step(ceremony, Move.REFUSE, key=key, moment=ceremony.heading.moment + SOON))
        assert refused.ending is not None
        assert read_record(refused.ending.data).signers == (by,)
        assert missing_signers(refused.ending) == ()
        assert not refused.is_open


def test_silence_is_expired(proffer: Ceremony, accepted: Ceremony, countered: Ceremony, rosa: SigningKey) -> None:
    for ceremony in (proffer, accepted, countered):
        expired = lapsed(ceremony, rosa)
        assert expired.state is State.EXPIRED
        assert expired.ending is not None
        assert read_record(expired.ending.data).body["outcome"] == "expired"


def test_the_vendor_may_proffer_too(proffer: Ceremony, rosa: SigningKey, hull_cycles: SigningKey) -> None:
    theirs = replace(proffer, proffered_by=Role.ANSWERING)
    answered = take(theirs, step(theirs, Move.ACCEPT, key=rosa, moment=theirs.heading.moment + SOON))
    assert confirmed(answered, hull_cycles).state is State.AGREED


def test_a_repeated_step_changes_nothing(accepted: Ceremony, rosa: SigningKey) -> None:
    agreed = confirmed(accepted, rosa)
    for one in agreed.steps:
        assert take(agreed, one) == agreed


def test_trap_nobody_counters_twice(countered: Ceremony, rosa: SigningKey, roster: Roster) -> None:
    again = step(
        countered, Move.COUNTER, key=rosa, moment=countered.heading.moment + SOON, counter=known(roster, "SD-BASE-A")
    )
    with pytest.raises(SecondCounterError):
        take(countered, again)


@pytest.mark.parametrize("name", ["SD-BASE-DP", "PDC-AI", ""])
def test_a_counter_names_other_terms_for_the_same_thing(
    proffer: Ceremony, hull_cycles: SigningKey, roster: Roster, name: str
) -> None:
    made = step(proffer, Move.COUNTER, key=hull_cycles, moment=proffer.heading.moment + SOON, counter=roster.find(name))
    with pytest.raises(CounterNotOnRosterError):
        take(proffer, made)


def test_what_is_out_of_turn_is_refused(proffer: Ceremony, accepted: Ceremony, rosa: SigningKey) -> None:
    for ceremony, move in ((proffer, Move.CONFIRM), (accepted, Move.ACCEPT), (accepted, Move.REFUSE)):
        with pytest.raises(OutOfTurnError):
            take(ceremony, step(ceremony, move, key=rosa, moment=ceremony.heading.moment + SOON))
    with pytest.raises(OutOfTurnError):
        lapsed(confirmed(accepted, rosa), rosa)


def test_an_answer_after_the_deadline_is_too_late(proffer: Ceremony, hull_cycles: SigningKey) -> None:
    with pytest.raises(TooLateError):
        take(proffer, step(proffer, Move.ACCEPT, key=hull_cycles, moment=proffer.heading.moment + LATE))


def test_nobody_lapses_before_the_deadline(proffer: Ceremony, rosa: SigningKey) -> None:
    with pytest.raises(TooLateError):
        take(proffer, step(proffer, Move.LAPSE, key=rosa, moment=proffer.heading.moment + SOON))


def test_only_whose_turn_it_is_can_sign(proffer: Ceremony, accepted: Ceremony, rosa: SigningKey) -> None:
    with pytest.raises(StepNotSignedError):
        take(proffer, step(proffer, Move.ACCEPT, key=rosa, moment=proffer.heading.moment + SOON))
    tom = signing_key(b"tom." * 8, custody=Custody.SERVER)
    with pytest.raises(StepNotSignedError):
        confirmed(accepted, tom)


def test_a_signature_with_another_custody_is_none(proffer: Ceremony) -> None:
    elsewhere = signing_key(b"hull" * 8, custody=Custody.SERVER)
    with pytest.raises(StepNotSignedError):
        take(proffer, step(proffer, Move.ACCEPT, key=elsewhere, moment=proffer.heading.moment + SOON))


def test_the_copy_that_knows_more_is_believed(accepted: Ceremony, proffer: Ceremony, rosa: SigningKey) -> None:
    agreed = confirmed(accepted, rosa)
    for less in (proffer, accepted, agreed):
        assert merge(less, agreed) == agreed
        assert merge(agreed, less) == agreed


def test_where_an_answer_crossed_a_lapse_the_proffering_side_decides(
    accepted: Ceremony, proffer: Ceremony, rosa: SigningKey
) -> None:
    expired = lapsed(proffer, rosa)
    assert merge(accepted, expired) == merge(expired, accepted) == expired


def test_what_was_agreed_never_gives_way(accepted: Ceremony, proffer: Ceremony, rosa: SigningKey) -> None:
    agreed, expired = confirmed(accepted, rosa), lapsed(proffer, rosa)
    for one, other in ((agreed, expired), (expired, agreed)):
        with pytest.raises(CeremoniesDifferError):
            merge(one, other)


def test_two_answers_of_one_side_are_two_stories(accepted: Ceremony, countered: Ceremony) -> None:
    with pytest.raises(CeremoniesDifferError):
        merge(accepted, countered)


def test_copies_of_two_ceremonies_are_not_one(proffer: Ceremony) -> None:
    with pytest.raises(CeremoniesDifferError):
        merge(proffer, replace(proffer, deadline=proffer.deadline + SOON))


def test_a_forged_step_is_not_taken_over(proffer: Ceremony, accepted: Ceremony) -> None:
    forged = replace(accepted, steps=(replace(accepted.steps[0], moment=accepted.heading.moment),))
    with pytest.raises(StepNotSignedError):
        merge(proffer, forged)


@pytest.fixture(scope="module")
def ceremonies() -> ModuleType:
    path = Path(__file__).resolve().parents[3] / "bench" / "ceremonies.py"
    spec = importlib.util.spec_from_file_location("ceremonies", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["ceremonies"] = module
    spec.loader.exec_module(module)
    return module


def test_hundreds_of_ceremonies_end_the_same_on_both_sides(ceremonies: ModuleType) -> None:
    """With crashes and with lost, repeated and reordered messages; the benchmark plays ten thousand."""
    ended = {ceremonies.play(seed) for seed in range(200)}
    assert ended == {State.AGREED, State.REFUSED, State.EXPIRED}
