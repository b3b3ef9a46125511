"""The words of one language: which category they mean, and the small words that say what the rest is about."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources.abc import Traversable
from pathlib import Path

from evenhand.words.stems import stem
from evenhand.words.text import spell_out
from evenhand.words.tokens import words_of

Table = Mapping[str, tuple[str, ...]]

TABLES = ("categories", "wide", "places_of", "things", "cues", "values", "dates", "money", "numbers", "quantities")
"""The files of a language; one that is missing is empty."""

LONGEST_PHRASE = 6


@dataclass(frozen=True, slots=True)
class Entry:
    """One meaning of a phrase: a category, how much the phrase alone says (0 to 1), and the phrase as written."""

    category: str
    weight: float
    phrase: str


@dataclass(frozen=True, eq=False)
class Lexicon:
    """Everything known of one language (ISO 639-1), as tables of key and words."""

    language: str
    tables: Mapping[str, Table]

    @classmethod
    def load(cls, language: str, folder: Path | Traversable) -> "Lexicon":
        """Read the tab-separated files of one language: a heading line, then a key and its words."""
        return cls(language, {name: read_table(folder / f"{name}.tsv") for name in TABLES})

    def words(self, table: str, key: str) -> tuple[str, ...]:
        """The words of one key, as written in the file."""
        return self.tables[table].get(key, ())

    def pattern(self, table: str, key: str) -> str:
        """A regular expression that finds any of the words of one key, the longest first; accents are ignored."""
        return any_of(self.words(table, key))

    @cached_property
    def phrases(self) -> Mapping[str, tuple[Entry, ...]]:
        """What categories each phrase may mean, by its stems."""
        found: dict[str, list[Entry]] = {}
        for category, phrases in self.tables["categories"].items():
            for phrase in phrases:
                weak = phrase.endswith("?")
                _note(found, self.language, Entry(category, 0.45 if weak else 1.0, phrase.rstrip("?")))
        return {key: tuple(entries) for key, entries in found.items()}

    @cached_property
    def wide(self) -> Mapping[str, tuple[Entry, ...]]:
        """Rarer phrases, for texts in which none of the others stands."""
        found: dict[str, list[Entry]] = {}
        for category, phrases in self.tables["wide"].items():
            for phrase in phrases:
                _note(found, self.language, Entry(category, 0.5, phrase))
        return {key: tuple(entries) for key, entries in found.items()}

    @cached_property
    def things(self) -> Mapping[str, tuple[Entry, ...]]:
        """Things that break or need doing, with the trade that does it."""
        found: dict[str, list[Entry]] = {}
        for trade, phrases in self.tables["things"].items():
            for phrase in phrases:
                _note(found, self.language, Entry(trade, 1.0, phrase))
        return {key: tuple(entries) for key, entries in found.items()}

    def cues(self, kinds: tuple[str, ...]) -> Mapping[str, str]:
        """The small words of these kinds, by their words without accents; of two kinds the first counts."""
        return _cues(self, kinds)

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Every single word that this language's tables use, without accents."""
        tables = ("categories", "things", "cues", "values", "dates", "money", "quantities")
        phrases = (phrase for name in tables for words in self.tables[name].values() for phrase in words)
        return frozenset(words_of(" ".join(phrases)))


def _note(found: dict[str, list[Entry]], language: str, entry: Entry) -> None:
    found.setdefault(key_of(entry.phrase, language), []).append(entry)


@lru_cache(maxsize=64)
def _cues(lexicon: Lexicon, kinds: tuple[str, ...]) -> Mapping[str, str]:
    return {" ".join(words_of(phrase)): kind for kind in reversed(kinds) for phrase in lexicon.words("cues", kind)}


def key_of(phrase: str, language: str) -> str:
    """What a phrase is looked up by: its words without accents and endings."""
    return " ".join([stem(word, language) for word in words_of(phrase)])


def any_of(words: Iterable[str]) -> str:
    """A regular expression for any of these words; one that never matches where there are none."""
    longest_first = sorted((re.escape(spell_out(word)).replace(r"\ ", r"\s+") for word in words), key=len, reverse=True)
    return f"(?:{'|'.join(longest_first)})" if longest_first else r"(?:(?!))"


def read_table(path: Path | Traversable) -> Table:
    """Key and words of each line; the words stand apart by semicolons."""
    if not path.is_file():
        return {}
    lines = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()[1:] if line)
    return {key: tuple(word for word in words.split("; ") if word) for key, words in lines}
