"""What somebody hears who does not see a page: every stop of the Tab key by name, and the headings, in order."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from playwright.sync_api import Page

GROUPS = {"group", "radiogroup", "region", "navigation", "listitem", "row", "dialog", "alert"}
LANDMARKS = {"banner", "contentinfo"}
"""These need no name: there is one of each."""
OWN_WORDS = {"Begun, not published yet", "Published"}
"""Here links are called by what somebody wrote, and people may write the same twice."""
NOT_STOPS = {"RootWebArea", "main", "option", "MenuListOption", "MenuListPopup"}


@dataclass(frozen=True)
class Stop:
    """Somewhere Tab or a screen reader stops: what it is, its name, the named groups around it, where it leads."""

    role: str
    name: str
    groups: tuple[str, ...] = ()
    leads_to: str = ""


@dataclass(frozen=True)
class Heading:
    """A heading and its level."""

    level: int
    name: str


def stops_of(page: Page) -> list[Stop]:
    """Everything that can have the focus, in the order of the page, as the browser tells screen readers."""
    return [
        Stop(role_of(node), name_of(node), groups, str(told(node, "url") or ""))
        for node, groups in walk(page)
        if told(node, "focusable") and role_of(node) not in NOT_STOPS
    ]


def headings_of(page: Page) -> list[Heading]:
    """All headings, in the order of the page."""
    found = (node for node, _groups in walk(page) if role_of(node) == "heading")
    return [Heading(int(told(node, "level") or 0), name_of(node)) for node in found]


def walk(page: Page) -> Iterator[tuple[dict[str, Any], tuple[str, ...]]]:
    """The accessibility tree in order, each node with the named groups it lies in."""
    session = page.context.new_cdp_session(page)
    nodes = {node["nodeId"]: node for node in session.send("Accessibility.getFullAXTree")["nodes"]}
    session.detach()
    root = next(node for node in nodes.values() if "parentId" not in node)
    ahead: list[tuple[dict[str, Any], tuple[str, ...]]] = [(root, ())]
    while ahead:
        node, groups = ahead.pop()
        if not node.get("ignored"):
            yield node, groups
        inner = (*groups, *group_of(node))
        ahead += [(nodes[one], inner) for one in reversed(node.get("childIds", ())) if one in nodes]


def group_of(node: dict[str, Any]) -> tuple[str, ...]:
    """What the group is called that begins here; nothing where none does."""
    if role_of(node) in LANDMARKS:
        return (role_of(node),)
    return (name_of(node),) if role_of(node) in GROUPS and name_of(node) else ()


def role_of(node: dict[str, Any]) -> str:
    """What it is."""
    return str(node.get("role", {}).get("value", ""))


def name_of(node: dict[str, Any]) -> str:
    """What it is called."""
    return " ".join(str(node.get("name", {}).get("value", "")).split())


def told(node: dict[str, Any], what: str) -> object:
    """One of its properties."""
    return next((one["value"].get("value") for one in node.get("properties", ()) if one["name"] == what), None)


def unclear(stops: list[Stop]) -> list[str]:
    """Stops without a name, and stops that sound the same and are not."""
    nameless = [f"{stop.role} without a name in {stop.groups}" for stop in stops if not stop.name]
    first: dict[tuple[str, str, tuple[str, ...]], Stop] = {}
    twins = []
    for stop in stops:
        earlier = first.setdefault((stop.role, stop.name, () if stop.role == "link" else stop.groups), stop)
        is_same = earlier is stop or (stop.leads_to and earlier.leads_to == stop.leads_to)
        if not is_same and not OWN_WORDS & {*stop.groups}:
            twins.append(f"two of {stop.role} “{stop.name}” in {stop.groups}")
    return nameless + twins


def jumps(headings: list[Heading]) -> list[str]:
    """Where the outline has no single top, or leaves out a level."""
    tops = [one for one in headings if one.level == 1]
    found = [] if len(tops) == 1 and headings[0] is tops[0] else [f"the tops are {tops}"]
    pairs = pairwise(headings)
    return found + [
        f"“{after.name}” follows “{before.name}”" for before, after in pairs if after.level > before.level + 1
    ]
