"""What all words of a text say of the kind of thing: "canvas" and "mouldy" speak of camping, whatever a swag may be.

Counted are the phrases of the lexicon and sentences whose kind is known (``bench/teach.py``); the file is made of them.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources.abc import Traversable
from pathlib import Path

from evenhand.words.tree import Tree

SCALE = 10
"""Counts in the file are tenths: a sentence counts ten, a phrase three."""

SAID_ONLY = "~"
"""Stands in the file before a word that no phrase of the lexicon has, so that it may be a name all the same."""

_TRUST = 4.0
"""So many sentences a wider kind of thing counts for, where little is known of the narrower one."""

_LEAST = -1.0
"""What a single word says against a kind at most; else one rare word would outweigh the sentence."""

_FOR_MANY = 0.3
_LOOKED_AT = 24


@dataclass(slots=True)
class Evidence:
    """In how many sentences each word stands, by kind of thing; a line is read when its word is first met."""

    tree: Tree
    lines: Mapping[str, str]
    all: float
    kinds: Mapping[str, float]
    _known: dict[str, Mapping[str, float]] = field(default_factory=dict)

    @classmethod
    def load(cls, path: Path | Traversable, tree: Tree) -> "Evidence":
        """A heading, then a word and ``kind:tenths`` each; the empty word's line says how often each kind was met."""
        text = path.read_text(encoding="utf-8") if path.is_file() else ""
        return cls.of_lines(dict(line.split("\t", 1) for line in text.splitlines()[1:]), tree)

    @classmethod
    def of_lines(cls, lines: Mapping[str, str], tree: Tree) -> "Evidence":
        """The same from the lines themselves."""
        kinds = _counts(lines.get("", ""), tree)
        return cls(tree, lines, kinds.get("", 0.0), kinds)

    def names(self, word: str) -> bool:
        """Whether a word stands in a phrase of the lexicon."""
        return word in self.lines

    def of(self, words: Sequence[str], kind: str) -> float:
        """How much the words speak for a kind of thing: the sum of log P(word | kind) / P(word), by naive Bayes.

        P(word | kind) leans on the wider kind, and that on the next, as far as little is known (Dirichlet smoothing).
        """
        chain = [(wider, self.kinds.get(wider, 0.0) + _TRUST) for wider in reversed(self.tree.ancestors(kind))]
        total = 0.0
        for word in words:
            counts = self._counts_of(word)
            if counts:
                usual = (counts[""] + 0.05) / (self.all + 1)
                share = usual
                for wider, count in chain:
                    share = (counts.get(wider, 0.0) + _TRUST * share) / count
                total += max(_LEAST, math.log(share / usual))
        return total

    def likeliest(self, words: Sequence[str], most: int) -> list[str]:
        """The kinds that the words speak for, the likeliest first."""
        shares: dict[str, float] = {}
        for word in words:
            counts = self._counts_of(word)
            for kind, count in counts.items():
                if kind:
                    shares[kind] = shares.get(kind, 0.0) + count / counts[""]
        near = sorted(shares, key=lambda kind: (-shares[kind], kind))[:_LOOKED_AT]
        weighed = [
            (self.of(words, kind) + _FOR_MANY * math.log((self.kinds[kind] + 1) / self.all), kind) for kind in near
        ]
        return [kind for _, kind in sorted(weighed, key=lambda one: (-one[0], one[1]))[:most]]

    def strongest(self, words: Sequence[str], kind: str) -> int:
        """Which of the words says most for a kind."""
        return max(range(len(words)), key=lambda at: (self.of(words[at : at + 1], kind), -at))

    def _counts_of(self, word: str) -> Mapping[str, float]:
        known = self._known.get(word)
        if known is None:
            line = self.lines.get(word) or self.lines.get(f"{SAID_ONLY}{word}")
            known = self._known[word] = _counts(line, self.tree) if line else {}
        return known


def _counts(line: str, tree: Tree) -> dict[str, float]:
    """Counts of each kind and of all wider ones; under the empty name how many there are."""
    counts: dict[str, float] = {}
    for pair in line.split():
        kind, _, tenths = pair.partition(":")
        count = int(tenths) / SCALE
        for wider in ("", *tree.ancestors(kind)):
            counts[wider] = counts.get(wider, 0.0) + count
    return counts
