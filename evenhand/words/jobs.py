"""Work that is wanted: a thing that is broken, or that somebody should clean, move or paint, means the trade for it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from evenhand.words.lexicon import Lexicon
from evenhand.words.mentions import Candidate, Cue, Mention, clause_of, find_cues, longest_run
from evenhand.words.sources import Sources
from evenhand.words.stems import stem
from evenhand.words.tokens import COMMA, STOP, Token

_ACTIONS = ("repair", "hire", "install", "clean", "paint", "move", "dispose", "teach", "care", "print", "translate",
            "design", "cater", "photograph", "watch", "ill", "fault", "period", "idle")  # fmt: skip

_FAR = 9
_NEAR_FAULT = 5
_NEAR_DONE = 3
_MAY_STAND_BETWEEN = frozenset({"to", "be", "getting", "and", "properly", "professionally", "well", "all", "needs"})
_IRREGULAR = frozenset(
    {"hung", "laid", "dug", "built", "cut", "put", "swept", "done", "taken", "rewound", "sewn", "mown"}
)
_WHERE = 0.6
_BACKGROUND = 0.8
"""What is broken counts for less where another sentence says what is wanted instead."""


def find_actions(tokens: Sequence[Token], roles: Sequence[str], lexicon: Lexicon) -> tuple[Cue, ...]:
    """What is to be done; not what the writers do themselves, as in "I can collect"."""
    cues = find_cues(tokens, lexicon, _ACTIONS)
    return tuple(
        replace(cue, starts=not cue.first or tokens[cue.first].gap == STOP)
        for cue in cues
        if cue.kind != "idle"
        and roles[cue.first] != "self"
        and not _is_own_doing(tokens, cue, lexicon)
        and not _is_state(tokens, cue, lexicon)
    )


def _is_state(tokens: Sequence[Token], cue: Cue, lexicon: Lexicon) -> bool:
    """In "a van, fully fitted" nothing is to be done; "have the bathroom fully tiled" asks for it."""
    before = cue.first - 1
    return before > 0 and tokens[before].gap == COMMA and tokens[before].word in lexicon.cue_words("already")


def _is_own_doing(tokens: Sequence[Token], cue: Cue, lexicon: Lexicon) -> bool:
    """ "We will collect", "I can collect": nobody else is asked; "where can I hire" asks."""
    if tokens[cue.first].gap == STOP:
        return False
    doers, modals = lexicon.cue_words("doer"), lexicon.cue_words("modal")
    first = max(0, cue.first - 3)
    starts = [at for at in range(first, cue.first) if " ".join(one.word for one in tokens[at : cue.first]) in doers]
    return bool(starts) and not (starts[0] and tokens[starts[0] - 1].word in modals)


def find_trades(
    tokens: Sequence[Token],
    mentions: Sequence[Mention],
    roles: Sequence[str],
    actions: Sequence[Cue],
    lexicon: Lexicon,
    sources: Sources,
) -> Iterator[Candidate]:
    """The trades that the actions and what they are done to speak of."""
    things = _things(tokens, lexicon)
    wanted = [mention.first for mention in mentions if roles[mention.first] == "want"]
    for action in (*actions, *_helps(roles)):
        first, end = clause_of(tokens, action.first)
        near = [thing for thing in things if _is_near(thing, action, first, end)]
        known = [mention for mention in mentions if _is_near(mention, action, first, end)]
        kind = action.kind
        is_past = kind in {"repair", "fault", "ill"} and any(not first <= at < end for at in wanted)
        if kind == "fault":
            kind = "repair"
            near = [thing for thing in near if _is_faulty(tokens, thing, action, roles, lexicon)]
            known = [mention for mention in known if _is_faulty(tokens, mention, action, roles, lexicon)]
        for thing in near:
            base = 1.15 if kind != "help" else 0.75
            asked = _asked(roles, kind, action, thing, is_done=_is_done(tokens, thing, action))
            score = base * thing.score * asked * _closeness(thing, action, near, roles)
            score *= _BACKGROUND if is_past else 1.0
            for entry in thing.entries:
                if not {kind, action.kind}.isdisjoint(sources.actions.get(entry.category, ())):
                    yield Candidate(entry.category, score, thing, is_trade=True)
        for mention in known:
            asked = _asked(roles, kind, action, mention, is_done=_is_done(tokens, mention, action))
            yield from _trade_of(mention, kind, asked, sources)
        if not near and not known:
            yield from _by_action(kind, action, roles, sources)


def _helps(roles: Sequence[str]) -> list[Cue]:
    """ "Someone to", "help with": asked for by these words alone."""
    return [
        Cue(at, at, "help") for at, role in enumerate(roles) if role == "job" and (not at or roles[at - 1] != "job")
    ]


def _is_near(mention: Mention, action: Cue, first: int, end: int) -> bool:
    return first <= mention.first < end and abs(mention.first - action.last) <= _FAR


def _is_faulty(tokens: Sequence[Token], thing: Mention, action: Cue, roles: Sequence[str], lexicon: Lexicon) -> bool:
    """ "My washer will not ..." says that it is broken; "a washer that will not ..." says what is wanted."""
    if not 0 < action.first - thing.last <= _NEAR_FAULT or roles[thing.first] in {"want", "for", "gift", "nice"}:
        return False
    if any(token.gap >= COMMA for token in tokens[thing.last + 1 : action.first + 1]):
        return False
    before = tokens[thing.first - 1].word if thing.first else ""
    between = {token.word for token in tokens[thing.last + 1 : action.first]}
    points = before in lexicon.cue_words("possessive") or before in lexicon.cue_words("pointer")
    starts = not thing.first or tokens[thing.first].gap == STOP
    return (points or starts) and not between & lexicon.cue_words("relative")


def _closeness(thing: Mention, action: Cue, near: Sequence[Mention], roles: Sequence[str]) -> float:
    """The nearer the likelier; in "the tap in the kitchen drips" the kitchen only says where."""
    far = 1 - 0.03 * abs(thing.first - action.last)
    is_where = roles[thing.first] == "with" and any(roles[other.first] != "with" for other in near)
    return far * _WHERE if is_where else far


def _is_done(tokens: Sequence[Token], thing: Mention, action: Cue) -> bool:
    """ "Six doors hung", "garden shed put up": what is to be done stands right behind the thing, as a participle."""
    between = tokens[thing.last + 1 : action.first + 1]
    if not 0 < len(between) <= _NEAR_DONE or any(token.gap >= COMMA for token in between):
        return False
    if not {token.word for token in between[:-1]} <= _MAY_STAND_BETWEEN:
        return False
    first = tokens[action.first].word
    return first in _IRREGULAR or first.endswith("ed")


def _asked(roles: Sequence[str], kind: str, action: Cue, thing: Mention, *, is_done: bool) -> float:
    """The action before its thing, or a thing of the writer's own, is a job; "with ... fitted" hardly."""
    role = roles[action.first]
    if kind in {"repair", "ill"}:
        return 1.2
    if kind in {"hire", "period"}:  # "Rent a bike", "bike hire", "digger for 2 days"; "hire or buy" comes later
        return 1.3 if -1 <= action.first - thing.last <= 1 or 0 < thing.first - action.last <= 3 else 0.7
    if role in {"want", "job", "own"} or roles[thing.first] in {"job", "own"}:
        return 1.15 if action.first <= thing.first or action.first - thing.last <= 3 else 0.9
    is_done = is_done and roles[thing.first] not in {"with", "for", "nice", "must"}
    if is_done or (action.starts and action.first < thing.first):  # "Tile our bathroom floor"
        return 1.15
    return 0.85 if action.first <= thing.first else 0.7


def _trade_of(mention: Mention, kind: str, asked: float, sources: Sources) -> Iterator[Candidate]:
    for entry in mention.entries:
        for step in sources.tree.ancestors(entry.category):
            trade = sources.trades.get((kind, step))
            if trade:
                score = 1.1 * max(mention.score, 0.7) * entry.weight * asked
                yield Candidate(trade, score, mention, is_trade=True)
                break


def _by_action(kind: str, action: Cue, roles: Sequence[str], sources: Sources) -> Iterator[Candidate]:
    """ "Someone to clean ..." names its trade whatever is to be cleaned."""
    trade = sources.trades.get((kind, ""))
    if trade and roles[action.first] == "job":
        yield Candidate(trade, 0.75, Mention(action.first, action.last, ()), is_trade=True)


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
