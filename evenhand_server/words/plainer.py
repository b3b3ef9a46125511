"""Jargon in what somebody is writing, each with a plain replacement; advice beside the text, never in the way."""

from dataclasses import dataclass

from django.http import QueryDict

from evenhand.words.jargon import find_jargon
from evenhand_server.words.sources import jargon

WRITTEN = ("text", "note", "included", *(f"description_{number}" for number in range(1, 10)))
"""The fields of messages and offers that hold somebody's own words."""
MOST_CHARACTERS = 4000
MOST_HINTS = 8


@dataclass(frozen=True, slots=True)
class Hint:
    """What was written, and what is plainer."""

    said: str
    plainer: str


def hints_in(sent: QueryDict) -> list[Hint]:
    """The hints about all words that a form holds, each once, the first ones of many."""
    hints = [hint for name in WRITTEN for hint in hints_of(sent.get(name, ""))]
    return list({hint.plainer + hint.said.casefold(): hint for hint in hints}.values())[:MOST_HINTS]


def hints_of(text: str) -> list[Hint]:
    """The hints about one text; what it quotes of the other side is not its writer's."""
    text = text[:MOST_CHARACTERS].replace("\r\n", "\n")
    return [Hint(text[one.span.start : one.span.end], one.plainer) for one in find_jargon(text, jargon())]
