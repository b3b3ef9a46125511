"""Two needs in one text: which of the candidates stand beside each other rather than instead of each other."""

from collections.abc import Sequence

from evenhand.words.categories import Needs
from evenhand.words.lexicon import Lexicon
from evenhand.words.mentions import Candidate
from evenhand.words.sources import Sources
from evenhand.words.tokens import COMMA, STOP, Token

MOST = 4
_NEARLY = 0.72


def find_heads(tokens: Sequence[Token], needs: Needs, lexicon: Lexicon, sources: Sources) -> tuple[Candidate, ...]:
    """The best candidate, and beside it those that are joined to it by "and", or wanted in a sentence of their own.

    In the order in which the text names them; nothing where there is no candidate.
    """
    if not needs.candidates:
        return ()
    best = needs.candidates[0]
    heads = [best]
    for other in sorted(needs.candidates[1:], key=lambda one: -one.score):
        if len(heads) == MOST or other.score < _NEARLY * best.score or best.is_trade or other.is_trade:
            break
        if all(_is_apart(head, other, sources) for head in heads) and any(
            _is_joined(tokens, head, other, needs, lexicon) for head in heads
        ):
            heads.append(other)
    return tuple(sorted(heads, key=lambda head: head.mention.first))


def _is_apart(one: Candidate, other: Candidate, sources: Sources) -> bool:
    """Different words that mean different things; a bag is no second wish beside a handbag."""
    tree = sources.tree
    overlap = one.mention.first <= other.mention.last and other.mention.first <= one.mention.last
    same = tree.within(one.category, other.category) or tree.within(other.category, one.category)
    return not overlap and not same


def _is_joined(tokens: Sequence[Token], one: Candidate, other: Candidate, needs: Needs, lexicon: Lexicon) -> bool:
    first, last = sorted((one.mention, other.mention), key=lambda mention: mention.first)
    between = tokens[first.last + 1 : last.first + 1]
    if any(token.gap == STOP for token in between):
        return needs.roles[first.first] == needs.roles[last.first] == "want"
    if needs.roles[first.first] != needs.roles[last.first] and needs.roles[last.first]:
        return False
    words = {token.word for token in between[:-1]}
    return (
        len(between) <= 6
        and bool(words & set(lexicon.words("cues", "and")))
        and not _leaves(tokens, first.last, last.first)
    )


def _leaves(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Two commas between them: another thought."""
    return sum(token.gap == COMMA for token in tokens[start + 1 : end + 1]) > 1
