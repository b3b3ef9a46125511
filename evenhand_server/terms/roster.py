"""Terms by their ids."""

from evenhand.terms.answer import may_counter
from evenhand.terms.roster import Terms
from evenhand_server.people.terms import roster
from evenhand_server.terms.errors import UnknownTermsError


def terms_called(name: str) -> Terms:
    """The terms of this id; never a guess."""
    found = roster().find(name)
    if found is None:
        raise UnknownTermsError(terms=name)
    return found


def counters_to(proffered: str) -> list[Terms]:
    """The terms that may be named instead, once: of the same roster, for the same thing."""
    return [terms for terms in roster() if may_counter(terms_called(proffered), terms)]
