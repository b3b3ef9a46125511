"""Chips: what was understood of a sentence, field by field, beside the words it came from."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from django.utils.translation import gettext as _

from evenhand.words.reading import Found, Reading, ReadWish, Span
from evenhand_server.intents.describe import describe_area, describe_budget, describe_day, describe_quantity
from evenhand_server.messages import say
from evenhand_server.words.sources import sources

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Chip:
    """One field as understood: its value as people write it, how sure we are, and other readings."""

    field: str
    label: str
    value: str
    is_sure: bool = True
    is_corrected: bool = False
    spans: tuple[Span, ...] = ()
    alternatives: tuple[str, ...] = ()

    @property
    def marks(self) -> str:
        """Where in the sentence it was said, as start-end pairs."""
        return " ".join(f"{span.start}-{span.end}" for span in self.spans)


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of the sentence; ``field`` names the chip it belongs to, empty for other words."""

    text: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A doubt as a question with choices, each a value and what people read for it."""

    field: str
    sentence: str
    choices: tuple[tuple[str, str], ...] = ()


def chips_of(read: ReadWish) -> list[Chip]:
    """The chips of one wish, in the order of the form."""
    single = (
        chip("category", read.category, category_name),
        chip("place", read.place, describe_area),
        chip("budget", read.budget, describe_budget),
        chip("quantity", read.quantity, describe_quantity),
        chip("needed_by", read.needed_by, describe_day),
        chip("conditions", read.condition, say),
    )
    several = (
        *(chip("conditions", found, say) for found in read.tolerances),
        *(chip("values", found, say) for found in read.values),
        *(chip("must_haves", found, str) for found in read.must_haves),
        *(chip("nice_to_haves", found, str) for found in read.nice_to_haves),
        *(chip("exclusions", found, str) for found in read.exclusions),
    )
    return [one for one in (*single, *several) if one is not None]


def chip(name: str, found: Found[T] | None, describe: Callable[[T], str]) -> Chip | None:
    """The chip of one field, or none where nothing was said."""
    if found is None:
        return None
    return Chip(
        name,
        say(f"field_{name}"),
        describe(found.value),
        is_sure=found.is_sure,
        spans=found.spans,
        alternatives=tuple(describe(other) for other in found.alternatives[:3]),
    )


def category_name(node: str) -> str:
    """The path of a category from the second level on, such as Cycling > Bicycles > Mountain Bikes."""
    path = sources().tree.path(node)
    return " > ".join(path[-2:])


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
        pieces.append(Piece(reading.text[start:end], name))
        at = end
    return [*pieces, Piece(reading.text[at:])] if at < len(reading.text) else pieces


def questions_of(reading: Reading, answered: set[str]) -> list[Question]:
    """The doubts that were not yet answered, as questions."""
    tree = sources().tree
    questions = []
    for doubt in reading.doubts:
        name = FORM_FIELD.get(doubt.field, doubt.field)
        if name in answered:
            continue
        names = tuple((one, " > ".join(tree.path(one)[-2:]) if one in tree else say(one)) for one in doubt.choices)
        questions.append(Question(name, say(f"doubt_{doubt.code}", doubt.data), names))
    return questions


FORM_FIELD = {"condition": "conditions", "budget": "budget_most"}
"""Where the form calls a field of the reading by another name."""


def answer_to(name: str, choice: str) -> dict[str, str | list[str]]:
    """The form's values that one choice means."""
    if name == "conditions":
        return {name: [choice]}
    if name == "place":
        place, _comma, country = choice.rpartition(", ")
        return {"place": place or choice, "country": country}
    return {name: choice}


def held_back_of(reading: Reading) -> list[tuple[str, str]]:
    """What will be cut from the words before sellers see them: what it is, and the words."""
    return [(say(f"held_{one.kind}"), reading.text[one.span.start : one.span.end]) for one in reading.held_back]


def language_note(reading: Reading) -> str:
    """What to say when the language was not understood."""
    return "" if reading.language else _("We did not recognise the language, so please fill in the fields yourself.")
