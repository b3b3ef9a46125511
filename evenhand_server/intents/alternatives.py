"""Other readings of a field, one tap away: each as one text that a button sends, and as the form's values again."""

import math
from collections.abc import Callable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from evenhand.measures import Area, Budget, Quantity, distance_km
from evenhand.words.reading import Found
from evenhand_server.intents.describe import describe_budget, describe_day, describe_quantity, plain_number
from evenhand_server.messages import major_text, say
from evenhand_server.words.fields import category_words
from evenhand_server.words.sources import sources

Choice = tuple[str, str]
"""What a button sends, and what people read on it."""

MOST = 3
AT = "@"


def alternatives_of(name: str, found: Found[Any]) -> tuple[Choice, ...]:
    """The other readings of one field; the nearest guess first, none twice."""
    if name == "place":
        return place_choices(found.value, found.alternatives[:MOST])
    write = WRITERS.get(name)
    if write is None:
        return ()
    mine = write(found.value)
    return tuple(dict.fromkeys(one for one in map(write, found.alternatives[:MOST]) if one != mine))


def answer_to(name: str, choice: str) -> dict[str, str | list[str]]:
    """The form's values that one choice means; nothing where the choice is none of ours."""
    read = READERS.get(name)
    return read(choice) if read else {}


def place_choices(chosen: Area, others: Sequence[Area]) -> tuple[Choice, ...]:
    """Places with their country: all of the country that was chosen, and the largest of each other one."""
    largest = {one.country: one for one in reversed(others)}
    told = [one for one in others if one.country == chosen.country or largest[one.country] is one]
    return tuple((place_value(one), place_words(one, chosen)) for one in told)


def place_value(area: Area) -> str:
    """A place so exactly that no other of the same name is meant: Newport, GB@50.70146,-1.29124."""
    return f"{area.name}, {area.country}{AT}{near_text(area)}"


def near_text(area: Area) -> str:
    """Where a place lies, in degrees."""
    return f"{area.lat},{area.lon}"


def place_words(one: Area, chosen: Area) -> str:
    """Newport, US; and where the chosen one is called just so too, "Newport, GB, 155 km to the south-east"."""
    name = f"{one.name}, {one.country}"
    if (one.name, one.country) != (chosen.name, chosen.country):
        return name
    return _("%(place)s, %(km)s km to the %(direction)s") % {
        "place": name,
        "km": f"{distance_km(chosen, one):.0f}",
        "direction": say(f"direction_{direction(chosen, one)}"),
    }


def direction(start: Area, end: Area) -> str:
    """One of eight directions on the map, from one place to another: n, ne, e and so on."""
    east = (end.lon - start.lon) * math.cos(math.radians((start.lat + end.lat) / 2))
    turn = math.degrees(math.atan2(east, end.lat - start.lat))
    return DIRECTIONS[round(turn / 45) % len(DIRECTIONS)]


DIRECTIONS = ("n", "ne", "e", "se", "s", "sw", "w", "nw")


def category_choice(node: str) -> Choice:
    """A kind by the end of its path."""
    return node, " > ".join(sources().tree.path(node)[-2:])


def budget_choice(budget: Budget) -> Choice:
    """A budget as minor units, currency and period: 20000 50000 GBP month."""
    value = f"{budget.least} {budget.most} {budget.currency} {budget.period}".rstrip()
    return value, describe_budget(budget)


def quantity_choice(quantity: Quantity) -> Choice:
    """An amount with its unit, if it has one: 5 kg."""
    return f"{plain_number(quantity.value)} {quantity.unit}".rstrip(), describe_quantity(quantity)


WRITERS: dict[str, Callable[[Any], Choice]] = {
    "category": category_choice,
    "budget": budget_choice,
    "quantity": quantity_choice,
    "needed_by": lambda day: (day.isoformat(), describe_day(day)),
    "conditions": lambda condition: (condition, say(condition)),
}


def read_category(choice: str) -> dict[str, str | list[str]]:
    """As the box for kinds writes it."""
    return {"category": category_words(choice) if choice in sources().tree else choice}


def read_place(choice: str) -> dict[str, str | list[str]]:
    """The place, its country, and where exactly."""
    named, _at, near = choice.partition(AT)
    place, _comma, country = named.rpartition(", ")
    return {"place": place or named, "country": country, "near": near} if named else {}


def read_budget(choice: str) -> dict[str, str | list[str]]:
    """Both ends in major units, the currency, and the period."""
    least, most, currency, period = [*choice.split(" "), "", "", "", ""][:4]
    if not (least.isdecimal() and most.isdecimal() and currency):
        return {}
    return {
        "budget_least": major_text(int(least), currency) if int(least) else "",
        "budget_most": major_text(int(most), currency) if int(most) else "",
        "currency": currency,
        "period": period,
    }


def read_quantity(choice: str) -> dict[str, str | list[str]]:
    """The number, and its unit where one is named."""
    number, _space, unit = choice.partition(" ")
    return {"quantity": number, "unit": unit} if unit else {"quantity": number}


READERS: dict[str, Callable[[str], dict[str, str | list[str]]]] = {
    "category": read_category,
    "place": read_place,
    "budget": read_budget,
    "quantity": read_quantity,
    "needed_by": lambda choice: {"needed_by": choice},
    "conditions": lambda choice: {"conditions": [choice]},
}
