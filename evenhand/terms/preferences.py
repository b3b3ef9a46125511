"""Preferences: which terms a party names always, which it takes when asked, and which never."""

from dataclasses import dataclass

from evenhand.terms.answer import Accepted, Counter, Refusal, answer
from evenhand.terms.roster import Roster, Terms


@dataclass(frozen=True, slots=True)
class Ask:
    """Nobody has decided yet: a person must be asked about these terms."""

    terms: Terms


@dataclass(frozen=True, slots=True)
class Preferences:
    """Ids of terms, best first; ``never`` beats the other two, and what is in none of them is asked.

    Source: the three preferences of the W3C DPV's IEEE 7012 extension (always, conditionally, never applies).
    """

    always: tuple[str, ...] = ()
    if_asked: tuple[str, ...] = ()
    never: frozenset[str] = frozenset()

    @property
    def accepts(self) -> frozenset[str]:
        """What may be accepted in this party's name without asking it."""
        return frozenset((*self.always, *self.if_asked)) - self.never

    @property
    def prefers(self) -> tuple[str, ...]:
        """What this party names itself, best first."""
        return tuple(name for name in self.always if name not in self.never)


OF_A_NEW_PERSON = Preferences(always=("PDC-INTENT", "SD-BASE-DP"), if_asked=("SD-BASE",))
"""What everybody starts with; anything wider needs a click of their own."""
OF_A_NEW_ORGANISATION = Preferences(
    always=("EH-WORK-REQUEST", "EH-WORK-BASE-DP"), if_asked=("EH-WORK-REQUEST-SUB", "EH-WORK-BASE")
)
"""What an organisation that asks starts with."""


def to_proffer(preferences: Preferences, *, roster: Roster, gates: str, between: str) -> Terms | None:
    """The terms this party names first for what they open and between whom; none when it has none."""
    found = (roster.find(name) for name in preferences.prefers)
    return next((terms for terms in found if terms and (terms.gates, terms.between) == (gates, between)), None)


def answer_proffer(proffered: str, preferences: Preferences, *, roster: Roster) -> Accepted | Counter | Refusal | Ask:
    """What a party's standing preferences say to terms: accept, counter with what it prefers, refuse, or ask it."""
    terms = roster.find(proffered)
    if terms is not None and terms.id not in preferences.accepts | preferences.never:
        return Ask(terms)
    return answer(proffered, roster=roster, accepts=preferences.accepts, prefers=preferences.prefers)


def answer_counter(counter: str, preferences: Preferences, *, roster: Roster) -> Accepted | Refusal | Ask:
    """What a party's standing preferences say to a counter: accept or refuse what it listed, ask about all else."""
    terms = roster.find(counter)
    if terms is None:
        return Refusal("unknown_terms")
    if terms.id in preferences.never:
        return Refusal("not_accepted")
    return Accepted(terms) if terms.id in preferences.accepts else Ask(terms)
