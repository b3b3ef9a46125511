"""A segment: rows that no longer change, with postings by category and cell; which of them died is noted beside."""

from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from evenhand.matching.engine.filing import filed
from evenhand.matching.engine.names import folded
from evenhand.matching.engine.rows import Rows, spread

Whole = npt.NDArray[np.uint32]
Folded = npt.NDArray[np.uint16]
Postings = tuple[Whole, Whole, Whole, Folded]
ALIVE = 2**32 - 1
"""Stands for the moment of a death that has not come."""


@dataclass(frozen=True, eq=False)
class Segment:
    """``rows`` lie as their first postings do. The postings of category c stand from ``starts[c]`` to
    ``starts[c + 1]``: ascending ``codes``, and for each a row in ``post`` and the row's languages, folded, in
    ``spoken``, so that most rows in other languages are passed over unread. ``by_id`` names rows by ascending id;
    ``died`` holds for each row the number of the write that removed it.
    """

    rows: Rows
    starts: npt.NDArray[np.uint32]
    codes: npt.NDArray[np.uint32]
    post: npt.NDArray[np.uint32]
    spoken: Folded
    by_id: npt.NDArray[np.uint32]
    died: npt.NDArray[np.uint32]

    @cached_property
    def plain(self) -> tuple[Rows, Postings]:
        """Rows and postings as compiled code takes them."""
        return self.rows.plain, (self.starts, self.codes, self.post, self.spoken)

    def living(self) -> npt.NDArray[np.intp]:
        """The rows that are alive."""
        return np.flatnonzero(self.died == ALIVE)

    def find(self, id_: int) -> int:
        """The row of an id that is alive, or -1."""
        ids, by_id = self.rows.beside["id"], self.by_id
        place = bisect_left(by_id, id_, key=ids.__getitem__)
        if place == len(by_id) or ids[by_id[place]] != id_:
            return -1
        row = int(by_id[place])
        return row if self.died[row] == ALIVE else -1


def build(rows: Rows, categories: int) -> tuple[Segment, npt.NDArray[np.intp]]:
    """A segment of these rows, all alive, and for each of its rows the place it had before."""
    row, code, category = _postings(rows)
    order = _clustered(rows, row, code)
    place = np.empty(len(order), np.int64)
    place[order] = np.arange(len(order))
    keys = (category << 32) | code
    sorted_ = np.lexsort((place[row], keys))
    ordered, post = rows.take(order), place[row[sorted_]]
    segment = Segment(
        rows=ordered,
        starts=np.searchsorted(keys[sorted_], np.arange(categories + 1) << 32).astype(np.uint32),
        codes=code[sorted_].astype(np.uint32),
        post=post.astype(np.uint32),
        spoken=folded(ordered.record["languages"])[post],
        by_id=np.argsort(ordered.beside["id"]).astype(np.uint32),
        died=np.full(len(order), ALIVE, np.uint32),
    )
    return segment, order


def _postings(rows: Rows) -> tuple[npt.NDArray[np.int64], ...]:
    """Each row with each of its codes in each of its categories."""
    row, code = filed(rows)
    at, flat = rows.categories.at.astype(np.int64), rows.categories.flat
    lengths = at[row + 1] - at[row]
    category = flat[spread(at[row], lengths)].astype(np.int64)
    return np.repeat(row, lengths), np.repeat(code, lengths), category


def _clustered(rows: Rows, row: npt.NDArray[np.int64], code: npt.NDArray[np.int64]) -> npt.NDArray[np.intp]:
    """Rows by first category, first code and languages: those that are looked up, and that fit, lie together."""
    first_code = np.zeros(len(rows.record), np.int64)
    first_code[row[::-1]] = code[::-1]
    first_category = np.zeros(len(rows.record), np.int64)
    named = np.flatnonzero(np.diff(rows.categories.at.astype(np.int64)))
    first_category[named] = rows.categories.flat[rows.categories.at[named]]
    return np.lexsort((rows.record["lowest"], rows.record["languages"], (first_category << 32) | first_code))
