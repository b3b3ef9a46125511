"""What must not be: "no leather", "without plastic lining", "nothing from fast fashion brands"."""

import re
from dataclasses import dataclass
from functools import lru_cache

from evenhand.words.lexicon import Lexicon, any_of
from evenhand.words.reading import Found
from evenhand.words.text import COVERED, Text

MOST_WORDS = 4


@dataclass(frozen=True, slots=True)
class Exclusions:
    """What is excluded, in the writer's words, and the stretches of the text it took."""

    found: tuple[Found[str], ...]
    covered: tuple[tuple[int, int], ...]


@lru_cache(maxsize=16)
def _patterns(lexicon: Lexicon) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    words = lexicon.words
    no, stop, end = words("cues", "no"), words("cues", "no_stop"), words("cues", "no_end")
    start = re.compile(
        rf"(?<![\w-])(?!{any_of(stop)}(?!\w)){any_of(no)}(?:\s+{any_of(words('cues', 'no_article'))})?\s+(?=\w)"
    )
    what = re.compile(rf"(?:(?!{any_of(end)}(?!\w))[^\W_]+(?:['-][^\W_]+)*(?:\s+(?=\w))?){{1,{MOST_WORDS}}}")
    return start, what, re.compile(rf"\s*(?:,|{any_of(words('cues', 'no_or'))}(?!\w))\s*")


def find_exclusions(text: Text, lexicon: Lexicon) -> Exclusions:
    """Every stretch after a "no" or "without" until the thought ends."""
    start, what, _or = _patterns(lexicon)
    found: list[Found[str]] = []
    covered: list[tuple[int, int]] = []
    for no in start.finditer(text.plain):
        thing = what.match(text.plain, no.end())
        if not thing or COVERED in thing[0] or (covered and no.start() < covered[-1][1]):
            continue
        end = thing.start() + len(thing[0].rstrip())
        found += _each(text, thing.start(), end, lexicon)
        covered.append((no.start(), end))
    return Exclusions(tuple(found), tuple(covered))


def _each(text: Text, start: int, end: int, lexicon: Lexicon) -> list[Found[str]]:
    """ "No nuts or dairy" are two things."""
    pieces: list[Found[str]] = []
    joint = re.compile(rf"\s+{any_of(lexicon.words('cues', 'no_or'))}\s+")
    at = start
    for cut in (*joint.finditer(text.plain, start, end), None):
        stop = cut.start() if cut else end
        if stop > at:
            pieces.append(Found(text.said(at, stop), (text.span(at, stop),), 0.93))
        at = cut.end() if cut else end
    return pieces
