"""What newcomers may do: little at first, so that nobody can farm a market; it grows with every deal they keep."""

from django.conf import settings

from evenhand_server.people.models import KeptDeals

MORE_INTENTS = 2
MORE_INVITATIONS = 20
MOST_INTENTS = 50
MOST_INVITATIONS = 500


def kept_deals(party_id: int) -> int:
    """With how many others this party kept a deal, as last counted."""
    return KeptDeals.objects.filter(party_id=party_id).values_list("count", flat=True).first() or 0


def open_intents_allowed(party_id: int) -> int:
    """How many intents this party may have open at a time."""
    return grown(settings.OPEN_INTENTS, MORE_INTENTS * kept_deals(party_id), MOST_INTENTS)


def invitations_allowed(party_id: int) -> int:
    """How many sellers this party may invite within 24 hours."""
    return grown(settings.INVITATIONS_A_DAY, MORE_INVITATIONS * kept_deals(party_id), MOST_INVITATIONS)


def grown(first: int, more: int, most: int) -> int:
    """What is allowed at first and what was added; an operator who begins above the end stays there."""
    return max(first, min(first + more, most))
