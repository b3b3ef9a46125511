"""The file of places: built whole or not at all, from towns as GeoNames tells them."""

import json
from importlib.resources import files
from pathlib import Path

import pytest

from evenhand.words.gazetteer import Gazetteer
from evenhand.words.places_build import build_places, is_built

TABLES = files("evenhand.words") / "data"


def town(id_: int, name: str, country: str, population: int, *others: str) -> dict[str, object]:
    return {
        "geonameid": id_,
        "name": name,
        "latitude": 53.7,
        "longitude": -0.3,
        "countrycode": country,
        "population": population,
        "admin1code": "ENG",
        "alternatenames": list(others),
    }


@pytest.fixture
def source(tmp_path: Path) -> Path:
    towns = [
        town(1, "Kingston upon Hull", "GB", 314_018, "Hull", "hwl", "Халл", "HUY"),
        town(2, "Saint Ives", "GB", 9_000),
        town(3, "Tinyplace", "GB", 600, "Otherplace"),
    ]
    towns += [town(id_, f"Town {id_}", "GB", 500) for id_ in range(10, 5_100)]
    path = tmp_path / "towns.json"
    path.write_text(json.dumps({str(one["geonameid"]): one for one in towns}), encoding="utf-8")
    return path


def test_towns_are_found_by_their_own_and_other_names(source: Path, tmp_path: Path) -> None:
    heard: list[float] = []
    places = tmp_path / "deep" / "places.sqlite"
    assert not is_built(places)
    build_places(places, source=source, progress=heard.append)
    assert is_built(places)
    assert heard == sorted(heard)
    assert heard[-1] == 1.0
    gazetteer = Gazetteer(places, tables=TABLES)
    found = gazetteer.find(["hull", "kingston upon hull", "st ives", "otherplace", "hwl", "huy"])
    assert {name: [place.id for place in places] for name, places in found.items()} == {
        "hull": [1],
        "kingston upon hull": [1],
        "st ives": [2],
    }
    assert not found["hull"][0].main
    assert gazetteer.known("GB") == ("hull", "kingston upon hull", "saint ives", "st ives")
    gazetteer.close()


def test_a_broken_source_leaves_no_file(tmp_path: Path) -> None:
    broken = tmp_path / "towns.json"
    broken.write_text('{"1": {"geonameid": "no number"}}', encoding="utf-8")
    with pytest.raises((KeyError, ValueError)):
        build_places(tmp_path / "places.sqlite", source=broken)
    assert not is_built(tmp_path / "places.sqlite")


def test_another_file_is_no_file_of_places(tmp_path: Path) -> None:
    other = tmp_path / "places.sqlite"
    other.write_text("not a database at all, but long enough to look into " * 30, encoding="utf-8")
    assert not is_built(other)


def test_without_a_file_districts_and_postcodes_are_still_known(tmp_path: Path) -> None:
    gazetteer = Gazetteer(tmp_path / "none.sqlite", tables=TABLES)
    found = gazetteer.find(["lewisham", "se23", "hull", "zz99"])
    assert found["lewisham"][0].country == "GB"
    assert found["se23"][0].name == "SE23"
    assert "hull" not in found
    assert "zz99" not in found
    assert gazetteer.known("GB") == ()
    gazetteer.close()
