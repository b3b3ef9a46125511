"""The roster of terms, read once for each process."""

from functools import cache
from importlib.resources import files

from evenhand.terms.roster import Roster, Terms
from evenhand_server.terms.errors import UnknownTermsError


@cache
def roster() -> Roster:
    """The roster that came with this version."""
    return Roster.load(files("evenhand.terms") / "data")


def terms_called(name: str) -> Terms:
    """The terms of this id; never a guess."""
    found = roster().find(name)
    if found is None:
        raise UnknownTermsError(terms=name)
    return found


def terms_for(gate: str, between: str) -> list[Terms]:
    """The terms that open a gate (intent or relationship) between these kinds of party, in the roster's order."""
    return [terms for terms in roster() if terms.gates == gate and terms.between == between]
