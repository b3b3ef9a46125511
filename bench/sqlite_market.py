"""The same matching in SQLite, for comparison: rows beside a table of postings by category and cell.

It holds the index's own rows in the index's own order, is asked the index's own questions, and must give the same
answers. It is tuned as a good database programmer would: clustered, prepared once, all pages in memory, no statistics
(with them SQLite 3.40 builds a Bloom filter over the whole table for each intent, which takes 20 ms).
"""

import sqlite3
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

import numpy as np

from evenhand.matching.cells import How
from evenhand.matching.engine import question as asked
from evenhand.matching.engine.names import ANY_LANGUAGE
from evenhand.matching.engine.question import Question
from evenhand.matching.engine.rows import MORE_LANGUAGES, TAG_KINDS, WORDS
from evenhand.matching.engine.search import Found
from evenhand.matching.engine.segment import Segment
from evenhand.matching.fit import NEUTRAL, WEIGHT_BUDGET, WEIGHT_EXPERIENCE, WEIGHT_NEAR, WEIGHT_VALUES
from evenhand.matching.places import HALF_NEAR_KM, KM_PER_UNIT, NEAR_ANYWHERE, NEAR_IN_COUNTRY
from evenhand.matching.prices import TOP

MASKS = ("values", "languages")
WHOLE = ("lowest", "highest", "x", "y", "z", "chord", "fewest", "most", "until", "price", "conditions", "flags")
WANTED, EXCLUDED, LANGUAGE = range(3)
MOST_KNOWN, MOST_REQUIRED, MOST_LANGUAGES, MOST_WORDS = 6, 3, 2, 30
NOTHING = 63
"""No value of the market has this number, and no language or word one below 0."""

SCHEMA = f"""
CREATE TABLE interest (row INTEGER PRIMARY KEY, id, {", ".join(f'"{name}"' for name in (*MASKS, *WHOLE))}, experience);
CREATE TABLE posting (key INTEGER, row INTEGER, PRIMARY KEY (key, row)) WITHOUT ROWID;
CREATE TABLE evidence (row INTEGER, value INTEGER, until INTEGER, PRIMARY KEY (row, value)) WITHOUT ROWID;
CREATE TABLE tag (row INTEGER, kind INTEGER, tag INTEGER, PRIMARY KEY (row, kind, tag)) WITHOUT ROWID;
"""


def slots(letter: str, count: int) -> str:
    """So many named places for values."""
    return ", ".join(f":{letter}{number}" for number in range(count))


def sum_of_bits(letter: str, count: int) -> str:
    """How many of some bits are set."""
    return " + ".join(f'((i."values" >> :{letter}{number}) & 1)' for number in range(count))


EVIDENCED = "(SELECT count(*) FROM evidence e WHERE e.row = i.row AND e.until >= :day AND e.value IN ({}))"
FOUND = f"""
WITH met AS (
    SELECT i.id, i.experience, i.lowest, i.highest, i.price, p.how, i.chord * i.chord AS own,
        (i.x - :x) * (i.x - :x) + (i.y - :y) * (i.y - :y) + (i.z - :z) * (i.z - :z) AS squared,
        CASE WHEN i.until >= :day THEN {sum_of_bits("k", MOST_KNOWN)}
            ELSE {EVIDENCED.format(slots("k", MOST_KNOWN))} END AS hits
    FROM lookup p CROSS JOIN posting q ON q.key BETWEEN p.first AND p.last CROSS JOIN interest i ON i.row = q.row
    WHERE i.conditions & :conditions AND i.fewest <= :down AND i.most >= :up
        AND (i.price = 0 OR (i.lowest <= :most AND i.highest >= :least))
        AND CASE WHEN i.until >= :day THEN i."values" & :required_mask = :required_mask
            ELSE {EVIDENCED.format(slots("r", MOST_REQUIRED))} = :required END
        AND i.languages & :language_mask
        AND (i.flags & {MORE_LANGUAGES} = 0 OR :speaks = 0 OR i.languages & :language_mask & ~{ANY_LANGUAGE}
            OR EXISTS (SELECT 1 FROM tag t
                WHERE t.row = i.row AND t.kind = {LANGUAGE} AND t.tag IN ({slots("l", MOST_LANGUAGES)})))
        AND (i.flags & {WORDS} = 0 OR NOT EXISTS (SELECT 1 FROM tag t
            WHERE t.row = i.row AND t.kind < {LANGUAGE}
                AND (t.kind = {WANTED}) <> (t.tag IN ({slots("w", MOST_WORDS)}))))
    {{grouped}}
),
fitting AS (
    SELECT id, experience, price, lowest, highest,
        CASE WHEN :wanted = 0 THEN {NEUTRAL} ELSE CAST(hits AS REAL) / :wanted END AS shared,
        CASE how WHEN {How.COUNTRY.value} THEN {NEAR_IN_COUNTRY} WHEN {How.ANYWHERE.value} THEN {NEAR_ANYWHERE}
            ELSE {HALF_NEAR_KM} / ({HALF_NEAR_KM} + sqrt(squared) * {KM_PER_UNIT!r}) END AS near
    FROM met WHERE how > {How.VISITED.value} OR (how = {How.REACHED.value} AND squared <= own)
        OR (how = {How.VISITED.value} AND squared <= :reach AND squared > own)
)
SELECT id, {WEIGHT_VALUES} * shared + {WEIGHT_NEAR} * near + {WEIGHT_BUDGET} * CASE WHEN price = 0 THEN {NEUTRAL}
        WHEN :most >= {TOP} OR :most <= :least THEN 1.0
        ELSE max(CAST(min(highest, :most) - max(lowest, :least) AS REAL) / CAST(:most - :least AS REAL), 0.0) END
    + {WEIGHT_EXPERIENCE} * experience AS score, count(*) OVER () AS total
FROM fitting ORDER BY score DESC, id LIMIT :top
"""
ABOVE_ONLY, ALSO_BELOW = FOUND.format(grouped=""), FOUND.format(grouped="GROUP BY i.row, p.how")


