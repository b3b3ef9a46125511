"""What the reader knows: the category tree, the lexicons of each language and the places, opened once and shared."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TypeVar

from evenhand.words.evidence import Evidence
from evenhand.words.gazetteer import Gazetteer, Place, read_regions
from evenhand.words.lexicon import Lexicon, read_table
from evenhand.words.stems import stem
from evenhand.words.tree import Tree

Known = TypeVar("Known")

LANGUAGES = ("en", "de", "fr", "es")
"""Languages that are read, the best first."""


class Languages(Mapping[str, Known]):
    """Something for each language, read when it is first asked for: most people write one."""

    def __init__(self, read: Callable[[str], Known]) -> None:
        self._read = read
        self._known: dict[str, Known] = {}

    def __getitem__(self, language: str) -> Known:
        if language not in LANGUAGES:
            raise KeyError(language)
        if language not in self._known:
            self._known[language] = self._read(language)
        return self._known[language]

    def __iter__(self) -> Iterator[str]:
        return iter(LANGUAGES)

    def __len__(self) -> int:
        return len(LANGUAGES)


@dataclass(frozen=True, eq=False)
class Sources:
    """Read-only data of the reader."""

    tree: Tree
    lexicons: Mapping[str, Lexicon]
    gazetteer: Gazetteer
    countries: Mapping[str, tuple[str, ...]]
    currencies: Mapping[str, str]
    regions: Mapping[str, tuple[Place, ...]]
    actions: Mapping[str, tuple[str, ...]]
    trades: Mapping[tuple[str, str], str]
    small_words: Mapping[str, frozenset[str]]
    english: frozenset[str]
    intimate: frozenset[str]
    evidence: Mapping[str, Evidence]
    ranking: Mapping[str, float]

    def knows(self, word: str, language: str) -> bool:
        """Whether a word, as a token has it, stands anywhere in the tables of a language."""
        named = self.evidence[language].names(stem(word, language))
        return named or word in self.lexicons[language].small_vocabulary

    @cached_property
    def spoken_in(self) -> Callable[[str], tuple[str, ...]]:
        """Which of the languages that are read know a word; what was asked lately is remembered."""
        return lru_cache(maxsize=8192)(lambda word: tuple(one for one in LANGUAGES if self.knows(word, one)))

    @cached_property
    def small_in(self) -> Mapping[str, tuple[str, ...]]:
        """Which languages a small word belongs to."""
        found: dict[str, tuple[str, ...]] = {}
        for language, words in self.small_words.items():
            for word in words:
                found[word] = (*found.get(word, ()), language)
        return found

    @cached_property
    def country_names(self) -> Mapping[str, str]:
        """Country codes by what people call the country, without accents."""
        return {name: code for code, names in self.countries.items() for name in names}

    @cached_property
    def followers(self) -> frozenset[str]:
        """Words that may follow a town's name and say where it lies: texas, tx, in, ontario, north."""
        names = {*self.country_names, *self.regions, *self.state_codes, "in", "en", "im"}
        return frozenset(name.partition(" ")[0] for name in names)

    @cached_property
    def state_codes(self) -> Mapping[str, tuple[Place, ...]]:
        """American and other states by their short names: tx, ny."""
        states = (place for places in self.regions.values() for place in places if place.region.isalpha())
        return {place.region.lower(): (place,) for place in states}


def open_sources(places: Path) -> Sources:
    """Open everything; ``places`` is the file that ``places_build.build_places`` made."""
    data = files("evenhand.words") / "data"
    tree = Tree.load(data / "categories.tsv")
    return Sources(
        tree=tree,
        lexicons=Languages(lambda language: Lexicon.load(language, data / language)),
        gazetteer=Gazetteer(places, tables=data),
        countries=read_table(data / "countries.tsv"),
        currencies={country: words[0] for country, words in read_table(data / "currencies.tsv").items()},
        regions=read_regions(data / "regions.tsv"),
        actions=read_table(data / "actions.tsv"),
        trades=_read_trades(data / "trades.tsv"),
        small_words={key: frozenset(words) for key, words in read_table(data / "languages.tsv").items()},
        english=frozenset((data / "english.txt").read_text(encoding="utf-8").split()),
        intimate=frozenset(word for words in read_table(data / "intimate.tsv").values() for word in words),
        evidence=Languages(lambda language: Evidence.load(data / language / "evidence.tsv", tree)),
        ranking={name: float(words[0]) for name, words in read_table(data / "ranking.tsv").items()},
    )


def _read_trades(path: Traversable) -> Mapping[tuple[str, str], str]:
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()[1:])
    return {(action, category): trade for action, category, trade in rows}
