"""Cells: the keys under which a place is filed and looked up, the same for SQL and for the index in memory.

Each interest is filed under the codes of ``codes_of``; a wish looks up the ranges of ``lookups``. What a range finds is
close, not exact: each hit is then compared as its ``How`` says, and nothing is found twice that passes.
"""

import math
import zlib
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from evenhand.matching.places import UNITS, Point, point, reach
from evenhand.measures import EARTH_RADIUS_KM, Area

KM_PER_DEGREE = math.pi * EARTH_RADIUS_KM / 180
GRIDS_KM = (8.0, 32.0, 128.0, 512.0)
"""A circle is filed in the finest grid whose cells are at least its radius wide, so in nine cells at most."""
SHIFT = 28
HOME, HOME_COUNTRY, COUNTRY, REST = (kind << SHIFT for kind in (4, 5, 6, 7))
"""Kinds of codes beside the four grids: where a circle's centre lies, in which country, whole countries, the rest."""
WIDE, ANYWHERE = REST, REST + 1
HOME_GRID = 1
"""Centres are filed in this grid: coarse enough for few ranges, fine enough for few strangers."""
MOST_HOME_ROWS = 16
"""A wish that would look through more rows of cells than this looks through all homes at once."""
POLAR_DEGREES = 89.0
SLACK = 1.0005
SLACK_DEGREES = 1e-5
"""A metre more than needed, so that no rounding loses an edge."""
LETTERS = " -0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
LONGEST_COUNTRY = 5


Box = tuple[float, float, float, float]
"""South, north, west and east, in degrees."""


class How(IntEnum):
    """What must hold for a hit, and how near it is."""

    REACHED = 0  # The wish's centre lies in the interest's circle.
    VISITED = 1  # The interest's centre lies in the wish's circle, and not the other way round.
    COUNTRY = 2  # Nothing more: the country agrees.
    ANYWHERE = 3  # Nothing more: a side named no place.


REACHED, VISITED, IN_COUNTRY, NO_PLACE = How

Lookup = tuple[int, int, How]
"""A range of codes, from the first to the last, both included, and how what it finds has to be compared."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of equal height; each row is cut into cells of at least equal width. ``starts`` numbers the first cells."""

    rows: int
    columns: tuple[int, ...]
    starts: tuple[int, ...]

    def row(self, lat: float) -> int:
        """The row of a latitude."""
        return min(self.rows - 1, max(0, int((lat + 90) / 180 * self.rows)))

    def cell(self, lat: float, lon: float) -> int:
        """The cell of a place."""
        row = min(self.rows - 1, max(0, int((lat + 90) / 180 * self.rows)))
        columns = self.columns[row]
        return self.starts[row] + math.floor((lon + 180) / 360 * columns) % columns

    def ranges(self, box: "Box") -> list[tuple[int, int]]:
        """The first and last cell of each row that a box touches; across the date line two pairs for a row."""
        south, north, west, east = box
        ranges, left, right = [], (west + 180) / 360, (east + 180) / 360
        rows = slice(self.row(south), self.row(north) + 1)
        for columns, start in zip(self.columns[rows], self.starts[rows], strict=True):
            first = math.floor(left * columns)
            last = min(math.floor(right * columns), first + columns - 1)
            first, last = first % columns, last % columns
            if first <= last:
                ranges.append((start + first, start + last))
            else:
                ranges += [(start, start + last), (start + first, start + columns - 1)]
        return ranges


def _grid(cell_km: float) -> Grid:
    rows = math.ceil(180 * KM_PER_DEGREE / cell_km)
    columns, starts, number = [], [], 0
    for row in range(rows):
        edges = (abs(-90 + 180 * edge / rows) for edge in (row, row + 1))
        around = 360 * KM_PER_DEGREE * math.cos(math.radians(min(max(edges), 89.999)))
        columns.append(max(1, math.floor(around / cell_km)))
        starts.append(number)
        number += columns[-1]
    return Grid(rows, tuple(columns), tuple(starts))


GRIDS = tuple(_grid(cell_km) for cell_km in GRIDS_KM)


