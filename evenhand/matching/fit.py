"""Whether a wish and an interest fit, and how well: the definition that every faster engine must repeat exactly."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from evenhand.intents.wish import Wish
from evenhand.interests.interest import Interest
from evenhand.matching.categories import answers
from evenhand.matching.conditions import acceptable, offered
from evenhand.matching.match import Match
from evenhand.matching.pieces import pieces_fit
from evenhand.matching.places import nearness
from evenhand.matching.prices import affordable, asking, budget_fit
from evenhand.matching.rates import NO_RATES, Rates
from evenhand.matching.reasons import reasons_for
from evenhand.matching.relaxations import Relaxation, relaxations
from evenhand.words.tree import Tree

NEUTRAL = 0.5
"""What a part of the score counts where nothing is known or nothing was asked."""
WEIGHT_VALUES, WEIGHT_NEAR, WEIGHT_BUDGET, WEIGHT_EXPERIENCE = 0.35, 0.25, 0.20, 0.20


def fit(
    wish: Wish,
    interest: Interest,
    *,
    tree: Tree,
    on: date,
    proffered: str = "",
    experience: float = NEUTRAL,
    rates: Rates = NO_RATES,
) -> Match | None:
    """The match of a wish and an interest on a day, or none.

    ``proffered`` is the roster id of the person's terms: it labels a match and never excludes. ``experience`` is what
    is known of the vendor, 0 to 1. Of equal scores the lower id comes first; ids are the caller's.
    """
    score = score_of(wish, interest, tree=tree, on=on, experience=experience, rates=rates)
    if score is None:
        return None
    reasons = reasons_for(wish, interest, tree=tree, on=on, proffered=proffered, rates=rates)
    return Match(score, reasons, accepts_terms=proffered in interest.terms)


def score_of(
    wish: Wish, interest: Interest, *, tree: Tree, on: date, experience: float = NEUTRAL, rates: Rates = NO_RATES
) -> float | None:
    """How well the two fit, 0 to 1; ``None`` where they do not."""
    near = nearness(wish.area, interest.area)
    price = price_fit(wish, interest, rates)
    if near is None or price is None or not is_asked_for(wish, interest, tree=tree, on=on):
        return None
    values = values_fit(wish, evidenced(interest, on))
    return weighted(values, near, price, experience)


def weighted(values: float, near: float, price: float, experience: float) -> float:
    """The four parts as one score, added in this order so that every engine rounds alike."""
    return WEIGHT_VALUES * values + WEIGHT_NEAR * near + WEIGHT_BUDGET * price + WEIGHT_EXPERIENCE * experience


def is_asked_for(wish: Wish, interest: Interest, *, tree: Tree, on: date) -> bool:
    """Whether everything but place and price fits."""
    return (
        _category_fits(wish, interest, tree)
        and wish.required_values <= evidenced(interest, on)
        and interest.words_wanted <= wish.words
        and interest.words_excluded.isdisjoint(wish.words)
        and _language_fits(wish, interest)
        and not acceptable(wish, tree).isdisjoint(offered(interest))
        and pieces_fit(wish, interest)
    )


def evidenced(interest: Interest, on: date) -> frozenset[str]:
    """The values whose evidence is valid on that day."""
    return frozenset(value.value for value in interest.values if value.valid_until >= on)


def values_fit(wish: Wish, evidenced_values: frozenset[str]) -> float:
    """The share of the wanted values that are evidenced."""
    wanted = wish.values | wish.required_values
    return len(wanted & evidenced_values) / len(wanted) if wanted else NEUTRAL


def price_fit(wish: Wish, interest: Interest, rates: Rates) -> float | None:
    """How well budget and prices agree; neutral where either is unsaid or they can't be compared."""
    prices = asking(interest)
    budget = affordable(wish, currency=interest.currency, period=interest.period, rates=rates)
    if prices is None or budget is None:
        return NEUTRAL
    return budget_fit(budget, prices)


def _category_fits(wish: Wish, interest: Interest, tree: Tree) -> bool:
    """An interest without categories goes by its wanted words alone; without either it answers nothing: no browsing."""
    if not interest.categories:
        return bool(interest.words_wanted)
    return any(answers(tree, wished=wish.category, offered=node) for node in interest.categories)


def _language_fits(wish: Wish, interest: Interest) -> bool:
    return not wish.languages or not interest.languages or not wish.languages.isdisjoint(interest.languages)


@dataclass(frozen=True, slots=True)
class Miss:
    """What one change of the wish would bring: ``gained`` more interests would match."""

    relaxation: Relaxation
    gained: int


def nearest_miss(
    wish: Wish, interests: Iterable[Interest], *, tree: Tree, on: date, rates: Rates = NO_RATES
) -> tuple[Miss, ...]:
    """Which single changes of the wish would have matched more, and how many; the gentlest of each kind first."""

    def matched_by(changed: Wish) -> Callable[[Interest], bool]:
        return lambda interest: score_of(changed, interest, tree=tree, on=on, rates=rates) is not None

    missed = [interest for interest in interests if not matched_by(wish)(interest)]
    found = (Miss(change, sum(map(matched_by(change.wish), missed))) for change in relaxations(wish))
    return tuple(miss for miss in found if miss.gained)
