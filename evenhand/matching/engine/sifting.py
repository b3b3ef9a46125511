"""Sifting: which of many rows fit a question and how well, in vectors that repeat the definition exactly."""

from collections.abc import Callable
from typing import NamedTuple, cast

import numpy as np
import numpy.typing as npt

from evenhand.matching import fit, places
from evenhand.matching.engine.judging import ANYWHERE, COUNTRY, EITHER, VISITED
from evenhand.matching.engine.names import ANY_LANGUAGE, MASKED
from evenhand.matching.engine.question import (
    ACCEPTING_ONLY,
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
    SEEN,
    SPEAKS,
    TERM,
    UNMASKED,
    WANTED,
    Question,
    X,
    Y,
    Z,
)
from evenhand.matching.engine.rows import (
    MORE_LANGUAGES,
    MORE_TERMS,
    MORE_VALUES,
    TAG_KINDS,
    WORDS,
    Records,
    Rows,
    picked,
    spread,
)
from evenhand.matching.prices import TOP

Whole = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Truths = npt.NDArray[np.bool_]


weighted = cast("Callable[[Floats, Floats, Floats, Floats], Floats]", fit.weighted)
"""The same sum, for many rows."""


class Hits(NamedTuple):
    """What fits, in no order: scores, ids, and whether each accepts the proffered terms."""

    scores: Floats
    ids: npt.NDArray[np.int64]
    accepts: Truths


def sifted(question: Question, rows: Rows, died: npt.NDArray[np.uint32], found: Whole, hows: Whole) -> Hits:
    """Those of the rows that fit, with their scores; what costs least is compared first."""
    record = picked(rows.record, found)
    keep = np.flatnonzero(_candidates(question, record))
    found, record, hows = found[keep], picked(record, keep), hows[keep]
    near = _nearness(question, record, hows)
    values = _values_share(question, rows, record, found)
    accepts = _accepts(question, rows, record, found)
    fits = (near >= 0) & (values >= 0) & (died[found] > question.numbers[SEEN])
    fits &= _lists_fit(question, rows, record, found)
    keep = np.flatnonzero(fits & accepts if question.numbers[ACCEPTING_ONLY] else fits)
    price = _price_share(question, picked(record, keep))
    beside = picked(rows.beside, found[keep])
    scores = weighted(values[keep], near[keep], price, beside["experience"])
    return Hits(scores, beside["id"], accepts[keep])


def _candidates(question: Question, record: Records) -> Truths:
    numbers, kinds = question.numbers, record["price"]
    fits: Truths = (record["conditions"] & numbers[CONDITIONS]) != 0
    fits &= (record["fewest"] <= numbers[PIECES_DOWN]) & (record["most"] >= numbers[PIECES_UP])
    fits &= record["lowest"] <= question.prices[:, MOST][kinds]
    fits &= record["highest"] >= question.prices[:, LEAST][kinds]
    fits &= (record["languages"] & question.masks[LANGUAGE_MASK]) != 0
    if numbers[REQUIRED_END]:
        lacks = (question.masks[REQUIRED_MASK] & ~record["values"]) != 0
        fits &= ~lacks | (record["until"] < numbers[DAY])
    return fits


def _nearness(question: Question, record: Records, hows: Whole) -> Floats:
    """How near each row is, or -1."""
    near = np.where(hows == COUNTRY, places.NEAR_IN_COUNTRY, places.NEAR_ANYWHERE)
    circles = np.flatnonzero((hows != COUNTRY) & (hows != ANYWHERE))
    if not len(circles):
        return near
    record, hows = picked(record, circles), hows[circles]
    apart = [record[axis].astype(np.int64) - question.numbers[place] for axis, place in (("x", X), ("y", Y), ("z", Z))]
    squared = apart[0] ** 2 + apart[1] ** 2 + apart[2] ** 2
    own, asked = record["chord"].astype(np.int64) ** 2, question.numbers[REACH_SQUARED]
    fits = ((squared <= own) & (hows != VISITED)) | ((squared <= asked) & (hows == EITHER))
    fits |= (squared <= asked) & (squared > own) & (hows == VISITED)
    kilometres = np.sqrt(squared.astype(np.float64)) * places.KM_PER_UNIT
    near[circles] = np.where(fits, places.HALF_NEAR_KM / (places.HALF_NEAR_KM + kilometres), -1.0)
    return near


