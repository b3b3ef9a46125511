"""The words of one language: which category they mean, and the small words that say what the rest is about."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from evenhand.words.stems import NUMBER_WORDS, stem
from evenhand.words.text import spell_out
from evenhand.words.tokens import words_of

Table = Mapping[str, tuple[str, ...]]

TABLES = (
    "categories",
    "wide",
    "places_of",
    "things",
    "cues",
    "values",
    "dates",
    "money",
    "numbers",
    "quantities",
    "beside",
)
"""The files of a language; one that is missing is empty."""

LONGEST_PHRASE = 6


@dataclass(frozen=True, slots=True)
class Entry:
    """One meaning of a phrase: a category, how much the phrase alone says (0 to 1), and the phrase as written.

    ``as_written`` says that other endings mean something else: draughts are a game, a draught is none.
    """

    category: str
    weight: float
    phrase: str
    as_written: bool = False


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
    def phrases(self) -> "Phrases":
        """What categories each phrase may mean, by its stems."""
        return Phrases(self.language, self.tables["categories"])

    @cached_property
    def wide(self) -> "Phrases":
        """Rarer phrases, for texts in which none of the others stands."""
        return Phrases(self.language, self.tables["wide"], weight=0.5)

    @cached_property
    def things(self) -> "Phrases":
        """Things that break or need doing, with the trade that does it."""
        return Phrases(self.language, self.tables["things"])

    def cues(self, kinds: tuple[str, ...]) -> Mapping[str, str]:
        """The small words of these kinds, by their words without accents; of two kinds the first counts."""
        return _cues(self, kinds)

    def cue_words(self, kind: str) -> frozenset[str]:
        """The small words of one kind, to look one up."""
        return _cue_words(self, kind)

    def beside(self, kind: str) -> frozenset[str]:
        """Small words of one kind, as they stand beside what is named."""
        return _beside(self, kind)

    def class_of(self, word: str, side: str) -> str:
        """Which kind of small word it is that stands ``before`` or ``after`` what is named; x if none."""
        return _classes(self, side).get(word, "x")

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Every single word that this language's tables use, without accents."""
        return self.small_vocabulary | self._words(("categories",))

    @cached_property
    def small_vocabulary(self) -> frozenset[str]:
        """The same without the words of kinds of things, which are most and are known by their stems elsewhere."""
        return self._words(("things", "cues", "values", "dates", "money", "quantities"))

    def often(self, least: int) -> frozenset[str]:
        """The words that stand in so many phrases for kinds of things, without accents."""
        times: Counter[str] = Counter()
        for phrases in self.tables["categories"].values():
            for phrase in phrases:
                times.update(set(words_of(phrase.rstrip("?!"))))
        return frozenset(word for word, count in times.items() if count >= least)

    def _words(self, tables: Iterable[str]) -> frozenset[str]:
        pieces: set[str] = set()
        for name in tables:
            for phrases in self.tables[name].values():
                pieces.update(spell_out(" ".join(phrases)).split())
        return frozenset(word for piece in pieces for word in words_of(piece))


class Phrases:
    """What each phrase may mean, by its stems; those that begin alike are stemmed when one of them is asked for.

    There are a hundred thousand: stemming all of them would cost the first text half a second.
    """

    def __init__(self, language: str, table: Table, *, weight: float = 1.0) -> None:
        self._language = language
        self._weight = weight
        self._raw: dict[str, list[str]] = {}  # Category, phrase, category, phrase: pairs would take half as much again.
        for category, phrases in table.items():
            for phrase in phrases:
                self._raw.setdefault(phrase[:2], []).extend((category, phrase))
        self._starts: dict[str, list[str]] = {}
        for start in self._raw:
            for begins in _looked_up(start):
                self._starts.setdefault(begins, []).append(start)
        self._known: dict[str, dict[str, tuple[Entry, ...]]] = {}

    def get(self, key: str, instead: tuple[Entry, ...]) -> tuple[Entry, ...]:
        """All meanings of the phrase with these stems; several threads may ask at once."""
        start = _letters(key[:2])
        if start not in self._known:
            self._known[start] = self._stemmed(start)
        return self._known[start].get(key, instead)

    def _stemmed(self, start: str) -> dict[str, tuple[Entry, ...]]:
        found: dict[str, list[Entry]] = {}
        for raw in (self._raw[begins] for begins in self._starts.get(start, ())):
            for category, phrase in zip(raw[::2], raw[1::2], strict=True):
                weight = 0.45 if phrase.endswith("?") else self._weight
                entry = Entry(category, weight, phrase.rstrip("?!"), phrase.endswith("!"))
                found.setdefault(key_of(entry.phrase, self._language), []).append(entry)
        return {key: tuple(entries) for key, entries in found.items()}


