"""Reach: how many vendors would hear of a wish, and what one change of it would add, in round numbers only."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from evenhand.matching.match import Reason
from evenhand.matching.relaxations import Relaxation, relaxations
from evenhand.matching.roughly import roughly
from evenhand_server.matching.asking import Question
from evenhand_server.matching.queries import Look, in_database


@dataclass(frozen=True, slots=True)
class More:
    """What one change of a wish would add, exactly; people are told it roughly."""

    change: Relaxation
    gained: int

    @property
    def roughly(self) -> Reason:
        """In round numbers."""
        return roughly(self.gained)


@dataclass(frozen=True, slots=True)
class Reach:
    """``total`` vendors fit, of whom so many accept the terms; ``more`` holds the gentlest change of each kind."""

    total: int
    accepting: int
    more: tuple[More, ...]

    @property
    def roughly(self) -> Reason:
        """How many fit, in round numbers."""
        return roughly(self.total)

    @property
    def accepting_roughly(self) -> Reason:
        """How many of them accept the terms, in round numbers."""
        return roughly(self.accepting)


def reach_of(question: Question) -> Reach:
    """Count the vendors that fit now, and those that would after one change."""
    found = in_database(question, 0)
    return Reach(found.total, found.accepting, tuple(gained_by_changes(question, found.total)))


def gained_by_changes(question: Question, total: int, look: Look = in_database) -> Iterator[More]:
    """The gentlest change of each kind that brings anybody; of evidence every value is a kind of its own."""
    told: set[tuple[str, str]] = set()
    for change in relaxations(question.wish):
        kind = (change.code, change.data.get("value", ""))
        if kind in told:
            continue
        gained = look(replace(question, wish=change.wish), 0).total - total
        if gained > 0:
            told.add(kind)
            yield More(change, gained)
