"""Reading interests."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Q, QuerySet

from evenhand_server.interests.models import Interest, InterestVersion, StandingAcceptance
from evenhand_server.people.actor import Actor
from evenhand_server.people.models import Membership, Person, TermsPreference
from evenhand_server.people.roles import Role
from evenhand_server.people.terms import never_of
from evenhand_server.storage.errors import NotFoundError


def interests_of(actor: Actor) -> QuerySet[InterestVersion]:
    """What the party stands ready to answer, as it stands now."""
    rows = InterestVersion.objects.filter(interest__party_id=actor.party_id, is_newest=True)
    return rows.filter(interest__retirement__isnull=True).select_related("interest", "sentence").order_by("-id")


def interest_of(actor: Actor, interest_id: str) -> InterestVersion:
    """One interest of the party."""
    version = interests_of(actor).filter(interest__public_id=interest_id).first()
    if version is None:
        raise NotFoundError
    return version


def count_changes(actor: Actor, since: datetime) -> int:
    """How often the party, or the person for any party, has opened or changed an interest since then."""
    theirs = Q(interest__party_id=actor.party_id) | Q(interest__by_id=actor.person_id)
    return InterestVersion.objects.filter(theirs, at__gt=since).count()


def is_standing(interest: Interest) -> bool:
    """Whether the vendor still answers such intents."""
    return not hasattr(interest, "retirement")


def standing_terms(party_id: int) -> frozenset[str]:
    """The terms that a vendor accepts from anybody; what it never takes it does not accept either."""
    rows = StandingAcceptance.objects.filter(party_id=party_id).values_list("terms", flat=True)
    return frozenset(rows) - never_of(party_id)


def standing_terms_of(party_ids: Collection[int]) -> dict[int, frozenset[str]]:
    """For each of these vendors that accepts any terms from anybody, which."""
    found: dict[int, set[str]] = {}
    refused = TermsPreference.objects.filter(party_id__in=party_ids, stand=TermsPreference.Stand.NEVER)
    never = set(refused.values_list("party_id", "terms"))
    rows = StandingAcceptance.objects.filter(party_id__in=party_ids)
    for party_id, terms in rows.values_list("party_id", "terms"):
        if (party_id, terms) in never:
            continue
        found.setdefault(party_id, set()).add(terms)
    return {party_id: frozenset(terms) for party_id, terms in found.items()}


def vendors_named(person: Person) -> dict[str, int]:
    """The organisations that a person looks after, by name: where an import goes on."""
    rows = Membership.objects.filter(person=person, role=Role.STEWARD, departure__isnull=True)
    return dict(rows.order_by("-id").values_list("party__name", "party_id"))
