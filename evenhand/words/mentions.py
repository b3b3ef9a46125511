"""Which words of a text mean a category, and how much each of them weighs where it stands."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from evenhand.words.lexicon import LONGEST_PHRASE, Entry, Lexicon, Phrases
from evenhand.words.stems import stem
from evenhand.words.tokens import STOP, TOGETHER, Token

LONGEST_COMPOUND = 40
_SHORTEST_JOINED = 5


@dataclass(frozen=True, slots=True)
class Mention:
    """Tokens ``first`` to ``last`` (included) that mean one of ``entries``; ``score`` grows with what speaks for it."""

    first: int
    last: int
    entries: tuple[Entry, ...]
    score: float = 1.0

    @property
    def length(self) -> int:
        """How many words."""
        return self.last - self.first + 1


@dataclass(frozen=True, slots=True)
class Candidate:
    """A category with its score and the mention it came from; ``odds`` beside the likeliest one, which has 1.

    A guess is named by no phrase: all words together speak for it.
    """

    category: str
    score: float
    mention: Mention
    is_trade: bool = False
    is_guess: bool = False
    odds: float = 1.0


def longest_run(tokens: Sequence[Token], at: int) -> int:
    """How many words stand together from here, as many as a phrase may have."""
    end = at + 1
    while end < len(tokens) and end - at < LONGEST_PHRASE and tokens[end].gap == TOGETHER:
        end += 1
    return end - at


def find_mentions(tokens: Sequence[Token], lexicon: Lexicon) -> tuple[Mention, ...]:
    """The longest phrases of the lexicon, left to right, not overlapping; rarer ones only where there is none."""
    return tuple(_mentions(tokens, lexicon, lexicon.phrases)) or tuple(_mentions(tokens, lexicon, lexicon.wide))


def _mentions(tokens: Sequence[Token], lexicon: Lexicon, phrases: Phrases) -> Iterator[Mention]:
    stems = [stem(token.word, lexicon.language) for token in tokens]
    at = 0
    while at < len(tokens):
        mention = _mention(tokens, stems, at, lexicon, phrases)
        if mention:
            yield mention
        at = mention.last + 1 if mention else at + 1


def _mention(
    tokens: Sequence[Token], stems: Sequence[str], at: int, lexicon: Lexicon, phrases: Phrases
) -> Mention | None:
    for length in range(longest_run(tokens, at), 0, -1):
        entries = phrases.get(" ".join(stems[at : at + length]), ())
        if length > 1 and not entries and _is_one_word(tokens[at : at + length]):
            entries = phrases.get(
                "".join([*(t.word for t in tokens[at : at + length - 1]), stems[at + length - 1]]), ()
            )
        meant = _as_written(entries, tokens[at : at + length]) if entries else ()
        if meant:
            return Mention(at, at + length - 1, meant)
    return _compound(tokens[at].lower, stems[at], at, phrases) if lexicon.language == "de" else None


def _is_one_word(tokens: Sequence[Token]) -> bool:
    """What people also write as one, play pen and e-reader; not "is a", not "w/ 2"."""
    return (
        all(token.word.isalpha() for token in tokens) and sum(len(token.word) for token in tokens) >= _SHORTEST_JOINED
    )


def _as_written(entries: tuple[Entry, ...], tokens: Sequence[Token]) -> tuple[Entry, ...]:
    """Of several meanings those that are written just so: glasses are not panes of glass."""
    if len(entries) == 1 and not entries[0].as_written:
        return entries
    said = " ".join(token.lower for token in tokens)
    exact = tuple(entry for entry in entries if entry.phrase == said)
    return exact or tuple(entry for entry in entries if not entry.as_written)


def _compound(said: str, word: str, at: int, phrases: Phrases) -> Mention | None:
    """Kinderfahrrad is a Fahrrad: the longest known ending of a German compound."""
    for start in range(2, min(len(word) - 3, LONGEST_COMPOUND)):
        entries = phrases.get(word[start:], ())
        exact = tuple(entry for entry in entries if said.endswith(entry.phrase))
        if entries:
            meant = exact or entries
            return Mention(at, at, tuple(replace(entry, weight=entry.weight * 0.9) for entry in meant))
    return None


@dataclass(frozen=True, slots=True)
class Cue:
    """Tokens ``first`` to ``last`` that say what the words after them are about; ``starts`` a sentence or not."""

    first: int
    last: int
    kind: str
    starts: bool = False


def find_cues(tokens: Sequence[Token], lexicon: Lexicon, kinds: tuple[str, ...]) -> tuple[Cue, ...]:
    """The longest small words of these kinds, left to right, not overlapping."""
    known = lexicon.cues(kinds)
    cues: list[Cue] = []
    at = 0
    while at < len(tokens):
        run = longest_run(tokens, at)
        found = next((n for n in range(run, 0, -1) if _words(tokens, at, n) in known), 0)
        if found:
            cues.append(Cue(at, at + found - 1, known[_words(tokens, at, found)]))
        at += found or 1
    return tuple(cues)


def _words(tokens: Sequence[Token], at: int, length: int) -> str:
    return " ".join(token.word for token in tokens[at : at + length])


def clause_of(tokens: Sequence[Token], at: int) -> tuple[int, int]:
    """The sentence that a token stands in, as first and one past the last token."""
    first = at
    while first > 0 and tokens[first].gap != STOP:
        first -= 1
    end = at + 1
    while end < len(tokens) and tokens[end].gap != STOP:
        end += 1
    return first, end
