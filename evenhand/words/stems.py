"""Word endings: one form for bike and bikes, Fahrrad and Fahrräder, plombier and plombiers; no more than that."""

from functools import lru_cache

_ENGLISH = (("ies", "y", 5), ("ives", "ife", 5), ("lves", "lf", 5), ("oaves", "oaf", 5), ("ie", "y", 5))
_ENGLISH_ES = ("sses", "shes", "ches", "xes", "zzes")
_KEEPS_S = ("ss", "us", "is", "ous")
_NUMBERS = {
    "en": "two three four five six seven eight nine ten",
    "de": "zwei drei vier funf sechs sieben acht neun zehn",
    "fr": "deux trois quatre cinq six sept huit neuf dix",
    "es": "dos tres cuatro cinco seis siete ocho nueve diez",
}
_DIGITS = {
    language: {word: str(number) for number, word in enumerate(words.split(), start=2)}
    for language, words in _NUMBERS.items()
}


NUMBER_WORDS = tuple(sorted((digit, word) for words in _DIGITS.values() for word, digit in words.items()))
"""Number words of all languages, each behind its digits."""


@lru_cache(maxsize=8192)
def stem(word: str, language: str) -> str:
    """The word (plain, lower case) without its plural or case ending; small numbers as digits."""
    digit = _DIGITS.get(language, {}).get(word)
    if digit:
        return digit
    if len(word) < 4 or not word.isalpha():
        return word
    return _STEMMERS.get(language, _same)(word)


def _same(word: str) -> str:
    return word


def _english(word: str) -> str:
    for ending, instead, length in _ENGLISH:
        if word.endswith(ending) and len(word) >= length:
            return word.removesuffix(ending) + instead
    if word.endswith(_ENGLISH_ES):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(_KEEPS_S) else word


def _german(word: str) -> str:
    for ending in ("innen", "in", "en", "er", "es", "em", "e", "n", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word.removesuffix(ending)
    return word


def _french(word: str) -> str:
    if word.endswith("aux") and len(word) > 4 and not word.endswith("eaux"):
        return word[:-2] + "l"
    word = word[:-1] if word.endswith(("s", "x")) and not word.endswith("ss") else word
    return word[:-1] if word.endswith("e") and len(word) > 4 else word


def _spanish(word: str) -> str:
    if word.endswith("ces") and len(word) > 4:
        return word[:-3] + "z"
    if word.endswith("es") and len(word) > 4 and word[-3] in "lrndzjs":
        return word[:-2]
    word = word[:-1] if word.endswith("s") and len(word) > 4 else word
    return word[:-1] + "o" if word.endswith("a") and len(word) > 4 else word


_STEMMERS = {"en": _english, "de": _german, "fr": _french, "es": _spanish}
