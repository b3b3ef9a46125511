"""The ceremony: terms are proffered, answered once and confirmed, by steps that may be lost, repeated or reordered."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from evenhand.errors import EvenhandError
from evenhand.records import Signature, SignedRecord, SigningKey, is_signed_by, sign
from evenhand.terms.agreement import terms_record
from evenhand.terms.answer import CounterNotOnRosterError, SecondCounterError, may_counter
from evenhand.terms.interaction import Outcome, interaction_record
from evenhand.terms.record import Heading, Record, Role
from evenhand.terms.roster import Terms


class OutOfTurnError(EvenhandError):
    """This step does not follow from where the ceremony stands. Data: state, move."""

    code = "out_of_turn"


class TooLateError(EvenhandError):
    """The deadline has passed for an answer, or has not yet passed for a lapse. Data: move, deadline."""

    code = "wrong_side_of_deadline"


class StepNotSignedError(EvenhandError):
    """A step lacks the signature of whoever may take it. Data: move, by."""

    code = "step_not_signed"


class CeremoniesDifferError(EvenhandError):
    """Two copies tell different stories that no lost message explains. Data: step, the first that differs."""

    code = "ceremonies_differ"


class Move(StrEnum):
    """What a side can do. The other side accepts, counters or refuses; the proffering side has the last word."""

    ACCEPT = "accept"
    COUNTER = "counter"
    REFUSE = "refuse"
    CONFIRM = "confirm"
    LAPSE = "lapse"


class State(StrEnum):
    """Where a ceremony stands."""

    PROFFERED = "proffered"
    ACCEPTED = "accepted"
    COUNTERED = "countered"
    AGREED = "agreed"
    REFUSED = "refused"
    EXPIRED = "expired"


OPEN = frozenset({State.PROFFERED, State.ACCEPTED, State.COUNTERED})
AFTER = {
    Move.ACCEPT: State.ACCEPTED,
    Move.COUNTER: State.COUNTERED,
    Move.REFUSE: State.REFUSED,
    Move.CONFIRM: State.AGREED,
    Move.LAPSE: State.EXPIRED,
}
POSSIBLE = {
    State.PROFFERED: {Move.ACCEPT, Move.COUNTER, Move.REFUSE, Move.LAPSE},
    State.ACCEPTED: {Move.CONFIRM, Move.LAPSE},
    State.COUNTERED: {Move.CONFIRM, Move.REFUSE, Move.LAPSE},
}


@dataclass(frozen=True, slots=True)
class Step:
    """One move, when it was made, and the signature of who made it over the record that it makes."""

    move: Move
    moment: datetime
    signature: Signature
    counter: Terms | None = None


@dataclass(frozen=True, slots=True)
class Ceremony:
    """Terms on the table and every step so far; ``heading`` is that of the record with which it will end."""

    heading: Heading
    proffered: Terms
    deadline: datetime
    proffered_by: Role = Role.ASKING
    steps: tuple[Step, ...] = ()

    @property
    def state(self) -> State:
        """Where it stands, told from the last step."""
        return AFTER[self.steps[-1].move] if self.steps else State.PROFFERED

    @property
    def is_open(self) -> bool:
        """Something can still happen."""
        return self.state in OPEN

    @property
    def ending(self) -> SignedRecord | None:
        """The record with which it ended, signed by whom it takes; none while it is open."""
        if self.is_open:
            return None
        made = self.steps if self.state is State.AGREED else self.steps[-1:]
        last = self.steps[-1]
        before = replace(self, steps=self.steps[:-1])
        return SignedRecord(record_of(before, last.move, moment=last.moment).data).signed(
            *(step.signature for step in made)
        )

    def who_may(self, move: Move) -> Role:
        """The side that may make this move, as things stand."""
        is_answer = move is not Move.LAPSE and self.state is State.PROFFERED
        return self.proffered_by.other if is_answer else self.proffered_by


def record_of(ceremony: Ceremony, move: Move, *, moment: datetime, counter: Terms | None = None) -> Record:
    """The record that a move makes: what its signature is over.

    An answer that agrees makes the terms record at once, and confirming signs that same record; so both sides hold
    the same bytes. Refusing and lapsing make an interaction record.
    """
    answer = ceremony.steps[0] if ceremony.steps else None
    on_table = counter or (answer.counter if answer else None)
    if move in {Move.REFUSE, Move.LAPSE}:
        outcome = Outcome.REFUSED if move is Move.REFUSE else Outcome.EXPIRED
        by, heading = ceremony.who_may(move), replace(ceremony.heading, moment=moment)
        return interaction_record(heading, outcome=outcome, proffered=ceremony.proffered, by=by, counter=on_table)
    return terms_record(
        replace(ceremony.heading, moment=answer.moment if answer else moment),
        terms=on_table or ceremony.proffered,
        proffered=ceremony.proffered,
        proffered_by=ceremony.proffered_by,
    )


def step(ceremony: Ceremony, move: Move, *, key: SigningKey, moment: datetime, counter: Terms | None = None) -> Step:
    """A signed step, ready to be taken and to be sent."""
    record = record_of(ceremony, move, moment=moment, counter=counter)
    return Step(move, moment, sign(record.data, key=key), counter)


def take(ceremony: Ceremony, step: Step) -> Ceremony:
    """The ceremony after a step; one that was taken before changes nothing, one that may not be raises a code."""
    if step in ceremony.steps:
        return ceremony
    if step.move is Move.COUNTER and ceremony.state is State.COUNTERED:
        raise SecondCounterError(terms=ceremony.proffered.id)
    if step.move not in POSSIBLE.get(ceremony.state, set()):
        raise OutOfTurnError(state=ceremony.state, move=step.move)
    _check_moment(ceremony, step)
    _check_counter(ceremony, step)
    _check_signature(ceremony, step)
    return replace(ceremony, steps=(*ceremony.steps, step))


def merge(mine: Ceremony, theirs: Ceremony) -> Ceremony:
    """One story out of two copies, whoever asks and in whatever order messages came; raises where it is not one.

    The longer copy wins when it continues the shorter. Where both went on apart, an answer crossed a lapse: the
    proffering side's copy decides, so that there is one last word. What was agreed never gives way.
    """
    if replace(mine, steps=()) != replace(theirs, steps=()):
        raise CeremoniesDifferError(step=0)
    shared = _shared(mine, theirs)
    if shared == len(theirs.steps) or _gives_way(theirs, mine, shared):
        return mine
    if shared < len(mine.steps) and not _gives_way(mine, theirs, shared):
        raise CeremoniesDifferError(step=shared + 1)
    told = replace(mine, steps=mine.steps[:shared])
    for one in theirs.steps[shared:]:
        told = take(told, one)
    return told


def _shared(mine: Ceremony, theirs: Ceremony) -> int:
    pairs = zip(mine.steps, theirs.steps, strict=False)
    return next(
        (place for place, (one, other) in enumerate(pairs) if one != other), min(len(mine.steps), len(theirs.steps))
    )


def _gives_way(answered: Ceremony, lapsed: Ceremony, shared: int) -> bool:
    """Whether one copy holds an answer that nobody confirmed where the other holds the lapse it crossed."""
    return answered.state is not State.AGREED and len(lapsed.steps) > shared and lapsed.steps[shared].move is Move.LAPSE


def _check_moment(ceremony: Ceremony, step: Step) -> None:
    is_late = step.moment > ceremony.deadline
    fits = {Move.LAPSE: is_late, Move.CONFIRM: True}.get(step.move, not is_late)
    if not fits:
        raise TooLateError(move=step.move, deadline=ceremony.deadline)


def _check_counter(ceremony: Ceremony, step: Step) -> None:
    if step.move is Move.COUNTER and not (step.counter and may_counter(ceremony.proffered, step.counter)):
        named = step.counter.id if step.counter else ""
        raise CounterNotOnRosterError(proffered=ceremony.proffered.id, counter=named)


def _check_signature(ceremony: Ceremony, step: Step) -> None:
    by = ceremony.who_may(step.move)
    side = next(side for side in ceremony.heading.sides if side.role == by)
    record = record_of(ceremony, step.move, moment=step.moment, counter=step.counter)
    is_theirs = step.signature.custody == side.custody
    if not (is_theirs and is_signed_by(record.data, step.signature, key=side.key)):
        raise StepNotSignedError(move=step.move, by=by)
