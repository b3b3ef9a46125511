"""Filing: the keys and the columns by which SQL finds an interest, from its value alone."""

from hashlib import blake2b
from typing import TypedDict

from evenhand.interests.interest import Interest
from evenhand.matching import conditions, pieces, prices
from evenhand.matching.cells import codes_of
from evenhand.matching.mention import clauses
from evenhand.matching.places import point, reach

CLAUSE_ENDS = "xxx"
"""Stands between two clauses, so that no phrase reaches over."""
CODE_BITS = 31
WORDS_ONLY = 0
"""Stands for the category of interests that name words alone."""
CONDITION_BITS = {name: 1 << bit for bit, name in enumerate(sorted(conditions.CONDITIONS))}
# fmt: off
LISTED_LANGUAGES = (
    "en", "zh", "hi", "es", "fr", "ar", "bn", "pt", "ru", "ur", "id", "de", "ja", "mr", "te", "tr", "ta", "vi", "ko",
    "it", "th", "gu", "fa", "pl", "pa", "uk", "ro", "nl", "el", "hu", "cs", "sv", "sr", "bg", "da", "fi", "sk", "no",
    "hr", "lt", "sl", "lv", "et", "ga", "cy", "mt", "is", "sq", "mk", "bs", "he", "ms", "sw", "tl", "ka", "hy", "az",
    "kk", "eu", "ca",
)
# fmt: on
"""Each has a bit of its own, by its place: never reorder them; what comes later goes to the end, 62 in all."""
OTHER_LANGUAGES: int = 1 << 62
LANGUAGE_BITS: dict[str, int] = {name: 1 << bit for bit, name in enumerate(LISTED_LANGUAGES)}


class Columns(TypedDict):
    """An interest in the numbers that SQL compares."""

    is_priced: bool
    currency: str
    period: str
    lowest: int
    highest: int
    x: int
    y: int
    z: int
    reach: int
    fewest: int
    most: int
    conditions: int
    languages: int
    other_languages: list[str]
    has_words: bool
    words_wanted: list[str]
    words_excluded: list[str]


def keys_of(interest: Interest) -> list[int]:
    """Every key under which an interest is filed, ascending; none where it answers nothing.

    Categories are filed by a digest of their id, so that the tree may change without filing anything anew.
    """
    if interest.categories:
        categories = {category_number(category) for category in interest.categories}
    else:
        categories = {WORDS_ONLY} if interest.words_wanted else set()
    codes = codes_of(interest.area)
    return sorted({key_of(category, code) for category in categories for code in codes})


def key_of(category: int, code: int) -> int:
    """A category's number and a place's code as one number below 2**62."""
    return category << CODE_BITS | code


def category_number(category: str) -> int:
    """A number from 1 to 2**31 - 1; a test holds that no two of our categories share one."""
    return 1 + int.from_bytes(blake2b(category.encode(), digest_size=4).digest()) % ((1 << CODE_BITS) - 1)


def columns_of(interest: Interest) -> Columns:
    """The columns of an interest."""
    area, asked = interest.area, prices.asking(interest)
    lowest, highest = asked or (0, prices.TOP)
    x, y, z = point(area.lat, area.lon) if area.is_circle else (0, 0, 0)
    fewest, most = pieces.taken(interest)
    return Columns(
        is_priced=asked is not None,
        currency=interest.currency if asked else "",
        period=interest.period if asked else "",
        lowest=lowest,
        highest=highest,
        x=x,
        y=y,
        z=z,
        reach=reach(area.radius_km) ** 2 if area.is_circle else 0,
        fewest=fewest,
        most=most,
        conditions=sum(CONDITION_BITS[name] for name in conditions.offered(interest)),
        languages=language_bits(interest.languages),
        other_languages=sorted(interest.languages - LANGUAGE_BITS.keys()),
        has_words=bool(interest.words_wanted or interest.words_excluded),
        words_wanted=sorted(interest.words_wanted),
        words_excluded=sorted(interest.words_excluded),
    )


def language_bits(languages: frozenset[str]) -> int:
    """The languages as bits; all that are not listed share one."""
    bits: int = 0
    for language in languages:
        bits |= LANGUAGE_BITS.get(language, OTHER_LANGUAGES)
    return bits


def searchable(sentence: str) -> str:
    """A sentence as full text keeps it: a line for each clause, words in lower case and in the singular."""
    return f"\n{CLAUSE_ENDS}\n".join(" ".join(words) for words in clauses(sentence))
