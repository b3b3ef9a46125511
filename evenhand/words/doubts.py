"""Questions left to ask: at most three, the most useful first."""

from collections.abc import Iterator

from evenhand.measures import Area
from evenhand.words.reading import SURE, Doubt, Found, ReadWish
from evenhand.words.tree import Tree

MOST = 3


def find_doubts(wish: ReadWish, *, language_known: bool, has_words: bool, tree: Tree) -> tuple[Doubt, ...]:
    """What to ask about the first wish, by how much the answer helps to find sellers."""
    if not has_words:
        return (Doubt("nothing_said", "category"),)
    if not language_known:
        return (Doubt("language_unknown", "category"),)
    return tuple(_doubts(wish, tree))[:MOST]


def _doubts(wish: ReadWish, tree: Tree) -> Iterator[Doubt]:
    yield from _category(wish.category)
    yield from _place(wish.place)
    if wish.budget and not wish.budget.is_sure:
        yield Doubt("budget_unsure", "budget")
    if wish.needed_by and not wish.needed_by.is_sure:
        yield Doubt("date_unsure", "needed_by", (wish.needed_by.value.isoformat(),))
    if wish.quantity and not wish.quantity.is_sure:
        yield Doubt("quantity_unsure", "quantity", (str(wish.quantity.value.value),))
    if wish.category and wish.budget is None:
        yield Doubt("budget_missing", "budget")
    if wish.category and wish.condition is None and not tree.within(wish.category.value, "services"):
        yield Doubt("condition_missing", "condition", ("new", "used", "refurbished"))


def _category(found: Found[str] | None) -> Iterator[Doubt]:
    if found is None:
        yield Doubt("category_missing", "category")
    elif found.confidence < SURE:
        yield Doubt("category_unsure", "category", (found.value, *found.alternatives)[:3])


def _place(found: Found[Area] | None) -> Iterator[Doubt]:
    if found is None:
        yield Doubt("place_missing", "place")
    elif not found.is_sure:
        choices = tuple(f"{area.name}, {area.country}" for area in (found.value, *found.alternatives))
        yield Doubt("place_unsure", "place", choices[:3])
