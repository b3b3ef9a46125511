"""A text as typed beside what the reader works on: cleaned, lower case, without accents, with a way back."""

import html
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from evenhand.words.reading import Span

LONGEST = 4000
"""Characters that are read of one text; what follows is kept but not understood."""

COVERED = "\x00"
"""Stands where an earlier stage has taken its words."""

_SAME_LENGTH = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛`´ʼ′", "'"),  # noqa: RUF001 - these are the quotes people type
        **dict.fromkeys("“”„‟«»″", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),  # noqa: RUF001 - and these the dashes
        **dict.fromkeys("•·●▪◦→➜…|", ","),
        **dict.fromkeys("\u00a0\u2002\u2003\u2007\u2008\u2009\u200a\u202f\u3000\t", " "),
        "\r": "\n",
        "İ": "I",
    }
)
_SYMBOLS = re.compile("[\u2190-\u23ff\u2460-\u27bf\u2900-\u2bff\ufe00-\ufe0f\U0001f000-\U0001faff]")
_CHANGES_LENGTH = re.compile(
    r"<(?:script|style)\b[^<>]{0,200}>[^<]{0,1500}</(?:script|style)\s*>"
    r"|</?[a-zA-Z!][^<>]{0,300}>"
    r"|&(?:\#\d{1,7}|[a-zA-Z]{2,8});"
    r"|[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]"
    r"|.[\u0300-\u036f]+|[ßẞœŒæÆ]|[\ufb00-\ufb06]",
    re.DOTALL,
)
_SPELLED_OUT = {"ß": "ss", "ẞ": "SS", "œ": "oe", "Œ": "Oe", "æ": "ae", "Æ": "Ae"}


def _without_accent(letter: str) -> str:
    return unicodedata.normalize("NFD", letter)[0]


_PLAIN_LETTER = {
    code: _without_accent(chr(code))
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00))
    if _without_accent(chr(code)) != chr(code)
} | {ord("ø"): "o", ord("ł"): "l", ord("đ"): "d", ord("ð"): "d", ord("þ"): "t", ord("ı"): "i"}  # noqa: RUF001


def plain(words: str) -> str:
    """Lower case without accents, for comparing; as long as what came in."""
    words = words.lower()
    return words if words.isascii() else words.translate(_PLAIN_LETTER)


def spell_out(words: str) -> str:
    """As ``plain``, with ß and ligatures written in two letters as the reader sees them."""
    words = plain(words)
    return words if words.isascii() else words.replace("ß", "ss").replace("œ", "oe").replace("æ", "ae")


@dataclass(frozen=True, slots=True)
class Edit:
    """Characters ``start`` to ``end`` give way to ``words``."""

    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class Text:
    """``shown`` keeps capitals and accents, ``lower`` accents, ``plain`` neither; all three are equally long.

    Positions in them lead back to ``raw``, the text as typed, through ``starts`` and ``ends``.
    """

    raw: str
    shown: str
    lower: str
    plain: str
    starts: Sequence[int]
    ends: Sequence[int]

    def span(self, start: int, end: int) -> Span:
        """Where positions of the cleaned text stand in the text as typed."""
        return Span(self.starts[start], self.ends[end - 1])

    def said(self, start: int, end: int) -> str:
        """The words as typed, lower case with ß as ss, single spaces."""
        span = self.span(start, end)
        return " ".join(self.raw[span.start : span.end].casefold().split())

    def quoted(self, start: int, end: int) -> str:
        """The words just as typed, single spaces: for people to read again."""
        span = self.span(start, end)
        return " ".join(self.raw[span.start : span.end].split())

    def cover(self, places: Iterable[tuple[int, int]]) -> "Text":
        """Take these stretches out of the way of later stages."""
        plain_, lower = self.plain, self.lower
        for start, end in places:
            blank = COVERED * (end - start)
            plain_ = plain_[:start] + blank + plain_[end:]
            lower = lower[:start] + blank + lower[end:]
        return replace(self, plain=plain_, lower=lower)

    def edit(self, edits: Sequence[Edit]) -> "Text":
        """Replace stretches, left to right and not overlapping, and remember where they came from."""
        pieces: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        at = 0
        for edit in (*edits, Edit(len(self.shown), len(self.shown), "")):
            pieces += (self.shown[at : edit.start], edit.words)
            starts += self.starts[at : edit.start]
            ends += self.ends[at : edit.start]
            if edit.words:
                starts += [self.starts[edit.start]] * len(edit.words)
                ends += [self.ends[edit.end - 1]] * len(edit.words)
            at = edit.end
        return _text(self.raw, "".join(pieces), starts, ends)


def clean(raw: str) -> Text:
    """Drop markup and control characters, level quotes, dashes and spaces, turn emoji into commas."""
    shown = _SYMBOLS.sub(",", raw[:LONGEST].translate(_SAME_LENGTH))
    text = _text(raw, shown, range(len(shown)), range(1, len(shown) + 1))
    edits = [Edit(found.start(), found.end(), _instead(found[0])) for found in _CHANGES_LENGTH.finditer(shown)]
    return text.edit(edits) if edits else text


def _instead(odd: str) -> str:
    if odd in _SPELLED_OUT:
        return _SPELLED_OUT[odd]
    if odd.startswith("&") and len(odd) > 1:
        known = html.unescape(odd)
        return known if known.isprintable() else " "
    if odd.startswith("<") and len(odd) > 1:
        return " "
    composed = unicodedata.normalize("NFKC", odd)
    return "".join(letter for letter in composed if letter.isprintable() and not unicodedata.combining(letter))


def _text(raw: str, shown: str, starts: Sequence[int], ends: Sequence[int]) -> Text:
    lower = shown.lower()
    return Text(raw, shown, lower, lower.translate(_PLAIN_LETTER), starts, ends)
