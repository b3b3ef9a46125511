"""A wish: the structured meaning of an intent, as a value and as a plain record."""

from dataclasses import dataclass
from datetime import date

from evenhand.measures import Area, Budget, Quantity


@dataclass(frozen=True, slots=True)
class Wish:
    """What is wanted. Empty values mean that nothing was said.

    ``category`` is a node id of the category tree; ``conditions`` are those that would do (none said: any);
    ``values`` are wanted values, of which ``required_values`` must be evidenced; ``languages`` are ISO 639-1 codes
    that would do (none said: any); ``words`` are the words of the sentence, lower case, for wanted and excluded words.
    """

    category: str = ""
    area: Area = Area()
    budget: Budget | None = None
    quantity: Quantity | None = None
    needed_by: date | None = None
    conditions: frozenset[str] = frozenset()
    values: frozenset[str] = frozenset()
    required_values: frozenset[str] = frozenset()
    must_haves: tuple[str, ...] = ()
    nice_to_haves: tuple[str, ...] = ()
    exclusions: tuple[str, ...] = ()
    languages: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
