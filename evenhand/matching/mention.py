"""Mentions: the second, labelled way to be found, by two words side by side that both sentences say."""

import re
from itertools import pairwise

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


def mentioned(sentence: str, other: str) -> tuple[str, ...]:
    """The phrases of two words that both sentences say, in the order of the first; a single rare word is no mention."""
    said = set(phrases(other))
    return tuple(dict.fromkeys(phrase for phrase in phrases(sentence) if phrase in said))


def phrases(sentence: str) -> list[str]:
    """All pairs of words that stand side by side within one clause, lower case and without a plural's s."""
    found = []
    for clause in re.split(r"[.,;:!?()\n]", sentence.casefold()):
        words = [singular(word) for word in WORD.findall(clause)]
        found += [f"{one} {two}" for one, two in pairwise(words) if not {one, two} & FILLER]
    return found


def singular(word: str) -> str:
    """Bikes is bike, glass is glass."""
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word
