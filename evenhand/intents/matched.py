"""What is matched: a wish no finer than what vendors may find out by trying, whatever interests they invent."""

from dataclasses import replace

from evenhand.intents.budget import Visibility, banded
from evenhand.intents.place import snapped
from evenhand.intents.wish import Wish
from evenhand.measures import Budget
from evenhand.words.tokens import words_of


def as_matched(wish: Wish, *, sentence: str, visibility: Visibility) -> Wish:
    """The wish as matching sees it: place snapped, budget as coarse as it is shown, words of the veiled sentence alone.

    Somebody with many interests at many places and prices, wanting many words, learns from those that hear of a wish
    where it lies, what it would pay and what it says: never more than the cell, the band and the sentence it may see.
    A hidden budget is left out, so that it can't be found.
    """
    said = wish.words & frozenset(words_of(sentence))
    return replace(wish, area=snapped(wish.area), budget=_budget(wish.budget, visibility), words=said)


def _budget(budget: Budget | None, visibility: Visibility) -> Budget | None:
    """The band widened to nothing below where no least was named: who asks up to 500 hears of what costs 100."""
    if budget is None or visibility is Visibility.HIDDEN:
        return None
    if visibility is Visibility.SHOWN:
        return budget
    band = banded(budget)
    return band if budget.least > 0 else replace(band, least=0)
