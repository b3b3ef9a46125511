"""What must not be: "no leather", "without plastic lining", "nothing from fast fashion brands"."""

import re
from dataclasses import dataclass
from functools import lru_cache

from evenhand.words.lexicon import Lexicon, any_of
from evenhand.words.reading import Found
from evenhand.words.text import COVERED, Text

MOST_WORDS = 4

_LIVE = re.compile(
    r"\b(?:live|do|cope|manage|go|went|gone|survive|work|been|being|be|was|were|left|are|is|am|we're|i'm)\s$"
)
_HAVE = re.compile(
    r"(?:\b(?:have|had|'ve|'s got|got|there's|there is|there are|there was|was|were|arrived with|came with|left with)"
    r"|(?<!that )(?<!which )(?<!who )\bhas)\s$"
)
"""What somebody has none of is no wish: "the house has no garden", "it came with no instructions"."""

_CANNOT = re.compile(r"\b(?:can't|cannot|can not|couldn't|won't|wouldn't|never)\b[^.,;!?]*$")
"""Who cannot settle without a book wants the book."""

_DOES = re.compile(r"\b(?:will|would|does|did|do|has|have|had|could|can)(?: still| just| simply)?\s$")
"""What will not eat is told, not wished away."""

_ACT = re.compile(r"[a-z]{2,}(?:ar|er|ir)(?:l[oae]s?|se|me|nos|te)\b")
"""Spanish "sin marearlo", without upsetting him, excludes nothing."""


@dataclass(frozen=True, slots=True)
class Exclusions:
    """What is excluded, in the writer's words, and the stretches of the text it took."""

    found: tuple[Found[str], ...]
    covered: tuple[tuple[int, int], ...]


@lru_cache(maxsize=16)
def _patterns(lexicon: Lexicon) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    words = lexicon.words
    no, stop, end = words("cues", "no"), words("cues", "no_stop"), words("cues", "no_end")
    article = any_of(words("cues", "no_article"))
    start = re.compile(rf"(?<![\w-])(?!{any_of(stop)}(?!\w)){any_of(no)}(?:\s+{article})?(?:\s+|(?<='))(?=\w)")
    what = re.compile(rf"(?:(?!{any_of(end)}(?!\w))[^\W_]+(?:['-][^\W_]+)*(?:\s+(?=\w))?){{1,{MOST_WORDS}}}")
    values = {word for said in lexicon.tables["values"].values() for word in said}
    return start, what, re.compile(rf"{any_of(values)}(?!\w)")


def find_exclusions(text: Text, lexicon: Lexicon) -> Exclusions:
    """Every stretch after a "no" or "without" until the thought ends."""
    start, what, values = _patterns(lexicon)
    found: list[Found[str]] = []
    covered: list[tuple[int, int]] = []
    for no in start.finditer(text.plain):
        thing = what.match(text.plain, no.end())
        before = text.plain[max(0, no.start() - 32) : no.start()]
        if text.plain.count('"', 0, no.start()) % 2 == 1 or _is_told(before, no[0].split()[0]):
            continue  # I can't live without tea
        if not thing or COVERED in thing[0] or (covered and no.start() < covered[-1][1]):
            continue
        end = thing.start() + len(thing[0].rstrip())
        if lexicon.language == "es" and _ACT.match(thing[0]):
            continue
        value = values.match(text.plain, no.start())
        if value and value.end() > end:
            continue  # "not tested on animals" asks for something
        end = _end_of_list(text.plain, end, lexicon)
        found += _each(text, thing.start(), end, lexicon)
        covered.append((no.start(), end))
    return Exclusions(tuple(found), tuple(covered))


def _is_told(before: str, no: str) -> bool:
    """Whether the "no" or "without" tells how somebody lives, what they have none of or cannot do without."""
    if (no == "without" and _CANNOT.search(before)) or (no == "not" and _DOES.search(before)):
        return True
    return bool(_LIVE.search(before) or (no == "no" and _HAVE.search(before)))


@lru_cache(maxsize=16)
def _list(lexicon: Lexicon) -> re.Pattern[str]:
    joint = any_of(lexicon.words("cues", "no_or"))
    thing = r"[^\W_]+(?:-[^\W_]+)?(?:\s+[^\W_]+)?"
    return re.compile(rf"(?:,\s*{thing}){{1,4}}?,?\s+{joint}\s+[^\W_]+(?:-[^\W_]+)?(?=\s*(?:$|[,.;)!?\n\0]))")


def _end_of_list(words: str, end: int, lexicon: Lexicon) -> int:
    """ "Without nuts, dairy or egg" goes on to the egg."""
    more = _list(lexicon).match(words, end)
    return more.end() if more else end


def _each(text: Text, start: int, end: int, lexicon: Lexicon) -> list[Found[str]]:
    """ "No nuts or dairy" are two things."""
    pieces: list[Found[str]] = []
    joint = re.compile(rf"(?:\s*,)?\s+{any_of(lexicon.words('cues', 'no_or'))}\s+|\s*,\s*")
    at = start
    for cut in (*joint.finditer(text.plain, start, end), None):
        stop = cut.start() if cut else end
        if stop > at:
            pieces.append(Found(text.said(at, stop), (text.span(at, stop),), 0.93))
        at = cut.end() if cut else end
    return pieces
