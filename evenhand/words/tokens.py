"""Words with their places: what stands between them tells phrases, clauses and sentences apart."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from evenhand.words.text import COVERED, Text, spell_out

_WORD = re.compile(r"(?:(?:qu|[ldjnsmtc])'(?=[^\W_]))|[^\W_]+(?:'[^\W_]+)?|&|\+")
_BREAKS = re.compile(r"[.!?;:\n]|\s[-/]+\s|--")

MOST = 240
"""Words that are looked at; people who want something say it in fewer."""

TOGETHER, APART, COMMA, STOP = range(4)
"""What stands before a word: a space or hyphen, something taken by an earlier stage, a comma or bracket, a stop."""


@dataclass(frozen=True, slots=True)
class Token:
    """One word: ``word`` without accents, ``lower`` with them, ``gap`` what stands before it.

    ``colon`` says that the stop before it is a colon, which leads on to what was promised.
    """

    word: str
    lower: str
    start: int
    end: int
    gap: int
    capital: bool
    colon: bool = False


def tokenise(text: Text) -> tuple[Token, ...]:
    """All words that no earlier stage has taken, in their order."""
    tokens: list[Token] = []
    at, same = 0, text.lower == text.plain
    for found in islice(_WORD.finditer(text.plain), MOST):
        start, end = found.span()
        word = _bare(found[0])
        lower = word if same else _bare(text.lower[start:end])
        between = text.plain[at:start]
        gap = TOGETHER if between == " " or _is_short(between, tokens) else _gap(between)
        colon = ":" in between and between.strip() == ":"
        tokens.append(Token(word, lower, start, end, gap, text.shown[start].isupper(), colon))
        at = end
    return tuple(tokens)


_SHORT = frozenset({"st", "ste", "mt", "ft", "co", "str"})


def _is_short(between: str, tokens: Sequence[Token]) -> bool:
    """St. Wendel, Co. Mayo: the point ends no sentence."""
    return between == ". " and bool(tokens) and tokens[-1].word in _SHORT


def _gap(between: str) -> int:
    if between in {" ", "", "-"}:
        return TOGETHER
    if _BREAKS.search(between):
        return STOP
    if COVERED in between:
        return COMMA if "," in between or "(" in between or ")" in between else APART
    return TOGETHER if not between.strip(" -/'’\"") else COMMA  # noqa: RUF001 - a quote people type


def words_of(phrase: str) -> tuple[str, ...]:
    """A phrase of a lexicon cut as a text is cut, without accents."""
    words = spell_out(phrase)
    if words.replace(" ", "").isalpha():
        return tuple(words.split())
    return tuple(_bare(word) for word in _WORD.findall(words))


def _bare(word: str) -> str:
    """Without a possessive; signs that mean "and" as the word."""
    if word.isalnum():
        return word
    return "and" if word in {"&", "+"} else word.removesuffix("'s")
