"""Judging: whether one row fits a question and how well, in loops that repeat the definition exactly."""

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
    LANGUAGE_MASK,
    LEAST,
    MOST,
    PIECES_DOWN,
    PIECES_UP,
    REACH_SQUARED,
    REQUIRED_MASK,
    SPEAKS,
    TERM,
    UNMASKED,
    WANTED,
    WANTED_MASK,
    Question,
    X,
    Y,
    Z,
)
from evenhand.matching.engine.rows import MORE_LANGUAGES, MORE_TERMS, MORE_VALUES, TAG_KINDS, WORDS, Rows
from evenhand.matching.prices import TOP

REACHED, VISITED, COUNTRY, ANYWHERE = (int(how) for how in How)
EITHER = ANYWHERE + 1
"""The seller reaches you or you reach the seller: for rows that were not looked up but gone through."""
OUT = -1.0
"""Stands for a part that does not fit."""
NEUTRAL, NEAR_IN_COUNTRY, NEAR_ANYWHERE = fit.NEUTRAL, places.NEAR_IN_COUNTRY, places.NEAR_ANYWHERE
ONE = np.uint64(1)

weighted = compiled(fit.weighted)
nearness_at = compiled(places.nearness_at)


@compiled
def is_candidate(one: np.void, question: Question) -> bool:
    """Whether what can be compared without lists fits."""
    numbers, kind = question.numbers, one["price"]
    return bool(
        (one["conditions"] & numbers[CONDITIONS]) != 0
        and one["fewest"] <= numbers[PIECES_DOWN]
        and one["most"] >= numbers[PIECES_UP]
        and one["lowest"] <= question.prices[kind, MOST]
        and one["highest"] >= question.prices[kind, LEAST]
        and (
            numbers[SPEAKS] == 0
            or one["languages"] & question.masks[LANGUAGE_MASK] != 0
            or (one["flags"] & MORE_LANGUAGES) != 0
            or one["languages"] == 0
        )
    )


@compiled
def nearness(one: np.void, how: int, question: Question) -> float:
    """How near the row is, or out."""
    if how == COUNTRY:
        return NEAR_IN_COUNTRY
    if how == ANYWHERE:
        return NEAR_ANYWHERE
    numbers = question.numbers
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
def lists_fit(row: int, one: np.void, question: Question, rows: Rows) -> bool:
    """Whether the lists beside the row fit: its words, and its languages beyond the mask."""
    if (one["flags"] & (WORDS | MORE_LANGUAGES)) == 0:
        return True
    tags, start = rows.tags.flat, whole(rows.tags.at[row])
    wanted = start + TAG_KINDS
    excluded = wanted + whole(tags[start])
    languages = excluded + whole(tags[start + 1])
    end = languages + whole(tags[start + 2])
    if count_among(question.words, tags, wanted, excluded) < excluded - wanted:
        return False
    if count_among(question.words, tags, excluded, languages) > 0:
        return False
    if question.numbers[SPEAKS] == 0 or end == languages:
        return True
    if one["languages"] & question.masks[LANGUAGE_MASK] != 0:
        return True
    return count_among(question.languages, tags, languages, end) > 0


@compiled
def accepts(row: int, one: np.void, question: Question, rows: Rows) -> bool:
    """Whether the vendor accepts the proffered term as it is."""
    term = question.numbers[TERM]
    if term < 0:
        return False
    if term < MASKED:
        return bool((rows.terms[row] >> np.uint64(term)) & ONE != 0)
    if (one["flags"] & MORE_TERMS) == 0:
        return False
    tags, start, end = rows.tags.flat, whole(rows.tags.at[row]), whole(rows.tags.at[row + 1])
    count = 0
    for place in range(end - whole(tags[start + 3]), end):
        count += tags[place] == term
    return count > 0


@compiled
def values_share(row: int, one: np.void, question: Question, rows: Rows) -> float:
    """The share of the wanted values that are evidenced on the day, or out where a required one is not."""
    numbers, required = question.numbers, question.required
    if numbers[DAY] <= one["until"] and (numbers[UNMASKED] == 0 or (one["flags"] & MORE_VALUES) == 0):
        if question.masks[REQUIRED_MASK] & ~one["values"] != 0 or (len(required) and required[-1] >= MASKED):
            return OUT
        hits = bits(question.masks[WANTED_MASK] & one["values"])
    else:
        hits, met = 0, 0
        for place in range(rows.evidence.at[row], rows.evidence.at[row + 1]):
            evidence = rows.evidence.flat[place]
            if evidence["until"] >= numbers[DAY]:
                hits += is_among(question.wanted, evidence["value"])
                met += is_among(required, evidence["value"])
        if met < len(required):
            return OUT
    return hits / numbers[WANTED] if numbers[WANTED] else NEUTRAL


@compiled
def price_share(one: np.void, question: Question) -> float:
    """The share of the budget's range that the prices cover; neutral where they are not compared."""
    line = question.prices[one["price"]]
    if line[COMPARED] == 0:
        return NEUTRAL
    least, most = line[LEAST], line[MOST]
    if most >= TOP or most <= least:
        return 1.0
    covered = float(min(one["highest"], most) - max(one["lowest"], least)) / float(most - least)
    return max(covered, 0.0)


@compiled
def bits(mask: np.uint64) -> int:
    """How many bits are set."""
    count = 0
    while mask != 0:
        mask &= mask - ONE
        count += 1
    return count


@compiled
def is_among(sorted_: npt.NDArray[np.uint32], number: int) -> bool:
    """Whether a number stands in an ascending array."""
    low, high = 0, len(sorted_)
    while low < high:
        middle = (low + high) // 2
        if sorted_[middle] < number:
            low = middle + 1
        else:
            high = middle
    return low < len(sorted_) and bool(sorted_[low] == number)


@compiled
def count_among(sorted_: npt.NDArray[np.uint32], tags: npt.NDArray[np.generic], first: int, end: int) -> int:
    """How many of some tags stand in an ascending array."""
    count = 0
    for place in range(first, end):
        count += is_among(sorted_, tags[place])
    return count
