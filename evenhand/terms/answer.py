"""Answering terms: accept, counter once from the same roster, or refuse."""

from collections.abc import Sequence
from dataclasses import dataclass

from evenhand.errors import EvenhandError
from evenhand.terms.roster import Roster, Terms


class SecondCounterError(EvenhandError):
    """Terms that already are a counter cannot be countered again. Data: terms."""

    code = "second_counter"


class CounterNotOnRosterError(EvenhandError):
    """A counter must be other terms of the same roster for the same thing. Data: proffered, counter."""

    code = "counter_not_on_roster"


@dataclass(frozen=True, slots=True)
class Accepted:
    """The proffered terms hold."""

    terms: Terms


@dataclass(frozen=True, slots=True)
class Counter:
    """The one other agreement that is offered instead."""

    terms: Terms


@dataclass(frozen=True, slots=True)
class Refusal:
    """No agreement; ``reason`` is unknown_terms (not on the roster) or not_accepted."""

    reason: str


Answer = Accepted | Counter | Refusal


def answer(
    proffered: str, *, roster: Roster, accepts: frozenset[str], prefers: Sequence[str] = (), is_counter: bool = False
) -> Answer:
    """What a standing acceptance answers: accept what is on the list, else counter once, else refuse.

    ``accepts`` holds ids of terms this side accepts, ``prefers`` those it would counter with, best first;
    ``is_counter`` says that the proffered terms are themselves a counter. Terms that are not on the roster by exactly
    this name are refused: nothing is guessed from an id. Source: IEEE 7012 allows one alternate from the same roster.
    """
    terms = roster.find(proffered)
    if terms is None:
        return Refusal("unknown_terms")
    if terms.id in accepts:
        return Accepted(terms)
    counters = () if is_counter else tuple(one for one in map(roster.find, prefers) if one and may_counter(terms, one))
    return Counter(counters[0]) if counters else Refusal("not_accepted")


def counter(proffered: Terms, instead: str, *, roster: Roster, is_counter: bool = False) -> Counter:
    """A counter somebody chose by hand; raises for a second one and for anything but a fitting agreement."""
    if is_counter:
        raise SecondCounterError(terms=proffered.id)
    terms = roster.find(instead)
    if terms is None or not may_counter(proffered, terms):
        raise CounterNotOnRosterError(proffered=proffered.id, counter=instead)
    return Counter(terms)


def may_counter(proffered: Terms, instead: Terms) -> bool:
    """Whether these are other terms of the same roster, between the same kinds of party, that open the same door."""
    return (instead.roster, instead.version, instead.between, instead.gates) == (
        proffered.roster,
        proffered.version,
        proffered.between,
        proffered.gates,
    ) and instead.id != proffered.id
