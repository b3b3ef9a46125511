"""Words that friends would not say aloud, each with a plainer one; never in quotes of the other side."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path

from evenhand.words.lexicon import any_of
from evenhand.words.reading import Span
from evenhand.words.text import clean

_QUOTED = re.compile(r"(?:^|\n)[ \t]*>[^\n]*|\"[^\"\n]{1,400}\"")


@dataclass(frozen=True, slots=True)
class Finding:
    """A stretch of the text, the phrase of the list that it is, and what to say instead."""

    span: Span
    phrase: str
    plainer: str


@dataclass(frozen=True, eq=False)
class Jargon:
    """The list: phrases with what is plainer, and one pattern that finds them all."""

    plainer: Mapping[str, str]
    pattern: re.Pattern[str]

    @classmethod
    def load(cls, path: Path | Traversable) -> "Jargon":
        """Read the tab-separated file: a heading line, then phrase and plainer words."""
        rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()[1:] if line)
        plainer = {phrase.lower(): words for phrase, words in rows}
        return cls(plainer, re.compile(rf"(?<![\w]){any_of(plainer)}(?!\w)"))


def find_jargon(text: str, jargon: Jargon) -> tuple[Finding, ...]:
    """Every phrase of the list in the text, left to right; advice, never a hindrance."""
    cleaned = clean(text)
    quoted = [found.span() for found in _QUOTED.finditer(cleaned.plain)]
    return tuple(
        Finding(cleaned.span(*found.span()), phrase, jargon.plainer[phrase])
        for found in jargon.pattern.finditer(cleaned.plain)
        if not any(start <= found.start() < end for start, end in quoted)
        for phrase in [" ".join(found[0].split())]
    )
