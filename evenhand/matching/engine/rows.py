"""Rows: interests as flat columns of numbers; what every match reads stands in one record of 64 bytes."""

from typing import Generic, NamedTuple, TypeVar, cast

import numpy as np
import numpy.typing as npt

RECORD = np.dtype(
    [
        ("values", "<u8"),
        ("languages", "<u8"),
        ("lowest", "<i8"),
        ("highest", "<i8"),
        ("x", "<i4"),
        ("y", "<i4"),
        ("z", "<i4"),
        ("chord", "<u4"),
        ("fewest", "<u4"),
        ("most", "<u4"),
        ("until", "<i4"),
        ("price", "<u2"),
        ("conditions", "u1"),
        ("flags", "u1"),
    ]
)
"""One line of the processor's cache. ``until`` is the day (proleptic ordinal) to which all values are evidenced."""

BESIDE = np.dtype([("id", "<i8"), ("terms", "<u8"), ("experience", "<f8"), ("country", "<u4"), ("spare", "<u4")])
"""What is read only of rows that fit: half a line of the cache. A country is its code."""

EVIDENCE = np.dtype([("value", "<u4"), ("until", "<i4")])
"""One value of an interest and the last day of its longest evidence."""

MORE_VALUES, MORE_LANGUAGES, MORE_TERMS, WORDS, MANY_CATEGORIES, CIRCLE, WHOLE_COUNTRY = (1 << bit for bit in range(7))
"""Flags: tags beyond the masks, words wanted or excluded, several categories, the kind of area (neither: anywhere)."""

TAG_KINDS = 4
"""A row's tags begin with how many there are of each kind: words wanted, words excluded, languages, terms."""

Records = npt.NDArray[np.void]
Numbers = npt.NDArray[np.generic]
T = TypeVar("T", bound=np.generic)


class Ragged(NamedTuple, Generic[T]):
    """Lists of several lengths, end to end: row i's stands from ``at[i]`` to ``at[i + 1]`` in ``flat``."""

    at: npt.NDArray[np.uint32]
    flat: npt.NDArray[T]

    def take(self, rows: npt.NDArray[np.intp]) -> "Ragged[T]":
        """The lists of these rows, in this order."""
        starts, lengths = self.at[rows].astype(np.int64), (self.at[rows + 1] - self.at[rows]).astype(np.int64)
        at = offsets(lengths)
        return Ragged(at, self.flat[spread(starts, lengths)])


class Rows(NamedTuple):
    """Interests by row. ``evidence``, ``tags`` and ``categories`` are lists."""

    record: Records
    beside: Records
    evidence: Ragged[np.void]
    tags: Ragged[np.uint32]
    categories: Ragged[np.uint16]

    def take(self, rows: npt.NDArray[np.intp]) -> "Rows":
        """These rows, in this order."""
        return Rows._make(column.take(rows) if isinstance(column, Ragged) else picked(column, rows) for column in self)

    @property
    def plain(self) -> "Rows":
        """The columns as plain tuples, still called rows: compiled code takes them far faster and names them again."""
        return cast("Rows", tuple(tuple(column) if isinstance(column, Ragged) else column for column in self))


def picked(records: Records, rows: npt.NDArray[np.intp]) -> Records:
    """These records, in this order; as bare bytes, which numpy copies ten times faster than records."""
    return records.view(f"V{records.itemsize}").take(rows).view(records.dtype)


def joined(parts: list[Rows]) -> Rows:
    """Several sets of rows as one, in order."""
    return Rows._make(_joined(columns) for columns in zip(*parts, strict=True))


def offsets(lengths: npt.NDArray[np.int64]) -> npt.NDArray[np.uint32]:
    """Where lists of these lengths begin when they stand end to end, and where the last one ends."""
    at = np.zeros(len(lengths) + 1, np.uint32)
    np.cumsum(lengths, out=at[1:])
    return at


def spread(starts: npt.NDArray[np.int64], lengths: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """The places of all members of lists that begin at ``starts``."""
    ends = np.cumsum(lengths)
    return np.repeat(starts - ends + lengths, lengths) + np.arange(ends[-1] if len(ends) else 0)


def _joined(columns: tuple[Numbers | Ragged[np.generic], ...]) -> Numbers | Ragged[np.generic]:
    if not isinstance(columns[0], Ragged):
        return np.concatenate(columns)
    lists = [column for column in columns if isinstance(column, Ragged)]
    lengths = np.concatenate([np.diff(column.at.astype(np.int64)) for column in lists])
    return Ragged(offsets(lengths), np.concatenate([column.flat for column in lists]))
