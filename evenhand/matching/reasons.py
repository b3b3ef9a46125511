"""Reasons: why a wish and an interest that fit do so, as codes with data, made only for what is shown."""

import math
from collections.abc import Iterator
from datetime import date

from evenhand.intents.wish import Wish
from evenhand.interests.interest import EvidencedValue, Interest
from evenhand.matching.categories import NARROWER, SAME, WIDER, answers
from evenhand.matching.match import Reason
from evenhand.matching.places import KM_PER_UNIT, squared_distance
from evenhand.matching.prices import affordable, asking
from evenhand.matching.rates import Rates
from evenhand.measures import Area
from evenhand.words.tree import Tree

BANDS_KM = (5, 10, 25, 50, 100, 250, 500)
"""Distances are told in these bands, never exactly."""


def reasons_for(
    wish: Wish, interest: Interest, *, tree: Tree, on: date, proffered: str, rates: Rates
) -> tuple[Reason, ...]:
    """The reasons of a pair that fits: what, where, for how much, with which values, on whose terms."""
    return (
        *_category(wish, interest, tree),
        *_words(interest),
        place_reason(wish.area, interest.area),
        *_price(wish, interest, rates),
        *value_reasons(wish.values | wish.required_values, interest.values, on),
        *_shared("condition", wish.conditions, interest.conditions),
        *_shared("language", wish.languages, interest.languages),
        *_terms(interest, proffered),
    )


def _category(wish: Wish, interest: Interest, tree: Tree) -> Iterator[Reason]:
    """The closest of the interest's nodes: the same before a wider before a narrower one."""
    deepest_last = sorted(interest.categories, key=lambda node: (len(tree.ancestors(node)), node))
    found = {answers(tree, wished=wish.category, offered=node): node for node in deepest_last}
    for how in (SAME, WIDER, NARROWER):
        if how in found:
            yield Reason(f"category_{how}", {"category": found[how]})
            return


def _words(interest: Interest) -> Iterator[Reason]:
    if interest.words_wanted:
        yield Reason("words_wanted", {"words": " ".join(sorted(interest.words_wanted))})


def place_reason(wished: Area, served: Area) -> Reason:
    """Where the two meet, as a band of distance, a country, or anywhere."""
    if wished.is_anywhere or served.is_anywhere:
        return Reason("anywhere")
    if not (wished.is_circle and served.is_circle):
        return Reason("same_country", {"country": wished.country})
    km = math.sqrt(squared_distance(wished, served)) * KM_PER_UNIT
    band = next((band for band in BANDS_KM if km < band), None)
    return Reason("near", {"under_km": str(band)}) if band else Reason("far", {"over_km": str(BANDS_KM[-1])})


def _price(wish: Wish, interest: Interest, rates: Rates) -> Iterator[Reason]:
    prices = asking(interest)
    if wish.budget is None or prices is None:
        return
    budget = affordable(wish, currency=interest.currency, period=interest.period, rates=rates)
    if budget is None:
        yield Reason("price_not_compared", {"currency": interest.currency, "period": interest.period})
    else:
        yield Reason("within_budget" if prices[1] <= budget[1] else "partly_within_budget")


def value_reasons(wanted: frozenset[str], values: tuple[EvidencedValue, ...], on: date) -> tuple[Reason, ...]:
    """Each wanted value that is evidenced on the day, once, with the evidence that lasts longest."""
    longest_last = sorted(values, key=lambda value: (value.value, value.valid_until, value.issuer))
    evidence = {value.value: value for value in longest_last if value.valid_until >= on and value.value in wanted}
    return tuple(
        Reason("value_evidenced", {"value": name, "issuer": value.issuer, "valid_until": value.valid_until.isoformat()})
        for name, value in evidence.items()
    )


def _shared(code: str, wished: frozenset[str], offered: frozenset[str]) -> Iterator[Reason]:
    if both := sorted(wished & offered):
        yield Reason(code, {code: " ".join(both)})


def _terms(interest: Interest, proffered: str) -> Iterator[Reason]:
    if proffered:
        yield Reason("accepts_terms" if proffered in interest.terms else "may_counter", {"terms": proffered})
