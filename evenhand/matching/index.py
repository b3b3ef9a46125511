"""The index: standing interests in memory, matched as the definition says while they are added, changed and removed."""

import threading
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from evenhand.intents.wish import Wish
from evenhand.interests.interest import Interest
from evenhand.matching.engine import search
from evenhand.matching.engine.buffer import CAPACITY, Buffer
from evenhand.matching.engine.files import open_segment, save
from evenhand.matching.engine.names import Names
from evenhand.matching.engine.numbering import Numbering
from evenhand.matching.engine.question import ACCEPTING_ONLY, SEEN, ask
from evenhand.matching.engine.rows import Rows, joined
from evenhand.matching.engine.search import NOTHING, Found, Search, State
from evenhand.matching.engine.segment import Segment, build
from evenhand.matching.engine.writing import Writer
from evenhand.matching.fit import NEUTRAL
from evenhand.matching.rates import NO_RATES, Rates
from evenhand.words.tree import Tree

FAN = 8
"""So many segments of a tier become one of the next, eight times as large."""


class Standing(NamedTuple):
    """An interest with its id; ``experience`` is what is known of the vendor, 0 to 1."""

    id: int
    interest: Interest
    experience: float = NEUTRAL


Death = tuple[npt.NDArray[np.uint32], int]
"""Where the death of a row is noted."""


class Index:
    """Any thread may match at any time and sees all that was written before; writers take turns.

    What was written last stays in a buffer that is gone through whole. Full buffers become segments, and ``merge_next``
    makes one of several, at a quiet moment or in another thread.
    """

    def __init__(self, tree: Tree, interests: Iterable[Standing] = (), *, search: Search = search.best) -> None:
        self._tree = tree
        self.upto = 0
        self._search = search
        self._names = Names()
        self._numbering = Numbering.of(tree)
        self._writing, self._merging = threading.Lock(), threading.Lock()
        writer = Writer(self._names, self._numbering)
        for standing in interests:
            writer.append(*standing)
        segments = (self._built(_last_of_each(writer.rows(writer.count)))[0],) if writer.count else ()
        self._state = State(segments, Buffer(self._names, self._numbering), 0, 0)

    @classmethod
    def open(cls, path: Path, tree: Tree, *, search: Search = search.best) -> "Index":
        """The index of a saved file, at once: its pages are read when they are needed.

        Raises:
            SegmentUnreadableError: the file is none of ours, or cut off.
            SegmentStaleError: it was made for another category tree.
        """
        index = cls(tree, search=search)
        opened = open_segment(path, categories=index._numbering.ids)
        index._names, index.upto = opened.names, opened.upto
        index._state = State((opened.segment,), Buffer(index._names, index._numbering), 0, 0)
        return index

    def save(self, path: Path, *, upto: int = 0) -> None:
        """Save everything in one file; ``upto`` is the number of the last change that was written to the index."""
        self.merge_all()
        living = [one.rows.take(one.living()) for one in self._state.segments]
        segment, _ = self._built(joined(living or [Writer(self._names, self._numbering).rows(0)]))
        save(path, segment, self._names, categories=self._numbering.ids, upto=upto)

    def match(
        self,
        wish: Wish,
        *,
        on: date,
        top: int = 50,
        proffered: str = "",
        accepting_only: bool = False,
        rates: Rates = NO_RATES,
    ) -> Found:
        """The best ids with their scores, of equal scores the lower id first, and how many match in all."""
        state = self._state
        question = ask(
            wish,
            names=self._names,
            numbering=self._numbering,
            tree=self._tree,
            on=on,
            proffered=proffered,
            rates=rates,
        )
        if question is None:
            return NOTHING
        question.numbers[ACCEPTING_ONLY] = accepting_only
        question.numbers[SEEN] = state.written
        return self._search(state, question, max(top, 0))

    def add(self, id_: int, interest: Interest, *, experience: float = NEUTRAL) -> None:
        """Add an interest, in the place of the one that had this id before."""
        with self._writing:
            if self._state.buffered == CAPACITY:
                self._seal()
            before = self._living(id_)
            self._state.buffer.append(id_, interest, experience)
            self._publish(before)

    def remove(self, id_: int) -> bool:
        """Remove an interest; whether there was one."""
        with self._writing:
            before = self._living(id_)
            self._state.buffer.row_of.pop(id_, None)
            self._publish(before)
            return before is not None

    def merge_next(self) -> bool:
        """Make one segment of several of about a size; whether there were enough of them."""
        with self._merging:
            group = _next_group(self._state.segments)
            if group:
                self._merge(group)
            return bool(group)

    def merge_all(self) -> None:
        """Make one segment of everything."""
        with self._merging:
            with self._writing:
                self._seal()
            if self._state.segments:
                self._merge(self._state.segments)

    def _merge(self, group: Sequence[Segment]) -> None:
        """Built beside the writers; who died meanwhile is noted in the end."""
        living = [segment.living() for segment in group]
        merged, order = self._built(joined([one.rows.take(rows) for one, rows in zip(group, living, strict=True)]))
        with self._writing:
            died = np.concatenate([one.died[rows] for one, rows in zip(group, living, strict=True)])
            merged.died[:] = died[order]
            others = tuple(segment for segment in self._state.segments if segment not in group)
            self._state = self._state._replace(segments=(merged, *others))

    def _seal(self) -> None:
        """Make a segment of the buffer."""
        segments, buffer, buffered, written = self._state
        if buffered:
            segments = (*segments, self._built(buffer.living())[0])
        self._state = State(segments, Buffer(self._names, self._numbering), 0, written)

    def _built(self, rows: Rows) -> tuple[Segment, npt.NDArray[np.intp]]:
        return build(rows, self._numbering.words_only + 1)

    def _living(self, id_: int) -> Death | None:
        """Where the row of an id is that is alive."""
        state = self._state
        if id_ in state.buffer.row_of:
            return state.buffer.died, state.buffer.row_of[id_]
        found = ((segment.died, segment.find(id_)) for segment in state.segments)
        return next(((died, row) for died, row in found if row >= 0), None)

    def _publish(self, before: Death | None) -> None:
        """Let the row before die at the very moment that the new one can be seen."""
        written = self._state.written + 1
        if before:
            died, row = before
            died[row] = written
        self._state = self._state._replace(buffered=self._state.buffer.count, written=written)


def _last_of_each(rows: Rows) -> Rows:
    """Of several rows with one id the last."""
    _, from_the_end = np.unique(rows.beside["id"][::-1], return_index=True)
    return rows.take(len(rows.record) - 1 - from_the_end)


def _next_group(segments: Sequence[Segment]) -> Sequence[Segment]:
    tiers: dict[int, list[Segment]] = {}
    for segment in segments:
        tiers.setdefault(_tier(len(segment.died)), []).append(segment)
    return next((tiers[tier][:FAN] for tier in sorted(tiers) if len(tiers[tier]) >= FAN), [])


def _tier(rows: int) -> int:
    tier = 0
    while rows > CAPACITY:
        rows //= FAN
        tier += 1
    return tier
