"""Mentions: the second, labelled way to be found, by two words side by side that both sentences say."""

import re
from dataclasses import dataclass
from itertools import pairwise

from evenhand.words.sources import Sources

WORD = re.compile(r"[^\W\d_]{3,}")
# fmt: off
FILLER = frozenset({
    "about", "all", "also", "and", "any", "anything", "are", "around", "ask", "but", "can", "could",
    "currently", "each", "for", "free", "from", "full", "get", "give", "good", "great", "had", "has", "have",
    "help", "here", "home", "how", "into", "just", "kind", "kinds", "like", "live", "local", "looking",
    "love", "make", "maybe", "more", "most", "much", "must", "near", "need", "needs", "new", "not", "off",
    "offer", "offers", "old", "one", "only", "other", "our", "out", "over", "please", "rather", "repair",
    "repairs", "sell", "sells", "should", "small", "some", "something", "still", "supply", "than", "thanks",
    "that", "the", "their", "them", "then", "there", "these", "they", "this", "too", "under", "use", "used",
    "very", "want", "wanted", "was", "well", "were", "what", "when", "where", "which", "who", "will", "with",
    "within", "work", "would", "year", "you", "your",
})
# fmt: on
"""Words that say nothing of what is wanted; a phrase holds none of them."""


LONGEST_SEQUENCE = 5
OF_THINGS = frozenset({"unit", "no_place"})
"""What prices are for ("£40 a bike") and what is in no place ("in oak"): many of these are what somebody looks for."""
SMALL_TABLES = ("cues", "values", "dates", "money", "numbers", "quantities")
"""The reader's tables of what is said about a thing, whatever the thing is."""


@dataclass(frozen=True, slots=True)
class Common:
    """Words, and several words in a row, that strangers' shops say too: second hand, East Yorkshire."""

    words: frozenset[str] = FILLER
    sequences: frozenset[tuple[str, ...]] = frozenset()

    @classmethod
    def of(cls, sources: Sources) -> "Common":
        """All that the reader knows of conditions, values, amounts, days, money, regions and countries."""
        tables = [lexicon.tables[name] for lexicon in sources.lexicons.values() for name in SMALL_TABLES]
        said = [
            phrase for table in tables for kind, phrases in table.items() if kind not in OF_THINGS for phrase in phrases
        ]
        values = {
            phrase for one in sources.lexicons.values() for words in one.tables["values"].values() for phrase in words
        }
        told = {phrase: tuple(words_in(phrase)) for phrase in (*said, *sources.regions, *sources.country_names)}
        whole = {phrase: words for phrase, words in told.items() if len(words) == len(phrase.split())}
        return cls(
            FILLER | {words[0] for phrase, words in whole.items() if len(words) == 1 and phrase not in values},
            frozenset(words for words in whole.values() if 1 < len(words) <= LONGEST_SEQUENCE),
        )


UNCOMMON = Common()
"""Nothing is known to be common but the smallest words."""


def mentioned(sentence: str, other: str, common: Common = UNCOMMON) -> tuple[str, ...]:
    """The phrases of two words that both sentences say, in the order of the first; a single rare word is no mention."""
    said = set(phrases(other, common))
    return tuple(dict.fromkeys(phrase for phrase in phrases(sentence, common) if phrase in said))


def phrases(sentence: str, common: Common = UNCOMMON) -> list[str]:
    """All pairs of telling words that stand side by side within one clause, lower case and without a plural's s."""
    found = []
    for words in clauses(sentence):
        telling = _telling(words, common)
        pairs = zip(pairwise(words), pairwise(telling), strict=True)
        found += [f"{one} {two}" for (one, two), both in pairs if all(both)]
    return found


def clauses(sentence: str) -> list[list[str]]:
    """The words of each clause."""
    return [words_in(clause) for clause in re.split(r"[.,;:!?()\n]", sentence)]


def words_in(clause: str) -> list[str]:
    """The words that can be told by."""
    return [singular(word) for word in WORD.findall(clause.casefold())]


def _telling(words: list[str], common: Common) -> list[bool]:
    """Which words say something of the thing itself."""
    telling = [word not in common.words for word in words]
    for start in range(len(words)):
        for end in range(start + 2, min(start + LONGEST_SEQUENCE, len(words)) + 1):
            if tuple(words[start:end]) in common.sequences:
                telling[start:end] = [False] * (end - start)
    return telling


def singular(word: str) -> str:
    """Bikes is bike, glass is glass."""
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word
