"""Template words of our own: money, days, codes as sentences, controls of forms, and fresh idempotency keys."""

import json
import secrets
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal

from django import template
from django.forms import BoundField
from django.utils.safestring import SafeString
from django_countries import countries

from evenhand.matching.roughly import roughly
from evenhand.measures import Money
from evenhand.terms.change import Change, change
from evenhand.terms.roster import Terms
from evenhand.words.tree import Tree
from evenhand_server.messages import say, write_category, write_money, write_price, write_terms

register = template.Library()


@register.filter
def sentence(code: str, data: Mapping[str, object] | None = None) -> str:
    """What people read for a code."""
    return say(code, data or {})


@register.filter
def sentences(codes: Iterable[str], before: str = "") -> list[str]:
    """What people read for several codes, in the order of the alphabet; ``before`` stands before each code."""
    return sorted(say(f"{before}{code}") for code in codes)


@register.filter
def in_round_numbers(count: int) -> str:
    """How many sellers, as people are told it."""
    told = roughly(count)
    return say(told.code, told.data)


@register.filter
def country(code: str) -> str:
    """A country's name, for its two letters."""
    return str(countries.name(code)) or code


@register.filter
def kind(node: str) -> str:
    """What people call a kind of thing or service."""
    return write_category(node)


@register.filter
def kinds(tree: Tree) -> list[str]:
    """Every kind to choose from, by its name; where several have the same, with the name above it."""
    nodes = list(tree)
    times = Counter(tree.name(node) for node in nodes)
    return [tree.name(node) if times[tree.name(node)] == 1 else " > ".join(tree.path(node)[-2:]) for node in nodes]


@register.filter
def terms_title(name: str) -> str:
    """What people call an entry of the roster."""
    return write_terms(name)


@register.filter
def moment(written: str) -> datetime | None:
    """The day or the moment that a record writes as text, for the filter ``date``."""
    return datetime.fromisoformat(written) if written else None


@register.filter
def money(minor: int, currency: str) -> str:
    """An amount as people write it."""
    return write_money(Money(minor, currency))


@register.filter
def price(amount: Decimal, currency: str) -> str:
    """The price of one as people write it."""
    return write_price(amount, currency)


@register.filter
def body(record: str) -> dict[str, object]:
    """What a signed record says."""
    said: dict[str, object] = json.loads(record)["body"]
    return said


@register.filter
def changed_to(first: Terms, second: Terms) -> Change:
    """What is different for whoever's data it is when the second terms hold instead of the first."""
    return change(first, second)


@register.filter
def signers(record: str) -> int:
    """How many must sign a record."""
    said: list[str] = json.loads(record)["signers"]
    return len(said)


@register.filter
def described(field: BoundField, hint: str = "") -> str:
    """The ids of the texts beside a field: its hint (a blank one is none), and what is wrong with it."""
    texts = [f"{field.auto_id}_hint"] if hint.strip() else []
    return " ".join([*texts, f"{field.auto_id}_error"] if field.errors else texts)


@register.filter
def control(field: BoundField, hint: str = "") -> SafeString:
    """The control of a field, read aloud together with its hint and what is wrong with it.

    It has a label above it and no words inside, which would be gone as soon as somebody types.
    """
    return field.as_widget(attrs={"placeholder": False, "aria-describedby": described(field, hint) or False})


@register.simple_tag
def fresh_key() -> str:
    """A new idempotency key for a form."""
    return secrets.token_hex(16)
