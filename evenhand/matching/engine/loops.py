"""Loops: the search through a segment or a buffer, row by row; fast where it is compiled."""

from collections.abc import Callable
from typing import cast

import numpy as np
import numpy.typing as npt

from evenhand.matching import cells, fit, places, prices
from evenhand.matching.engine import best, judging, names
from evenhand.matching.engine import compiled as compiling
from evenhand.matching.engine import question as questions
from evenhand.matching.engine import rows as rowing
from evenhand.matching.engine.best import Ids, Scores, keep, put_in_order
from evenhand.matching.engine.compiled import IS_COMPILED, compiled, inlined, kept, source_stamp, whole
from evenhand.matching.engine.judging import (
    ANYWHERE,
    COUNTRY,
    EITHER,
    ONE,
    OUT,
    SIXTEEN,
    THIRTY_TWO,
    is_candidate,
    is_listed,
    is_masked,
    is_simple,
    listed_share,
    lists_fit,
    masked_share,
    nearness,
    price_share,
    weighted,
)
from evenhand.matching.engine.names import MASKED
from evenhand.matching.engine.question import (
    ABOVE,
    ACCEPTING_ONLY,
    ASKED_COUNTRY,
    BELOW,
    BELOW_END,
    FIRST,
    HOW,
    IS_ANYWHERE,
    IS_CIRCLE,
    LANGUAGE_MASK,
    LAST,
    SEEN,
    TERM,
    Question,
)
from evenhand.matching.engine.rows import (
    CIRCLE,
    MANY_CATEGORIES,
    MORE_LANGUAGES,
    MORE_TERMS,
    WHOLE_COUNTRY,
    WORDS,
    Ragged,
    Rows,
)

Whole = npt.NDArray[np.uint32]
Postings = tuple[Whole, Whole, Whole, npt.NDArray[np.uint16]]
"""``starts``, ``codes``, ``post`` and ``spoken`` of a segment."""
Tally = tuple[Scores, Ids, Ids]
"""The best scores and their ids so far, and three counts."""
FOLDED = np.uint64(0xFFFF)
KEPT, TOTAL, ACCEPTING = range(3)
"""The counts: how many of the best are kept, how many match in all, how many of them accept the terms."""


@compiled
def through_segment(question: Question, rows: Rows, postings: Postings, died: Whole, tally: Tally) -> None:
    """Look up each category above the wish and, for wishes that are no roots, each below."""
    numbers = question.numbers
    for place in range(ABOVE, len(numbers)):
        search_category(numbers[place], False, question, rows, postings, died, tally)
    starts = postings[0]
    for category in range(numbers[BELOW], numbers[BELOW_END]):
        if starts[category] < starts[category + 1]:
            search_category(category, True, question, rows, postings, died, tally)


@compiled
def through_buffer(question: Question, rows: Rows, died: Whole, tally: Tally) -> None:
    """Go through all rows."""
    for row in range(len(rows.record)):
        how = meeting(row, question, rows)
        if how >= 0 and is_under(row, question, rows):
            consider(row, how, question, rows, died, tally)


@compiled
def search_category(
    category: int, is_below: bool, question: Question, rows: Rows, postings: Postings, died: Whole, tally: Tally
) -> None:
    """Look up the ranges of codes in one category, in ascending order."""
    starts, codes, post, spoken = postings
    heard = fold(question.masks[LANGUAGE_MASK])
    low, end = whole(starts[category]), whole(starts[category + 1])
    for line in range(len(question.lookups)):
        low = bisect(codes, low, end, question.lookups[line, FIRST])
        last, how = question.lookups[line, LAST], question.lookups[line, HOW]
        while low < end and codes[low] <= last:
            place, low = low, low + 1
            if spoken[place] & heard == 0:
                continue
            row = whole(post[place])
            if is_below and (rows.record[row]["flags"] & MANY_CATEGORIES) != 0:
                categories = rows.categories.flat[rows.categories.at[row] : rows.categories.at[row + 1]]
                if is_repeated(category, categories, question.numbers[BELOW]):
                    continue
            consider(row, how, question, rows, died, tally)


@inlined
def consider(row: int, how: int, question: Question, rows: Rows, died: Whole, tally: Tally) -> None:
    """Count a row and keep it among the best, if it fits; what costs least is compared first."""
    one, numbers, masks = rows.record[row], question.numbers, question.masks
    if not is_candidate(one, numbers, masks, question.prices):
        return
    near = nearness(one, how, numbers)
    if near == OUT:
        return
    if (one["flags"] & (WORDS | MORE_LANGUAGES)) != 0:
        is_spoken = (one["languages"] & masks[LANGUAGE_MASK]) >> ONE != 0
        if not lists_fit(whole(rows.tags.at[row]), rows.tags.flat, question.tags, numbers, is_spoken):
            return
    if is_simple(one, numbers):
        values = masked_share(one, numbers, masks, question.tags)
    else:
        evidence = rows.evidence.flat[rows.evidence.at[row] : rows.evidence.at[row + 1]]
        values = listed_share(evidence, numbers, question.tags)
    if values != OUT and died[row] > numbers[SEEN]:
        count(row, near, values, question, rows, tally)


