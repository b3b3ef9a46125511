"""Comparing offers side by side: six criteria, each with its reasons, and no total that hides them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from evenhand.intents.wish import Wish
from evenhand.interests.interest import EvidencedValue
from evenhand.matching.match import Reason
from evenhand.matching.rates import NO_RATES, Rates
from evenhand.measures import Area
from evenhand.offers import criteria
from evenhand.offers.criteria import Cell
from evenhand.offers.offer import Offer

CRITERIA = ("price", "purpose", "experience", "distance", "delivery", "leaving")


@dataclass(frozen=True, slots=True)
class Answer:
    """An offer with what is known of its vendor; ``experience`` is 0 to 1, ``None`` where nothing is known yet."""

    id: str
    offer: Offer
    area: Area = field(default_factory=Area)
    values: tuple[EvidencedValue, ...] = ()
    experience: float | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One offer in the comparison: for each criterion the reasons."""

    id: str
    reasons: Mapping[str, tuple[Reason, ...]]


@dataclass(frozen=True, slots=True)
class Comparison:
    """``best`` names for each criterion the offers ahead of others; nobody where it can't be told or makes no odds."""

    rows: tuple[Row, ...]
    best: Mapping[str, tuple[str, ...]]


def compare(wish: Wish, answers: Sequence[Answer], *, on: date, rates: Rates = NO_RATES) -> Comparison:
    """Compare offers as of a day. Money of several currencies is compared where ``rates`` knows them."""
    currency = criteria.common_currency(wish, [answer.offer for answer in answers])
    cells = {answer.id: _cells(wish, answer, currency, on=on, rates=rates) for answer in answers}
    rows = tuple(Row(id_, {name: cell.reasons for name, cell in row.items()}) for id_, row in cells.items())
    return Comparison(rows, {name: _best({id_: row[name] for id_, row in cells.items()}) for name in CRITERIA})


def _cells(wish: Wish, answer: Answer, currency: str, *, on: date, rates: Rates) -> dict[str, Cell]:
    return {
        "price": criteria.price(wish, answer.offer, currency, rates),
        "purpose": criteria.purpose(wish, answer.values, on),
        "experience": criteria.experience(answer.experience),
        "distance": criteria.distance(wish.area, answer.area),
        "delivery": criteria.delivery(wish, answer.offer, on),
        "leaving": criteria.leaving(answer.offer, currency, rates),
    }


def _best(cells: Mapping[str, Cell]) -> tuple[str, ...]:
    known = {id_: cell.rank for id_, cell in cells.items() if cell.rank is not None}
    if len(set(known.values())) < 2:
        return ()
    first = min(known.values())
    return tuple(id_ for id_, rank in known.items() if rank == first)
