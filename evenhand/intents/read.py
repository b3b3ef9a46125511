"""Read an intent: plain words into a reading, and one of its wishes into a wish that can be matched."""

from collections.abc import Sequence
from datetime import datetime
from typing import TypeVar

from evenhand.intents.wish import Wish
from evenhand.measures import Area
from evenhand.words.reader import Asker, read_text
from evenhand.words.reading import Found, Reading, ReadWish
from evenhand.words.sources import Sources
from evenhand.words.tokens import words_of

T = TypeVar("T")


def read(
    text: str, *, now: datetime, country: str = "", language: str = "", own: Sequence[str] = (), sources: Sources
) -> Reading:
    """Understand what somebody wants; never raises.

    ``country`` (ISO 3166) and ``language`` (ISO 639-1) are the person's, used where the text leaves a choice;
    ``own`` are the account's name, street and the like, to be held back where they stand in the text.
    """
    return read_text(text, Asker(now, country, language, own), sources)


def wish_from(read_wish: ReadWish, *, text: str, language: str = "", unsure: bool = False) -> Wish:
    """The wish that a reading says; fields below certainty only with ``unsure``."""

    condition = _value(read_wish.condition, unsure)
    tolerated = {found.value for found in read_wish.tolerances}
    return Wish(
        category=_value(read_wish.category, unsure) or "",
        area=_value(read_wish.place, unsure) or Area(),
        budget=_value(read_wish.budget, unsure),
        quantity=_value(read_wish.quantity, unsure),
        needed_by=_value(read_wish.needed_by, unsure),
        conditions=frozenset({condition, *tolerated} if condition else ()),
        values=frozenset(found.value for found in read_wish.values if unsure or found.is_sure),
        must_haves=tuple(found.value for found in read_wish.must_haves),
        nice_to_haves=tuple(found.value for found in read_wish.nice_to_haves),
        exclusions=tuple(found.value for found in read_wish.exclusions),
        languages=frozenset({language} if language else ()),
        words=frozenset(words_of(text)),
    )


def _value(found: Found[T] | None, unsure: bool) -> T | None:
    return found.value if found and (unsure or found.is_sure) else None