class SqliteMarket:
    """A database file with one segment's rows. Categories have numbers, so that a subtree is an interval."""

    def __init__(self, path: Path) -> None:
        self._database = sqlite3.connect(path)
        self._database.executescript("PRAGMA cache_size = -2000000; PRAGMA mmap_size = 8000000000;")
        self._database.executescript("PRAGMA temp_store = MEMORY; CREATE TEMP TABLE lookup (first, last, how);")

    def load(self, segment: Segment) -> None:
        """Fill the empty file."""
        rows, record = segment.rows, segment.rows.record
        self._database.executescript(f"PRAGMA synchronous = OFF; {SCHEMA}")
        columns = [*(_signed(record[name]) for name in MASKS), *(record[name].tolist() for name in WHOLE)]
        ids, experience = rows.beside["id"].tolist(), rows.beside["experience"].tolist()
        data = zip(range(len(record)), ids, *columns, experience, strict=True)
        self._fill("interest", len(MASKS) + len(WHOLE) + 3, data)
        category = np.repeat(np.arange(len(segment.starts) - 1), np.diff(segment.starts.astype(np.int64)))
        keys = (category << 32) | segment.codes
        order = np.lexsort((segment.post, keys))
        self._fill("posting", 2, zip(keys[order].tolist(), segment.post[order].tolist(), strict=True))
        of_row = np.repeat(np.arange(len(record)), np.diff(rows.evidence.at.astype(np.int64))).tolist()
        evidence = (rows.evidence.flat["value"].tolist(), rows.evidence.flat["until"].tolist())
        self._fill("evidence", 3, zip(of_row, *evidence, strict=True))
        self._fill("tag", 3, _tags(segment))
        self._database.commit()

    def match(self, question: Question, top: int) -> Found:
        """The best, and how many there are in all."""
        numbers = question.numbers.tolist()
        is_below = numbers[asked.BELOW] < numbers[asked.BELOW_END]
        self._database.execute("DELETE FROM lookup")
        self._database.executemany("INSERT INTO lookup VALUES (?, ?, ?)", _lookups(question, numbers))
        found = self._database.execute(
            ALSO_BELOW if is_below else ABOVE_ONLY, _parameters(question, numbers) | {"top": top}
        ).fetchall()
        return Found(tuple(row[0] for row in found), tuple(row[1] for row in found), found[0][2] if found else 0)

    def _fill(self, table: str, width: int, data: Iterable[tuple[object, ...]]) -> None:
        self._database.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * width)})", data)


def _parameters(question: Question, numbers: list[int]) -> dict[str, int]:
    tags = question.tags.tolist()
    required, known_end = numbers[asked.REQUIRED_END], numbers[asked.KNOWN_END]
    required_mask, _, language_mask = _signed(question.masks)
    least, most, _ = question.prices[-1].tolist()  # There is one kind of price.
    return {
        "x": numbers[asked.X],
        "y": numbers[asked.Y],
        "z": numbers[asked.Z],
        "day": numbers[asked.DAY],
        "conditions": numbers[asked.CONDITIONS],
        "down": numbers[asked.PIECES_DOWN],
        "up": numbers[asked.PIECES_UP],
        "least": least,
        "most": most,
        "required_mask": required_mask,
        "required": required,
        "wanted": numbers[asked.WANTED],
        "speaks": numbers[asked.SPEAKS],
        "language_mask": language_mask,
        "reach": numbers[asked.REACH_SQUARED],
        **_padded("r", tags[:required], MOST_REQUIRED),
        **_padded("k", tags[required:known_end], MOST_KNOWN),
        **_padded("l", tags[known_end : numbers[asked.LANGUAGES_END]], MOST_LANGUAGES, nothing=-1),
        **_padded("w", tags[numbers[asked.LANGUAGES_END] :], MOST_WORDS, nothing=-1),
    }


def _padded(letter: str, numbers: list[int], count: int, *, nothing: int = NOTHING) -> dict[str, int]:
    return {f"{letter}{place}": numbers[place] if place < len(numbers) else nothing for place in range(count)}


def _lookups(question: Question, numbers: list[int]) -> list[tuple[int, int, int]]:
    categories = (*numbers[asked.ABOVE :], *range(numbers[asked.BELOW], numbers[asked.BELOW_END]))
    lines = question.lookups.tolist()
    return [(node << 32 | first, node << 32 | last, how) for node in categories for first, last, how in lines]


def _tags(segment: Segment) -> Iterable[tuple[int, int, int]]:
    """Words wanted, words excluded and languages beyond the mask, kind by kind."""
    at, flat = segment.rows.tags.at.tolist(), segment.rows.tags.flat.tolist()
    for row, (start, end) in enumerate(pairwise(at)):
        place = start + TAG_KINDS
        for kind in range(TAG_KINDS - 1) if end > start else ():
            yield from ((row, kind, tag) for tag in flat[place : place + flat[start + kind]])
            place += flat[start + kind]


def _signed(column: np.ndarray) -> list[int]:
    """SQLite's integers have a sign; the bits stay the same."""
    return column.astype(np.uint64).view(np.int64).tolist()
