"""Numbers said in words become digits: five hundred, fünfhundert, cinq cents, quinientos."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from evenhand.words.lexicon import Lexicon, any_of
from evenhand.words.text import Edit, Text, spell_out
from evenhand.words.tokens import TOGETHER, Token, tokenise

_TIMES = (100, 1_000, 1_000_000)
DOZEN = 12


@lru_cache(maxsize=16)
def _values(lexicon: Lexicon) -> Mapping[str, int]:
    numbers = lexicon.tables["numbers"]
    values = {spell_out(word): int(key) for key, words in numbers.items() if key.isdigit() for word in words}
    return values | {spell_out(word): -DOZEN for word in lexicon.words("numbers", "dozen")}


@lru_cache(maxsize=16)
def _phrases(lexicon: Lexicon) -> tuple[re.Pattern[str], Mapping[str, str]]:
    """Numbers of several words: "half a dozen", and "a couple of" before hundreds or thousands."""
    said = {word: str(value) for word, value in _values(lexicon).items() if not word.isalpha()}
    times = any_of(word for word, value in _values(lexicon).items() if value in _TIMES) + r"(?!\w)|grand(?!\w)"
    couple = any_of(lexicon.words("numbers", "couple"))
    return re.compile(rf"(?<!\w)(?:{any_of(said)}(?!\w)|(?P<couple>{couple})(?=\s+(?:{times})))"), said


@lru_cache(maxsize=16)
def _halves(lexicon: Lexicon) -> re.Pattern[str]:
    units = any_of(word for word, value in _values(lexicon).items() if 0 < value < 100 and word.isalpha())
    times = any_of({"grand", *(word for word, value in _values(lexicon).items() if value in _TIMES)})
    half = any_of(lexicon.words("numbers", "and_half"))
    return re.compile(rf"(?<![\w.,])(?P<n>\d{{1,3}}|{units})\s+{half}\s+(?P<times>{times})(?!\w)")


def _with_halves(text: Text, lexicon: Lexicon) -> Text:
    """Three and a half thousand are 3,500."""
    values = _values(lexicon)
    edits = []
    for found in _halves(lexicon).finditer(text.plain):
        whole = int(found["n"]) if found["n"].isdigit() else values[found["n"]]
        edits.append(Edit(*found.span(), str((2 * whole + 1) * values.get(found["times"], 1000) // 2)))
    return text.edit(edits) if edits else text


def digits(text: Text, lexicon: Lexicon) -> Text:
    """Write every number of two or more that is said in words as digits; "one" alone stays as it is."""
    text = _with_phrases(_with_halves(text, lexicon), lexicon)
    values = _values(lexicon)
    links = frozenset(lexicon.words("numbers", "and"))
    edits = [
        Edit(run[0].start, run[-1].end, str(number))
        for run in _runs(tokenise(text), values, links, frozenset(lexicon.words("numbers", "a")), lexicon.language)
        if (number := _number(run, values, lexicon.language)) > 1 and not _in_name(text, run[-1].end)
    ]
    return text.edit(edits) if edits else text


def _with_phrases(text: Text, lexicon: Lexicon) -> Text:
    pattern, said = _phrases(lexicon)
    edits = [
        Edit(*found.span(), "2" if found["couple"] else said[" ".join(found[0].split())])
        for found in pattern.finditer(text.plain)
    ]
    return text.edit(edits) if edits else text


def _in_name(text: Text, end: int) -> bool:
    """Trois-Rivières is a town."""
    return text.shown[end : end + 1] == "-" and text.shown[end + 1 : end + 2].isupper()


def _runs(
    tokens: Sequence[Token], values: Mapping[str, int], links: frozenset[str], a: frozenset[str], language: str
) -> Iterator[list[Token]]:
    """Stretches of number words, links only between two of them and "a" only before a hundred or a dozen."""
    run: list[Token] = []
    for at, token in enumerate(tokens):
        follows = bool(run) and token.gap == TOGETHER
        if _value(token.word, values, language) or (_is_digits(token) and _is_times(tokens, at + 1, values)):
            if run and not (follows and _may_follow(run[-1], token, values, links, language)):
                yield run
                run = []
            run.append(token)
        elif token.word in a and not run and _is_times(tokens, at + 1, values):
            run = [token]
        elif follows and token.word in links and _links(tokens, at, values, language):
            run.append(token)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _links(tokens: Sequence[Token], at: int, values: Mapping[str, int], language: str) -> bool:
    """ "Two hundred and fifty" is one number, "two and three" are two."""
    if at + 1 >= len(tokens) or tokens[at + 1].gap != TOGETHER:
        return False
    before = _value(tokens[at - 1].word, values, language)
    after = _value(tokens[at + 1].word, values, language)
    return after > 0 and before > after and (before in _TIMES or (language in {"es", "fr"} and before % 10 == 0))


def _may_follow(last: Token, token: Token, values: Mapping[str, int], links: frozenset[str], language: str) -> bool:
    before = _value(last.word, values, language)
    after = _value(token.word, values, language)
    if after in _TIMES or after == -DOZEN or last.word in links or before == 0:
        return True
    return (
        before in _TIMES or (before > after and before % 10 == 0) or (language == "fr" and (before, after) == (4, 20))
    )


def _is_digits(token: Token) -> bool:
    return token.word.isdigit() and len(token.word) <= 6


def _is_times(tokens: Sequence[Token], at: int, values: Mapping[str, int]) -> bool:
    if at >= len(tokens) or tokens[at].gap != TOGETHER:
        return False
    return values.get(tokens[at].word, 0) in {*_TIMES, -DOZEN}


def _value(word: str, values: Mapping[str, int], language: str) -> int:
    """What one word counts, 0 for no number; a dozen is negative because it multiplies."""
    if word in values:
        return values[word]
    return _german(word, values) if language == "de" and len(word) > 7 else 0


def _german(word: str, values: Mapping[str, int]) -> int:
    """Compounds: zweitausendfünfhundert, dreiundzwanzig; 0 for any other word."""
    for mark, times in (("tausend", 1000), ("hundert", 100), ("und", 1)):
        left, found, right = word.partition(mark)
        if found:
            parts = [values.get(part) or (_german(part, values) if part else 0) for part in (left, right)]
            if (left and not parts[0]) or (right and not parts[1]):
                return 0
            return (parts[0] or 1) * times + parts[1] if times > 1 else parts[0] + parts[1]
    return 0


def _number(run: Sequence[Token], values: Mapping[str, int], language: str) -> int:
    total = current = 0
    for token in run:
        value = int(token.word) if token.word.isdigit() else _value(token.word, values, language)
        if value == -DOZEN:
            current = max(current, 1) * DOZEN
        elif value >= 1000 and value in _TIMES:
            total, current = total + max(current, 1) * value, 0
        elif value == 100 or (language == "fr" and value == 20 and current % 100 == 4):
            current = max(current, 1) * value if value == 100 else current - 4 + 80
        else:
            current += value
    return total + current
