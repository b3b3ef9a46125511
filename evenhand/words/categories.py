"""What is wanted: of all categories that the words may mean the one that the sentence asks for."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from evenhand.words.jobs import find_actions, find_trades
from evenhand.words.lexicon import Entry, Lexicon
from evenhand.words.mentions import Candidate, Cue, Mention, clause_of, find_mentions
from evenhand.words.reading import Found
from evenhand.words.roles import find_roles
from evenhand.words.sources import Sources
from evenhand.words.text import Text
from evenhand.words.tokens import TOGETHER, Token

_WEIGHT = {
    "": 1.0,
    "want": 1.3,
    "job": 1.1,
    "sell": 1.0,
    "self": 0.2,
    "gift": 0.5,
    "own": 0.6,
    "nice": 0.4,
    "must": 0.6,
    "for": 0.45,
    "with": 0.4,
}
"""How much a category counts after each kind of small word."""

_HEAD_FIRST = frozenset({"fr", "es"})
_MODIFIER = 0.35
_TOLD = 0.6
_PLACES = frozenset({"property", "accommodation", "venue", "restaurant"})
_HEADLINE = 3
_NOT_NAMED = 0.65
_NO_THING = 0.75
_WORTH_ASKING = 0.05
_EARNED = ((0.0, 0.0), (0.93, 0.9), (1.0, 0.99))
"""Share of the odds and confidence: how often sentences that nobody tuned for were read rightly at that share."""
_WEAK = 0.725
_GUESS = 0.6


@dataclass(frozen=True, slots=True)
class Needs:
    """Candidates, the best first, with what the text says around them."""

    candidates: tuple[Candidate, ...]
    roles: tuple[str, ...]
    actions: tuple[Cue, ...]


def find_needs(tokens: Sequence[Token], lexicon: Lexicon, sources: Sources) -> Needs:
    """Every category that is mentioned or meant, weighed by where it stands."""
    mentions = find_mentions(tokens, lexicon)
    roles = find_roles(tokens, lexicon, mentions)
    actions = find_actions(tokens, roles, lexicon)
    weighed = _weigh(tokens, mentions, roles, lexicon, sources)
    candidates = [
        Candidate(
            entry.category,
            mention.score * _weight(entry, mention, weighed, sources) * _fits(entry, roles[mention.first], sources),
            mention,
        )
        for mention in weighed
        for entry in mention.entries
    ]
    candidates += _inferred(find_trades(tokens, weighed, roles, actions, lexicon, sources), weighed, roles, sources)
    if _asks_for_a_thing(tokens, lexicon):
        candidates = [_as_a_thing(one, sources) for one in candidates]
    return Needs(tuple(_merge(candidates, sources)), roles, actions)


def _inferred(
    trades: Iterable[Candidate], mentions: Sequence[Mention], roles: Sequence[str], sources: Sources
) -> Iterator[Candidate]:
    """Who names the trade means that one: an osteopath for a back that hurts is no dentist."""
    named = {
        entry.category
        for mention in mentions
        if roles[mention.first] == "want" or (roles[mention.first] == "" and mention.first <= _HEADLINE)
        for entry in mention.entries
        if entry.weight >= 1 and sources.tree.within(entry.category, "services") and entry.category not in _PLACES
    }
    for trade in trades:
        yield replace(trade, score=trade.score * _NOT_NAMED) if named and trade.category not in named else trade


def _asks_for_a_thing(tokens: Sequence[Token], lexicon: Lexicon) -> bool:
    """ "Something for a bad back" asks for no therapist."""
    words = lexicon.cue_words("something")
    return any(token.word in words for token in tokens)


def _as_a_thing(one: Candidate, sources: Sources) -> Candidate:
    return replace(one, score=one.score * _NO_THING) if sources.tree.within(one.category, "services") else one


def _weight(entry: Entry, mention: Mention, mentions: Sequence[Mention], sources: Sources) -> float:
    """Of two meanings the one whose branch the text also speaks of: brake pads for a bike are no car's."""
    if len(mention.entries) == 1:
        return entry.weight
    branch = sources.tree.parent(entry.category) or entry.category
    others = (other for one in mentions if one.first != mention.first for other in one.entries)
    return 1.1 if any(sources.tree.within(other.category, branch) for other in others) else entry.weight


def _fits(entry: Entry, role: str, sources: Sources) -> float:
    """ "Someone to ..." asks for a service."""
    is_service = sources.tree.within(entry.category, "services")
    if role == "job":
        return 1.25 if is_service else 0.8
    return 1.2 if is_service and role == "want" else 1.0


def _weigh(
    tokens: Sequence[Token], mentions: Sequence[Mention], roles: Sequence[str], lexicon: Lexicon, sources: Sources
) -> list[Mention]:
    weighed = []
    told = _told(tokens, mentions, roles, sources)
    for at, mention in enumerate(mentions):
        score = (1 + 0.15 * (mention.length - 1)) * _WEIGHT[roles[mention.first]] * (1 - 0.004 * min(mention.first, 60))
        score *= _TOLD if mention in told else 1.0
        follower = mentions[at + 1] if at + 1 < len(mentions) else None
        if lexicon.language not in _HEAD_FIRST and _modifies(tokens, mention, follower):
            score *= _MODIFIER
        if mention.length == 1 and _holds(tokens, mention, lexicon) and not _is_service(mention, sources):
            score *= _MODIFIER
        if at and _is_object(tokens, mentions[at - 1], mention, lexicon, sources):
            score *= 0.5
        weighed.append(replace(mention, score=score))
    return weighed


