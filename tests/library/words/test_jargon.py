"""Jargon is found with a plainer word beside it, and plain sentences are left alone."""

import time
from importlib.resources import files
from pathlib import Path

import pytest

from evenhand.words.jargon import Jargon, find_jargon

DATA = Path(__file__).parent / "data"


@pytest.fixture(scope="module")
def jargon() -> Jargon:
    return Jargon.load(files("evenhand.words") / "data" / "en" / "jargon.tsv")


def lines(name: str) -> list[str]:
    return (DATA / name).read_text(encoding="utf-8").splitlines()


def test_nine_of_ten_sentences_with_jargon_are_found(jargon: Jargon) -> None:
    sentences = lines("jargon.txt")
    assert len(sentences) >= 150
    assert sum(bool(find_jargon(sentence, jargon)) for sentence in sentences) >= 0.9 * len(sentences)


def test_plain_sentences_are_left_alone(jargon: Jargon) -> None:
    sentences = lines("plain.txt")
    assert len(sentences) >= 300
    alarms = [sentence for sentence in sentences if find_jargon(sentence, jargon)]
    assert len(alarms) <= 0.02 * len(sentences), alarms


def test_every_finding_says_where_it_stands_and_what_is_plainer(jargon: Jargon) -> None:
    text = "Going forward, we utilise wool."
    found = find_jargon(text, jargon)
    assert [(text[one.span.start : one.span.end], one.plainer) for one in found] == [
        ("Going forward", "from now on"),
        ("utilise", "use"),
    ]


def test_a_lead_a_key_and_a_lever_are_no_jargon(jargon: Jargon) -> None:
    for plain in ("The dog's lead is red.", "Here is the door key.", "More leverage on the spanner helps."):
        assert find_jargon(plain, jargon) == ()


def test_what_the_other_side_wrote_is_never_flagged(jargon: Jargon) -> None:
    assert find_jargon('You wrote "we leverage synergies going forward", and I agree.', jargon) == ()
    assert find_jargon("> Going forward we utilise wool.\nGood.", jargon) == ()
    assert len(find_jargon("> Going forward\nWe utilise wool.", jargon)) == 1


def test_it_keeps_pace_with_typing(jargon: Jargon) -> None:
    text = "We leverage best-in-class wool going forward. " * 45
    start = time.process_time()
    find_jargon(text, jargon)
    assert time.process_time() - start < 0.05, "aimed at 0.005 for a message"
