"""The terms that a party may put to others, by what it is: a person or an organisation."""

from functools import cache
from importlib.resources import files

from evenhand.terms.roster import Roster, Terms
from evenhand_server.people.actor import Actor


@cache
def roster() -> Roster:
    """The roster that came with this version, read once for each process."""
    return Roster.load(files("evenhand.terms") / "data")


def terms_to_choose(gate: str, actor: Actor | None) -> list[Terms]:
    """The terms that open a gate (intent or relationship), in the roster's order, those of the launch first."""
    between = "organisations" if actor is not None and actor.party.is_organisation else "person_and_organisation"
    found = [terms for terms in roster() if terms.gates == gate and terms.between == between]
    return sorted(found, key=lambda terms: not terms.at_launch)
