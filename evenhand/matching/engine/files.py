"""Files: one segment in one file, opened by mapping it into memory, so that several processes share its pages."""

import json
import mmap
import os
from collections.abc import Mapping
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from evenhand.errors import EvenhandError
from evenhand.matching.engine.names import Names
from evenhand.matching.engine.rows import BESIDE, EVIDENCE, RECORD, Ragged, Rows
from evenhand.matching.engine.segment import ALIVE, Segment
from evenhand.plain import FORMAT, Record, RecordUnreadableError, check_format, record_in, texts_in, whole_in

MAGIC = b"EVENHAND"
LENGTH_BYTES = 8
ALIGNED = 64
COLUMNS: Mapping[str, npt.DTypeLike] = {
    "record": RECORD,
    "beside": BESIDE,
    "evidence_at": "<u4",
    "evidence": EVIDENCE,
    "tags_at": "<u4",
    "tags": "<u4",
    "categories_at": "<u4",
    "categories": "<u2",
    "starts": "<u4",
    "codes": "<u4",
    "post": "<u4",
    "spoken": "<u2",
    "by_id": "<u4",
}


class SegmentUnreadableError(EvenhandError):
    """A file is no segment, or not a whole one, or of another format."""

    code = "segment_unreadable"  # data: file


class SegmentStaleError(EvenhandError):
    """A segment was made for another category tree; it has to be made anew from the interests."""

    code = "segment_stale"  # data: file


class Opened(NamedTuple):
    """A segment with the names its numbers stand for, and the number of the last change that is in it."""

    segment: Segment
    names: Names
    upto: int


def save(path: Path, segment: Segment, names: Names, *, categories: tuple[str, ...], upto: int) -> None:
    """Write a segment whose rows are all alive. Whatever happens, the file is the old or the new one, whole."""
    columns = _columns(segment)
    lengths = {name: len(column) for name, column in columns.items()}
    header = {
        "format": FORMAT,
        "upto": upto,
        "categories": categories,
        "names": _names_record(names),
        "lengths": lengths,
    }
    head = json.dumps(header).encode()
    unfinished = path.with_name(f"{path.name}.unfinished")
    with unfinished.open("wb") as file:
        file.write(MAGIC + len(head).to_bytes(LENGTH_BYTES, "little") + head)
        for name, place in _places(len(head), lengths).items():
            file.truncate(place)  # Zeros up to where the column begins, and an end even if the last one is empty.
            file.seek(place)
            file.write(columns[name].tobytes())
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)


def open_segment(path: Path, *, categories: tuple[str, ...]) -> Opened:
    """Open a segment that was made for these categories.

    Raises:
        SegmentUnreadableError: it is no segment, or cut off, or of another format.
        SegmentStaleError: it was made for another category tree.
    """
    try:
        with path.open("rb") as file:
            memory = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_COPY)
        size, header = _header(memory)
        lengths = {name: whole_in(record_in(header, "lengths"), name) for name in COLUMNS}
        places = _places(size, lengths)
        columns = {name: np.frombuffer(memory, COLUMNS[name], lengths[name], place) for name, place in places.items()}
        names, upto = _names_from(record_in(header, "names")), whole_in(header, "upto")
        made_for = texts_in(header, "categories")
    except (ValueError, RecordUnreadableError) as error:
        raise SegmentUnreadableError(file=str(path)) from error
    if made_for != categories:
        raise SegmentStaleError(file=str(path))
    return Opened(_segment(columns), names, upto)


def _header(memory: mmap.mmap) -> tuple[int, Record]:
    start = len(MAGIC) + LENGTH_BYTES
    if memory[: len(MAGIC)] != MAGIC:
        raise RecordUnreadableError(field="")
    size = int.from_bytes(memory[len(MAGIC) : start], "little")
    header = json.loads(memory[start : start + size])
    record = record_in({"header": header}, "header")
    check_format(record)
    return size, record


def _places(head: int, lengths: Mapping[str, int]) -> dict[str, int]:
    """Where each column begins, so aligned that the processor takes whole lines."""
    places, end = {}, len(MAGIC) + LENGTH_BYTES + head
    for name, dtype in COLUMNS.items():
        places[name] = -(-end // ALIGNED) * ALIGNED
        end = places[name] + lengths[name] * np.dtype(dtype).itemsize
    return places


def _columns(segment: Segment) -> dict[str, npt.NDArray[np.generic]]:
    record, beside, evidence, tags, categories = segment.rows
    lists = (evidence.at, evidence.flat, tags.at, tags.flat, categories.at, categories.flat)
    postings = (segment.starts, segment.codes, segment.post, segment.spoken, segment.by_id)
    columns: tuple[npt.NDArray[np.generic], ...] = (record, beside, *lists, *postings)
    return dict(zip(COLUMNS, columns, strict=True))


def _segment(columns: Mapping[str, npt.NDArray[Any]]) -> Segment:
    """Columns as they were saved; what type each has, ``COLUMNS`` says."""
    lists = (Ragged(columns[f"{name}_at"], columns[name]) for name in ("evidence", "tags", "categories"))
    return Segment(
        rows=Rows._make((columns["record"], columns["beside"], *lists)),
        starts=columns["starts"],
        codes=columns["codes"],
        post=columns["post"],
        spoken=columns["spoken"],
        by_id=columns["by_id"],
        died=np.full(len(columns["record"]), ALIVE, np.uint32),
    )


def _names_record(names: Names) -> Record:
    return {
        "values": list(names.values),
        "languages": list(names.languages),
        "terms": list(names.terms),
        "words": list(names.words),
        "prices": list(chain.from_iterable(names.prices)),
    }


def _names_from(record: Record) -> Names:
    values, languages, terms, words = (
        {name: number for number, name in enumerate(texts_in(record, kind))}
        for kind in ("values", "languages", "terms", "words")
    )
    pairs = iter(texts_in(record, "prices"))
    prices = {pair: number for number, pair in enumerate(zip(pairs, pairs, strict=True))}
    return Names(values, languages, terms, words, prices)
