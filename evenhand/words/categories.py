"""What is wanted: of all categories that the words may mean the one that the sentence asks for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from evenhand.words.lexicon import Entry, Lexicon
from evenhand.words.mentions import Cue, Mention, clause_of, find_cues, find_mentions, longest_run
from evenhand.words.reading import Found
from evenhand.words.sources import Sources
from evenhand.words.stems import stem
from evenhand.words.text import Text
from evenhand.words.tokens import COMMA, STOP, TOGETHER, Token

_ROLES = ("want", "job", "sell", "self", "gift", "own", "nice", "must", "for", "with")
_ACTIONS = ("repair", "hire", "install", "clean", "paint", "move", "dispose", "teach", "care", "print", "translate",
            "design", "cater", "photograph", "watch", "ill")  # fmt: skip

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
_FAR = 9


@dataclass(frozen=True, slots=True)
class Candidate:
    """A category with its score and the mention it came from."""

    category: str
    score: float
    mention: Mention
    is_trade: bool = False


@dataclass(frozen=True, slots=True)
class Needs:
    """Candidates, the best first, with what the text says around them."""

    candidates: tuple[Candidate, ...]
    roles: tuple[str, ...]
    actions: tuple[Cue, ...]


def find_needs(tokens: Sequence[Token], lexicon: Lexicon, sources: Sources) -> Needs:
    """Every category that is mentioned or meant, weighed by where it stands."""
    mentions = find_mentions(tokens, lexicon)
    roles = _roles(tokens, lexicon, mentions)
    actions = find_cues(tokens, lexicon, _ACTIONS)
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
    candidates += _trades(tokens, weighed, roles, actions, lexicon, sources)
    return Needs(tuple(_merge(candidates, sources)), roles, actions)


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


def _roles(tokens: Sequence[Token], lexicon: Lexicon, mentions: Sequence[Mention]) -> tuple[str, ...]:
    """For each word the small word that it stands under; commas loosen, stops end it."""
    inside = {at for mention in mentions for at in range(mention.first, mention.last + 1)}
    cues = {cue.first: cue for cue in find_cues(tokens, lexicon, _ROLES) if cue.first not in inside}
    possessives = lexicon.words("cues", "possessive")
    roles: list[str] = []
    role, until = "", -1
    for at, token in enumerate(tokens):
        if token.gap == STOP or (token.gap == COMMA and role not in {"self", "nice"}):
            role = ""
        cue = cues.get(at)
        if cue and not (cue.kind in {"for", "with"} and role in {"self", "nice"}):
            kind = "own" if token.word in possessives and cue.first == cue.last else cue.kind
            role, until = _next_role(role, kind, at == until + 1 and token.gap == TOGETHER), cue.last
        roles.append(role)
    return tuple(_with_subjects(tokens, roles, lexicon, mentions))


def _with_subjects(
    tokens: Sequence[Token], roles: list[str], lexicon: Lexicon, mentions: Sequence[Mention]
) -> list[str]:
    """In "the church hall wants 80 chairs" the hall is who wants, not what is wanted."""
    for cue in find_cues(tokens, lexicon, ("subject",)):
        first, end = clause_of(tokens, cue.first)
        if cue.first > first and any(cue.last < mention.first < end for mention in mentions):
            roles[first : cue.first] = [
                "self" if role in {"", "own", "job", "with"} else role for role in roles[first : cue.first]
            ]
    return roles


def _next_role(role: str, kind: str, follows: bool) -> str:
    """ "Quote for" and "help with my" go on with what they began."""
    if follows and role in {"want", "job"} and kind in {"for", "own", "with"}:
        return role
    return role if kind == "own" and role in {"for", "with", "self", "gift"} else kind


def _weigh(
    tokens: Sequence[Token], mentions: Sequence[Mention], roles: Sequence[str], lexicon: Lexicon, sources: Sources
) -> list[Mention]:
    weighed = []
    for at, mention in enumerate(mentions):
        score = (1 + 0.15 * (mention.length - 1)) * _WEIGHT[roles[mention.first]] * (1 - 0.004 * min(mention.first, 60))
        follower = mentions[at + 1] if at + 1 < len(mentions) else None
        if lexicon.language not in _HEAD_FIRST and _modifies(tokens, mention, follower):
            score *= _MODIFIER
        if mention.length == 1 and _holds(tokens, mention, lexicon):
            score *= _MODIFIER
        if at and _is_object(tokens, mentions[at - 1], mention, lexicon, sources):
            score *= 0.5
        weighed.append(replace(mention, score=score))
    return weighed


def _is_object(tokens: Sequence[Token], before: Mention, mention: Mention, lexicon: Lexicon, sources: Sources) -> bool:
    """In "reupholster an armchair" the work is wanted, not another chair."""
    between = tokens[before.last + 1 : mention.first + 1]
    is_job = all(sources.tree.within(entry.category, "services") for entry in before.entries)
    is_thing = not any(sources.tree.within(entry.category, "services") for entry in mention.entries)
    articles = {*lexicon.words("cues", "no_article"), *lexicon.words("cues", "possessive")} - {"of", "more"}
    return (
        is_job
        and is_thing
        and 2 <= len(between) <= 4
        and between[0].word in articles
        and all(token.gap == TOGETHER for token in between)
    )


def _holds(tokens: Sequence[Token], mention: Mention, lexicon: Lexicon) -> bool:
    """A bag of kindling is no bag."""
    after = mention.last + 1
    return (
        after < len(tokens)
        and tokens[after].gap == TOGETHER
        and tokens[after].word in lexicon.words("cues", "container")
    )


def _modifies(tokens: Sequence[Token], mention: Mention, follower: Mention | None) -> bool:
    """In "bike lock" the lock is meant."""
    if follower is None or follower.first != mention.last + 1 or tokens[follower.first].gap != TOGETHER:
        return False
    return max(entry.weight for entry in follower.entries) >= 0.5


def _trades(
    tokens: Sequence[Token],
    mentions: Sequence[Mention],
    roles: Sequence[str],
    actions: Sequence[Cue],
    lexicon: Lexicon,
    sources: Sources,
) -> Iterator[Candidate]:
    """A thing that is broken, or that somebody should clean, move, paint: the trade that does it."""
    things = _things(tokens, lexicon)
    helps = [
        Cue(at, at, "help") for at, role in enumerate(roles) if role == "job" and (not at or roles[at - 1] != "job")
    ]
    for action in (*actions, *helps):
        if roles[action.first] == "self":
            continue
        first, end = clause_of(tokens, action.first)
        near = [thing for thing in things if first <= thing.first < end and abs(thing.first - action.last) <= _FAR]
        for thing in near:
            base = 1.15 if action.kind != "help" else 0.75
            score = base * thing.score * _asked(roles, action, thing) * (1 - 0.03 * abs(thing.first - action.last))
            for entry in thing.entries:
                if action.kind in sources.actions.get(entry.category, ()):
                    yield Candidate(entry.category, score, thing, is_trade=True)
        for mention in mentions:
            if first <= mention.first < end and abs(mention.first - action.last) <= _FAR:
                yield from _trade_of(mention, action, roles, sources)


def _asked(roles: Sequence[str], action: Cue, thing: Mention) -> float:
    """The action before its thing, or a thing of the writer's own, is a job; "with ... fitted" hardly."""
    role = roles[action.first]
    if action.kind in {"repair", "ill"}:
        return 1.2
    if action.kind == "hire":  # "Rent a bike", "bike hire"; "hire or buy" comes later
        return 1.3 if -1 <= action.first - thing.last <= 1 or 0 < thing.first - action.last <= 3 else 0.7
    if role in {"want", "job", "own"} or roles[thing.first] in {"job", "own"}:
        return 1.15 if action.first <= thing.first or action.first - thing.last <= 3 else 0.9
    return 0.85 if action.first <= thing.first else 0.7


