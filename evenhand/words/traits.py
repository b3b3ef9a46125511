"""Values such as fair trade, and the condition a thing may be in: new, used, refurbished, for hire, to repair."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from evenhand.words.lexicon import Lexicon, any_of
from evenhand.words.reading import Found
from evenhand.words.text import Text

Stretch = tuple[int, int]

_BIO = r"bio(?!log|gra[fp]|tonne|mull|muell|gas|metri|chem|top|psie|nade|tech|nisch|tit)[^\W\d_]{4,}"
"""Biogemüse and Biowein are organic, a Biotonne is not."""

_MADE_IN = re.compile(r" (?:in|en|aus) |british|american|irish|deutschland|espan|france")

_USED_TO = re.compile(r"\s+to\s+(?:be|have|do|work|make|run|play|own|live|go|use|love|ride|it)\b")

_CONDITIONS = ("refurbished", "used", "new")


@dataclass(frozen=True, slots=True)
class Traits:
    """What was found; ``with_names`` are stretches such as "made in Britain", which name no place to deliver to."""

    values: tuple[Found[str], ...] = ()
    condition: Found[str] | None = None
    tolerances: tuple[Found[str], ...] = ()
    with_names: tuple[Stretch, ...] = ()


@dataclass(frozen=True, slots=True)
class _Grammar:
    values: re.Pattern[str]
    value_of: dict[str, str]
    conditions: re.Pattern[str]
    tolerated_before: re.Pattern[str]
    tolerated_after: re.Pattern[str]
    owned: re.Pattern[str]
    used_or: re.Pattern[str]


@lru_cache(maxsize=16)
def _grammar(lexicon: Lexicon) -> _Grammar:
    values = {" ".join(word.lower().split()): key for key, words in lexicon.tables["values"].items() for word in words}
    kinds = "|".join(f"(?P<{kind}>{lexicon.pattern('cues', kind)})" for kind in _CONDITIONS)
    every = any_of({word for kind in _CONDITIONS for word in lexicon.words("cues", kind)})
    between = r"(?:\s+[^\W_]+)?"
    return _Grammar(
        values=re.compile(
            rf"(?<![\w-])(?:{any_of(values)}(?!\w)(?!\s+{lexicon.pattern('cues', 'no_value_after')}(?!\w))"
            rf"{'|(?P<bio>' + _BIO + ')' if lexicon.language == 'de' else ''})"
        ),
        value_of={_bare(word): key for word, key in values.items()},
        conditions=re.compile(rf"(?<![\w-])(?:{kinds})(?![\w])"),
        tolerated_before=re.compile(
            rf"(?<!\w){lexicon.pattern('cues', 'tolerance_before')}(?:\s+(?:with|a|an|{every}))*{between}\s*$"
        ),
        tolerated_after=re.compile(
            rf"(?:\s+(?:or\s+)?{every})?{between}\s+{lexicon.pattern('cues', 'tolerance')}(?!\w)"
        ),
        used_or=re.compile(rf"(?<![\w-]){lexicon.pattern('cues', 'used')}\s+(?:or|oder|ou|o)\s+$"),
        owned=re.compile(rf"(?<!\w){lexicon.pattern('cues', 'no_value_before')}\s*$"),
    )


def _bare(words: str) -> str:
    return any_of([words])[3:-1]


def find_traits(text: Text, lexicon: Lexicon, *, whole: Text, excluded: Sequence[Stretch] = ()) -> Traits:
    """Values and conditions; "used is fine" tolerates and does not ask for it.

    ``whole`` still has what was ``excluded``: "without plastic" excludes something and says a value too.
    """
    grammar = _grammar(lexicon)
    conditions, tolerances = _conditions(text, grammar)
    tolerated = {span for found in tolerances for span in found.spans}
    matches = tuple(grammar.values.finditer(text.plain))
    said = (*_values(text, matches, grammar), *_values_of(whole, excluded, grammar))
    values = tuple(found for found in said if not tolerated & set(found.spans))
    with_names = tuple(found.span() for found in matches if _MADE_IN.search(found[0]))
    return Traits(_unique(values), conditions[0] if conditions else None, tolerances, with_names)


def _values(text: Text, matches: Sequence[re.Match[str]], grammar: _Grammar) -> Iterator[Found[str]]:
    for found in matches:
        if found[0] == "used" and _USED_TO.match(text.plain, found.end()):
            continue
        if not grammar.owned.search(text.plain, max(0, found.start() - 24), found.start()):
            value = grammar.value_of.get(_bare(" ".join(found[0].split())), "organic")
            yield Found(value, (text.span(*found.span()),), 0.95)


def _values_of(whole: Text, excluded: Sequence[Stretch], grammar: _Grammar) -> Iterator[Found[str]]:
    """Exclusions that are a value from their first word to their last; a plastic lining is another matter."""
    for start, end in excluded:
        found = grammar.values.fullmatch(whole.plain, start, end)
        if found:
            yield Found(grammar.value_of[_bare(" ".join(found[0].split()))], (whole.span(start, end),), 0.95)


def _conditions(text: Text, grammar: _Grammar) -> tuple[list[Found[str]], tuple[Found[str], ...]]:
    wanted: list[Found[str]] = []
    tolerated: list[Found[str]] = []
    for found in grammar.conditions.finditer(text.plain):
        one = Found(str(found.lastgroup), (text.span(*found.span()),), 0.94)
        before = text.plain[max(0, found.start() - 40) : found.start()]
        is_tolerated = grammar.tolerated_after.match(text.plain, found.end()) or (
            grammar.tolerated_before.search(before) and not grammar.used_or.search(before)
        )
        (tolerated if is_tolerated else wanted).append(one)
    return wanted, tuple(tolerated)


def _unique(values: tuple[Found[str], ...]) -> tuple[Found[str], ...]:
    """One of each value, with every place it was said at."""
    spans: dict[str, list[Found[str]]] = {}
    for found in values:
        spans.setdefault(found.value, []).append(found)
    return tuple(
        Found(value, tuple(span for found in same for span in found.spans), same[0].confidence)
        for value, same in spans.items()
    )
