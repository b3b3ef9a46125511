"""What programs may send and get: strict values, bounded as the database keeps them, and nothing else."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, GetCoreSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

LARGEST_AMOUNT = 10**15
"""Minor units; every database and every reader of JSON counts whole numbers this far exactly."""
DAY = re.compile(r"\d{4}-\d\d-\d\d")
NO_LETTERS = re.compile(r"[\x00\ud800-\udfff]")
LINE_ENDS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


class Asked(BaseModel):
    """What a program sends: nothing is guessed or converted, and a field that nobody asked for is refused."""

    model_config = ConfigDict(strict=True, extra="forbid")


class Shown(BaseModel):
    """What a program gets."""


@dataclass(frozen=True)
class OneOf:
    """One of these words and nothing else."""

    words: tuple[str, ...]

    def __get_pydantic_core_schema__(self, _source: Any, _handler: GetCoreSchemaHandler) -> CoreSchema:
        """A choice, in validation as in the description."""
        return core_schema.literal_schema(list(self.words))


def one_of(choices: Iterable[tuple[Any, Any]]) -> OneOf:
    """The choices of a form, without what people read for them."""
    return OneOf(tuple(str(value) for value, _ in choices))


def of_letters(text: str) -> str:
    """Null characters and lone surrogates are no letters, and no database keeps them."""
    if NO_LETTERS.search(text):
        raise PydanticCustomError("no_letter", "Null characters and lone surrogates are no letters.")
    return text


def not_blank(text: str) -> str:
    """Blank words are no words."""
    if not text.strip():
        raise PydanticCustomError("blank", "Write some words.")
    return text


def on_one_line(text: str) -> str:
    """No line ends and no control characters, so that a list stays the list it was."""
    if LINE_ENDS.search(text):
        raise PydanticCustomError("line_end", "Write this on one line.")
    return text


def read_day(value: object) -> object:
    """A day as ISO 8601 writes it, and in no other way."""
    if not isinstance(value, str) or not DAY.fullmatch(value):
        raise PydanticCustomError("day", "Write a day such as 2026-11-22.")
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise PydanticCustomError("day", "Write a day such as 2026-11-22.") from error


def described(pattern: str) -> Any:
    """A pattern for the description only: the validator beside it says in words what is wrong."""
    return Field(json_schema_extra={"pattern": pattern})


Text = Annotated[str, AfterValidator(of_letters), described(r"^[^\x00]*$")]
Words = Annotated[str, AfterValidator(of_letters), AfterValidator(not_blank), Field(min_length=1), described(r"\S")]
Line = Annotated[str, AfterValidator(on_one_line), described(r"^[^\x00-\x1f\x7f-\x9f\u2028\u2029]*$")]
Day = Annotated[date, BeforeValidator(read_day, json_schema_input_type=date)]
Id = Annotated[str, Field(pattern=r"^[0-9a-f]{32}$", examples=["0123456789abcdef0123456789abcdef"])]
Country = Annotated[str, Field(pattern=r"^([A-Z]{2})?$", description="Two letters, such as GB", examples=["GB"])]
Minor = Annotated[int, Field(ge=0, le=LARGEST_AMOUNT, description="Minor units, such as pence")]
Number = Annotated[str, Field(pattern=r"^[0-9]{1,9}(\.[0-9]{1,3})?$", description="A decimal", examples=["1", "2.5"])]
