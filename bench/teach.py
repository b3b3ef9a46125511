"""Teaches the reader which of several candidates is meant, from sentences whose kind of thing is known.

``python -m bench.teach`` counts the words of all phrases and sentences (``evidence.tsv`` of each language) and learns
the weights of what speaks for a candidate (``ranking.tsv``); ``--words`` only counts, which is enough after a change of
the word files. ``--check`` tells how well it would do on sentences it was not taught: a quarter at a time is left out.
The same input gives the same files.
"""

import argparse
import json
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
from numpy.typing import NDArray

from evenhand.intents.read import read
from evenhand.words import reader
from evenhand.words.categories import Needs
from evenhand.words.evidence import SAID_ONLY, Evidence
from evenhand.words.lexicon import Lexicon
from evenhand.words.ranking import evident, features, look_at, rank
from evenhand.words.sources import LANGUAGES, Sources, open_sources
from evenhand.words.stems import stem
from evenhand.words.tokens import Token, words_of

HERE = Path(__file__).parent
WORDS = HERE.parent / "evenhand" / "words" / "data"
SAID = HERE.parent / "tests" / "library" / "words" / "data"
COUNTRY = {"en": "GB", "de": "DE", "fr": "FR", "es": "ES"}
NOW = datetime.fromisoformat("2026-11-20T10:00:00")

OF_SENTENCE, OF_PHRASE = 10, 3
"""What one counts, in tenths. A word in many phrases of a kind counts by the logarithm: lists are long, not telling."""

FOLDS = 4
OF_SERVICES, OF_INTENTS = 2.0, 4.0
"""How much a service's sentence and a whole intent weigh: intents are what people write, and many ask for services."""

STEPS, RATE, HOLD = 250, 0.05, 2.0
HELD_TO = {"score": 3.0}
"""Where a weight stays if nothing speaks against it: nought, but the rules' own score counts."""


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence as the reader sees it, with the paths that are right; ``kind`` is its node, if it has one."""

    language: str
    right: tuple[str, ...]
    kind: str
    weight: float
    tokens: Sequence[Token]
    needs: Needs
    words: tuple[str, ...]


Choice = tuple[list[dict[str, float]], list[bool], float]
"""What speaks for each candidate of a sentence, which of them are right, and how much the sentence weighs."""


def main() -> None:
    """Count, learn, write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--words", action="store_true", help="only count the words")
    parser.add_argument("--check", action="store_true", help="only tell how well it would do")
    parser.add_argument("--places", type=Path, default=Path.home() / ".cache" / "evenhand" / "places.sqlite")
    options = parser.parse_args()
    sources = open_sources(options.places)
    asked = list(read_asked(sources))
    intents = [] if options.words else list(read_intents(sources))
    counts = {language: count(language, asked, sources) for language in LANGUAGES}
    if not (options.words or options.check):
        weights = learn([*left_out(asked, sources), *choices(intents, counts, sources)])
        write(WORDS / "ranking.tsv", "feature\tweight", {name: f"{weight:.3f}" for name, weight in weights.items()})
    if options.check:
        check(asked, intents, counts, sources)
        return
    for language, lines in counts.items():
        write(WORDS / language / "evidence.tsv", "word\tkinds", lines)


