"""Chips: what was understood of a sentence, field by field, beside the words it came from."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from evenhand.words.reading import Doubt, Reading, Span
from evenhand_server.intents.alternatives import Choice, alternatives_of
from evenhand_server.intents.describe import describe_area, describe_budget, describe_day, describe_quantity
from evenhand_server.intents.meant import Meant
from evenhand_server.messages import say
from evenhand_server.words.sources import sources


@dataclass(frozen=True, slots=True)
class Chip:
    """One field as understood: its value as people write it, how sure we are, and other readings."""

    field: str
    label: str
    value: str
    is_sure: bool = True
    is_corrected: bool = False
    spans: tuple[Span, ...] = ()
    alternatives: tuple[Choice, ...] = ()

    @property
    def marks(self) -> str:
        """Where in the sentence it was said, as start-end pairs."""
        return " ".join(f"{span.start}-{span.end}" for span in self.spans)


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of the sentence; ``field`` names the chip it belongs to, empty for other words; ``mark`` is its span."""

    text: str
    field: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A doubt as a question with choices, each a value and what people read for it."""

    field: str
    sentence: str
    choices: tuple[tuple[str, str], ...] = ()


def chips_of(fields: list[Meant]) -> list[Chip]:
    """The chips of one wish, in the order of the form."""
    return [chip(one) for one in fields]


def chip(one: Meant) -> Chip:
    """The chip of one field."""
    return Chip(
        one.field,
        say(f"field_{one.field}"),
        DESCRIBE.get(one.field, str)(one.found.value),
        is_sure=one.found.is_sure,
        is_corrected=one.is_corrected,
        spans=one.found.spans,
        alternatives=alternatives_of(one.field, one.found),
    )


def category_name(node: str) -> str:
    """The path of a category from the second level on, such as Cycling > Bicycles > Mountain Bikes."""
    path = sources().tree.path(node)
    return " > ".join(path[-2:])


DESCRIBE: dict[str, Callable[[Any], str]] = {
    "category": category_name,
    "place": describe_area,
    "budget": describe_budget,
    "quantity": describe_quantity,
    "needed_by": describe_day,
    "conditions": say,
    "values": say,
}


def pieces_of(reading: Reading, chips: list[Chip]) -> list[Piece]:
    """The sentence cut at the chips' spans; where two overlap the earlier one keeps its words."""
    spans = sorted((span.start, span.end, one.field) for one in chips for span in one.spans)
    spans += [(held.span.start, held.span.end, "held_back") for held in reading.held_back]
    pieces, at = [], 0
    for start, end, name in sorted(spans):
        if start < at or end <= start:
            continue
        if start > at:
            pieces.append(Piece(reading.text[at:start]))
        pieces.append(Piece(reading.text[start:end], name, f"{start}-{end}"))
        at = end
    return [*pieces, Piece(reading.text[at:])] if at < len(reading.text) else pieces


def questions_of(doubts: Sequence[Doubt], answered: set[str]) -> list[Question]:
    """The doubts that were not yet answered, as questions."""
    tree = sources().tree
    questions = []
    for doubt in doubts:
        name = FORM_FIELD.get(doubt.field, doubt.field)
        if name in answered:
            continue
        names = tuple((one, " > ".join(tree.path(one)[-2:]) if one in tree else say(one)) for one in doubt.choices)
        questions.append(Question(name, say(f"doubt_{doubt.code}", doubt.data), names))
    return questions


FORM_FIELD = {"condition": "conditions", "budget": "budget_most"}
"""Where the form calls a field of the reading by another name."""


def held_back_of(reading: Reading) -> list[tuple[str, str]]:
    """What will be cut from the words before sellers see them: what it is, and the words."""
    return [(say(f"held_{one.kind}"), reading.text[one.span.start : one.span.end]) for one in reading.held_back]


def language_note(reading: Reading) -> str:
    """What to say when the language was not understood."""
    return "" if reading.language else _("We did not recognise the language, so please fill in the fields yourself.")
