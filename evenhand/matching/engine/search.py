"""The search: the best of all segments and the buffer, by loops where they are compiled, else by vectors."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from evenhand.matching.engine import loops, vectors
from evenhand.matching.engine.buffer import Buffer
from evenhand.matching.engine.compiled import IS_COMPILED
from evenhand.matching.engine.question import Question
from evenhand.matching.engine.segment import Segment


class State(NamedTuple):
    """What there is at one moment: rows whose death is numbered above ``written`` are alive in it."""

    segments: tuple[Segment, ...]
    buffer: Buffer
    buffered: int
    written: int


class Found(NamedTuple):
    """The best ids with their scores, how many match in all, and how many of them accept the proffered terms."""

    ids: tuple[int, ...] = ()
    scores: tuple[float, ...] = ()
    total: int = 0
    accepting: int = 0


NOTHING = Found()
Search = Callable[[State, Question, int], Found]


def by_loops(state: State, question: Question, top: int) -> Found:
    """Row by row, keeping the best in a heap."""
    scores, ids, counts = np.empty(top), np.empty(top, np.int64), np.zeros(3, np.int64)
    asked, tally = loops.plain_question(question), (scores, ids, counts)
    for segment in state.segments:
        loops.search_segment(asked, *segment.plain, segment.died, tally)
    if state.buffered:
        loops.search_buffer(asked, state.buffer.rows(state.buffered).plain, state.buffer.died, tally)
    loops.finish(tally)
    kept, total, accepting = counts.tolist()
    return Found(tuple(ids[:kept].tolist()), tuple(scores[:kept].tolist()), total, accepting)


def by_vectors(state: State, question: Question, top: int) -> Found:
    """All rows at once."""
    hits = [vectors.search_segment(question, segment) for segment in state.segments]
    if state.buffered:
        hits.append(vectors.search_buffer(question, state.buffer.rows(state.buffered), state.buffer.died))
    if not hits:
        return NOTHING
    scores, ids, accepts = (np.concatenate(columns) for columns in zip(*hits, strict=True))
    total, accepting = len(scores), int(np.count_nonzero(accepts))
    if total > top:
        at_least = np.partition(scores, total - top)[total - top] if top else np.inf
        scores, ids = scores[scores >= at_least], ids[scores >= at_least]
    order = np.lexsort((ids, -scores))[:top]
    return Found(tuple(ids[order].tolist()), tuple(scores[order].tolist()), total, accepting)


best: Search = by_loops if IS_COMPILED else by_vectors
