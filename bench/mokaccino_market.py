"""The same market in mokaccino, a percolator in Rust, for comparison: queries that stand, documents that pass by.

It does less than the other engines: it finds whose kind of thing, cell, price, pieces and language fit, and neither
measures distances nor looks at evidence, words and terms, nor puts anything in order. ``pip install mokaccino``; a
hundred thousand interests take more than a gigabyte, so larger markets are not tried.
"""

from collections.abc import Iterable
from itertools import chain

from market import CURRENCY

from evenhand.intents.wish import Wish
from evenhand.interests.interest import Interest
from evenhand.matching import pieces, prices
from evenhand.matching.cells import COUNTRY, HOME_COUNTRY, codes_of, lookups
from evenhand.matching.engine.numbering import Numbering
from evenhand.matching.index import Standing
from evenhand.matching.rates import NO_RATES
from evenhand.words.tree import Tree

try:
    from mokaccino import Document, Percolator, Query  # type: ignore[import-not-found, unused-ignore]  # Only compared.
except ImportError:
    IS_THERE = False
else:
    IS_THERE = True

LARGEST = 100_000
WIDEST = 4_096
"""A wish that looks through more cells than this is none of those that the market makes."""


class MokaccinoMarket:
    """Interests as queries by their numbers."""

    def __init__(self, tree: Tree, interests: Iterable[Standing]) -> None:
        self._numbering = Numbering.of(tree)
        self._percolator = Percolator()
        for one in interests:
            self._percolator.add_query_id(query_of(one.interest), one.id)

    def match(self, wish: Wish) -> list[int]:
        """The ids that may fit, in no order."""
        return list(self._percolator.percolate_list(self.document_of(wish)))

    def document_of(self, wish: Wish) -> "Document":
        """A wish with every key that may be asked for."""
        document = Document()
        above, (first, end) = self._numbering.wished(wish.category)
        nodes = [self._numbering.ids[number] for number in (*above[:-1], *range(first, end))]  # Without words alone.
        codes = list(chain.from_iterable(range(first, last + 1) for first, last, _ in lookups(wish.area)))
        assert len(codes) < WIDEST
        for node in nodes:
            for code in codes:
                document.add_value("key", f"{node}/{code}")
        down, up = pieces.wanted(wish) or (0, 0)
        least, most = prices.affordable(wish, currency=CURRENCY, period="", rates=NO_RATES) or (0, prices.TOP)
        numbers = {"least": least, "most": most, "down": down, "up": up}
        for name, number in numbers.items():
            document.add_value(name, str(number))
        for language in wish.languages:
            document.add_value("language", language)
        return document


def query_of(interest: Interest) -> "Query":
    """What an interest asks of a wish."""
    codes = [code for code in codes_of(interest.area) if not HOME_COUNTRY <= code < COUNTRY]
    keys = [Query.from_kv("key", f"{node}/{code}") for node in sorted(interest.categories) for code in codes]
    lowest, highest = prices.asking(interest) or (0, prices.TOP)
    fewest, most = pieces.taken(interest)
    parts = [
        Query.from_or(keys),
        Query.from_kge("most", lowest),
        Query.from_kle("least", highest),
        Query.from_kge("down", fewest),
        Query.from_kle("up", most),
    ]
    if interest.languages:
        parts.append(Query.from_or([Query.from_kv("language", one) for one in sorted(interest.languages)]))
    return Query.from_and(parts)