def read_asked(sources: Sources) -> Iterator[Said]:
    """Sentences of one kind each: ``kind``, or several joined by a bar, language, sentence."""
    for line in (SAID / "asked.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        kinds, language, sentence = line.split("\t")
        ids = kinds.split("|")
        right = tuple(" > ".join(sources.tree.path(id_)) for id_ in ids)
        weight = OF_SERVICES if sources.tree.within(ids[0], "services") else 1.0
        yield from see(sentence, COUNTRY[language], NOW, sources, right=right, kind=ids[0], weight=weight)


def read_intents(sources: Sources) -> Iterator[Said]:
    """Whole intents, but for those that are kept aside."""
    for path in sorted(SAID.glob("intents*.jsonl")):
        if "held-out" in path.name:
            continue
        for line in path.read_text(encoding="utf-8").splitlines():
            case = json.loads(line)
            expected = case["expect"]["category_path_prefix"] or ()
            right = (expected,) if isinstance(expected, str) else tuple(expected)
            now = datetime.fromisoformat(case["now"])
            yield from see(case["text"], case["country_hint"], now, sources, right=right, kind="", weight=OF_INTENTS)


def see(
    text: str, country: str, now: datetime, sources: Sources, *, right: tuple[str, ...], kind: str, weight: float
) -> Iterator[Said]:
    """What the reader finds in a text before it chooses; nothing in a language it does not read."""
    seen: list[Said] = []

    def look(tokens: Sequence[Token], needs: Needs, lexicon: Lexicon, sources: Sources) -> Needs:
        words = tuple(evident(tokens, lexicon))
        seen.append(Said(lexicon.language, right, kind, weight, tokens, needs, words))
        return rank(tokens, needs, lexicon, sources)

    with patch.object(reader, "rank", look):
        read(text, now=now, country=country, sources=sources)
    yield from seen[-1:]


def count(language: str, asked: Iterable[Said], sources: Sources) -> dict[str, str]:
    """The lines of ``evidence.tsv``: how often each word stands beside each kind of thing, in tenths."""
    counts: dict[str, Counter[str]] = {"": Counter()}
    for one in asked:
        if one.language == language:
            counts[""][one.kind] += OF_SENTENCE
            for word in set(one.words):
                counts.setdefault(word, Counter())[one.kind] += OF_SENTENCE
    of_phrases = phrase_words(language, sources)
    for (word, kind), times in of_phrases.items():
        tenths = round(OF_PHRASE * math.log2(1 + times))
        counts.setdefault(word, Counter())[kind] += tenths
        counts[""][kind] += tenths
    named = {"", *(word for word, _ in of_phrases)}
    return {
        word if word in named else f"{SAID_ONLY}{word}": " ".join(f"{kind}:{of_kind[kind]}" for kind in sorted(of_kind))
        for word, of_kind in sorted(counts.items())
    }


def phrase_words(language: str, sources: Sources) -> Counter[tuple[str, str]]:
    """In how many phrases of each kind each word stands."""
    lexicon = sources.lexicons[language]
    small = lexicon.beside("small")
    times: Counter[tuple[str, str]] = Counter()
    for table in ("categories", "wide"):
        for kind, phrases in lexicon.tables[table].items():
            for phrase in phrases:
                words = (word for word in words_of(phrase.rstrip("?!")) if word not in small and not word.isdigit())
                times.update({(stem(word, language), kind) for word in words if len(word) > 1})
    return times


def left_out(asked: Sequence[Said], sources: Sources) -> Iterator[Choice]:
    """The choices of all sentences, each weighed by what the sentences of the other quarters say."""
    for fold in range(FOLDS):
        yield from choices(asked[fold::FOLDS], _others(asked, fold, sources), sources)


def choices(said: Iterable[Said], counts: Mapping[str, Mapping[str, str]], sources: Sources) -> Iterator[Choice]:
    """What speaks for each candidate, which are right, and how much the sentence weighs."""
    evidence = {language: Evidence.of_lines(lines, sources.tree) for language, lines in counts.items()}
    sources = replace(sources, evidence=evidence)
    for one in said:
        scene, candidates = look_at(one.tokens, one.needs, sources.lexicons[one.language], sources)
        paths = [" > ".join(sources.tree.path(candidate.category)) for candidate in candidates]
        rights = [path.startswith(one.right) for path in paths]
        yield [dict(features(candidate, scene)) for candidate in candidates], rights, one.weight


def learn(todo: Iterable[Choice]) -> dict[str, float]:
    """The weights under which the right candidates have the best odds: softmax regression by Adam, held to nought."""
    chosen = [(spoken, right, weight) for spoken, right, weight in todo if any(right) and not all(right)]
    names = sorted({name for spoken, _, _ in chosen for one in spoken for name in one})
    column = {name: at for at, name in enumerate(names)}
    rows = [one for spoken, _, _ in chosen for one in spoken]
    table = np.zeros((len(rows), len(names)))
    for row, one in enumerate(rows):
        for name, value in one.items():
            table[row, column[name]] = value
    right = np.array([one for _, rights, _ in chosen for one in rights], dtype=float)
    sizes = [len(rights) for _, rights, _ in chosen]
    text = np.repeat(np.arange(len(chosen)), sizes)
    weighs = np.array([weight for _, _, weight in chosen])[text]
    starts = np.cumsum([0, *sizes[:-1]])
    held = np.array([HELD_TO.get(name, 0.0) for name in names])
    weights = _descend(table, right, text, weighs, starts, held)
    return {name: float(weights[column[name]]) for name in names}


Numbers = NDArray[np.float64]


def _descend(table: Numbers, right: Numbers, text: Any, weighs: Numbers, starts: Any, held: Numbers) -> Numbers:
    weights, mean, square = held.copy(), np.zeros(len(held)), np.zeros(len(held))
    for step in range(1, STEPS + 1):
        sums = table @ weights
        odds = np.exp(sums - np.maximum.reduceat(sums, starts)[text])
        told = odds / np.add.reduceat(odds, starts)[text]
        wanted = odds * right / (np.add.reduceat(odds * right, starts)[text] + 1e-12)
        slope = table.T @ ((told - wanted) * weighs) + HOLD * (weights - held)
        mean, square = 0.9 * mean + 0.1 * slope, 0.99 * square + 0.01 * slope**2
        weights = weights - RATE * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
    return weights


def write(path: Path, heading: str, lines: Mapping[str, str]) -> None:
    """A table of two columns."""
    path.write_text(
        "".join(f"{key}\t{words}\n" for key, words in [tuple(heading.split("\t")), *lines.items()]),
        encoding="utf-8",
    )
    print(f"{path.relative_to(WORDS)}: {len(lines):,} lines")


def check(asked: Sequence[Said], intents: Sequence[Said], counts: Any, sources: Sources) -> None:
    """How often the likeliest is right, of sentences that were left out and of the intents, before and after."""
    quarters = [list(choices(asked[fold::FOLDS], _others(asked, fold, sources), sources)) for fold in range(FOLDS)]
    whole = list(choices(intents, counts, sources))
    after = before = 0
    for fold, quarter in enumerate(quarters):
        taught = [one for number, other in enumerate(quarters) if number != fold for one in other]
        weights = learn([*taught, *whole])
        after += sum(_is_right(one, weights) for one in quarter)
        before += sum(bool(rights) and rights[0] for _, rights, _ in quarter)
    print(
        f"of {len(asked):,} sentences right: {before / len(asked):.1%} by the lexicons alone, {after / len(asked):.1%}"
    )


def _others(asked: Sequence[Said], fold: int, sources: Sources) -> dict[str, dict[str, str]]:
    others = [one for number, one in enumerate(asked) if number % FOLDS != fold]
    return {language: count(language, others, sources) for language in LANGUAGES}


def _is_right(choice: Choice, weights: Mapping[str, float]) -> bool:
    spoken, rights, _ = choice
    sums = [sum(weights.get(name, 0.0) * value for name, value in one.items()) for one in spoken]
    return bool(sums) and rights[sums.index(max(sums))]


if __name__ == "__main__":
    main()
