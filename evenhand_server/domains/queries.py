"""Reading what a party says of its domain."""

from evenhand_server.domains.models import DomainClaim
from evenhand_server.people.actor import Actor
from evenhand_server.storage.errors import NotFoundError


def claim_of(actor: Actor) -> DomainClaim | None:
    """What the party says of its domain."""
    return DomainClaim.objects.filter(party_id=actor.party_id).select_related("proof", "party").first()


def claim_to_show(actor: Actor) -> DomainClaim:
    """The same, where there must be one."""
    claim = claim_of(actor)
    if claim is None:
        raise NotFoundError
    return claim
