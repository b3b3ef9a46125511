"""Slips of the pen: a word that nobody knows, read as the known word it is nearest to."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from evenhand.words.lexicon import Lexicon
from evenhand.words.sources import Sources
from evenhand.words.stems import stem
from evenhand.words.tokens import Token

MOST = 4
SHORTEST = 5


def mend(tokens: Sequence[Token], lexicon: Lexicon, sources: Sources) -> tuple[Token, ...]:
    """The tokens with at most four slips mended; mountian becomes mountain."""
    left = MOST
    mended: list[Token] = []
    for token in tokens:
        better = _nearest(token.word, lexicon) if left and _is_unknown(token, lexicon, sources) else ""
        left -= bool(better)
        mended.append(replace(token, word=better, lower=better) if better else token)
    return tuple(mended)


def _is_unknown(token: Token, lexicon: Lexicon, sources: Sources) -> bool:
    word = token.word
    if len(word) < SHORTEST or not word.isalpha():
        return False
    forms = {word, stem(word, lexicon.language)} | set(_bases(word))
    is_english = lexicon.language == "en" and any(form in sources.english for form in forms)
    return not is_english and not any(sources.knows(form, lexicon.language) for form in forms)


def _bases(word: str) -> Iterator[str]:
    """Without an English verb ending: running, shipped."""
    for ending in ("ing", "ed", "er", "ers", "ly"):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            base = word.removesuffix(ending)
            yield from (base, base + "e", base[:-1] if base[-1:] == base[-2:-1] else base)


def _nearest(word: str, lexicon: Lexicon) -> str:
    """A word of the categories with the same first letter, one slip away, or two where the word is long."""
    near = _by_letter(lexicon).get(word[0], ())
    found = process.extractOne(word, near, scorer=OSA.distance, score_cutoff=2 if len(word) >= 9 else 1)
    return str(found[0]) if found else ""


@lru_cache(maxsize=16)
def _by_letter(lexicon: Lexicon) -> Mapping[str, tuple[str, ...]]:
    letters: dict[str, list[str]] = {}
    for word in sorted(lexicon.vocabulary):
        if len(word) >= SHORTEST - 1:
            letters.setdefault(word[0], []).append(word)
    return {letter: tuple(words) for letter, words in letters.items()}
