"""Template words of our own: money, codes as sentences, and fresh idempotency keys."""

import secrets
from collections.abc import Mapping

from django import template

from evenhand.measures import Money
from evenhand_server.messages import say, write_money

register = template.Library()


@register.filter
def sentence(code: str, data: Mapping[str, object] | None = None) -> str:
    """What people read for a code."""
    return say(code, data or {})


@register.filter
def money(minor: int, currency: str) -> str:
    """An amount as people write it."""
    return write_money(Money(minor, currency))


@register.simple_tag
def fresh_key() -> str:
    """A new idempotency key for a form."""
    return secrets.token_hex(16)