@inlined
def count(row: int, near: float, values: float, question: Question, rows: Rows, tally: Tally) -> None:
    """Count a row that fits, and keep it if it is among the best."""
    one, numbers, beside = rows.record[row], question.numbers, rows.beside[row]
    does_accept = is_masked(numbers[TERM], beside["terms"])
    if numbers[TERM] >= MASKED and (one["flags"] & MORE_TERMS) != 0:
        does_accept = is_listed(numbers[TERM], rows.tags.flat[rows.tags.at[row] : rows.tags.at[row + 1]])
    if numbers[ACCEPTING_ONLY] and not does_accept:
        return
    score = weighted(values, near, price_share(one, question.prices), beside["experience"])
    scores, ids, counts = tally
    counts[KEPT] = keep(scores, ids, counts[KEPT], score, beside["id"])
    counts[TOTAL] += 1
    counts[ACCEPTING] += does_accept


@compiled
def fold(languages: np.uint64) -> int:
    """The languages of a wish, folded as those of the rows are."""
    halves = languages | (languages >> THIRTY_TWO)
    return whole((halves | (halves >> SIXTEEN)) & FOLDED)


@compiled
def is_repeated(category: int, categories: npt.NDArray[np.uint16], below: int) -> bool:
    """Whether an earlier one of a row's categories lies below the wish too: then the row was met there."""
    repeated = False
    for one in categories:
        repeated |= below <= one < category
    return repeated


@compiled
def is_under(row: int, question: Question, rows: Rows) -> bool:
    """Whether one of the row's categories is looked up."""
    categories = rows.categories
    for place in range(categories.at[row], categories.at[row + 1]):
        category = categories.flat[place]
        if question.numbers[BELOW] <= category < question.numbers[BELOW_END]:
            return True
        for above in range(ABOVE, len(question.numbers)):
            if question.numbers[above] == category:
                return True
    return False


@compiled
def meeting(row: int, question: Question, rows: Rows) -> int:
    """How the places of a row and a wish have to be compared, or -1 where their countries differ."""
    kind = rows.record[row]["flags"] & (CIRCLE | WHOLE_COUNTRY)
    if question.numbers[IS_ANYWHERE] or kind == 0:
        return ANYWHERE
    if question.numbers[IS_CIRCLE] and kind == CIRCLE:
        return EITHER
    return COUNTRY if question.numbers[ASKED_COUNTRY] == rows.beside[row]["country"] else -1


@compiled
def bisect(codes: Whole, low: int, high: int, code: int) -> int:
    """The first place from ``low`` on that holds no smaller code."""
    while low < high:
        middle = (low + high) // 2
        if codes[middle] < code:
            low = middle + 1
        else:
            high = middle
    return low


@compiled
def as_rows(rows: Rows) -> Rows:
    """Plain rows with their names again."""
    return Rows(rows[0], rows[1], Ragged(*rows[2]), Ragged(*rows[3]), Ragged(*rows[4]))


SegmentSearch = Callable[[Question, Rows, Postings, Whole, Tally], None]
BufferSearch = Callable[[Question, Rows, Whole, Tally], None]


Finish = Callable[[Tally], None]


def _entries(stamp: int) -> tuple[SegmentSearch, BufferSearch, Finish]:
    """What is called from outside, compiled once and kept while the stamp is the same.

    Questions and rows come as plain tuples, which numba takes far faster, and get their names again here.
    """

    def search_segment(question: Question, rows: Rows, postings: Postings, died: Whole, tally: Tally) -> None:
        assert stamp >= 0  # The stamp is part of what numba keeps the function by.
        through_segment(Question(*question), as_rows(rows), postings, died, tally)

    def search_buffer(question: Question, rows: Rows, died: Whole, tally: Tally) -> None:
        assert stamp >= 0
        through_buffer(Question(*question), as_rows(rows), died, tally)

    def finish(tally: Tally) -> None:
        assert stamp >= 0
        put_in_order(tally[0], tally[1], tally[2][KEPT])

    return kept(search_segment), kept(search_buffer), kept(finish)


SOURCES = (best, cells, compiling, fit, judging, names, places, prices, questions, rowing)
search_segment, search_buffer, finish = _entries(source_stamp(*SOURCES) if IS_COMPILED else 0)


def plain_question(question: Question) -> Question:
    """A question as a plain tuple, still called one: inside, it gets its names again."""
    return cast("Question", tuple(question))
