"""What programs get of matches: who fits and why, and if nobody does, what would help."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Self

from evenhand.matching.match import Reason
from evenhand.matching.relaxations import Relaxation
from evenhand.matching.roughly import roughly
from evenhand_server.matching.models import Match, Matching
from evenhand_server.matching.reach import Reach
from evenhand_server.messages import say
from evenhand_server.people.schemas import PartyShown
from evenhand_server.people.tags import in_round_numbers
from evenhand_server.programs.fields import Shown
from evenhand_server.programs.paging import Page

MOST_LISTED = 50
TELL_THE_BUDGET = frozenset({"within_budget", "partly_within_budget"})
"""With narrow prices of its own a vendor could find the exact budget by these."""


class ReasonShown(Shown):
    """Why: a code with data, and the sentence for people."""

    code: str
    sentence: str
    data: dict[str, str]

    @classmethod
    def of(cls, code: str, data: Mapping[str, object]) -> Self:
        """This reason."""
        return cls(code=code, sentence=say(code, data), data={name: str(value) for name, value in data.items()})

    @classmethod
    def all_of(cls, reasons: Iterable[Mapping[str, object]]) -> list[Self]:
        """Reasons as matching keeps them, each a code beside its data."""
        return [cls.of(str(one["code"]), {key: one[key] for key in one if key != "code"}) for one in reasons]

    @classmethod
    def for_vendor(cls, match: Match | None) -> list[Self]:
        """Why a vendor was found, as far as it may know."""
        reasons = match.reasons if match is not None else []
        return cls.all_of(one for one in reasons if one["code"] not in TELL_THE_BUDGET)


class MatchShown(Shown):
    """A vendor that fits, or one that only mentions the same words (``kind`` is fit or mention)."""

    id: str
    vendor: PartyShown
    kind: str
    score: float
    accepts_terms: bool
    reasons: list[ReasonShown]
    at: datetime

    @classmethod
    def of(cls, match: Match) -> Self:
        """This match."""
        return cls(
            id=match.public_id,
            vendor=PartyShown.of(match.vendor),
            kind=match.kind,
            score=match.score / 1000,
            accepts_terms=match.accepts_terms,
            reasons=ReasonShown.all_of(match.reasons),
            at=match.at,
        )


class MatchesShown(Page[MatchShown]):
    """Who was found for the wish as it stands, best first, and when; nobody has looked while ``looked_at`` is null.

    ``total`` is round where there are more than are listed. Each miss says in ``gained`` how many would fit, roughly.
    """

    looked_at: datetime | None
    total: int
    nearest_misses: list[ReasonShown]

    @classmethod
    def with_look(cls, page: Page[MatchShown], matching: Matching | None) -> Self:
        """A page of matches with what the look for sellers found."""
        misses = matching.nearest_miss.get("misses", []) if matching is not None else []
        return cls(
            items=page.items,
            next=page.next,
            looked_at=matching.at if matching is not None else None,
            total=rounded(matching.total) if matching is not None else 0,
            nearest_misses=ReasonShown.all_of(
                {**miss, "gained": in_round_numbers(int(miss["gained"]))} for miss in misses
            ),
        )


def rounded(total: int) -> int:
    """How many fit: of more than are listed, roughly, so that nobody counts others by trying."""
    told = roughly(total)
    return total if total <= MOST_LISTED else int(told.data["count"])


class MoreShown(Shown):
    """What one change of the wish would add."""

    change: ReasonShown
    more: ReasonShown


class ReachShown(Shown):
    """How many sellers fit, how many of them accept the terms already, and the gentlest changes that add some."""

    sellers: ReasonShown
    accepting: ReasonShown
    changes: list[MoreShown]

    @classmethod
    def of(cls, reach: Reach) -> Self:
        """This reach, in round numbers."""
        return cls(
            sellers=_shown(reach.roughly),
            accepting=_shown(reach.accepting_roughly),
            changes=[MoreShown(change=_shown(one.change), more=_shown(one.roughly)) for one in reach.more],
        )


def _shown(told: Reason | Relaxation) -> ReasonShown:
    return ReasonShown.of(told.code, told.data)
