"""Writing: one interest after the other becomes a row; readers of earlier rows are never disturbed."""

from typing import Generic, TypeVar

import numpy as np
import numpy.typing as npt

from evenhand.interests.interest import Interest
from evenhand.matching import conditions, pieces, prices
from evenhand.matching.cells import country_code
from evenhand.matching.engine.names import MASKED, MASKED_LANGUAGES, Names, language_mask, mask, number, unmasked
from evenhand.matching.engine.numbering import Numbering
from evenhand.matching.engine.rows import (
    BESIDE,
    CIRCLE,
    EVIDENCE,
    MANY_CATEGORIES,
    MORE_LANGUAGES,
    MORE_TERMS,
    MORE_VALUES,
    RECORD,
    WHOLE_COUNTRY,
    WORDS,
    Ragged,
    Rows,
)
from evenhand.matching.places import point, reach
from evenhand.measures import Area

CONDITION_BITS = {name: 1 << bit for bit, name in enumerate(sorted(conditions.CONDITIONS))}
FOREVER = 2**31 - 1
T = TypeVar("T", bound=np.generic)
Value = int | tuple[float, ...]


class Growing(Generic[T]):
    """A column that grows by doubling; what was handed out earlier stays as it was."""

    def __init__(self, dtype: npt.DTypeLike, capacity: int = 16) -> None:
        self._array: npt.NDArray[T] = np.zeros(capacity, dtype)
        self.length = 0

    def append(self, *values: Value) -> None:
        """Add values at the end."""
        end = self.length + len(values)
        if end > len(self._array):
            larger: npt.NDArray[T] = np.zeros(max(end, 2 * len(self._array)), self._array.dtype)
            larger[: self.length] = self._array[: self.length]
            self._array = larger
        for place, value in enumerate(values, self.length):
            self._array[place] = value
        self.length = end

    def first(self, count: int) -> npt.NDArray[T]:
        """The first values as an array."""
        return self._array[:count]


class Lists(Generic[T]):
    """A column of lists that grows."""

    def __init__(self, dtype: npt.DTypeLike) -> None:
        self._at: Growing[np.uint32] = Growing(np.uint32)
        self._at.append(0)
        self._flat: Growing[T] = Growing(dtype)

    def append(self, *members: Value) -> None:
        """Add a list of these members."""
        self._flat.append(*members)
        self._at.append(self._flat.length)

    def first(self, count: int) -> Ragged[T]:
        """The first lists."""
        at = self._at.first(count + 1)
        return Ragged(at, self._flat.first(int(at[count])))


class Writer:
    """Rows being written; ``rows(n)`` are the first n, whatever is written later."""

    def __init__(self, names: Names, numbering: Numbering) -> None:
        self.count = 0
        self._names = names
        self._numbering = numbering
        self._record: Growing[np.void] = Growing(RECORD)
        self._beside: Growing[np.void] = Growing(BESIDE)
        self._evidence: Lists[np.void] = Lists(EVIDENCE)
        self._tags: Lists[np.uint32] = Lists(np.uint32)
        self._categories: Lists[np.uint16] = Lists(np.uint16)

    def append(self, id_: int, interest: Interest, experience: float) -> None:
        """Write one interest at the end."""
        evidence = self._evidenced(interest)
        languages = sorted(number(self._names.languages, name) for name in interest.languages)
        terms = [number(self._names.terms, name) for name in sorted(interest.terms)]
        wanted, excluded = (
            [number(self._names.words, word) for word in sorted(words)]
            for words in (interest.words_wanted, interest.words_excluded)
        )
        categories = self._filed_under(interest)
        tags = (wanted, excluded, unmasked(languages, MASKED_LANGUAGES), unmasked(terms))
        flags = _area_flag(interest.area)
        flags |= MORE_VALUES if any(value >= MASKED for value in evidence) else 0
        flags |= MORE_LANGUAGES if tags[2] else 0
        flags |= MORE_TERMS if tags[3] else 0
        flags |= WORDS if wanted or excluded else 0
        flags |= MANY_CATEGORIES if len(categories) > 1 else 0
        self._record.append(
            (
                mask(evidence),
                language_mask(languages),
                *(prices.asking(interest) or (0, prices.TOP)),
                *_place(interest.area),
                *pieces.taken(interest),
                min(evidence.values(), default=FOREVER),
                self._kind_of_price(interest),
                sum(CONDITION_BITS[name] for name in conditions.offered(interest)),
                flags,
            )
        )
        country = country_code(interest.area.country) if interest.area.country else 0
        self._beside.append((id_, mask(terms), experience, country, 0))
        self._evidence.append(*evidence.items())
        self._tags.append(*(map(len, tags) if any(tags) else ()), *(tag for kind in tags for tag in kind))
        self._categories.append(*categories)
        self.count += 1

    def rows(self, count: int) -> Rows:
        """The first rows as columns."""
        return Rows(
            self._record.first(count),
            self._beside.first(count),
            self._evidence.first(count),
            self._tags.first(count),
            self._categories.first(count),
        )

    def _evidenced(self, interest: Interest) -> dict[int, int]:
        """The last day of each value's longest evidence."""
        until: dict[int, int] = {}
        for value in interest.values:
            one = number(self._names.values, value.value)
            until[one] = max(until.get(one, 0), value.valid_until.toordinal())
        return until

    def _filed_under(self, interest: Interest) -> tuple[int, ...]:
        if interest.categories:
            return self._numbering.offered(interest.categories)
        return (self._numbering.words_only,) if interest.words_wanted else ()

    def _kind_of_price(self, interest: Interest) -> int:
        """0 where no price is named, so that kinds count from 1."""
        if prices.asking(interest) is None:
            return 0
        return 1 + number(self._names.prices, (interest.currency, interest.period))


def _area_flag(area: Area) -> int:
    if area.is_circle:
        return CIRCLE
    return WHOLE_COUNTRY if area.country else 0


def _place(area: Area) -> tuple[int, int, int, int]:
    return (*point(area.lat, area.lon), reach(area.radius_km)) if area.is_circle else (0, 0, 0, 0)
