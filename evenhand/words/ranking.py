"""Which of the candidates is meant: what speaks for each is weighed as it was learned from sentences of known kind.

The weights are those of a linear model (a softmax over the candidates of a text), made by ``bench/teach.py``.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from evenhand.words.categories import Needs
from evenhand.words.evidence import Evidence
from evenhand.words.lexicon import Lexicon
from evenhand.words.mentions import Candidate, Mention
from evenhand.words.sources import Sources
from evenhand.words.stems import stem
from evenhand.words.tokens import APART, STOP, TOGETHER, Token

MOST = 10
"""Candidates that are weighed; the others come after them."""

GUESSES = 3
"""Kinds that are guessed at most, where no phrase names any."""

_GUESSED = 0.05
_GUESSED_FROM = 8.0
"""So much must the words say; of what says less hardly one guess in ten is right."""

_HEADLINE = 3
Feature = tuple[str, float]


@dataclass(frozen=True, slots=True)
class Scene:
    """What all candidates of a text have in common."""

    tokens: Sequence[Token]
    needs: Needs
    lexicon: Lexicon
    sources: Sources
    words: tuple[str, ...]
    spoken: Mapping[str, float]
    """How much the words speak for the kind of each candidate."""

    stops: tuple[int, ...]
    """Where sentences begin, but for the first."""

    asks_for: tuple[str, ...]
    """Whether the text asks for ``something`` or ``someone``."""

    @property
    def evidence(self) -> Evidence:
        """What is known of words in this language."""
        return self.sources.evidence[self.lexicon.language]


def rank(tokens: Sequence[Token], needs: Needs, lexicon: Lexicon, sources: Sources) -> Needs:
    """The likeliest candidate first, each with its odds (1 for the likeliest); guesses, where none is named."""
    scene, candidates = look_at(tokens, needs, lexicon, sources)
    if not candidates:
        return needs
    weights = sources.ranking
    sums = [sum(weights.get(name, 0.0) * value for name, value in features(one, scene)) for one in candidates]
    top = max(sums)
    ranked = [replace(one, odds=math.exp(one_sum - top)) for one, one_sum in zip(candidates, sums, strict=True)]
    ranked.sort(key=lambda one: (-one.odds, one.mention.first, one.category))
    return replace(needs, candidates=(*ranked, *needs.candidates[MOST:]))


def look_at(
    tokens: Sequence[Token], needs: Needs, lexicon: Lexicon, sources: Sources
) -> tuple[Scene, tuple[Candidate, ...]]:
    """The candidates and guesses, and what is looked at to weigh them."""
    evidence = sources.evidence[lexicon.language]
    places = evident(tokens, lexicon)
    words = tuple(places)
    named = needs.candidates[:MOST]
    guesses = () if named else tuple(_guesses(words, places, evidence))
    candidates = (*named, *guesses)
    spoken = {one.category: evidence.of(words, one.category) for one in candidates}
    stops = tuple(at for at, token in enumerate(tokens) if at and token.gap == STOP)
    said = {token.word for token in tokens}
    asks_for = tuple(kind for kind in ("something", "someone") if said & lexicon.beside(kind))
    return Scene(tokens, needs, lexicon, sources, words, spoken, stops, asks_for), candidates


def _guesses(words: Sequence[str], places: Mapping[str, int], evidence: Evidence) -> Iterator[Candidate]:
    """Kinds that no phrase names but all words together speak for."""
    for kind in evidence.likeliest(words, GUESSES):
        if evidence.of(words, kind) >= _GUESSED_FROM:
            at = places[words[evidence.strongest(words, kind)]]
            yield Candidate(kind, _GUESSED, Mention(at, at, ()), is_guess=True)


def evident(tokens: Sequence[Token], lexicon: Lexicon) -> dict[str, int]:
    """The words that may say something of a kind of thing, by their stems, with where they stand."""
    small = lexicon.beside("small")
    found: dict[str, int] = {}
    for at, token in enumerate(tokens):
        if token.word not in small and len(token.word) > 1 and not token.word.isdigit():
            found.setdefault(stem(token.word, lexicon.language), at)
    return found


def features(one: Candidate, scene: Scene) -> Iterator[Feature]:
    """All that is weighed of a candidate, by name."""
    spoken, most = _eased(scene.spoken[one.category]), _eased(max(scene.spoken.values()))
    score = max(one.score, 0.001)
    yield "score", math.log(score)
    yield "behind", math.log(score / (scene.needs.candidates[0].score if scene.needs.candidates else _GUESSED))
    yield "spoken", spoken
    yield "spoken_behind", spoken - most
    yield "spoken_best", float(spoken >= most)
    yield "depth", float(len(scene.sources.tree.ancestors(one.category)))
    is_service = scene.sources.tree.within(one.category, "services")
    yield "service", float(is_service)
    if one.is_guess:
        return
    yield "best", float(one is scene.needs.candidates[0])
    yield "trade", float(one.is_trade)
    role = scene.needs.roles[one.mention.first]
    yield f"role_{role}", 1.0
    if is_service:
        yield f"service_{role}", 1.0
    if one.is_trade:
        yield f"trade_{role}", 1.0
    yield from _of_words(one, scene, is_service=is_service)
    yield from _of_place(one.mention, scene)
    for name, value in _of_neighbours(one.mention, scene):
        yield name, value
        if one.is_trade:
            yield f"trade_{name}", value


def _eased(said: float) -> float:
    """Words that go together say the same again: twice as many say less than twice as much."""
    return math.copysign(math.sqrt(abs(said)), said)


def _of_words(one: Candidate, scene: Scene, *, is_service: bool) -> Iterator[Feature]:
    """How long the phrase is, how many meanings it has, and whether the text asks for something or somebody."""
    entries = one.mention.entries
    yield "length", float(min(one.mention.length, 4) - 1)
    yield "meanings", math.log(max(len(entries), 1))
    yield "plain", next((entry.weight for entry in entries if entry.category == one.category), 0.5)
    for kind in scene.asks_for:
        yield f"{kind}_{'service' if is_service else 'thing'}", 1.0


def _of_place(mention: Mention, scene: Scene) -> Iterator[Feature]:
    """Where in the text it stands."""
    yield "at", mention.first / max(6, len(scene.tokens))
    yield "begins", float(mention.first == 0)
    yield "headline", float(mention.first <= _HEADLINE)
    before = sum(at <= mention.first for at in scene.stops)
    yield "first_sentence", float(bool(scene.stops) and before == 0)
    yield "last_sentence", float(bool(scene.stops) and before == len(scene.stops))


def _of_neighbours(mention: Mention, scene: Scene) -> Iterator[Feature]:
    """The small words before and after it, and what parts it from them."""
    tokens, after = scene.tokens, mention.last + 1
    known = bool(scene.lexicon.words("beside", "before_art"))
    gap = tokens[mention.first].gap if mention.first else STOP + 1
    yield f"gap_{gap}", 1.0
    if known and mention.first and gap in {TOGETHER, APART}:
        yield f"before_{scene.lexicon.class_of(tokens[mention.first - 1].word, 'before')}", 1.0
    next_gap = tokens[after].gap if after < len(tokens) else STOP + 1
    yield f"next_gap_{next_gap}", 1.0
    if known and next_gap in {TOGETHER, APART}:
        yield f"after_{scene.lexicon.class_of(tokens[after].word, 'after')}", 1.0
