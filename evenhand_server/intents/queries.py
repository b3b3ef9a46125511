"""Reading intents; each query takes who asks, and shows only what is theirs."""

import json
from datetime import datetime, timedelta
from typing import TypedDict

from allauth.account.models import EmailAddress
from django.db.models import Count, Max, Prefetch, Q, QuerySet

from evenhand.intents.budget import Visibility
from evenhand.intents.teaser import Teaser, teaser
from evenhand.intents.veil import Veiled
from evenhand.intents.wish import Wish as WishValue
from evenhand.intents.wish import from_record
from evenhand_server.intents.models import Closure, Correction, Draft, Intent, Wish
from evenhand_server.people.actor import Actor
from evenhand_server.people.models import KeptDeals, Person
from evenhand_server.people.newcomers import kept_deals
from evenhand_server.storage.errors import NotFoundError

FEWEST_PARTIES = 2
"""Fewer might be one person's slip, or one person's words."""


def intents_of(actor: Actor) -> QuerySet[Intent]:
    """The party's intents, newest first."""
    return Intent.objects.filter(party_id=actor.party_id).select_related("closure").order_by("-at", "-id")


def with_words(intents: QuerySet[Intent]) -> QuerySet[Intent]:
    """These intents with their wishes and sentences at hand, the newest wish first."""
    return intents.prefetch_related(Prefetch("wishes", Wish.objects.select_related("sentence").order_by("-number")))


def intent_of(actor: Actor, intent_id: str) -> Intent:
    """One intent of the party."""
    intent = intents_of(actor).filter(public_id=intent_id).first()
    if intent is None:
        raise NotFoundError
    return intent


def count_open(actor: Actor, now: datetime) -> int:
    """How many intents count as open for who wants another: those of the party, and for a newcomer the person's own.

    A newcomer's own are those for any party that has kept no deal yet, so that founding parties brings nothing; and one
    that was withdrawn counts for the rest of a day, so that withdrawing and asking again brings nothing either.
    """
    rows = Intent.objects.filter(closes_at__gt=now)
    if kept_deals(actor.party_id):
        return rows.filter(party_id=actor.party_id, closure__isnull=True).count()
    known = KeptDeals.objects.filter(count__gt=0).values("party_id")
    own = Q(party_id=actor.party_id) | (Q(by_id=actor.person_id) & ~Q(party_id__in=known))
    is_fresh = Q(closure__reason=Closure.Reason.WITHDRAWN, at__gt=now - timedelta(days=1))
    return rows.filter(own & (Q(closure__isnull=True) | is_fresh)).count()


def newest_wish(intent: Intent) -> Wish:
    """The wish as it stands."""
    return intent.wishes.select_related("sentence", "veiled").latest("number")


def newest_wish_ids_of_open(now: datetime) -> list[int]:
    """The wishes of all open intents as they stand; for matching only."""
    rows = Wish.objects.filter(intent__closure__isnull=True, intent__closes_at__gt=now)
    return list(rows.values("intent").annotate(newest=Max("pk")).order_by("newest").values_list("newest", flat=True))


def draft_of(draft_id: str, *, person: Person | None, known: list[str]) -> Draft:
    """A draft of this person, or one that this browser began before anybody signed in."""
    draft = Draft.objects.filter(public_id=draft_id).first()
    if draft is None:
        raise NotFoundError
    is_theirs = person is not None and draft.person_id == person.pk
    is_of_this_browser = draft.person_id is None and draft_id in known
    if not is_theirs and not is_of_this_browser:
        raise NotFoundError
    return draft


def drafts_of(person: Person) -> QuerySet[Draft]:
    """What this person began and has not published."""
    return Draft.objects.filter(person=person).order_by("-at")


def count_askers() -> int:
    """How many parties have asked for something here; more than one is all that matters."""
    return Intent.objects.order_by().values("party_id").distinct()[:2].count()


def has_confirmed_mailbox(person: Person) -> bool:
    """Whether mail to this person arrives."""
    return bool(EmailAddress.objects.filter(user=person, verified=True).exists())


def veiled_of(wish: Wish) -> Veiled:
    """What vendors who accepted the terms see: the words that were signed, or none once they are erased."""
    if wish.veiled.is_erased:
        return Veiled("", WishValue())
    record = json.loads(wish.veiled.body)
    return Veiled(record["sentence"], from_record(record["wish"]))


def teaser_of(wish: Wish) -> Teaser:
    """What vendors see before they accepted the terms."""
    return teaser(veiled_of(wish).wish, visibility=Visibility(wish.intent.budget_shown))


def wish_value(wish: Wish) -> WishValue:
    """The wish as the library reads it; an erased one wants nothing."""
    return from_record(wish.record) if wish.record else WishValue()


class CorrectionCount(TypedDict):
    """What was read, what was meant, and how many parties put it right so."""

    field: str
    language: str
    words: str
    read: str
    meant: str
    parties: int


def corrections_made() -> list[CorrectionCount]:
    """What several parties put right in the same way, the most frequent first; what one alone did stays untold."""
    counted = Correction.objects.values("field", "language", "words", "read", "meant").annotate(parties=Count("proof"))
    rows = counted.filter(parties__gte=FEWEST_PARTIES).order_by("-parties", "field", "language", "meant", "words")
    return [CorrectionCount(**row) for row in rows]