def _values_share(question: Question, rows: Rows, record: Records, found: Whole) -> Floats:
    """The share of the wanted values that are evidenced on the day, or -1 where a required one is not."""
    numbers = question.numbers
    required, known = question.tags[: numbers[REQUIRED_END]], question.tags[numbers[REQUIRED_END] : numbers[KNOWN_END]]
    lacks = np.full(len(found), len(required) > 0 and required[-1] >= MASKED)
    hits = np.bitwise_count(question.masks[KNOWN_MASK] & record["values"]).astype(np.int64)
    is_listed = record["until"] < numbers[DAY]
    if numbers[UNMASKED]:
        is_listed |= (record["flags"] & MORE_VALUES) != 0
    listed = np.flatnonzero(is_listed)
    if len(listed):
        starts, lengths = lists(rows.evidence.at, found[listed])
        evidence = picked(rows.evidence.flat, spread(starts, lengths))
        is_valid = evidence["until"] >= numbers[DAY]
        hits[listed] = counts(is_valid & _among(known, evidence["value"]), lengths)
        lacks[listed] = counts(is_valid & _among(required, evidence["value"]), lengths) < len(required)
    share = hits / numbers[WANTED] if numbers[WANTED] else np.full(len(hits), fit.NEUTRAL)
    return np.where(lacks, -1.0, share)


def _lists_fit(question: Question, rows: Rows, record: Records, found: Whole) -> Truths:
    """Whether the lists beside the rows fit: their words, and their languages beyond the mask."""
    fits = np.ones(len(found), np.bool_)
    listed = np.flatnonzero(record["flags"] & (WORDS | MORE_LANGUAGES))
    if not len(listed):
        return fits
    numbers = question.numbers
    spoken, words = question.tags[numbers[KNOWN_END] : numbers[LANGUAGES_END]], question.tags[numbers[LANGUAGES_END] :]
    tags, starts = rows.tags.flat, rows.tags.at[found[listed]].astype(np.int64)
    wanted, excluded, languages = (tags[starts + kind].astype(np.int64) for kind in range(3))
    starts += TAG_KINDS
    said = counts(_among(words, tags[spread(starts, wanted)]), wanted)
    starts += wanted
    unwelcome = counts(_among(words, tags[spread(starts, excluded)]), excluded)
    starts += excluded
    fits[listed] = (said == wanted) & (unwelcome == 0)
    if numbers[SPEAKS]:
        shared = counts(_among(spoken, tags[spread(starts, languages)]), languages) > 0
        masked = (record["languages"][listed] & question.masks[LANGUAGE_MASK]) >> np.uint64(ANY_LANGUAGE) != 0
        fits[listed] &= shared | masked | (languages == 0)
    return fits


def _accepts(question: Question, rows: Rows, record: Records, found: Whole) -> Truths:
    """Whether each vendor accepts the proffered term as it is."""
    term = int(question.numbers[TERM])
    if term < 0:
        return np.zeros(len(found), np.bool_)
    if term < MASKED:
        accepts: Truths = (rows.beside["terms"][found] >> np.uint64(term)) & np.uint64(1) != 0
        return accepts
    accepts = np.zeros(len(found), np.bool_)
    listed = np.flatnonzero(record["flags"] & MORE_TERMS)
    starts, lengths = lists(rows.tags.at, found[listed])
    terms = rows.tags.flat[starts + TAG_KINDS - 1].astype(np.int64)
    tags = rows.tags.flat[spread(starts + lengths - terms, terms)]
    accepts[listed] = counts(tags == term, terms) > 0
    return accepts


def _price_share(question: Question, record: Records) -> Floats:
    """The share of the budget's range that the prices cover; neutral where they are not compared."""
    lines = question.prices[record["price"]]
    least, most = lines[:, LEAST], lines[:, MOST]
    is_point = (most >= TOP) | (most <= least)
    width = np.where(is_point, 1, most - least).astype(np.float64)
    covered = (np.minimum(record["highest"], most) - np.maximum(record["lowest"], least)).astype(np.float64)
    share = np.where(is_point, 1.0, np.maximum(covered / width, 0.0))
    return np.where(lines[:, COMPARED] == 0, fit.NEUTRAL, share)


def lists(at: npt.NDArray[np.uint32], found: Whole) -> tuple[Whole, Whole]:
    """Where the lists of these rows begin, and how long they are."""
    starts = at[found].astype(np.int64)
    return starts, at[found + 1].astype(np.int64) - starts


def counts(truths: Truths, lengths: Whole) -> Whole:
    """How many are true in each of the lists that stand end to end."""
    before: Whole = np.concatenate(([0], np.cumsum(truths)))
    ends = np.cumsum(lengths)
    counted: Whole = before[ends] - before[ends - lengths]
    return counted


def _among(sorted_: npt.NDArray[np.uint32], tags: npt.NDArray[np.generic]) -> Truths:
    if not len(sorted_):
        return np.zeros(len(tags), np.bool_)
    place = np.minimum(np.searchsorted(sorted_, tags), len(sorted_) - 1)
    is_there: Truths = sorted_[place] == tags
    return is_there
