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

_GROUPS = ("taxi_transfers", "travel_tours", "accommodation", "equipment_hire")
"""Categories where the number of persons says how large a thing must be, unless it is a whole group."""

_A_GROUP, _AN_OFFICE = 10, 5

_PLURAL = ("s", "en", "er", "ln", "ial")
"""How things end that each person of a group gets one of."""

_PAIRED = ("shoes", "clothing", "clothing_accessories", "vision_care", "winter_sports_activities")
"""Categories where a pair is one thing."""

_BY_WEIGHT = (
    "food_beverages_tobacco", "cat_food", "cat_litter", "dog_food", "bird_supplies", "small_animal_supplies",
    "building_materials", "building_consumables", "lawn_garden", "fireplace_wood_stove_accessories", "fuel",
    "agriculture", "printing", "arts_crafts", "flooring_tiling",
)  # fmt: skip
"""Categories that are sold by weight, volume or area."""


@lru_cache(maxsize=16)
def _patterns(lexicon: Lexicon) -> dict[str, re.Pattern[str]]:
    number = r"(?<![\w.,/:£$€-])(?P<n>\d{1,3}(?:[., ]\d{3})+|\d{1,6})"
    words = lexicon.words
    counted, people = any_of(words("quantities", "unit")), any_of(words("quantities", "people"))
    sized = any_of(
        {*words("quantities", "weight"), "g", "ml", "cl", "l", "oz", "lb", "litre", "liter", "gallon", "foot"}
    )
    weight, fors = any_of(words("quantities", "weight")), any_of(words("quantities", "for"))
    ends = r"(?=\s*(?:$|[,.;:!?)(\n\0]))"
    return {
        "them": re.compile(
            rf"{number}\s+(?:of\s+them(?!\w)|of{ends}|off?{ends}|{any_of(words('quantities', 'in_all'))}(?!\w))"
            rf"|(?<![\w.,/:£$€-])(?P<n3>\d{{1,5}})\s+(?:[^\W\d]+\s+){{0,3}}ones(?!\w)"
            rf"|(?<![\w.,/:£$€-])(?P<n2>\d{{1,5}})\s?(?:no|nos)\.?(?=\s+[a-z])"
        ),
        "set": re.compile(
            rf"(?<!\w){any_of(words('quantities', 'set'))}\s*{number}(?![\w%])"
            rf"|(?<![\w.,-])(?P<n2>\d{{1,4}})(?:er)?[ -](?:set|pack|packung|karton|kiste|pk)(?!\w)"
        ),
        "times": re.compile(r"(?<!\w)(?:x\s?(?P<n>\d{1,6})|(?P<n2>\d{1,6})\s?x)(?!\w)(?!\s*\d)"),
        "pair": re.compile(rf"(?<!\w){any_of(words('quantities', 'pair'))}(?!\w)"),
        "one_pair": re.compile(rf"(?<!\w){any_of(words('quantities', 'one_pair'))}(?!\w)"),
        "unit": re.compile(rf"{number}\s?(?P<unit>{counted})(?!\w)(?!\s*{any_of(words('quantities', 'size'))}(?!\w))"),
        "sized": re.compile(rf"{number}\s+\d{{1,5}}(?:[.,]\d+)?[ -]?{sized}[ -](?P<unit>{counted})(?!\w)"),
        "people": re.compile(rf"{number}(?:\s+\w+)?\s+{people}(?!\w)"),
        "us": re.compile(rf"{number}\s+of\s+us(?!\w)"),
        "class": re.compile(rf"(?<!\w){any_of(words('quantities', 'class'))}\s+(?:about\s+|around\s+)?{number}(?!\w)"),
        "for_people": re.compile(
            rf"(?<!\w){any_of(words('quantities', 'for'))}\s+{number}(?:\s+\w+)?\s+{people}(?!\w)"
        ),
        "for": re.compile(
            rf"(?<!\w){fors}\s+(?:about\s+|around\s+|up to\s+)?{number}"
            rf"(?:{ends}|(?=\s+(?:to|on|at|in|from|please|with|this|next|including|before|by|im|am|in|nach|a|le|el|en)\s))"
        ),
        "alone": re.compile(r"(?:^|(?:(?<!\d)[,;]|\0)\s*|[,;]\s+)(?P<n>[2-9])\s*(?=$|[,;)\0])(?!,\d)"),
        "for_things": re.compile(rf"(?<!\w){fors}\s+{number}\s+[^\W\d]{{3,}}s(?!\w)"),
        "container": re.compile(rf"[ -](?!{weight}(?!\w)){counted}(?!\w)"),
        "of": re.compile(rf"{number}\s+(?:[^\W\d]+\s+)?[^\W\d]{{3,}}s\s+(?:of|de|d')\s?(?=\w)"),
        "listed": re.compile(
            r"(?:^|[,;:.(\0]\s*)(?P<n>\d{1,6})(?:\s+[^\W\d]{2,}){0,3}\s+[^\W\d]{2,}s(?=\s*(?:$|[,;.)\0]|(?:and|for|y|et|pour|para)\s))"
        ),
        "label": re.compile(rf"(?<!\w){any_of(words('quantities', 'label'))}\.?\s?$"),
        "measure": re.compile(rf"\s*-?\s*{any_of(words('quantities', 'measure'))}(?!\w)"),
        "bare": re.compile(rf"{number}(?!\s?[%\"'°]|s\b|[\w.,:/-]*\d|-?[a-z]+\b(?<=\dth)|(?:st|nd|rd|th)\b)"),
    }


