"""What each word of a text stands under: what is wanted, what the writers have or are, for whom, with what."""

from collections.abc import Sequence

from evenhand.words.lexicon import Lexicon
from evenhand.words.mentions import Mention, clause_of, find_cues
from evenhand.words.tokens import APART, COMMA, STOP, TOGETHER, Token

_ROLES = ("want", "job", "sell", "self", "gift", "own", "nice", "must", "for", "with")


def find_roles(tokens: Sequence[Token], lexicon: Lexicon, mentions: Sequence[Mention]) -> tuple[str, ...]:
    """For each word the small word that it stands under; commas loosen, stops end it."""
    inside = {at for mention in mentions for at in range(mention.first, mention.last + 1)}
    cues = {cue.first: cue for cue in find_cues(tokens, lexicon, _ROLES) if cue.first not in inside}
    possessives = lexicon.words("cues", "possessive")
    roles: list[str] = []
    role, until = "", -1
    for at, token in enumerate(tokens):
        if _ends(token, role):
            role = ""
        cue = cues.get(at)
        if (
            cue
            and not (cue.kind in {"for", "with"} and role in {"self", "nice"})
            and not _measures(tokens, at, inside, lexicon)
        ):
            kind = "own" if token.word in possessives and cue.first == cue.last else cue.kind
            if kind == "for" and tokens[min(at + 1, len(tokens) - 1)].colon:
                kind = "want"  # "So: four snow tyres"
            follows = at == until + 1 and token.gap == TOGETHER and not _is_said_of(tokens, at - 1, lexicon)
            role, until = _next_role(role, kind, follows), cue.last
        roles.append(role)
    return tuple(_with_subjects(tokens, _with_wanted(tokens, roles, lexicon), lexicon, mentions))


def _ends(token: Token, role: str) -> bool:
    """A stop ends what went before, a colon only what was not asked for, a comma not what the writers are or like."""
    if token.gap == STOP:
        return not (token.colon and role == "want")
    return token.gap == COMMA and role not in {"self", "nice"}


def _measures(tokens: Sequence[Token], at: int, inside: set[int], lexicon: Lexicon) -> bool:
    """In "30 m2 of oak" the "of" leads on to what is measured."""
    is_of = tokens[at].word in lexicon.cue_words("container")
    return is_of and at > 0 and tokens[at].gap != STOP and at - 1 not in inside


def _is_said_of(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> bool:
    """ "Wanted" and "needed" after a word speak of that word."""
    return at > 0 and tokens[at].gap == TOGETHER and tokens[at].word in lexicon.cue_words("said_of")


def _with_wanted(tokens: Sequence[Token], roles: list[str], lexicon: Lexicon) -> list[str]:
    """In "architect wanted for a loft" the architect is what is wanted."""
    for at in range(len(tokens)):
        if _is_said_of(tokens, at, lexicon):
            first = at
            while first > 0 and tokens[first].gap in {TOGETHER, APART} and roles[first - 1] == "":
                first -= 1
            roles[first:at] = ["want"] * (at - first)
    return roles


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
