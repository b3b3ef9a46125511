"""Reading a directory from a CSV file: which columns there are, which they probably are, and what a row says."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from evenhand_server.words.fields import category_called
from evenhand_server.words.sources import place_called

MOST_BYTES = 5_000_000
MOST_ROWS = 20_000
FIELDS = ("name", "email", "category", "place", "country")
NEEDED = ("name", "email", "category", "place")
HEADINGS: Mapping[str, tuple[str, ...]] = {
    "name": ("name", "business", "company", "shop", "title"),
    "email": ("email", "e-mail", "mail", "contact"),
    "category": ("category", "kind", "trade", "sells", "type"),
    "place": ("place", "town", "city", "where"),
    "country": ("country",),
}
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet would run. Source: OWASP, CSV injection."""


class UnreadableError(ValueError):
    """A file that is no directory; its text is the code of the sentence that says why."""


@dataclass(frozen=True, slots=True)
class Known:
    """One business as a row says it."""

    name: str
    email: str
    category: str
    place: str
    country: str
    lat: float
    lon: float


def read_file(data: bytes) -> list[list[str]]:
    """The rows of a file as a spreadsheet saves it, the headings first."""
    if len(data) > MOST_BYTES:
        raise UnreadableError("directory_too_large")
    if b"\x00" in data:
        raise UnreadableError("directory_no_text")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    head = text.split("\n", 1)[0]
    separator = max(",;\t|", key=head.count)
    try:
        rows = [row for row in csv.reader(io.StringIO(text), delimiter=separator) if any(map(str.strip, row))]
    except csv.Error as error:
        raise UnreadableError("directory_no_text") from error
    if len(rows) < 2:
        raise UnreadableError("directory_empty")
    if len(rows) > MOST_ROWS + 1:
        raise UnreadableError("directory_too_long")
    return [[cell.strip()[:254] for cell in row] for row in rows]


def guess(header: Sequence[str]) -> dict[str, int]:
    """Which column is probably what, by its heading."""
    plain = [heading.casefold() for heading in header]
    found: dict[str, int] = {}
    for field, words in HEADINGS.items():
        for number, heading in enumerate(plain):
            if heading in words and number not in found.values():
                found.setdefault(field, number)
    return found


def read_row(row: Sequence[str], mapping: Mapping[str, int], country: str) -> Known | None:
    """What a row says, or nothing where it cannot be used: no address, or a kind or a place that nobody knows."""
    said = {field: row[number] if number < len(row) else "" for field, number in mapping.items()}
    name, email = said["name"].replace("\x00", "")[:120], said["email"].lower()
    if not name or name.startswith(FORMULA) or not is_email(email):
        return None
    kind = category_called(said["category"].strip())
    where = place_called(said["place"], (said.get("country") or country).upper()[:2], radius_km=1)
    if not kind or where is None:
        return None
    return Known(name, email, kind, where.name, where.country, where.lat, where.lon)


def is_email(text: str) -> bool:
    """Whether this is an address of mail."""
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True