def find_quantity(
    text: Text, tokens: Sequence[Token], head: Mention | None, category: str, lexicon: Lexicon, tree: Tree
) -> Found[Quantity] | None:
    """The number said with the thing wanted (``head``); one is no quantity, people count only where they are it."""
    patterns = _patterns(lexicon)
    text = text.cover(found.span() for found in _SIDES.finditer(text.plain))
    since = _sentence(text, tokens, head)
    return (
        _of_people(text, since, category, patterns, tree)
        or _counted(text, since, patterns)
        or _in_units(text, since, category, patterns, lexicon, tree)
        or _before(text, tokens, head, category, patterns, tree)
        or _after(text, tokens, head, patterns)
        or _pair(text, tokens, head, category, patterns, tree)
        or (None if tree.within(category, "personal_pets") else _listed(text, since, patterns))
        or _alone(text, since, category, patterns, tree)
        or _class(text, tokens, head, category, patterns, tree)
        or _printed(text, category, patterns)
    )


def _of_people(
    text: Text, since: int, category: str, patterns: dict[str, re.Pattern[str]], tree: Tree
) -> Found[Quantity] | None:
    """Catering for 80, a coach for 45: persons where they are what is counted; a cottage for 6 is one cottage."""
    if not any(tree.within(category, wide) for wide in _FOR_PEOPLE):
        return None
    least = _A_GROUP if any(tree.within(category, wide) for wide in _GROUPS) else 2
    least = _AN_OFFICE if tree.within(category, "property") else least
    for kind in ("us", "people", "class", "for"):
        found = patterns[kind].search(text.plain, since)
        if found and int(re.sub(r"\D", "", found["n"])) >= least:
            return _quantity(text, found, 0.92)
    return None


def _counted(text: Text, since: int, patterns: dict[str, re.Pattern[str]]) -> Found[Quantity] | None:
    """11 of them; a set of 4; x 15; four 10 kg bags."""
    found = patterns["sized"].search(text.plain, since)
    if found:
        return _quantity(text, found, 0.92, unit=found["unit"])
    for kind in ("them", "set", "times"):
        found = patterns[kind].search(text.plain, since)
        if found and not _is_measure(text, found, patterns):
            return _quantity(text, found, 0.92)
    return None


def _in_units(
    text: Text, since: int, category: str, patterns: dict[str, re.Pattern[str]], lexicon: Lexicon, tree: Tree
) -> Found[Quantity] | None:
    """20 boxes; 8 panes of glass; of "25 kg sacks, 40 sacks" the forty."""
    by_weight = any(tree.within(category, wide) for wide in _BY_WEIGHT)
    for found in patterns["unit"].finditer(text.plain, since):
        is_weight = found["unit"] in lexicon.words("quantities", "weight")
        is_seats = found["unit"] == "seats" and tree.within(category, "vehicles_parts")
        is_held = _WITH.search(text.plain, max(0, found.start() - 8), found.start())
        is_size = is_weight and (not by_weight or patterns["container"].match(text.plain, found.end()))
        if not (is_seats or is_held or is_size):
            return _quantity(text, found, 0.92, unit=found["unit"])
    for found in patterns["of"].finditer(text.plain, since):
        if not _is_measure(text, found, patterns) and not _is_year(found["n"]):
            return _quantity(text, found, 0.91)
    return None


def _class(
    text: Text,
    tokens: Sequence[Token],
    head: Mention | None,
    category: str,
    patterns: dict[str, re.Pattern[str]],
    tree: Tree,
) -> Found[Quantity] | None:
    """Scissors for a class of 12, goody bags for 30 children: one for each."""
    if head is None or tree.within(category, "services"):
        return None
    found = patterns["class"].search(text.plain) or patterns["for_people"].search(text.plain)
    if not found or int(re.sub(r"\D", "", found["n"])) < _A_GROUP:
        return None
    each = tokens[head.last].lower.endswith(_PLURAL) or text.plain[: found.start()].rstrip().endswith("s")
    return _quantity(text, found, 0.9) if each else None


def _pair(
    text: Text,
    tokens: Sequence[Token],
    head: Mention | None,
    category: str,
    patterns: dict[str, re.Pattern[str]],
    tree: Tree,
) -> Found[Quantity] | None:
    """A pair of lamps are two, a pair of boots is one."""
    if head is None:
        return None
    start, end = tokens[head.first].start, tokens[head.last].end
    found = next(iter(patterns["pair"].finditer(text.plain, max(0, start - 40), start)), None)
    between = text.plain[found.end() : start] if found else ""
    if not found or re.search(r"[.;!?(),\n\0]", between) or len(between.split()) > 4:
        return None
    if patterns["one_pair"].search(text.plain, found.end(), end) or any(
        tree.within(category, wide) for wide in _PAIRED
    ):
        return None
    return Found(Quantity(Decimal(2)), (text.span(*found.span()),), 0.9)


