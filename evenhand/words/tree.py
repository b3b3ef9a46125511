"""The category tree: what can be asked for, from broad to narrow, by stable ids."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib.resources.abc import Traversable
from pathlib import Path
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Node:
    """One category: ``parent`` is empty at the root; ``google`` and ``osm`` say the same in other lists."""

    id: str
    parent: str
    name: str
    google: str = ""
    osm: str = ""


@dataclass(frozen=True)
class Tree:
    """All categories by id, in the order of the file. Unknown ids are nowhere in the tree and never raise."""

    nodes: Mapping[str, Node]

    @classmethod
    def load(cls, path: Path | Traversable) -> "Tree":
        """Read the tab-separated file: a heading line, then id, parent, name, google, osm."""
        lines = path.read_text(encoding="utf-8").splitlines()[1:]
        nodes = (Node(*line.split("\t")) for line in lines)
        return cls(MappingProxyType({node.id: node for node in nodes}))

    @cached_property
    def _children(self) -> Mapping[str, tuple[str, ...]]:
        children: dict[str, list[str]] = {}
        for node in self.nodes.values():
            children.setdefault(node.parent, []).append(node.id)
        return {parent: tuple(ids) for parent, ids in children.items()}

    @cached_property
    def _lines(self) -> Mapping[str, tuple[str, ...]]:
        """Each id with its ancestors, self first; parents stand before their children in the file."""
        lines: dict[str, tuple[str, ...]] = {"": ()}
        for node in self.nodes.values():
            lines[node.id] = (node.id, *lines[node.parent])
        del lines[""]
        return lines

    def __contains__(self, id_: object) -> bool:
        return id_ in self.nodes

    def __iter__(self) -> Iterator[str]:
        return iter(self.nodes)

    def __len__(self) -> int:
        return len(self.nodes)

    def name(self, id_: str) -> str:
        """What people call it; empty for an unknown id."""
        node = self.nodes.get(id_)
        return node.name if node else ""

    def parent(self, id_: str) -> str:
        """The id one step broader; empty at the root and for an unknown id."""
        node = self.nodes.get(id_)
        return node.parent if node else ""

    def children(self, id_: str = "") -> tuple[str, ...]:
        """The ids one step narrower; without an id the roots."""
        return self._children.get(id_, ())

    def ancestors(self, id_: str) -> tuple[str, ...]:
        """The id itself first, the root last; nothing for an unknown id."""
        return self._lines.get(id_, ())

    def path(self, id_: str) -> tuple[str, ...]:
        """Names from the root down to this id."""
        return tuple(self.nodes[step].name for step in reversed(self.ancestors(id_)))

    def within(self, id_: str, node: str) -> bool:
        """Whether ``id_`` is ``node`` or lies below it."""
        return node in self.ancestors(id_)
