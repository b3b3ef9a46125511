"""Which language a text is in, told by its small words; other scripts and languages are named, not guessed at."""

from collections.abc import Sequence

from evenhand.words.sources import LANGUAGES, Sources
from evenhand.words.text import Text
from evenhand.words.tokens import Token

_LANGUAGE_OF = {
    **dict.fromkeys(("DE", "AT", "LI"), "de"),
    **dict.fromkeys(("FR", "MC", "SN", "CI", "LU"), "fr"),
    **dict.fromkeys(("ES", "MX", "AR", "CO", "CL", "PE", "EC", "UY", "PY", "BO", "VE", "CR", "PA", "GT", "HN", "NI",
                     "SV", "DO", "CU"), "es"),
}  # fmt: skip


_MUCH = 4.0
"""With so much said for a language, foreign words in it are quoted."""

_FEW = 2.0
"""With less than this said for any language, where somebody writes from tells more."""


def is_latin(text: Text) -> bool:
    """Whether at least half of the letters are Latin ones."""
    letters = [letter for letter in text.plain if letter.isalpha()]
    return not letters or 2 * sum(letter < "\u0250" for letter in letters) >= len(letters)


_FOREIGN = frozenset("ąćęłńśźżčďěňřšťůžőűğışțșăāēģīķļņūųėįåæøðþ")
"""Letters of other languages than those that are read."""


def _is_foreign(tokens: Sequence[Token]) -> bool:
    """Two words with such letters that are no names: "potrzebuję czegoś"; Łódź and one smørrebrød say nothing yet."""
    words = (token for at, token in enumerate(tokens) if not at or not token.capital)
    return sum(not _FOREIGN.isdisjoint(token.lower) for token in words) >= 2


def language_of(text: Text, tokens: Sequence[Token], sources: Sources, *, country: str, said: str = "") -> str:
    """An ISO 639-1 code; one that is not in ``LANGUAGES`` cannot be read, and "" is no known one."""
    if not is_latin(text):
        return ""
    scores = _scores(tokens, sources)
    likely = _LANGUAGE_OF.get(country, "en")
    if max(scores.values()) < _FEW:
        scores[likely] += 0.5
    known = max(LANGUAGES, key=lambda one: (scores[one], one == said, one == likely, one == "en"))
    stranger = max((one for one in scores if one not in LANGUAGES), key=lambda one: (scores[one], one), default="")
    is_strange = stranger and scores[stranger] >= 2.5 and scores[stranger] > scores[known] * 1.15
    if is_strange:
        return stranger
    return "" if _is_foreign(tokens) and scores[known] < _MUCH else known


def _scores(tokens: Sequence[Token], sources: Sources) -> dict[str, float]:
    scores = dict.fromkeys(sources.small_words, 0.0)
    for token in tokens:
        for language in sources.small_in.get(token.word, ()):
            scores[language] += 1
        for language in sources.spoken_in(token.word) if len(token.word) > 3 else ():
            scores[language] += 0.6
        scores["en"] += 0.1 * (token.word in sources.english)
    return scores
