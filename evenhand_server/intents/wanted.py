"""What is to be published, and how: made by forms and by the API, taken by the action."""

from dataclasses import dataclass, replace
from datetime import datetime

from evenhand.intents.budget import Visibility
from evenhand.intents.place import among_many, snapped
from evenhand.intents.rarity import Caution, rare_combination
from evenhand.intents.teaser import Teaser, teaser
from evenhand.intents.veil import Veiled, spans_of, veil
from evenhand.intents.wish import Wish
from evenhand.words.reading import Reading
from evenhand_server.words.sources import people_within


@dataclass(frozen=True, slots=True)
class Wanted:
    """The words as typed, the wish that matching reads, and exactly what sellers will see of both."""

    sentence: str
    wish: Wish
    veiled: Veiled
    teaser: Teaser
    caution: Caution | None


@dataclass(frozen=True, slots=True)
class Choices:
    """Who may hear, how much of the budget is shown, under which terms, until when."""

    seller_limit: int
    budget_shown: str
    terms: str
    closes_at: datetime


def wanted(reading: Reading, wish: Wish, *, own_words: tuple[str, ...], budget_shown: str) -> Wanted:
    """Put together what is to be published; the place is snapped before anything is matched.

    Where few people live it is widened too, in what is matched and in what is told.
    """
    wish = replace(wish, area=among_many(snapped(wish.area), people_within))
    visibility = Visibility(budget_shown)
    held_back, budget_spans = spans_of(reading)
    veiled = veil(
        wish,
        reading.text,
        held_back=held_back,
        budget_spans=budget_spans,
        own_words=own_words,
        visibility=visibility,
    )
    return Wanted(reading.text, wish, veiled, teaser(veiled.wish, visibility=visibility), rare_combination(wish))
