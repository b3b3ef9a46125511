"""Clashes in the lexicons: a phrase with two meanings, a key that no table knows, a phrase that cannot be found."""

from collections.abc import Iterator
from dataclasses import dataclass

from evenhand.words.lexicon import LONGEST_PHRASE, Lexicon, key_of
from evenhand.words.tree import Tree


@dataclass(frozen=True, slots=True)
class Clash:
    """``code`` is two_meanings, unknown_category, twice or too_long; ``keys`` are what the phrase means."""

    code: str
    language: str
    phrase: str
    keys: tuple[str, ...]


def find_clashes(lexicon: Lexicon, tree: Tree) -> tuple[Clash, ...]:
    """Everything in one lexicon that whoever adds words should look at."""
    return (*_unknown(lexicon, tree), *_repeated(lexicon), *_ambiguous(lexicon, tree), *_long(lexicon))


def _unknown(lexicon: Lexicon, tree: Tree) -> Iterator[Clash]:
    for table in ("categories", "wide", "things"):
        for key in lexicon.tables[table]:
            if key not in tree:
                yield Clash("unknown_category", lexicon.language, table, (key,))


def _repeated(lexicon: Lexicon) -> Iterator[Clash]:
    for key, phrases in lexicon.tables["categories"].items():
        seen: set[str] = set()
        for phrase in phrases:
            if phrase.rstrip("?!") in seen:
                yield Clash("twice", lexicon.language, phrase, (key,))
            seen.add(phrase.rstrip("?!"))


def _ambiguous(lexicon: Lexicon, tree: Tree) -> Iterator[Clash]:
    """The same phrase, as written, in two branches, neither of them marked as weak."""
    meanings: dict[str, list[str]] = {}
    for key, phrases in lexicon.tables["categories"].items():
        for phrase in phrases:
            if not phrase.endswith("?"):
                meanings.setdefault(phrase, []).append(key)
    for phrase, keys in meanings.items():
        if any(not tree.within(one, other) and not tree.within(other, one) for one in keys for other in keys):
            yield Clash("two_meanings", lexicon.language, phrase, tuple(sorted(keys)))


def _long(lexicon: Lexicon) -> Iterator[Clash]:
    for key, phrases in lexicon.tables["categories"].items():
        for phrase in phrases:
            if len(key_of(phrase, lexicon.language).split()) > LONGEST_PHRASE:
                yield Clash("too_long", lexicon.language, phrase, (key,))
