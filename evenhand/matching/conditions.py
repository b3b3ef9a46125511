"""Conditions: new, used and refurbished are ways to buy; hire and repair are asked for by name."""

from evenhand.intents.wish import Wish
from evenhand.interests.interest import Interest
from evenhand.words.tree import Tree

BUYING = frozenset({"new", "used", "refurbished"})
CONDITIONS = BUYING | {"hire", "repair"}
SERVICES = "services"
"""The root of the tree under which nothing is bought as a thing."""


def acceptable(wish: Wish, tree: Tree) -> frozenset[str]:
    """The conditions that would do. Who names none wants to buy the thing; for a service, any will do.

    So a shop that only repairs bicycles does not hear of somebody who wants to buy one, and a plumber "for repairs"
    hears of everybody who looks for a plumber.
    """
    if named := wish.conditions & CONDITIONS:
        return named
    above = tree.ancestors(wish.category)
    return BUYING if above and above[-1] != SERVICES else CONDITIONS


def offered(interest: Interest) -> frozenset[str]:
    """The conditions a vendor offers; none named means any, and what we do not know counts as not named."""
    return interest.conditions & CONDITIONS or CONDITIONS
