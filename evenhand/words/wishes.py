"""Must-haves and nice-to-haves, in the writer's own words: "must fit through a door", "p.s. ...", "ideally ..."."""

import re
from functools import lru_cache

from evenhand.words.lexicon import Lexicon, any_of
from evenhand.words.reading import Found
from evenhand.words.text import COVERED, Text

_LONGEST = 140
_TRIM = f" \t\n.,;:!?()-\"'{COVERED}"


@lru_cache(maxsize=16)
def _cues(lexicon: Lexicon) -> re.Pattern[str]:
    words = lexicon.words
    return re.compile(
        rf"(?<![\w-])(?:(?P<after>p\.?\s?s\.?\s?[:,-]?\s|{any_of(words('cues', 'nice_before'))}(?!\w))"
        rf"|(?P<must>{any_of(words('cues', 'must_before'))}(?!\w)))"
    )


def find_wishes(text: Text, lexicon: Lexicon) -> tuple[tuple[Found[str], ...], tuple[Found[str], ...]]:
    """Must-haves and nice-to-haves; each runs to the end of its thought."""
    musts: list[Found[str]] = []
    nices: list[Found[str]] = []
    at = 0
    for cue in _cues(lexicon).finditer(text.plain):
        if cue.start() < at:
            continue
        is_postscript = (
            bool(cue["after"]) and cue["after"].startswith("p") and "s" in cue["after"][:4] and len(cue["after"]) < 7
        )
        start, end = _thought(text.plain, cue.start() if cue["must"] else cue.end(), cue.end(), long=is_postscript)
        if end - start >= 3:
            found = Found(text.quoted(start, end), (text.span(start, end),), 0.85)
            (musts if cue["must"] else nices).append(found)
            at = end
    return tuple(musts[:5]), tuple(nices[:5])


def _thought(words: str, start: int, after: int, *, long: bool) -> tuple[int, int]:
    stop = re.compile(r"[!?;\n]|\.(?:\s|$)" if long else r"[,!?;\n()]|\.(?:\s|$)|\s-\s|\0")
    found = stop.search(words, after)
    end = min(found.start() if found else len(words), start + _LONGEST)
    while start < end and words[start] in _TRIM:
        start += 1
    while end > start and words[end - 1] in _TRIM:
        end -= 1
    return start, end
