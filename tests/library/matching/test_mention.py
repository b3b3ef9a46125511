"""Mentions: found by two words side by side that both sentences say."""

from pathlib import Path

from evenhand.matching.mention import Common, mentioned
from evenhand.words.sources import open_sources


def test_a_phrase_both_say_is_a_mention() -> None:
    assert mentioned("I want a gravel bike in Hull", "We build gravel bikes, by hand") == ("gravel bike",)


def test_a_single_rare_word_is_no_mention() -> None:
    assert mentioned("a theremin, please", "Theremins and harps") == ()


def test_filler_words_make_no_phrase() -> None:
    assert mentioned("I would like a new one", "You would like a new one") == ()


def test_words_of_two_clauses_make_no_phrase() -> None:
    assert mentioned("gravel, bike", "gravel bike") == ()


def test_a_double_s_is_no_plural() -> None:
    assert mentioned("stained glass", "stained glasses") == ()


def test_what_is_said_of_anything_makes_no_phrase(tmp_path: Path) -> None:
    common = Common.of(open_sources(tmp_path / "no_places_needed"))
    assert mentioned("a second hand car in East Yorkshire", "Second hand cars, East Yorkshire", common) == ()
    assert mentioned("second hand garden furniture", "second hand books", common) == ()
    assert mentioned("second hand garden furniture", "garden furniture", common) == ("garden furniture",)
