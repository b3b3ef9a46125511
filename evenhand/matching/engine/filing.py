"""Filing: the codes of many rows at once, the same that ``codes_of`` gives for each."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from evenhand.matching import cells
from evenhand.matching.engine.rows import CIRCLE, WHOLE_COUNTRY, Rows
from evenhand.matching.places import UNITS
from evenhand.measures import EARTH_RADIUS_KM

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]
Filed = tuple[Whole, Whole]
"""Rows, and a code for each; a row stands as often as it has codes."""


def filed(rows: Rows) -> Filed:
    """Every row with each of its codes."""
    flags = rows.record["flags"]
    circles = np.flatnonzero(flags & CIRCLE)
    countries = np.flatnonzero(flags & WHOLE_COUNTRY)
    anywhere = np.flatnonzero((flags & (CIRCLE | WHOLE_COUNTRY)) == 0)
    parts = [
        *_filed_circles(rows, circles),
        (circles, cells.HOME_COUNTRY + rows.beside["country"][circles].astype(np.int64)),
        (countries, cells.COUNTRY + rows.beside["country"][countries].astype(np.int64)),
        (anywhere, np.full(len(anywhere), cells.ANYWHERE, np.int64)),
    ]
    return np.concatenate([part[0] for part in parts]), np.concatenate([part[1] for part in parts])


def _filed_circles(rows: Rows, circles: Whole) -> Iterator[Filed]:
    record = rows.record[circles]
    x, y, z = (record[axis].astype(np.float64) for axis in ("x", "y", "z"))
    lat, lon = np.degrees(np.arcsin(np.clip(z / UNITS, -1, 1))), np.degrees(np.arctan2(y, x))
    angle = 2 * np.arcsin(np.minimum(1, record["chord"] / (2 * UNITS)))
    level = np.searchsorted(np.array(cells.GRIDS_KM), angle * EARTH_RADIUS_KM)
    high = np.degrees(angle) * cells.SLACK + cells.SLACK_DEGREES
    wide = (level == len(cells.GRIDS)) | (np.abs(lat) + high >= cells.POLAR_DEGREES)
    for number in range(len(cells.GRIDS)):
        here = np.flatnonzero((level == number) & ~wide)
        for places, code in _cover(number, lat[here], lon[here], angle[here]):
            yield circles[here[places]], code
    yield circles[wide], np.full(int(wide.sum()), cells.WIDE, np.int64)
    for places, code in _cover(cells.HOME_GRID, lat, lon, np.zeros(len(lat)), kind=cells.HOME):
        yield circles[places], code


def _cover(number: int, lat: Floats, lon: Floats, angle: Floats, *, kind: int = 0) -> Iterator[Filed]:
    """The cells of one grid that each circle touches; where the angle is 0, the cell of its centre alone."""
    grid = cells.GRIDS[number]
    columns, starts = np.array(grid.columns), np.array(grid.starts) + (kind or number << cells.SHIFT)
    slack = cells.SLACK_DEGREES * (angle > 0)
    high, slim = np.degrees(angle) * cells.SLACK + slack, np.cos(np.radians(lat))
    wide = np.degrees(np.arcsin(np.minimum(1, np.sin(angle) / slim))) * cells.SLACK + slack / slim
    south, north = (_rows_of(grid, edge) for edge in (lat - high, lat + high))
    for up in range(int((north - south).max(initial=-1)) + 1):
        places = np.flatnonzero(south + up <= north)
        row = (south + up)[places]
        around = columns[row]
        west, east = (_column(edge[places], around) for edge in (lon - wide, lon + wide))
        east = np.minimum(east, west + around - 1)
        for along in range(int((east - west).max(initial=-1)) + 1):
            inside = west + along <= east
            yield places[inside], (starts[row] + (west + along) % around)[inside]


def _rows_of(grid: cells.Grid, lat: Floats) -> Whole:
    return np.clip(np.floor((lat + 90) / 180 * grid.rows).astype(np.int64), 0, grid.rows - 1)


def _column(lon: Floats, around: Whole) -> Whole:
    return np.floor((lon + 180) / 360 * around).astype(np.int64)
