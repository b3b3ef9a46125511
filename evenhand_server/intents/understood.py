"""What pages show of a reading: the sentence in pieces, chips, questions, what is held back, and other needs in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from evenhand.intents.wish import Wish
from evenhand.words.doubts import find_doubts
from evenhand.words.reading import Doubt, Reading, ReadWish
from evenhand_server.intents.chips import (
    category_name,
    chips_of,
    held_back_of,
    language_note,
    pieces_of,
    questions_of,
)
from evenhand_server.intents.meant import meant
from evenhand_server.words.sources import sources


@dataclass(frozen=True, slots=True)
class OtherNeed:
    """Another need in the same words: its number in the reading, and what it is about."""

    number: int
    name: str


def understood(
    reading: Reading, number: int = 0, *, wish: Wish | None = None, answered: set[str] | None = None
) -> dict[str, Any]:
    """What to show of one need of a reading; ``wish`` is what its writer corrected, ``answered`` needs no asking."""
    chips = chips_of(meant(wish_read(reading, number), wish))
    return {
        "reading": reading,
        "chips": chips,
        "pieces": pieces_of(reading, chips),
        "questions": questions_of(doubts_of(reading, number), answered or set()),
        "held_back": held_back_of(reading),
        "other_needs": other_needs(reading.wishes, number),
        "language_note": language_note(reading),
    }


def wish_read(reading: Reading, number: int) -> ReadWish:
    """One need of a reading; the last one where other words have fewer."""
    return reading.wishes[min(number, len(reading.wishes) - 1)]


def doubts_of(reading: Reading, number: int) -> tuple[Doubt, ...]:
    """What is left to ask about one need; the reading's own doubts are about its first."""
    read = wish_read(reading, number)
    if read is reading.wishes[0]:
        return reading.doubts
    return find_doubts(read, language_known=True, has_words=True, tree=sources().tree)


def other_needs(wishes: Sequence[ReadWish], number: int) -> list[OtherNeed]:
    """The other needs of the same words."""
    here = min(number, len(wishes) - 1)
    return [OtherNeed(at, need_name(read)) for at, read in enumerate(wishes) if at != here]


def need_name(read: ReadWish) -> str:
    """What a need is about."""
    return category_name(read.category.value) if read.category else _("something else")
