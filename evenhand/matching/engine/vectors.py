"""Vectors: the search through a segment or a buffer, many rows at once; what runs where nothing is compiled."""

import numpy as np
import numpy.typing as npt

from evenhand.matching.engine.judging import ANYWHERE, COUNTRY, EITHER
from evenhand.matching.engine.names import folded
from evenhand.matching.engine.question import (
    ABOVE,
    ASKED_COUNTRY,
    BELOW,
    BELOW_END,
    FIRST,
    HOW,
    IS_ANYWHERE,
    IS_CIRCLE,
    LANGUAGE_MASK,
    LAST,
    Question,
)
from evenhand.matching.engine.rows import CIRCLE, MANY_CATEGORIES, WHOLE_COUNTRY, Rows, spread
from evenhand.matching.engine.segment import Segment
from evenhand.matching.engine.sifting import Hits, Truths, Whole, counts, lists, sifted


def search_segment(question: Question, segment: Segment) -> Hits:
    """All that fits in a segment."""
    rows, hows = _looked_up(question, segment)
    return sifted(question, segment.rows, segment.died, rows, hows)


def search_buffer(question: Question, rows: Rows, died: npt.NDArray[np.uint32]) -> Hits:
    """All that fits in a buffer."""
    hows = _meetings(question, rows)
    found = np.flatnonzero((hows >= 0) & _under(question, rows))
    return sifted(question, rows, died, found, hows[found])


def _looked_up(question: Question, segment: Segment) -> tuple[Whole, Whole]:
    """The rows of all postings in the ranges asked for, and how each has to be compared."""
    below = [
        (category, True)
        for category in range(question.numbers[BELOW], question.numbers[BELOW_END])
        if segment.starts[category] < segment.starts[category + 1]
    ]
    parts = [
        _in_category(question, segment, *each) for each in [*((one, False) for one in question.numbers[ABOVE:]), *below]
    ]
    return np.concatenate([rows for rows, _ in parts]), np.concatenate([hows for _, hows in parts])


def _in_category(question: Question, segment: Segment, category: int, is_below: bool) -> tuple[Whole, Whole]:
    low, end = int(segment.starts[category]), int(segment.starts[category + 1])
    codes = segment.codes[low:end]
    asked = question.lookups.astype(np.uint32)
    firsts = np.searchsorted(codes, asked[:, FIRST], "left")
    lengths = np.searchsorted(codes, asked[:, LAST], "right") - firsts
    found, hows = low + spread(firsts, lengths), np.repeat(question.lookups[:, HOW], lengths)
    heard = np.flatnonzero(segment.spoken[found] & folded(question.masks[LANGUAGE_MASK]))
    rows, hows = segment.post[found[heard]].astype(np.int64), hows[heard]
    if is_below:
        first_met = ~_repeated(question, segment.rows, rows, category)
        return rows[first_met], hows[first_met]
    return rows, hows


def _repeated(question: Question, rows: Rows, found: Whole, category: int) -> Truths:
    """Whether another category of the row below the wish comes first: then the row was met there."""
    repeated = np.zeros(len(found), np.bool_)
    many = np.flatnonzero(rows.record["flags"][found] & MANY_CATEGORIES)
    starts, lengths = lists(rows.categories.at, found[many])
    categories = rows.categories.flat[spread(starts, lengths)].astype(np.int64)
    is_earlier = (categories >= question.numbers[BELOW]) & (categories < category)
    repeated[many] = counts(is_earlier, lengths) > 0
    return repeated


def _under(question: Question, rows: Rows) -> Truths:
    """Whether one of a row's categories is looked up."""
    starts, lengths = lists(rows.categories.at, np.arange(len(rows.record)))
    categories = rows.categories.flat[spread(starts, lengths)].astype(np.int64)
    is_below = (categories >= question.numbers[BELOW]) & (categories < question.numbers[BELOW_END])
    return counts(is_below | np.isin(categories, question.numbers[ABOVE:]), lengths) > 0


def _meetings(question: Question, rows: Rows) -> Whole:
    """How the places of each row and the wish have to be compared, or -1 where their countries differ."""
    kinds = rows.record["flags"] & (CIRCLE | WHOLE_COUNTRY)
    if question.numbers[IS_ANYWHERE]:
        return np.full(len(kinds), ANYWHERE)
    hows = np.where(rows.beside["country"] == question.numbers[ASKED_COUNTRY], COUNTRY, -1)
    if question.numbers[IS_CIRCLE]:
        hows[kinds == CIRCLE] = EITHER
    hows[kinds == 0] = ANYWHERE
    return hows