def codes_of(area: Area) -> tuple[int, ...]:
    """The codes that an interest with this area is filed under, each below 2**31."""
    if area.is_anywhere:
        return (ANYWHERE,)
    if not area.is_circle:
        return (COUNTRY + country_code(area.country),)
    centre = point(area.lat, area.lon)
    home = HOME + GRIDS[HOME_GRID].cell(*degrees(centre))
    return (*_reach_codes(centre, reach(area.radius_km)), home, HOME_COUNTRY + country_code(area.country))


def lookups(area: Area) -> tuple[Lookup, ...]:
    """The ranges of codes that a wish with this area looks through, in ascending order."""
    if area.is_anywhere:
        homes, countries = (HOME, HOME_COUNTRY - 1, NO_PLACE), (COUNTRY, REST - 1, NO_PLACE)
        return homes, countries, (ANYWHERE, ANYWHERE, NO_PLACE)
    number = country_code(area.country)
    country, anywhere = (COUNTRY + number, COUNTRY + number, IN_COUNTRY), (ANYWHERE, ANYWHERE, NO_PLACE)
    if not area.is_circle:
        return (HOME_COUNTRY + number, HOME_COUNTRY + number, IN_COUNTRY), country, anywhere
    centre = point(area.lat, area.lon)
    lat, lon = degrees(centre)
    cells = [(level << SHIFT) + grid.cell(lat, lon) for level, grid in enumerate(GRIDS)]
    return (
        *[(cell, cell, REACHED) for cell in cells],
        *[(HOME + first, HOME + last, VISITED) for first, last in _homes(lat, lon, reach(area.radius_km))],
        country,
        (WIDE, WIDE, REACHED),
        anywhere,
    )


@lru_cache(maxsize=1024)
def country_code(country: str) -> int:
    """A country as a number below 2**28: exact for up to five letters, digits and hyphens, as ISO 3166 has them."""
    letters = country.upper()
    if len(letters) <= LONGEST_COUNTRY and letters == country and all(letter in LETTERS[1:] for letter in letters):
        code = 0
        for letter in letters:
            code = code * len(LETTERS) + LETTERS.index(letter)
        return code
    exact: int = len(LETTERS) ** LONGEST_COUNTRY
    return exact + zlib.crc32(country.encode("utf-8", "surrogatepass")) % ((1 << SHIFT) - exact)


def degrees(centre: Point) -> tuple[float, float]:
    """Latitude and longitude of a point: what all cells are computed from, so that they agree."""
    x, y, z = centre
    return math.degrees(math.asin(max(-1.0, min(1.0, z / UNITS)))), math.degrees(math.atan2(y, x))


def _reach_codes(centre: Point, chord: int) -> list[int]:
    """The cells that a circle touches in its own grid; circles that are wide or near a pole are filed as wide."""
    angle = 2 * math.asin(min(1.0, chord / (2 * UNITS)))
    level = next((level for level, km in enumerate(GRIDS_KM) if angle * EARTH_RADIUS_KM <= km), None)
    box = _box(*degrees(centre), angle)
    if level is None or box is None:
        return [WIDE]
    return [(level << SHIFT) + cell for first, last in GRIDS[level].ranges(box) for cell in range(first, last + 1)]


def _homes(lat: float, lon: float, chord: int) -> list[tuple[int, int]]:
    box = _box(lat, lon, 2 * math.asin(min(1.0, chord / (2 * UNITS))))
    if box is None or (box[1] - box[0]) / 180 * GRIDS[HOME_GRID].rows >= MOST_HOME_ROWS:
        return [(0, (1 << SHIFT) - 1)]
    return GRIDS[HOME_GRID].ranges(box)


def _box(lat: float, lon: float, angle: float) -> Box | None:
    """South, north, west and east of a circle, a little generous; nothing where it comes near a pole."""
    high = math.degrees(angle) * SLACK + SLACK_DEGREES
    if abs(lat) + high >= POLAR_DEGREES:
        return None
    slim = math.cos(math.radians(lat))
    wide = math.degrees(math.asin(min(1.0, math.sin(angle) / slim))) * SLACK + SLACK_DEGREES / slim
    return lat - high, lat + high, lon - wide, lon + wide
