"""Every run of words that may be a place's name, with what speaks for it where it stands."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from evenhand.words.lexicon import Lexicon
from evenhand.words.mentions import Cue, Mention, find_mentions
from evenhand.words.sources import Sources
from evenhand.words.tokens import STOP, TOGETHER, Token

_LONGEST_NAME = 5


@dataclass(frozen=True, slots=True)
class Candidate:
    """Tokens ``first`` to ``last`` read as a name; ``is_word`` also a common word, ``goods`` stands before a thing."""

    first: int
    last: int
    name: str
    context: float
    is_word: bool
    ends: bool = False
    goods: bool = False
    country: bool = False
    lower: bool = False
    guess: bool = False


@dataclass(frozen=True, slots=True)
class _Scene:
    """What the text says around its words: which stand after "in", before "area", in a phrase of the lexicon."""

    before: Mapping[int, str]
    after: frozenset[int]
    inside: frozenset[int]
    inner: frozenset[int]
    mentioned: frozenset[int]
    goods: frozenset[int]
    has_capitals: bool
    no_place: frozenset[str]
    orgs: frozenset[str]


def _scene(
    tokens: Sequence[Token], cues: Sequence[Cue], lexicon: Lexicon, sources: Sources, after_radius: int
) -> _Scene:
    before = {cue.last + 1: cue.kind for cue in cues if cue.kind != "area"}
    before |= dict.fromkeys(find_departures(tokens, lexicon), "in")
    before |= {at: "in" for at, token in enumerate(tokens) if 0 <= token.start - after_radius <= 1}
    mentions = find_mentions(tokens, lexicon)
    return _Scene(
        before=before,
        after=frozenset(cue.first for cue in cues if cue.kind == "area"),
        inside=frozenset(at for cue in cues for at in range(cue.first, cue.last + 1)),
        inner=frozenset(cue.last + 1 for cue in cues if cue.kind == "in" and tokens[cue.last].word == "the"),
        mentioned=frozenset(at for mention in mentions for at in range(mention.first, mention.last + 1)),
        goods=frozenset(one.first for one in mentions if not _is_service(one, sources)),
        has_capitals=any(token.capital for token in tokens) and not all(token.capital for token in tokens),
        no_place=frozenset(lexicon.words("cues", "no_place")),
        orgs=frozenset(lexicon.words("cues", "org")),
    )


def find_candidates(
    tokens: Sequence[Token], cues: Sequence[Cue], lexicon: Lexicon, sources: Sources, *, after_radius: int
) -> list[Candidate]:
    """Every run of up to five words that stand together and may be a name."""
    scene = _scene(tokens, cues, lexicon, sources, after_radius)
    return [
        candidate
        for first in range(len(tokens))
        for last in range(first, _last_of_run(tokens, first))
        if _stands_out(tokens, first, last, scene, sources)
        for candidate in _candidates(tokens, first, last, scene, lexicon, sources)
    ]


def _last_of_run(tokens: Sequence[Token], first: int) -> int:
    """One past the last word of the longest run that begins here."""
    last = first + 1
    while last < len(tokens) and last - first < _LONGEST_NAME and tokens[last].gap == TOGETHER:
        last += 1
    return last


def _stands_out(tokens: Sequence[Token], first: int, last: int, scene: _Scene, sources: Sources) -> bool:
    """Whether anything speaks for a name here: a capital, a cue, an edge; most runs are cheaply passed over."""
    token, after = tokens[first], last + 1
    if token.capital or token.gap != TOGETHER or first == 0 or first in scene.before:
        return True
    if after == len(tokens) or tokens[after].gap != TOGETHER or after in scene.after:
        return True
    return tokens[after].word in sources.followers or tokens[first - 1].word in _ARTICLE_OF


def _candidates(
    tokens: Sequence[Token], first: int, last: int, scene: _Scene, lexicon: Lexicon, sources: Sources
) -> Iterator[Candidate]:
    token, name = tokens[first], " ".join(token.word for token in tokens[first : last + 1])
    if (first == last and _is_no_name(token, first, scene)) or _is_saint(tokens, first, last, scene):
        return
    if last + 1 < len(tokens) and tokens[last + 1].word in _STYLE and tokens[last + 1].gap == TOGETHER:
        return  # Brussels-style waffles
    common = is_word(tokens[first : last + 1], first, last, scene.mentioned, lexicon, sources)
    if common and first in scene.inner and not token.capital:
        return  # a book to read in the bath
    context = _context(tokens, first, last, scene, lexicon.language)
    if first and tokens[first - 1].word in _ARTICLE_OF and token.gap == TOGETHER:
        article = _ARTICLE_OF[tokens[first - 1].word]
        yield Candidate(first, last, f"{article} {name}", max(context, 3.0), is_word=False)
    if name and not name.isdigit():
        ends = scene.has_capitals and _ends_with_name(tokens, first, last)
        goods = first not in scene.before and _names_goods(tokens, last + 1, scene.goods)
        is_country = name in sources.country_names
        lower = not scene.has_capitals and _stands_at_edge(tokens, first, last)
        yield Candidate(first, last, name, context, common, ends, goods, is_country, lower)


def _stands_at_edge(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Where nobody types capitals, a word beside a comma, an amount or the end is likelier a name."""
    return last > 0 and (last + 1 == len(tokens) or tokens[last + 1].gap != TOGETHER or tokens[first].gap != TOGETHER)