def _looked_up(start: str) -> Iterator[str]:
    """What a phrase that begins with these two letters may be looked up by: "e-bike" by "e", "two" by "2"."""
    yield _letters(spell_out(start).replace("&", "an").replace("+", "an"))
    for digit, word in NUMBER_WORDS:
        if word.startswith(start.lower()):
            yield digit


def _letters(start: str) -> str:
    return start[:2] if start.isalnum() else "".join(letter for letter in start if letter.isalnum())[:2]


@lru_cache(maxsize=64)
def _cues(lexicon: Lexicon, kinds: tuple[str, ...]) -> Mapping[str, str]:
    return {" ".join(words_of(phrase)): kind for kind in reversed(kinds) for phrase in lexicon.words("cues", kind)}


@lru_cache(maxsize=64)
def _cue_words(lexicon: Lexicon, kind: str) -> frozenset[str]:
    return frozenset(lexicon.words("cues", kind))


@lru_cache(maxsize=64)
def _beside(lexicon: Lexicon, kind: str) -> frozenset[str]:
    return frozenset(lexicon.words("beside", kind))


@lru_cache(maxsize=16)
def _classes(lexicon: Lexicon, side: str) -> Mapping[str, str]:
    kinds = (key for key in lexicon.tables["beside"] if key.startswith(f"{side}_"))
    return {word: kind.partition("_")[2] for kind in kinds for word in lexicon.words("beside", kind)}


def key_of(phrase: str, language: str) -> str:
    """What a phrase is looked up by: its words without accents and endings."""
    return " ".join([stem(word, language) for word in words_of(phrase)])


def any_of(words: Iterable[str]) -> str:
    """A regular expression for any of these words, the longest first; one that never matches where there are none.

    Words that begin alike share their beginning: with hundreds of words that is ten times as fast as a plain list.
    """
    tree: dict[str, Any] = {}
    for word in words:
        branch = tree
        for letter in " ".join(spell_out(word).split()):
            branch = branch.setdefault(letter, {})
        branch[""] = {}
    return f"(?:{_either(tree)})" if tree else r"(?:(?!))"


def _either(tree: Mapping[str, Any]) -> str:
    """The letters that may follow here, each with what may follow it; nothing may where a word ends."""
    ways = []
    for letter, branch in sorted(tree.items()):
        way, rest = _letter(letter), branch
        while len(rest) == 1 and "" not in rest:
            ((following, rest),) = rest.items()
            way += _letter(following)
        if letter:
            ways.append(way + (_either(rest) if set(rest) != {""} else ""))
    if "" in tree:
        return f"(?:{'|'.join(ways)})?"
    return ways[0] if len(ways) == 1 else f"(?:{'|'.join(ways)})"


def _letter(letter: str) -> str:
    return r"\s+" if letter == " " else re.escape(letter)


def read_table(path: Path | Traversable) -> Table:
    """Key and words of each line; the words stand apart by semicolons."""
    if not path.is_file():
        return {}
    lines = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()[1:] if line)
    return {key: tuple(word for word in words.split("; ") if word) for key, words in lines}