_SIDES = re.compile(
    r"(?<![\w.,£$€])\d+(?:[.,]\d+)?\s?(?:(?:mm|cm|m|ft|in)\s?)?(?:(?:x|by)\s?\d+(?:[.,]\d+)?\s?(?:(?:mm|cm|m|ft|in)\b\s?)?){1,2}"
    r"(?!\w|[.,-]\d|\s?(?:kg|g|ml|l|cl|litres?|liters?|packs?|off)\b)"
)
"""How long and wide: "120 x 160", "6 x 4 shed"; "4 x 25 kg" counts."""

_WITH = re.compile(r"\b(?:with|mit|avec|con)\s$")
"""A cafe with 14 seats wants no seats."""


def _sentence(text: Text, tokens: Sequence[Token], head: Mention | None) -> int:
    """Where the sentence of the thing wanted begins: what was told before it counts other things."""
    if head is None:
        return 0
    stops = [stop.end() for stop in re.finditer(r"[.!?]\s|\n", text.plain[: tokens[head.first].start])]
    return stops[-1] if stops else 0


def _is_year(said: str) -> bool:
    """A 1998 Fiesta; 2,000 and 1950 bricks are not told apart from years but by being round."""
    return len(said) == 4 and 1950 <= int(said) <= 2040 and int(said) % 100 != 0 if said.isdigit() else False


def _is_measure(text: Text, found: re.Match[str], patterns: dict[str, re.Pattern[str]]) -> bool:
    return patterns["measure"].match(text.plain, found.end("n")) is not None if found["n"] else False


def _before(
    text: Text,
    tokens: Sequence[Token],
    head: Mention | None,
    category: str,
    patterns: dict[str, re.Pattern[str]],
    tree: Tree,
) -> Found[Quantity] | None:
    """40 refurbished laptops; four winter tyres; 30 new Dell laptops."""
    if head is None:
        return None
    start, is_pet = tokens[head.first].start, tree.within(category, "personal_pets")
    for found in reversed(list(patterns["bare"].finditer(text.plain, max(0, start - 48), start))):
        between = text.plain[found.end() : start]
        if re.search(r"[.;!?()\n]|,\s.*,", between) or len(between.split()) > 4:
            return None
        is_label = patterns["label"].search(text.plain, max(0, found.start() - 16), found.start())
        is_measure = _is_measure(text, found, patterns) and (is_pet or not _is_head(between, tokens, head))
        if not (is_label or is_measure or _is_year(found["n"]) or _is_code(found["n"])) and not re.search(
            r"\b(?:for|with|in|at|of|want|wants|need|needs|now|fur|pour|para|mit|con|avec)\b", between
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
    if not found or _is_year(found["n"]) or _is_code(found["n"]):
        return None
    ends = re.match(r"\s*(?:$|[,;)(\0]|\.(?!\s*\w))", text.plain[found.end() :])  # 8. Klasse is a year of school
    return _quantity(text, found, 0.9) if ends else None


_HOW_MANY_EACH = frozenset({"seater", "string", "slice", "drawer", "burner", "speed", "gear", "way", "ply", "tier"})
"""What is counted of a single thing: five string basses are basses with five strings; 24 pint glasses are 24."""


def _is_head(between: str, tokens: Sequence[Token], head: Mention) -> bool:
    """ "6 windows" where windows are wanted, "2 bar stools": counted, though windows and bars measure elsewhere."""
    is_plural = tokens[head.last].word.endswith("s")
    return not between.strip() and is_plural and (head.length == 1 or tokens[head.first].word not in _HOW_MANY_EACH)


def _is_code(said: str) -> bool:
    """78704, 79098: a postcode; 12000 is a number."""
    return len(said) == 5 and said.isdigit() and int(said) % 50 != 0


def _listed(text: Text, since: int, patterns: dict[str, re.Pattern[str]]) -> Found[Quantity] | None:
    """Toner, 6 cartridges, Telford; double glazing, 5 small windows, Dingle: a number of things between commas."""
    for found in patterns["listed"].finditer(text.plain, since):
        if not _is_measure(text, found, patterns) and not _is_year(found["n"]):
            return _quantity(text, found, 0.9)
    return None


def _alone(
    text: Text, since: int, category: str, patterns: dict[str, re.Pattern[str]], tree: Tree
) -> Found[Quantity] | None:
    """Winter tyres, Leon, 4; antivirus for 3 laptops."""
    found = patterns["alone"].search(text.plain, since)
    if found and text.said(*found.span("n")) != "neuf":  # neuf is nine, and new
        return _quantity(text, found, 0.9)
    found = patterns["for_things"].search(text.plain, since) if tree.within(category, "software") else None
    return _quantity(text, found, 0.9) if found and not _is_measure(text, found, patterns) else None


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
    said = found["n"] or found["n2"] or found["n3"]
    value = int(re.sub(r"\D", "", said))
    return Found(Quantity(Decimal(value), unit), (text.span(*found.span()),), confidence) if value > 1 else None
