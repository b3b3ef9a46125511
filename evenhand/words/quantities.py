"""How many: the number that belongs to the thing wanted, not the inches, persons, beds or years beside it."""

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

from evenhand.measures import Quantity
from evenhand.words.lexicon import Lexicon, any_of
from evenhand.words.mentions import Mention
from evenhand.words.reading import Found
from evenhand.words.text import Text
from evenhand.words.tokens import Token
from evenhand.words.tree import Tree

_FOR_PEOPLE = (
    "events_hospitality",
    "education",
    "software",
    "taxi_transfers",
    "travel_tours",
    "property",
    "equipment_hire",
    "accommodation",
    "party_supplies",
    "bakery",
    "prepared_foods",
    "food_gift_baskets",
    "candy_chocolate",
    "recruitment",
    "it_web",
)
"""Categories where the number of persons is the quantity."""

_BY_WEIGHT = (
    "food_beverages_tobacco", "cat_food", "cat_litter", "dog_food", "bird_supplies", "small_animal_supplies",
    "building_materials", "building_consumables", "lawn_garden", "fireplace_wood_stove_accessories", "fuel",
    "agriculture", "printing", "arts_crafts",
)  # fmt: skip
"""Categories that are sold by weight, volume or area."""


@lru_cache(maxsize=16)
def _patterns(lexicon: Lexicon) -> dict[str, re.Pattern[str]]:
    number = r"(?<![\w.,/:£$€-])(?P<n>\d{1,3}(?:[., ]\d{3})+|\d{1,6})"
    words = lexicon.words
    counted = any_of(words("quantities", "unit"))
    return {
        "them": re.compile(rf"{number}\s+of\s+them(?!\w)"),
        "set": re.compile(rf"(?<!\w){any_of(words('quantities', 'set'))}\s+{number}(?![\w%])"),
        "times": re.compile(r"(?<!\w)(?:x\s?(?P<n>\d{1,6})|(?P<n2>\d{1,6})\s?x)(?!\w)(?!\s*\d)"),
        "unit": re.compile(rf"{number}\s?(?P<unit>{counted})(?!\w)"),
        "people": re.compile(rf"{number}(?:\s+\w+)?\s+{any_of(words('quantities', 'people'))}(?!\w)"),
        "listed": re.compile(r"(?:^|[,;(\0]\s*)(?P<n>\d{1,6})\s+[^\W\d]{3,}s(?=\s*(?:[,;.)\0]|$))"),
        "label": re.compile(rf"(?<!\w){any_of(words('quantities', 'label'))}\.?\s?$"),
        "measure": re.compile(rf"\s*-?\s*{any_of(words('quantities', 'measure'))}(?!\w)"),
        "bare": re.compile(rf"{number}(?!\s?[%\"'°]|[\w.,:/-]*\d)"),
    }


def find_quantity(
    text: Text, tokens: Sequence[Token], head: Mention | None, category: str, lexicon: Lexicon, tree: Tree
) -> Found[Quantity] | None:
    """The number said with the thing wanted (``head``); one is no quantity, people count only where they are it."""
    patterns = _patterns(lexicon)
    if any(tree.within(category, wide) for wide in _FOR_PEOPLE) and (found := patterns["people"].search(text.plain)):
        return _quantity(text, found, 0.92)
    for kind in ("them", "set", "times"):
        found = patterns[kind].search(text.plain)
        if found and not _is_measure(text, found, patterns):
            return _quantity(text, found, 0.92)
    by_weight = any(tree.within(category, wide) for wide in _BY_WEIGHT)
    for found in patterns["unit"].finditer(text.plain):
        if by_weight or found["unit"] not in lexicon.words("quantities", "weight"):
            return _quantity(text, found, 0.92, unit=found["unit"])
    return (
        _before(text, tokens, head, patterns)
        or _after(text, tokens, head, patterns)
        or _listed(text, category, patterns, tree)
        or _printed(text, category, patterns)
    )


def _is_measure(text: Text, found: re.Match[str], patterns: dict[str, re.Pattern[str]]) -> bool:
    return patterns["measure"].match(text.plain, found.end("n")) is not None if found["n"] else False


def _before(
    text: Text, tokens: Sequence[Token], head: Mention | None, patterns: dict[str, re.Pattern[str]]
) -> Found[Quantity] | None:
    """40 refurbished laptops; four winter tyres; 30 new Dell laptops."""
    if head is None:
        return None
    start = tokens[head.first].start
    for found in reversed(list(patterns["bare"].finditer(text.plain, max(0, start - 48), start))):
        between = text.plain[found.end() : start]
        if re.search(r"[.;!?()\n]|,\s.*,", between) or len(between.split()) > 4:
            return None
        is_label = patterns["label"].search(text.plain, max(0, found.start() - 16), found.start())
        if (
            not is_label
            and not _is_measure(text, found, patterns)
            and not re.search(r"\b(?:for|with|in|at|of|fur|pour|para|mit|con|avec)\b", between)
        ):
            return _quantity(text, found, 0.93)
    return None


def _after(
    text: Text, tokens: Sequence[Token], head: Mention | None, patterns: dict[str, re.Pattern[str]]
) -> Found[Quantity] | None:
    """Pallets, 300, heat treated."""
    if head is None:
        return None
    found = patterns["bare"].match(text.plain, _skip(text.plain, tokens[head.last].end))
    return _quantity(text, found, 0.9) if found and re.match(r"\s*(?:$|[,.;)(\0])", text.plain[found.end() :]) else None


def _listed(text: Text, category: str, patterns: dict[str, re.Pattern[str]], tree: Tree) -> Found[Quantity] | None:
    """Toner, 6 cartridges, Telford: a number of things between commas."""
    if tree.within(category, "services"):
        return None
    for found in patterns["listed"].finditer(text.plain):
        if not _is_measure(text, found, patterns):
            return _quantity(text, found, 0.9)
    return None


def _printed(text: Text, category: str, patterns: dict[str, re.Pattern[str]]) -> Found[Quantity] | None:
    """A printing company for 5,000 flyers: the flyers are counted, whoever prints them."""
    if category != "printing":
        return None
    for found in patterns["bare"].finditer(text.plain):
        if re.match(r"\s+[^\W\d]{3,}", text.plain[found.end() :]) and not _is_measure(text, found, patterns):
            return _quantity(text, found, 0.9)
    return None


def _skip(words: str, at: int) -> int:
    gap = re.match(r"\s*[,:(]\s*(?:x\s?)?", words[at:])
    return at + gap.end() if gap else at


def _quantity(text: Text, found: re.Match[str], confidence: float, *, unit: str = "") -> Found[Quantity] | None:
    said = found["n"] or found["n2"]
    value = int(re.sub(r"\D", "", said))
    return Found(Quantity(Decimal(value), unit), (text.span(*found.span()),), confidence) if value > 1 else None
