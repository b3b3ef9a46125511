"""Reading a supplier list from a CSV file, whatever a spreadsheet made of it: rows that can be used, and what is wrong.

Nothing here raises for what is in the file: each row that cannot be used comes back as a problem with its number.
"""

import codecs
import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

MOST_BYTES = 1_000_000
MOST_ROWS = 2_000
MOST_PROBLEMS = 50
FIELDS = ("email", "name", "note", "group")
LONGEST = {"email": 254, "name": 120, "note": 500, "group": 60}
HEADINGS: Mapping[str, str] = {
    **dict.fromkeys(("email", "e-mail", "mail", "e-mail address", "email address", "address"), "email"),
    **dict.fromkeys(("name", "company", "business", "seller", "supplier", "shop", "firm"), "name"),
    **dict.fromkeys(("note", "notes", "remark", "comment"), "note"),
    **dict.fromkeys(("group", "groups", "category", "tag"), "group"),
}
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet would run when somebody opens it. Source: OWASP, CSV injection."""
SEPARATORS = ",;\t|"


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, as a code, and where; row 0 is the whole file."""

    code: str
    row: int = 0
    value: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a file says: sellers by field, each mailbox once, and what could not be used."""

    rows: list[dict[str, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_sheet(data: bytes) -> Sheet:
    """The sellers in a CSV file. A file that is too large or no text at all yields none of them."""
    if len(data) > MOST_BYTES:
        return Sheet(problems=[Problem("sheet_too_large")])
    text = decoded(data)
    if text is None:
        return Sheet(problems=[Problem("sheet_no_text")])
    lines = text.splitlines()
    if len(lines) > MOST_ROWS + 1:
        return Sheet(problems=[Problem("sheet_too_long", value=str(MOST_ROWS))])
    try:
        cells = [
            row for row in csv.reader(io.StringIO(text), delimiter=separator_of(lines)) if any(map(str.strip, row))
        ]
    except csv.Error:
        return Sheet(problems=[Problem("sheet_no_text")])
    return sorted_out(cells) if cells else Sheet(problems=[Problem("sheet_empty")])


def decoded(data: bytes) -> str | None:
    """The text of a file as spreadsheets save it: UTF-8, UTF-16 with its mark, else Windows-1252; none for no text."""
    encodings = ["utf-16"] if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if "\x00" in text else text
    return None


def separator_of(lines: list[str]) -> str:
    """What stands between the cells: whichever sign the first line has most of."""
    first = lines[0] if lines else ""
    return max(SEPARATORS, key=first.count)


def sorted_out(cells: list[list[str]]) -> Sheet:
    """Rows by field, under the headings of the first line; without headings, by where the address stands."""
    columns = columns_of(cells[0])
    has_headings = bool(columns)
    if not has_headings:
        columns = guessed_columns(cells)
    if "email" not in columns.values():
        return Sheet(problems=[Problem("sheet_no_mailbox")])
    rows: dict[str, dict[str, str]] = {}
    problems: list[Problem] = []
    for number, row in enumerate(cells[has_headings:], start=1 + has_headings):
        found = {name: " ".join(row[at].split()) if at < len(row) else "" for at, name in columns.items()}
        problem = problem_in(found, number) or repeated(found, rows, number)
        if problem is None:
            rows[found["email"].casefold()] = {name: found.get(name, "") for name in FIELDS}
        elif len(problems) < MOST_PROBLEMS:
            problems.append(problem)
    return Sheet(list(rows.values()), problems)


def columns_of(first: list[str]) -> dict[int, str]:
    """Which field each column holds, by the headings; empty where the first line has none."""
    named = {
        at: HEADINGS[cell.strip().casefold()] for at, cell in enumerate(first) if cell.strip().casefold() in HEADINGS
    }
    return named if "email" in named.values() else {}


def guessed_columns(cells: list[list[str]]) -> dict[int, str]:
    """The column with an at sign holds addresses; of the others the first is the name, the next the note."""
    at = next((at for at, cell in enumerate(cells[0]) if "@" in cell), None)
    if at is None:
        return {}
    others = [other for other in range(len(cells[0])) if other != at]
    return {at: "email", **dict(zip(others, FIELDS[1:], strict=False))}


def problem_in(found: Mapping[str, str], number: int) -> Problem | None:
    """Why a row cannot be used, if so."""
    for name, value in found.items():
        if value.startswith(FORMULA):
            return Problem("row_formula", number, value[:40])
        if len(value) > LONGEST[name]:
            return Problem("row_too_long", number, value[:40])
        if not value.isprintable():
            return Problem("row_no_text", number)
    return None if is_mailbox(found["email"]) else Problem("row_no_mailbox", number, found["email"][:40])


def repeated(found: Mapping[str, str], rows: Mapping[str, object], number: int) -> Problem | None:
    """A mailbox that stands further up already."""
    return Problem("row_twice", number, found["email"]) if found["email"].casefold() in rows else None


def is_mailbox(text: str) -> bool:
    """Whether this can be an e-mail address."""
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def read_pasted(text: str) -> Sheet:
    """Addresses as people paste them: one a line, or with commas between, also as “Hull Cycles <sales@…>”."""
    rows: dict[str, dict[str, str]] = {}
    problems: list[Problem] = []
    for number, part in enumerate(parts_of(text), start=1):
        name, _, address = part.rpartition("<") if part.endswith(">") else ("", "", part)
        email = address.rstrip(">").strip()
        if not is_mailbox(email):
            problems.append(Problem("row_no_mailbox", number, part[:40]))
        else:
            rows.setdefault(email.casefold(), {"email": email, "name": name.strip(' "')[: LONGEST["name"]]})
    return Sheet(list(rows.values()), problems[:MOST_PROBLEMS])


def parts_of(text: str) -> Iterable[str]:
    """What stands between line ends, commas and semicolons."""
    cut = text.replace("\n", ",").replace("\r", ",").replace(";", ",").replace("\t", ",")
    return (part.strip() for part in cut.split(",") if part.strip())
