"""Judging: whether one row fits a question and how well, in loops that repeat the definition exactly.

Every function takes just what it needs: passing whole tuples of arrays costs more than the work itself.
"""

import numpy as np
import numpy.typing as npt

from evenhand.matching import fit, places
from evenhand.matching.cells import How
from evenhand.matching.engine.compiled import compiled, whole
from evenhand.matching.engine.names import MASKED
from evenhand.matching.engine.question import (
    COMPARED,
    CONDITIONS,
    DAY,
    KNOWN_END,
    KNOWN_MASK,
    LANGUAGE_MASK,
    LANGUAGES_END,
    LEAST,
    MOST,
    PIECES_DOWN,
    PIECES_UP,
    REACH_SQUARED,
    REQUIRED_END,
    REQUIRED_MASK,
    SPEAKS,
    UNMASKED,
    WANTED,
    X,
    Y,
    Z,
)
from evenhand.matching.engine.rows import MORE_VALUES, TAG_KINDS, Records
from evenhand.matching.prices import TOP

REACHED, VISITED, COUNTRY, ANYWHERE = (int(how) for how in How)
EITHER = ANYWHERE + 1
"""The seller reaches you or you reach the seller: for rows that were not looked up but gone through."""
Whole = npt.NDArray[np.int64]
Masks = npt.NDArray[np.uint64]
Tags = npt.NDArray[np.uint32]
OUT = -1.0
"""Stands for a part that does not fit."""
NEUTRAL, NEAR_IN_COUNTRY, NEAR_ANYWHERE = fit.NEUTRAL, places.NEAR_IN_COUNTRY, places.NEAR_ANYWHERE
ONE, TWO, FOUR, EIGHT, SIXTEEN, THIRTY_TWO = (np.uint64(1 << power) for power in range(6))
PAIRS, FOURS, BYTES = np.uint64(0x5555555555555555), np.uint64(0x3333333333333333), np.uint64(0x0F0F0F0F0F0F0F0F)
LOW_BYTE = np.uint64(0x7F)

weighted = compiled(fit.weighted)
nearness_at = compiled(places.nearness_at)


@compiled
def is_candidate(one: np.void, numbers: Whole, masks: Masks, prices: Whole) -> bool:
    """Whether what can be compared without lists fits: first what excludes most, the rest without guessing branches."""
    if one["languages"] & masks[LANGUAGE_MASK] == 0:
        return False
    if masks[REQUIRED_MASK] & ~one["values"] != 0 and numbers[DAY] <= one["until"]:
        return False
    kind = one["price"]
    fits = (one["conditions"] & numbers[CONDITIONS]) != 0
    fits &= (one["fewest"] <= numbers[PIECES_DOWN]) & (one["most"] >= numbers[PIECES_UP])
    fits &= (one["lowest"] <= prices[kind, MOST]) & (one["highest"] >= prices[kind, LEAST])
    return bool(fits)


@compiled
def nearness(one: np.void, how: int, numbers: Whole) -> float:
    """How near the row is, or out."""
    if how == COUNTRY:
        return NEAR_IN_COUNTRY
    if how == ANYWHERE:
        return NEAR_ANYWHERE
    x, y, z = whole(one["x"]) - numbers[X], whole(one["y"]) - numbers[Y], whole(one["z"]) - numbers[Z]
    squared, own = x * x + y * y + z * z, whole(one["chord"]) * whole(one["chord"])
    if how == REACHED and squared > own:
        return OUT
    if how == VISITED and (squared > numbers[REACH_SQUARED] or squared <= own):
        return OUT
    if how == EITHER and squared > max(own, numbers[REACH_SQUARED]):
        return OUT
    return nearness_at(squared)


