"""What a vendor offers: every category its sentence names, and whether it sells new or used, hires out or repairs."""

from evenhand.words.categories import find_needs
from evenhand.words.lexicon import Lexicon
from evenhand.words.mentions import find_cues
from evenhand.words.reading import Found
from evenhand.words.sources import Sources
from evenhand.words.text import Text
from evenhand.words.tokens import Token, tokenise

_KINDS = ("hire", "repair", "refurbished", "used", "new", "sell")
_CONDITIONS = {"hire": "hire", "repair": "repair", "refurbished": "refurbished", "used": "used", "new": "new"}
_NEARLY = 0.4
_MOST = 8


def find_range(text: Text, lexicon: Lexicon, sources: Sources) -> tuple[tuple[Found[str], ...], tuple[Found[str], ...]]:
    """Categories and conditions. "Sell and repair bikes" is bikes, with the repair of bikes beside it."""
    tokens = tokenise(text)
    needs = find_needs(tokens, lexicon, sources)
    best = needs.candidates[0].score if needs.candidates else 0.0
    kept: list[Found[str]] = []
    for one in needs.candidates:
        if one.score < _NEARLY * best or len(kept) == _MOST:
            break
        if any(sources.tree.within(other.value, one.category) for other in kept):
            continue
        span = text.span(tokens[one.mention.first].start, tokens[one.mention.last].end)
        kept.append(Found(one.category, (span,), 0.92 if one.score >= 0.5 * best else 0.8))
    return tuple(kept), _conditions(text, tokens, lexicon)


def _conditions(text: Text, tokens: tuple[Token, ...], lexicon: Lexicon) -> tuple[Found[str], ...]:
    found: dict[str, Found[str]] = {}
    cues = find_cues(tokens, lexicon, _KINDS)
    sells = any(cue.kind == "sell" for cue in cues)
    for cue in cues:
        if cue.kind in _CONDITIONS:
            span = text.span(tokens[cue.first].start, tokens[cue.last].end)
            found.setdefault(cue.kind, Found(_CONDITIONS[cue.kind], (span,), 0.92))
    if sells and found and not found.keys() & {"new", "used", "refurbished"}:
        found["new"] = Found("new", (), 0.7)
    return tuple(found.values())
