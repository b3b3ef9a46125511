"""Places by name: towns from the built file, districts of big cities and British postcode areas from small tables."""

import math
import re
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from evenhand.measures import EARTH_RADIUS_KM
from evenhand.words.places_build import name_keys

_OUTCODE = re.compile(r"([a-z]{1,2})(\d{1,2}[a-z]?)")
_FIND = "SELECT n.name, n.main, p.* FROM names n JOIN places p ON p.id = n.place WHERE n.name IN ({})"
_PEOPLE = (
    "SELECT sum(population) FROM places "
    "WHERE lat BETWEEN ?1 AND ?2 AND abs((lon - ?3 + 540) - 360 * CAST((lon - ?3 + 540) / 360 AS INTEGER) - 180) <= ?4"
)
_KNOWN = (
    "SELECT DISTINCT n.name FROM names n JOIN places p ON p.id = n.place "
    "WHERE p.country = ? AND p.population >= 4000 ORDER BY n.name"
)


@dataclass(frozen=True, slots=True)
class Place:
    """One place: ``main`` says that it was found by its own name; ``radius`` in km is of a region, 0 of a town."""

    id: int
    name: str
    country: str
    region: str
    lat: float
    lon: float
    population: int
    main: bool
    radius: float = 0.0


class Gazetteer:
    """Looks places up. The file at ``path`` is read only; without one only the small tables are known."""

    def __init__(self, path: Path, *, tables: Path | Traversable) -> None:
        uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
        self._file = sqlite3.connect(uri, uri=True, check_same_thread=False) if path.is_file() else None
        self._districts = _districts(tables / "districts.tsv")
        self._postcodes = _postcodes(tables / "postcodes.tsv")
        self.known = lru_cache(maxsize=32)(self._known)

    def close(self) -> None:
        """Let go of the file."""
        if self._file:
            self._file.close()

    def find(self, names: Iterable[str]) -> Mapping[str, tuple[Place, ...]]:
        """The places that go by each name (plain, lower case), the largest first."""
        wanted = sorted(set(names))
        found: dict[str, list[Place]] = {name: list(self._near(name)) for name in wanted if self._near(name)}
        if self._file and wanted:
            rows = self._file.execute(_FIND.format(",".join("?" * len(wanted))), wanted)
            for name, main, id_, *place in rows:
                found.setdefault(name, []).append(_place(id_, place, main=bool(main)))
        return {
            name: tuple(sorted(places, key=lambda place: (-place.population, not place.main, place.id)))
            for name, places in found.items()
        }

    def people_within(self, lat: float, lon: float, km: float) -> int:
        """About how many people live in places within so many km north, south, east and west of a point."""
        high = math.degrees(km / EARTH_RADIUS_KM)
        wide = min(180.0, high / max(math.cos(math.radians(lat)), 0.01))
        rows = self._file.execute(_PEOPLE, (lat - high, lat + high, lon, wide)) if self._file else ()
        return next((people or 0 for (people,) in rows), 0)

    def _near(self, name: str) -> tuple[Place, ...]:
        return self._districts.get(name) or self.outcode(name)

    def outcode(self, name: str) -> tuple[Place, ...]:
        """The area of the first half of a British postcode."""
        match = _OUTCODE.fullmatch(name)
        at = self._postcodes.get(match[1]) if match else None
        return (Place(0, name.upper(), "GB", "ENG", *at, population=50_000, main=True),) if at else ()

    def _known(self, country: str) -> tuple[str, ...]:
        """Names of all towns of a country, for guessing what a misspelt one means."""
        rows = self._file.execute(_KNOWN, (country,)) if self._file else ()
        return tuple(name for (name,) in rows)


def _place(id_: int, row: Sequence[Any], *, main: bool) -> Place:
    name, country, region, lat, lon, population = row
    return Place(id_, name, country, region, lat, lon, population, main)


def _districts(path: Path | Traversable) -> Mapping[str, tuple[Place, ...]]:
    found: dict[str, tuple[Place, ...]] = {}
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        name, country, lat, lon, weight = line.split("\t")
        place = Place(0, name.partition(",")[0], country, "", float(lat), float(lon), int(weight), main=True)
        for key in name_keys(name):
            found[key] = (*found.get(key, ()), place)
    return found


def _postcodes(path: Path | Traversable) -> Mapping[str, tuple[float, float]]:
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()[1:])
    return {area.lower(): (float(lat), float(lon)) for area, lat, lon in rows}


def read_regions(path: Path | Traversable) -> Mapping[str, tuple[Place, ...]]:
    """Counties, states and islands: places that are wider than a town."""
    found: dict[str, tuple[Place, ...]] = {}
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        name, country, region, lat, lon, radius = line.split("\t")
        place = Place(0, name.partition(",")[0], country, region, float(lat), float(lon), 300_000, True, float(radius))
        for key in name_keys(name.partition(",")[0]):
            found[key] = (*found.get(key, ()), place)
            if key.startswith("county "):
                short = key.replace("county ", "co ")
                found[short] = (*found.get(short, ()), place)
    return found
