"""Reading keys: which sign for a party, what waits for one's own device."""

from django.db.models import Q, QuerySet

from evenhand_server.dealings.models import Dealing
from evenhand_server.keys.models import KeyChange
from evenhand_server.people.actor import Actor
from evenhand_server.records.models import KeyRotation, SigningKey
from evenhand_server.storage.errors import NotFoundError
from evenhand_server.terms.models import AwaitedSignature


def changes_of(actor: Actor) -> QuerySet[KeyChange]:
    """The changes of keys that the party has begun."""
    return KeyChange.objects.filter(party_id=actor.party_id).select_related("old", "new", "dealing").order_by("id")


def change_of(actor: Actor, change_id: str) -> KeyChange:
    """One change that the party has begun."""
    found = changes_of(actor).filter(public_id=change_id).first()
    if found is None:
        raise NotFoundError
    return found


def awaited_of(actor: Actor) -> QuerySet[AwaitedSignature]:
    """The records that wait for a signature with a key on this party's own device, oldest first."""
    rows = AwaitedSignature.objects.filter(key__party_id=actor.party_id)
    return rows.select_related("record__dealing__vendor", "record__dealing__intent", "key").order_by("id")


def awaited(actor: Actor, awaited_id: str) -> AwaitedSignature:
    """One record that waits for this party."""
    found = awaited_of(actor).filter(public_id=awaited_id).first()
    if found is None:
        raise NotFoundError
    return found


def rotations_of(party_id: int) -> QuerySet[KeyRotation]:
    """How the key that a party publishes came about, from the first change."""
    rows = KeyRotation.objects.filter(new__party_id=party_id, new__is_published=True)
    return rows.select_related("old", "new").order_by("id")


def own_dealings(actor: Actor) -> QuerySet[Dealing]:
    """The dealings in which the party asks, newest first, with the key that signs in each."""
    rows = Dealing.objects.filter(intent__party_id=actor.party_id).exclude(Q(decline__isnull=False))
    return rows.select_related("vendor", "asker_key", "intent").order_by("-id")


def keys_published(party_id: int) -> QuerySet[SigningKey]:
    """All keys that a party has ever published, newest first."""
    return SigningKey.objects.filter(party_id=party_id, is_published=True).order_by("-id")