_STYLE = frozenset({"style", "styled", "type", "stil", "art"})


def _is_saint(tokens: Sequence[Token], first: int, last: int, scene: _Scene) -> bool:
    """St Mary's Primary is a school, wherever there is a town of that name."""
    return tokens[first].word == "st" and last + 1 < len(tokens) and tokens[last + 1].word in scene.orgs


def _is_service(mention: Mention, sources: Sources) -> bool:
    return any(sources.tree.within(entry.category, "services") for entry in mention.entries)


def _names_goods(tokens: Sequence[Token], at: int, goods: frozenset[int]) -> bool:
    """ "Chester sofa", "Oxford shirts": a place only where the text names no other."""
    return at in goods and tokens[at].gap == TOGETHER and not tokens[at].capital and tokens[at - 1].capital


def _ends_with_name(tokens: Sequence[Token], first: int, last: int) -> bool:
    """ "Plumber Reading": the only capital of its stretch stands at its end; so does a sentence of one word."""
    closes = last + 1 == len(tokens) or tokens[last + 1].gap != TOGETHER
    is_name = tokens[first].capital and first > 0
    return closes and is_name and (tokens[first].gap == STOP or not tokens[first - 1].capital)


_ARTICLE_OF = {"au": "le", "du": "le", "aux": "les", "des": "les"}
"""Au Mans is at Le Mans."""


def _is_no_name(token: Token, at: int, scene: _Scene) -> bool:
    """A small word, or a word that means something else after "in": in stock, in person."""
    if at in scene.inside:
        return True
    if len(token.word) < 3:
        return not (len(token.word) == 2 and token.capital and token.lower in _CITIES_OF_TWO)
    return token.word in scene.no_place and at in scene.before and not (scene.has_capitals and token.capital)


_CITIES_OF_TWO = frozenset({"la", "sf", "dc"})


def find_departures(tokens: Sequence[Token], lexicon: Lexicon) -> list[int]:
    """Where a name begins in "from Hull to Cork"."""
    leave, arrive = lexicon.words("cues", "from"), lexicon.words("cues", "arrive")
    words = [token.word for token in tokens]
    from_to = [at + 1 for at, word in enumerate(words) if word in leave and set(words[at + 2 : at + 5]) & set(arrive)]
    return from_to + [at for at in _before_arrival(tokens, frozenset(arrive)) if at not in from_to]


def _before_arrival(tokens: Sequence[Token], arrive: frozenset[str]) -> list[int]:
    """Where a name begins in "Leeds to Cardiff", told by the capitals on both sides."""
    found = []
    for at in range(1, len(tokens) - 1):
        if tokens[at].word in arrive and not tokens[at].capital and tokens[at - 1].capital and tokens[at + 1].capital:
            first = at - 1
            while first and tokens[first].gap == TOGETHER and tokens[first - 1].capital:
                first -= 1
            if tokens[at].gap == tokens[at + 1].gap == TOGETHER:
                found.append(first)
    return found


def _context(tokens: Sequence[Token], first: int, last: int, scene: _Scene, language: str) -> float:
    """A preposition, "area", a stretch between commas and a capital each speak for a place."""
    kind = scene.before.get(first, "") if tokens[first].gap == TOGETHER else ""
    score = {"in": 3.0, "to": 1.0}.get(kind, 0.0)
    if last + 1 in scene.after and tokens[last + 1].gap == TOGETHER:
        score += 2.5
    if first == 0 and {token.word for token in tokens[last + 1 : last + 4]} & scene.orgs:
        score += 1.5
    if scene.has_capitals and language != "de" and all(_has_capital(token) for token in tokens[first : last + 1]):
        score += 1.5 if first and tokens[first].gap != STOP else 0.5
    opens = first == 0 or tokens[first].gap != TOGETHER
    closes = last + 1 == len(tokens) or tokens[last + 1].gap != TOGETHER
    if opens and closes and len(tokens) > last - first + 1:
        score += 1.8
    elif closes and first and not kind:
        score += 0.4
    return score


_SMALL = frozenset(
    (
        "on",
        "upon",
        "the",
        "of",
        "de",
        "la",
        "le",
        "les",
        "del",
        "am",
        "an",
        "der",
        "im",
        "in",
        "under",
        "sur",
        "sous",
        "and",
        "du",
        "des",
        "al",
        "el",
        "y",
        "d",
        "l",
    )
)


def _has_capital(token: Token) -> bool:
    return token.capital or token.word in _SMALL


def is_word(
    run: Sequence[Token], first: int, last: int, mentioned: frozenset[int], lexicon: Lexicon, sources: Sources
) -> bool:
    """Whether it reads as common words rather than as a name."""
    if all(at in mentioned for at in range(first, last + 1)):
        return True
    common = sources.english if lexicon.language == "en" else frozenset(lexicon.words("cues", "no_place"))
    return all(token.word in common or sources.knows(token.word, lexicon.language) for token in run)
