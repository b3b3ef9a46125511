"""Reading dealings: the asker sees its own intents', the vendor its own; nobody else sees anything."""

from datetime import datetime

from django.db.models import Count, Q, QuerySet

from evenhand_server.dealings.models import Dealing, Message, Side
from evenhand_server.intents.models import Closure, Intent
from evenhand_server.people.actor import Actor
from evenhand_server.people.models import Block
from evenhand_server.storage.errors import NotFoundError

WITH = (
    "intent__closure",
    "intent__party",
    "vendor",
    "wish__veiled",
    "wish__sentence",
    "match",
    "asker_key",
    "vendor_key",
    "decline",
)


def dealings_of_vendor(actor: Actor) -> QuerySet[Dealing]:
    """The vendor's inbox, newest first."""
    return Dealing.objects.filter(vendor_id=actor.party_id).select_related(*WITH).order_by("-at", "-id")


def open_dealings_of_vendor(party_id: int, now: datetime) -> list[Dealing]:
    """What a vendor could still answer."""
    rows = Dealing.objects.filter(vendor_id=party_id, decline__isnull=True).select_related(*WITH)
    return [dealing for dealing in rows if is_open(dealing, now)]


def dealings_of_intent(intent: Intent) -> QuerySet[Dealing]:
    """All dealings of one intent, in the order in which the sellers were found."""
    return Dealing.objects.filter(intent=intent).select_related(*WITH).order_by("id")


def dealings_between(asker_party_id: int, vendor_id: int) -> QuerySet[Dealing]:
    """All dealings in which one party asks and the other answers."""
    rows = Dealing.objects.filter(intent__party_id=asker_party_id, vendor_id=vendor_id)
    return rows.select_related(*WITH).order_by("id")


def dealing_of(actor: Actor, dealing_id: str) -> Dealing:
    """One dealing in which the actor's party is one of the two sides."""
    rows = Dealing.objects.filter(Q(vendor_id=actor.party_id) | Q(intent__party_id=actor.party_id))
    dealing = rows.select_related(*WITH).filter(public_id=dealing_id).first()
    if dealing is None:
        raise NotFoundError
    return dealing


def side_of(actor: Actor, dealing: Dealing) -> Side:
    """On which side the actor is."""
    return Side.VENDOR if dealing.vendor_id == actor.party_id else Side.ASKER


def messages_of(dealing: Dealing) -> QuerySet[Message]:
    """The questions, oldest first, each with its answer."""
    rows = Message.objects.filter(dealing=dealing, answers__isnull=True)
    return rows.select_related("text", "answer__text").order_by("id")


def open_questions(dealing_ids: list[int]) -> dict[int, int]:
    """How many questions of the vendor wait for an answer, by dealing."""
    rows = Message.objects.filter(dealing_id__in=dealing_ids, side=Side.VENDOR, answers=None, answer=None)
    return dict(rows.values("dealing_id").annotate(count=Count("id")).values_list("dealing_id", "count"))


def is_open(dealing: Dealing, now: datetime) -> bool:
    """Neither side said no and the intent is open: terms can be answered, offers made and accepted."""
    return not hasattr(dealing, "decline") and dealing.intent.is_open(now)


def is_going(dealing: Dealing, now: datetime) -> bool:
    """Open, or lived on after this vendor's offer was accepted: the two may write to each other."""
    if hasattr(dealing, "decline") or Block.objects.filter(dealing=dealing).exists():
        return False
    closure = getattr(dealing.intent, "closure", None)
    return dealing.intent.is_open(now) or (closure is not None and closure.reason == Closure.Reason.ACCEPTED)