def _trade_of(mention: Mention, action: Cue, roles: Sequence[str], sources: Sources) -> Iterator[Candidate]:
    for entry in mention.entries:
        for step in sources.tree.ancestors(entry.category):
            trade = sources.trades.get((action.kind, step))
            if trade:
                score = 1.1 * max(mention.score, 0.7) * entry.weight * _asked(roles, action, mention)
                yield Candidate(trade, score, mention, is_trade=True)
                break


def _things(tokens: Sequence[Token], lexicon: Lexicon) -> list[Mention]:
    found: list[Mention] = []
    at = 0
    stems = [stem(token.word, lexicon.language) for token in tokens]
    while at < len(tokens):
        for length in range(longest_run(tokens, at), 0, -1):
            entries = lexicon.things.get(" ".join(stems[at : at + length]), ())
            if entries:
                found.append(Mention(at, at + length - 1, entries, 1 + 0.15 * (length - 1)))
                at += length - 1
                break
        at += 1
    return found


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
    alternatives = tuple(one.category for one in others if one.score > 0.3 * best.score)[:3]
    span = text.span(tokens[best.mention.first].start, tokens[best.mention.last].end)
    return Found(best.category, (span,), _confidence(best, others, sources), alternatives)


def _confidence(best: Candidate, candidates: Sequence[Candidate], sources: Sources) -> float:
    """High when the words are plain, stand where a wish stands, and nothing in another branch comes near."""
    tree = sources.tree
    rivals = [
        one.score
        for one in candidates
        if not (tree.within(one.category, best.category) or tree.within(best.category, one.category))
    ]
    margin = 1.0 - (rivals[0] / best.score if rivals else 0.0)
    confidence = 0.55 + 0.25 * min(1.0, best.score) + 0.35 * min(0.5, margin)
    return round(max(0.2, min(0.97, confidence)), 3)