def _told(
    tokens: Sequence[Token], mentions: Sequence[Mention], roles: Sequence[str], sources: Sources
) -> frozenset[Mention]:
    """What is only told where another sentence says what is wanted: "I sell yarn. I want a website." """
    wants = [mention.first for mention in mentions if roles[mention.first] == "want"]
    jobs = [at for at, role in enumerate(roles) if role == "job"]
    if not wants and not jobs:
        return frozenset()
    told = set()
    for mention in mentions:
        first, end = clause_of(tokens, mention.first)
        asks = wants if _is_service(mention, sources) else [*wants, *jobs]
        apart = not any(first <= at < end for at in asks)
        is_headline = not first and mention.first <= _HEADLINE
        if (apart and roles[mention.first] == "" and not is_headline) or roles[mention.first] == "sell":
            told.add(mention)
    return frozenset(told)


def _is_object(tokens: Sequence[Token], before: Mention, mention: Mention, lexicon: Lexicon, sources: Sources) -> bool:
    """In "reupholster an armchair" the work is wanted, not another chair."""
    between = tokens[before.last + 1 : mention.first + 1]
    is_job = all(sources.tree.within(entry.category, "services") for entry in before.entries)
    is_thing = not _is_service(mention, sources)
    articles = {*lexicon.words("cues", "no_article"), *lexicon.words("cues", "possessive")} - {"of", "more"}
    return (
        is_job
        and is_thing
        and 2 <= len(between) <= 4
        and between[0].word in articles
        and all(token.gap == TOGETHER for token in between)
    )


def _is_service(mention: Mention, sources: Sources) -> bool:
    return any(sources.tree.within(entry.category, "services") for entry in mention.entries)


def _holds(tokens: Sequence[Token], mention: Mention, lexicon: Lexicon) -> bool:
    """A bag of kindling is no bag."""
    after = mention.last + 1
    return (
        after < len(tokens) and tokens[after].gap == TOGETHER and tokens[after].word in lexicon.cue_words("container")
    )


def _modifies(tokens: Sequence[Token], mention: Mention, follower: Mention | None) -> bool:
    """In "bike lock" the lock is meant."""
    if follower is None or follower.first != mention.last + 1 or tokens[follower.first].gap != TOGETHER:
        return False
    return max(entry.weight for entry in follower.entries) >= 0.5


def _merge(candidates: Sequence[Candidate], sources: Sources) -> list[Candidate]:
    """One candidate a category: its best, a little more for each other mention of it or of what lies below it."""
    best: dict[str, Candidate] = {}
    for candidate in sorted(candidates, key=lambda one: (-one.score, one.mention.first, one.category)):
        if candidate.category in best:
            known = best[candidate.category]
            best[candidate.category] = replace(known, score=known.score + 0.12 * candidate.score)
        else:
            best[candidate.category] = candidate
    merged = [replace(one, score=one.score + _support(one, best, sources)) for one in best.values()]
    return sorted(merged, key=lambda one: (-one.score, one.mention.first, one.category))


def _support(one: Candidate, best: dict[str, Candidate], sources: Sources) -> float:
    """Other mentions in the same branch speak for it."""
    parent = sources.tree.parent(one.category) or one.category
    others = (
        other.score
        for id_, other in best.items()
        if id_ != one.category and other.mention != one.mention and sources.tree.within(id_, parent)
    )
    return 0.12 * min(1.5, sum(others))


def to_found(
    text: Text, tokens: Sequence[Token], best: Candidate, candidates: Sequence[Candidate], sources: Sources
) -> Found[str]:
    """A category with its span, confidence and up to three others."""
    others = [one for one in candidates if one.category != best.category]
    alternatives = tuple(one.category for one in others if one.odds > _WORTH_ASKING * best.odds)[:3]
    span = text.span(tokens[best.mention.first].start, tokens[best.mention.last].end)
    return Found(best.category, (span,), _confidence(best, others, sources), alternatives)


def _confidence(best: Candidate, candidates: Sequence[Candidate], sources: Sources) -> float:
    """The share of the odds that are for it or for what lies in its line, as often as that was right (``_EARNED``).

    A weak word that stands alone has all the odds and is still weak; a guess is always asked about.
    """
    tree = sources.tree
    rivals = sum(
        one.odds
        for one in candidates
        if not (tree.within(one.category, best.category) or tree.within(best.category, one.category))
    )
    share = best.odds / (best.odds + rivals)
    most = _GUESS if best.is_guess else _WEAK + 0.25 * best.score
    for (low, at_low), (high, at_high) in pairwise(_EARNED):
        if share <= high:
            return round(min(most, at_low + (at_high - at_low) * (share - low) / (high - low)), 3)
    return 0.0
