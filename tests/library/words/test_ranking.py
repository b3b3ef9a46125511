"""Of several candidates the likeliest: what all words say counts, and a weak word alone is asked about."""

import importlib
from datetime import datetime

import pytest

from evenhand.intents.read import read
from evenhand.words.categories import Needs, to_found
from evenhand.words.evidence import Evidence
from evenhand.words.ranking import rank
from evenhand.words.sources import LANGUAGES, Sources
from evenhand.words.text import clean
from evenhand.words.tokens import tokenise
from evenhand.words.tree import Tree

TREE = Tree.load(importlib.resources.files("evenhand.words") / "data" / "categories.tsv")
LINES = {
    "": "camping_hiking:100 tents:100 flowers:200",
    "canvas": "tents:40",
    "night": "camping_hiking:20 flowers:20",
    "rose": "flowers:100",
}
EVIDENCE = Evidence.of_lines(LINES, TREE)


def test_words_speak_for_the_kinds_they_stand_beside() -> None:
    assert EVIDENCE.of(["canvas"], "tents") > 0 > EVIDENCE.of(["canvas"], "flowers")
    assert EVIDENCE.likeliest(["rose"], 1) == ["flowers"]
    assert EVIDENCE.strongest(["night", "canvas"], "tents") == 1


def test_what_is_known_of_a_narrow_kind_counts_for_the_wider() -> None:
    assert TREE.within("tents", "camping_hiking")
    assert EVIDENCE.of(["canvas"], "camping_hiking") > 0


def test_unknown_words_say_nothing() -> None:
    assert EVIDENCE.of(["zyx", "wvu"], "tents") == 0
    assert EVIDENCE.likeliest([], 3) == []
    assert Evidence.of_lines({}, TREE).of(["canvas"], "tents") == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_counts_know_all_words_of_the_word_files(language: str, sources: Sources) -> None:
    teach = importlib.import_module("bench.teach")
    counted = sources.evidence[language].lines
    new = [
        word for word, kinds in teach.count(language, (), sources).items() if not _holds(counted.get(word, ""), kinds)
    ]
    assert not new, f"run python -m bench.teach --words: it would count {new[:5]} anew"


def _holds(counted: str, phrases: str) -> bool:
    """Whether each kind is counted at least as often as phrases alone say."""
    known = {kind: int(tenths) for kind, _, tenths in (pair.partition(":") for pair in counted.split())}
    return all(
        known.get(kind, 0) >= int(tenths) for kind, _, tenths in (pair.partition(":") for pair in phrases.split())
    )


@pytest.mark.parametrize(
    "text",
    ["hello there", "thank you so much for your help", "who won the match last night?", "what can you do",
     "Potrzebuję czegoś, ale nie wiem czego"],
)  # fmt: skip
def test_who_wants_nothing_is_asked_what(text: str, sources: Sources, now: datetime) -> None:
    assert all(wish.category is None for wish in read(text, now=now, country="GB", sources=sources).wishes)


def test_a_guess_is_never_sure(sources: Sources) -> None:
    text = clean("canvas, guy ropes and a groundsheet")
    tokens, lexicon = tokenise(text), sources.lexicons["en"]
    guessed = rank(tokens, Needs((), ("",) * len(tokens), ()), lexicon, sources).candidates
    assert guessed
    assert all(one.is_guess for one in guessed)
    found = to_found(text, tokens, guessed[0], guessed, sources)
    assert sources.tree.within(found.value, "sporting_goods")
    assert 0 < found.confidence <= 0.6
