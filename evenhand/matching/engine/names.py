"""Names: values, languages, terms, words and kinds of prices as whole numbers, in the order they were first met."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np
import numpy.typing as npt

MASKED = 64
"""So many of a kind fit into one mask; the rest are listed beside it."""
MASKED_LANGUAGES = 63
ANY_LANGUAGE = 1
ALL_LANGUAGES = 2**64 - 1
Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Names:
    """Only ever added to, so a number means the same for good. A kind of price is a currency and a period."""

    values: dict[str, int] = field(default_factory=dict)
    languages: dict[str, int] = field(default_factory=dict)
    terms: dict[str, int] = field(default_factory=dict)
    words: dict[str, int] = field(default_factory=dict)
    prices: dict[tuple[str, str], int] = field(default_factory=dict)


def number(names: dict[Key, int], name: Key) -> int:
    """The number of a name, a new one where it is met for the first time."""
    return names.setdefault(name, len(names))


def numbers(names: dict[Key, int], wanted: frozenset[Key]) -> list[int]:
    """The numbers of those names that are known, in ascending order."""
    return sorted([number for number in map(names.get, wanted) if number is not None])


def mask(numbers: Iterable[int]) -> int:
    """The numbers below 64 as bits."""
    bits = 0
    for one in numbers:
        bits |= 1 << one if one < MASKED else 0
    return bits


def language_mask(numbers: Sequence[int]) -> int:
    """Languages as bits from the second on; the first stands for any language, or perhaps one that has no bit."""
    perhaps = not numbers or numbers[-1] >= MASKED_LANGUAGES
    return ANY_LANGUAGE * perhaps | mask(one + 1 for one in numbers if one < MASKED_LANGUAGES)


def unmasked(numbers: Iterable[int], masked: int = MASKED) -> list[int]:
    """The numbers that have no bit."""
    return [one for one in numbers if one >= masked]


def folded(languages: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint16]:
    """Masks of 64 languages laid over each other as 16 bits: who shares no bit of these shares no language."""
    halves = languages | (languages >> np.uint64(32))
    laid: npt.NDArray[np.uint16] = (halves | (halves >> np.uint64(16))).astype(np.uint16)
    return laid