@compiled
def lists_fit(start: int, tags: Tags, known: Tags, numbers: Whole, is_spoken: bool) -> bool:
    """Whether the tags that begin at ``start`` fit: words, and languages unless one of the mask is spoken."""
    wanted = start + TAG_KINDS
    excluded = wanted + whole(tags[start])
    languages = excluded + whole(tags[start + 1])
    end = languages + whole(tags[start + 2])
    spoken_end = whole(numbers[LANGUAGES_END])
    said = count_among(known, spoken_end, len(known), tags, wanted, excluded)
    if said < excluded - wanted or count_among(known, spoken_end, len(known), tags, excluded, languages) > 0:
        return False
    if numbers[SPEAKS] == 0 or end == languages or is_spoken:
        return True
    return count_among(known, whole(numbers[KNOWN_END]), spoken_end, tags, languages, end) > 0


@compiled
def is_masked(number: int, mask: np.uint64) -> bool:
    """Whether a number is in a mask; none below 0 is."""
    return bool(0 <= number < MASKED and (mask >> np.uint64(number % MASKED)) & ONE != 0)


@compiled
def is_listed(term: int, tags: Tags) -> bool:
    """Whether a term is among a row's last tags."""
    count = 0
    for place in range(len(tags) - whole(tags[TAG_KINDS - 1]), len(tags)):
        count += tags[place] == term
    return count > 0


@compiled
def is_simple(one: np.void, numbers: Whole) -> bool:
    """Whether the mask of values says all: nothing has run out, and nothing is wanted that has no bit."""
    return bool((numbers[DAY] <= one["until"]) & ((numbers[UNMASKED] == 0) | ((one["flags"] & MORE_VALUES) == 0)))


@compiled
def masked_share(one: np.void, numbers: Whole, masks: Masks, known: Tags) -> float:
    """The share of the wanted values that are evidenced, or out where a required one is not, by the mask."""
    required = whole(numbers[REQUIRED_END])
    if required > 0 and known[required - 1] >= MASKED:
        return OUT
    return bits(masks[KNOWN_MASK] & one["values"]) / numbers[WANTED] if numbers[WANTED] else NEUTRAL


@compiled
def listed_share(evidence: Records, numbers: Whole, known: Tags) -> float:
    """The share of the wanted values that are evidenced on the day, or out where a required one is not, by the list."""
    required, known_end, hits, met = whole(numbers[REQUIRED_END]), whole(numbers[KNOWN_END]), 0, 0
    for value in evidence:
        if value["until"] >= numbers[DAY]:
            hits += is_among(known, required, known_end, value["value"])
            met += is_among(known, 0, required, value["value"])
    if met < required:
        return OUT
    return hits / numbers[WANTED] if numbers[WANTED] else NEUTRAL


@compiled
def price_share(one: np.void, prices: Whole) -> float:
    """The share of the budget's range that the prices cover; neutral where they are not compared."""
    kind = one["price"]
    if prices[kind, COMPARED] == 0:
        return NEUTRAL
    least, most = prices[kind, LEAST], prices[kind, MOST]
    if most >= TOP or most <= least:
        return 1.0
    covered = float(min(one["highest"], most) - max(one["lowest"], least)) / float(most - least)
    return max(covered, 0.0)


@compiled
def bits(mask: np.uint64) -> int:
    """How many bits are set: counted in pairs, in fours, in bytes, all at once."""
    mask = mask - ((mask >> ONE) & PAIRS)
    mask = (mask & FOURS) + ((mask >> TWO) & FOURS)
    mask = (mask + (mask >> FOUR)) & BYTES
    mask = mask + (mask >> EIGHT)
    mask = mask + (mask >> SIXTEEN)
    mask = mask + (mask >> THIRTY_TWO)
    return whole(mask & LOW_BYTE)


@compiled
def is_among(sorted_: Tags, low: int, high: int, number: int) -> bool:
    """Whether a number stands in an ascending part of an array."""
    end = high
    while low < high:
        middle = (low + high) // 2
        if sorted_[middle] < number:
            low = middle + 1
        else:
            high = middle
    return low < end and bool(sorted_[low] == number)


@compiled
def count_among(sorted_: Tags, low: int, high: int, tags: Tags, first: int, end: int) -> int:
    """How many of some tags stand in an ascending part of an array."""
    count = 0
    for place in range(first, end):
        count += is_among(sorted_, low, high, tags[place])
    return count
