"""The terms that a party may put to others, by what it is and by what it prefers."""

from evenhand.terms.preferences import OF_A_NEW_ORGANISATION, OF_A_NEW_PERSON, Preferences
from evenhand.terms.roster import Roster, Terms
from evenhand_server import messages
from evenhand_server.people.actor import Actor
from evenhand_server.people.models import Party, TermsPreference

Stand = TermsPreference.Stand


def roster() -> Roster:
    """The roster that came with this version, with the operator's own after it."""
    return messages.roster()


def preferences_of(party: Party) -> Preferences:
    """What a party thinks of which terms; until it said so, what everybody starts with."""
    rows = list(TermsPreference.objects.filter(party=party).order_by("place"))
    if not rows:
        return OF_A_NEW_ORGANISATION if party.is_organisation else OF_A_NEW_PERSON
    said = {stand: tuple(row.terms for row in rows if row.stand == stand) for stand in Stand}
    return Preferences(said[Stand.ALWAYS], said[Stand.IF_ASKED], frozenset(said[Stand.NEVER]))


def never_of(party_id: int) -> frozenset[str]:
    """The terms that a party never takes, whatever else it said."""
    rows = TermsPreference.objects.filter(party_id=party_id, stand=Stand.NEVER)
    return frozenset(rows.values_list("terms", flat=True))


def between_of(party: Party | None) -> str:
    """Between whom a party's terms stand when it asks: an organisation asks as one."""
    return "organisations" if party is not None and party.is_organisation else "person_and_organisation"


def terms_for(party: Party) -> list[Terms]:
    """All terms that this party could come to name or meet when it asks, in the roster's order."""
    return [terms for terms in roster() if terms.between == between_of(party)]


def terms_to_choose(gate: str, actor: Actor | None) -> list[Terms]:
    """The terms that open a gate (intent or relationship): what the party prefers first, and nothing it never takes."""
    party = actor.party if actor is not None else None
    preferences = preferences_of(party) if party is not None else OF_A_NEW_PERSON
    liked = [*preferences.prefers, *preferences.if_asked]
    found = [terms for terms in roster() if terms.gates == gate and terms.between == between_of(party)]
    allowed = [terms for terms in found if terms.id not in preferences.never] or found
    ranks = {name: rank for rank, name in reversed(list(enumerate(liked)))}
    return sorted(allowed, key=lambda terms: (ranks.get(terms.id, len(liked)), not terms.at_launch))
