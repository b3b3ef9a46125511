"""An interest: what a vendor stands ready to answer, as a value."""

from dataclasses import dataclass
from datetime import date

from evenhand.measures import Area


@dataclass(frozen=True, slots=True)
class EvidencedValue:
    """A value with evidence: who vouches for it and until when (inclusive)."""

    value: str
    issuer: str
    valid_until: date


@dataclass(frozen=True, slots=True)
class Interest:
    """What a vendor answers. Empty values mean no limit.

    ``categories`` are node ids, each with its whole subtree; prices are minor units of ``currency``, ``highest`` 0
    means no top; quantities are whole pieces, ``largest`` 0 means no top; ``words_wanted`` must all stand in the
    intent's words, ``words_excluded`` none; ``terms`` are the roster ids it accepts as they are.
    """

    categories: frozenset[str] = frozenset()
    area: Area = Area()
    lowest: int = 0
    highest: int = 0
    currency: str = ""
    smallest: int = 0
    largest: int = 0
    conditions: frozenset[str] = frozenset()
    values: tuple[EvidencedValue, ...] = ()
    languages: frozenset[str] = frozenset()
    words_wanted: frozenset[str] = frozenset()
    words_excluded: frozenset[str] = frozenset()
    terms: frozenset[str] = frozenset()
