"""The criteria by which offers are compared: for each a rank (lower is better, none where unknown) and its reasons."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from evenhand.intents.wish import Wish
from evenhand.interests.interest import EvidencedValue
from evenhand.matching.match import Reason
from evenhand.matching.rates import Rates
from evenhand.matching.reasons import BANDS_KM, place_reason, value_reasons
from evenhand.measures import Area
from evenhand.offers.arrival import arrives
from evenhand.offers.offer import Offer
from evenhand.offers.spending import most_for_all

Rank = tuple[Fraction | int, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """How one offer does by one criterion."""

    rank: Rank | None
    reasons: tuple[Reason, ...]


def common_currency(wish: Wish, offers: Sequence[Offer]) -> str:
    """The currency to compare in: the budget's, else the first offer's."""
    if wish.budget is not None:
        return wish.budget.currency
    return offers[0].total.currency if offers else ""


def price(wish: Wish, offer: Offer, currency: str, rates: Rates) -> Cell:
    """What it costs in all, and whether the budget allows it."""
    asked = Reason("price", {"minor": str(offer.total.minor), "currency": offer.total.currency})
    factor = rates.factor(offer.total.currency, currency)
    if factor is None:
        return Cell(None, (asked, Reason("price_not_compared", {"currency": currency})))
    total, most = offer.total.minor * factor, most_for_all(wish)
    if most is None:
        return Cell((total,), (asked,))
    return Cell((total,), (asked, Reason("within_budget" if total <= most else "over_budget")))


def purpose(wish: Wish, values: tuple[EvidencedValue, ...], on: date) -> Cell:
    """How many of the wanted values are evidenced on that day; of all evidenced ones where none was wanted."""
    wanted = wish.values | wish.required_values or frozenset(value.value for value in values)
    reasons = value_reasons(wanted, values, on)
    return Cell((Fraction(-len(reasons)),), reasons or (Reason("no_value_evidenced"),))


def experience(score: float | None) -> Cell:
    """What people lived with this vendor, in whole percent: nothing finer is told."""
    if score is None:
        return Cell(None, (Reason("experience_unknown"),))
    percent = round(score * 100)
    return Cell((Fraction(-percent),), (Reason("experience", {"percent": str(percent)}),))


def distance(wished: Area, served: Area) -> Cell:
    """How far, in the bands that distances are told in."""
    reason = place_reason(wished, served)
    ranks = {"near": Fraction(reason.data.get("under_km", 0)), "far": Fraction(BANDS_KM[-1] + 1)}
    rank = ranks.get(reason.code)
    return Cell(None if rank is None else (rank,), (reason,))


def delivery(wish: Wish, offer: Offer, on: date) -> Cell:
    """When it arrives if it is accepted on that day, and whether that is in time."""
    day = arrives(offer, on=on)
    if day is None:
        return Cell(None, (Reason("arrival_not_said"),))
    arrival = Reason("arrives", {"day": day.isoformat()})
    if wish.needed_by is None:
        return Cell((Fraction(day.toordinal()),), (arrival,))
    return Cell((Fraction(day.toordinal()),), (arrival, Reason("in_time" if day <= wish.needed_by else "too_late")))


def leaving(offer: Offer, currency: str, rates: Rates) -> Cell:
    """What it costs to leave, and after how many days of notice."""
    cost, days = offer.leaving.cost, offer.leaving.notice_days
    factor = Fraction(0) if cost == 0 else rates.factor(offer.total.currency, currency)
    reasons = []
    if cost:
        reasons.append(Reason("leaving_costs", {"minor": str(cost), "currency": offer.total.currency}))
    if days:
        reasons.append(Reason("notice", {"days": str(days)}))
    rank = None if factor is None else (cost * factor, Fraction(days))
    return Cell(rank, tuple(reasons) or (Reason("free_to_leave"),))
