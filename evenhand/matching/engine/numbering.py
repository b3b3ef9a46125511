"""Numbering: the category tree as whole numbers, so that a subtree is an interval."""

from collections.abc import Iterator
from dataclasses import dataclass

from evenhand.words.tree import Tree

Interval = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Numbering:
    """Nodes in preorder: the subtree of number n ends before ``ends[n]``. One number more is for words alone."""

    ids: tuple[str, ...]
    numbers: dict[str, int]
    ends: tuple[int, ...]
    above: tuple[tuple[int, ...], ...]

    @classmethod
    def of(cls, tree: Tree) -> "Numbering":
        """Number a tree; the same tree is always numbered alike."""
        ids = tuple(node for root in tree.children() for node in _preorder(tree, root))
        numbers = {node: number for number, node in enumerate(ids)}
        above = tuple(tuple(sorted(numbers[node] for node in tree.ancestors(id_))) for id_ in ids)
        ends = [number + 1 for number in range(len(ids))]
        for number, line in enumerate(above):
            for node in line:
                ends[node] = max(ends[node], number + 1)
        return cls(ids, numbers, tuple(ends), above)

    @property
    def words_only(self) -> int:
        """The number under which interests are filed that name words and no category."""
        return len(self.ids)

    def wished(self, category: str) -> tuple[tuple[int, ...], Interval]:
        """The numbers a wish looks up one by one, and the interval below it, in ascending order."""
        number = self.numbers.get(category)
        if number is None:
            return (self.words_only,), (0, 0)
        above = self.above[number]
        return (*above, self.words_only), (number + 1, self.ends[number]) if len(above) > 1 else (0, 0)

    def offered(self, categories: frozenset[str]) -> tuple[int, ...]:
        """The numbers of an interest's nodes without those whose ancestor is named too: they add nothing."""
        numbers = {self.numbers[category] for category in categories if category in self.numbers}
        return tuple(sorted(number for number in numbers if numbers.isdisjoint(self.above[number][:-1])))


def _preorder(tree: Tree, node: str) -> Iterator[str]:
    yield node
    for child in tree.children(node):
        yield from _preorder(tree, child)
