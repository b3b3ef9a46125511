"""Matching as a background step: find the sellers for an intent, and introduce those it lets hear."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from evenhand.intents.wish import Wish as WishValue
from evenhand.matching.relaxations import relaxations
from evenhand_server.dealings.actions import bear_dealing
from evenhand_server.dealings.models import Dealing
from evenhand_server.intents.models import Wish
from evenhand_server.intents.queries import newest_wish, newest_wishes_of_open, wish_value
from evenhand_server.matching.actions import record_matches
from evenhand_server.matching.models import Match
from evenhand_server.matching.queries import Standing, all_standing, find_interests, find_mentions
from evenhand_server.people.queries import blocked_with
from evenhand_server.terms.actions import proffer_terms
from evenhand_server.terms.models import Stage


def match_intent(target: int) -> None:
    """Look for sellers for one version of a wish, and introduce those who may hear."""
    wish = Wish.objects.select_related("intent", "sentence", "veiled").get(pk=target)
    now = timezone.now()
    if wish.intent.is_open(now) and newest_wish(wish.intent).pk == wish.pk:
        match_wish(wish, now)


def match_interest(target: int) -> None:
    """The daily look: interests that are new since yesterday meet the intents that are open.

    Not at once, since many narrow interests, changed and watched, could be used to probe for a person. One look
    serves all interests that waited for it; ``target`` is only the one that asked first.
    """
    now = timezone.now()
    for wish in newest_wishes_of_open(now):
        match_wish(wish, now)


@transaction.atomic
def match_wish(wish: Wish, now: datetime) -> None:
    """Find, record, introduce."""
    value, on = wish_value(wish), now.date()
    blocked = blocked_with(wish.intent.party_id)
    standing = [one for one in all_standing(on, but_not=wish.intent.party_id) if one.vendor_id not in blocked]
    fits = find_interests(value, standing, on=on, proffered=wish.intent.terms)
    nearest = {} if fits else {"misses": misses_of(value, standing, now)}
    matches = record_matches(wish, fits, find_mentions(wish, standing, fits), nearest)
    introduce(wish, [match for match in matches if match.kind == Match.Kind.FIT])


def misses_of(value: WishValue, standing: list[Standing], now: datetime) -> list[dict[str, object]]:
    """What one change of the wish would bring, as plain data; ``gained`` counts sellers, each once."""
    found = []
    for change in relaxations(value):
        hits = find_interests(change.wish, standing, on=now.date(), proffered="")
        if hits:
            found.append({"code": change.code, "gained": len(hits), **change.data})
    return found


def introduce(wish: Wish, matches: list[Match]) -> None:
    """Let the best matches hear, as many as the asker allows; each hears under an id of its own."""
    heard = set(Dealing.objects.filter(intent=wish.intent).values_list("vendor_id", flat=True))
    limit = wish.intent.seller_limit
    for match in matches:
        if match.vendor_id in heard:
            continue
        if limit and len(heard) >= limit:
            return
        heard.add(match.vendor_id)
        dealing = bear_dealing(wish, match.vendor, match)
        proffer_terms(dealing, Stage.INTENT, wish.intent.terms, until=wish.intent.closes_at)
