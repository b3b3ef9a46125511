"""Whoever adds words is told of clashes, and what is shipped has none."""

from dataclasses import replace

import pytest

from evenhand.words.clashes import find_clashes
from evenhand.words.lexicon import Lexicon
from evenhand.words.sources import LANGUAGES, Sources


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_phrase_that_is_shipped_has_two_equal_meanings(language: str, sources: Sources) -> None:
    assert find_clashes(sources.lexicons[language], sources.tree) == ()


def test_a_clash_is_told_with_its_meanings(sources: Sources) -> None:
    shipped = sources.lexicons["en"]
    tables = {
        **shipped.tables,
        "categories": {"tents": ("marquee", "marquee"), "venue": ("marquee",), "carpets": ("flying carpet",)},
        "things": {"tents": ("a b c d e f g",)},
    }
    lexicon: Lexicon = replace(shipped, tables=tables)
    codes = {clash.code for clash in find_clashes(lexicon, sources.tree)}
    assert codes == {"unknown_category", "twice", "two_meanings"}
    long = replace(shipped, tables={**tables, "categories": {"tents": ("one two three four five six seven",)}})
    assert "too_long" in {clash.code for clash in find_clashes(long, sources.tree)}
