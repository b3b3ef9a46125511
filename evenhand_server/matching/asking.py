"""Asking: a wish as the values that the statement is given, and the question itself."""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import psycopg
from django.db import connection

from evenhand.intents.wish import Wish
from evenhand.matching import conditions, pieces, prices
from evenhand.matching.cells import lookups
from evenhand.matching.places import point, reach
from evenhand.matching.rates import NO_RATES, Rates
from evenhand.words.tree import Tree
from evenhand_server.interests.filing import (
    CONDITION_BITS,
    LANGUAGE_BITS,
    OTHER_LANGUAGES,
    WORDS_ONLY,
    category_number,
    key_of,
    language_bits,
)
from evenhand_server.matching.sql import Shape, statement

NEVER_MORE_PIECES = 2**40
Value = int | str | Sequence[object]
AnswerRow = tuple[int, int, float, int, int, int]


class Best(NamedTuple):
    """A vendor's best interest: its version, whose it is, how well it fits, and whether the terms are accepted."""

    version_id: int
    vendor_id: int
    score: float
    accepts_terms: bool


@dataclass(frozen=True, slots=True)
class Found:
    """The best vendors, how many fit in all, and how many of these accept the terms."""

    best: tuple[Best, ...] = ()
    total: int = 0
    accepting: int = 0


@dataclass(frozen=True, slots=True)
class Question:
    """A wish and whom not to ask."""

    wish: Wish
    on: date
    proffered: str
    but_not: frozenset[int] = frozenset()


def find(question: Question, *, top: int, tree: Tree, rates: Rates = NO_RATES) -> Found:
    """The vendors that fit, best first, ties by id: what ``fit`` says of every interest that stands now."""
    shape, values = put(question, tree, rates)
    return found_in(_rows(statement(shape, connection.vendor), values | {"top": max(top, 1)}), top)


def put(question: Question, tree: Tree, rates: Rates = NO_RATES) -> tuple[Shape, dict[str, Value]]:
    """The shape of the statement, and the values that it is given."""
    wish = question.wish
    shape = Shape(
        has_budget=wish.budget is not None,
        wants_values=bool(wish.values | wish.required_values),
        requires_values=bool(wish.required_values),
        speaks=bool(wish.languages),
        speaks_others=bool(wish.languages - LANGUAGE_BITS.keys()),
    )
    return shape, _values(question, tree) | _compared(wish, rates)


def found_in(rows: Sequence[AnswerRow], top: int) -> Found:
    """What the statement answered."""
    best = tuple(Best(row[0], row[1], row[2], bool(row[3])) for row in rows[:top])
    return Found(best, int(rows[0][4]), int(rows[0][5])) if rows else Found()


def _values(question: Question, tree: Tree) -> dict[str, Value]:
    wish, area = question.wish, question.wish.area
    x, y, z = point(area.lat, area.lon) if area.is_circle else (0, 0, 0)
    down, up = pieces.wanted(wish) or (NEVER_MORE_PIECES, -1)
    wanted = wish.values | wish.required_values
    return {
        "lookups": _lookups(wish, tree),
        "conditions": sum(CONDITION_BITS[name] for name in conditions.acceptable(wish, tree)),
        "down": down,
        "up": up,
        "x": x,
        "y": y,
        "z": z,
        "reach": reach(area.radius_km) ** 2 if area.is_circle else 0,
        "languages": language_bits(wish.languages) & ~OTHER_LANGUAGES,
        "other_languages": sorted(wish.languages - LANGUAGE_BITS.keys()),
        "others": sorted(question.but_not),
        "wanted": sorted(wanted),
        "wants": len(wanted),
        "required": sorted(wish.required_values),
        "requires": len(wish.required_values),
        "day": question.on.isoformat(),
        "words": sorted(wish.words),
        "terms": question.proffered,
    }


def _lookups(wish: Wish, tree: Tree) -> list[tuple[int, int, int]]:
    """Ranges of keys: the wish's own node, those above, those below unless it is a root, and words alone."""
    above = tree.ancestors(wish.category)
    numbers = [WORDS_ONLY, *(category_number(node) for node in above)]
    if len(above) > 1:
        numbers += [category_number(node) for node in below(tree, wish.category)]
    lines = lookups(wish.area)
    return [(key_of(number, first), key_of(number, last), int(how)) for number in numbers for first, last, how in lines]


def below(tree: Tree, node: str) -> list[str]:
    """All nodes under one."""
    found = list(tree.children(node))
    for child in found:
        found += tree.children(child)
    return found


def _compared(wish: Wish, rates: Rates) -> dict[str, Value]:
    """What the budget allows in each kind of price that it can be compared with."""
    if wish.budget is None:
        return {}
    currencies = {wish.budget.currency, *rates.per_reference}
    periods = {wish.budget.period, *prices.BY_THE_PIECE}
    kinds = ((currency, period) for currency in sorted(currencies) for period in sorted(periods))
    allowed = ((kind, prices.affordable(wish, currency=kind[0], period=kind[1], rates=rates)) for kind in kinds)
    return {"budgets": [(*kind, *budget) for kind, budget in allowed if budget]}


def _rows(text: str, values: Mapping[str, Value]) -> list[AnswerRow]:
    """Ask the database without what Django puts between: a statement is prepared once and then kept.

    PostgreSQL gets every value as text, because it would prepare anew for each size of a number.
    """
    connection.ensure_connection()
    raw = connection.connection
    if connection.vendor != "postgresql":
        given = {name: _json(value) if isinstance(value, list) else value for name, value in values.items()}
        with connection.wrap_database_errors:
            return sqlite3.Connection.cursor(raw).execute(text, given).fetchall()
    raw.prepare_threshold = 0  # Django's own cursors never prepare, whatever this says.
    with connection.wrap_database_errors, psycopg.Cursor(raw) as cursor:
        cursor.execute(text, as_texts(values))
        return cursor.fetchall()


def _json(value: object) -> str:
    return json.dumps(value)


def as_texts(values: Mapping[str, Value]) -> dict[str, str]:
    """Every value as PostgreSQL writes it."""
    firsts, lasts, hows = zip(*_list(values["lookups"]), strict=True)
    budgets = _list(values.get("budgets", []))
    columns = {name: [line[place] for line in budgets] for place, name in enumerate(BUDGET_COLUMNS)}
    split = {**values, "firsts": firsts, "lasts": lasts, "hows": hows, **columns}
    return {
        name: _array(value) if isinstance(value, list | tuple) else str(value)
        for name, value in split.items()
        if name not in {"lookups", "budgets"}
    }


def _list(value: Value) -> list[Sequence[int | str]]:
    return value if isinstance(value, list) else []


def _array(values: Sequence[object]) -> str:
    """A list as PostgreSQL writes arrays."""
    escaped = (str(value).replace("\\", "\\\\").replace('"', '\\"') for value in values)
    return "{" + ",".join(f'"{value}"' for value in escaped) + "}"


BUDGET_COLUMNS = ("currencies", "periods", "leasts", "mosts")
