"""Matching as a background step: find the sellers for an intent, and introduce those it lets hear."""

from datetime import datetime
from functools import partial

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from evenhand.errors import EvenhandError
from evenhand_server.dealings.actions import bear_dealing
from evenhand_server.dealings.models import Dealing
from evenhand_server.intents.models import Intent, Wish
from evenhand_server.intents.queries import newest_wish, newest_wish_ids_of_open, veiled_of
from evenhand_server.journal.actions import leave_due_for_each
from evenhand_server.matching.actions import record_matches
from evenhand_server.matching.asking import Question
from evenhand_server.matching.mentions import find_mentions
from evenhand_server.matching.models import Match
from evenhand_server.matching.money import rates_here
from evenhand_server.matching.queries import Look, find_interests, in_database, question_of
from evenhand_server.matching.reach import gained_by_changes
from evenhand_server.terms.actions import proffer_terms
from evenhand_server.terms.models import Stage
from evenhand_server.workers.memory import MEMORY


class BehindError(EvenhandError):
    """The database does not show this worker yet what a wish was said after, as a delayed copy might; tried again."""

    code = "behind"  # data: applied, change


LOOKS_A_SECOND = 20
"""So many open intents are looked at again in a second of the daily pass; new ones come between."""
MOST_NOTICES = 50
"""So many sellers at most hear of one intent, even where any number may; of the rest the person sees the number."""


def match_intent(target: int) -> None:
    """Look for sellers for one version of a wish, and introduce those who may hear."""
    wish = Wish.objects.select_related("intent", "sentence", "veiled").get(pk=target)
    now = timezone.now()
    if wish.intent.is_open(now) and newest_wish(wish.intent).pk == wish.pk:
        match_wish(wish, now)


def match_interest(target: int) -> None:
    """The daily look: interests that are new or changed since yesterday meet the intents that are open.

    Not at once, since many narrow interests, changed and watched, could be used to probe for a person. One look
    serves all interests that waited for it; ``target`` is only the one that asked first.
    """
    now = timezone.now()
    leave_due_for_each("match_intent", newest_wish_ids_of_open(now), at=now, each_second=LOOKS_A_SECOND)


@transaction.atomic
def match_wish(wish: Wish, now: datetime) -> None:
    """Find, record, introduce."""
    question = question_of(wish, now.date())
    heard = Dealing.objects.filter(intent=wish.intent).count()
    look = look_for(wish)
    fits = find_interests(question, top=MOST_NOTICES + heard, look=look)
    nearest = {} if fits.total else {"misses": misses_of(question, look)}
    mentions = find_mentions(veiled_of(wish).sentence, question, [hit.vendor_id for hit in fits.best])
    matches = record_matches(wish, fits, mentions, nearest)
    introduce(wish, [match for match in matches if match.kind == Match.Kind.FIT])


def look_for(wish: Wish) -> Look:
    """In the database, or where the operator wants it in this worker's memory, once that knows what the wish may."""
    replica = MEMORY.replica() if settings.MATCHING == "index" else None
    if replica is None:
        return in_database
    replica.catch_up()
    if replica.applied < wish.change:
        raise BehindError(applied=replica.applied, change=wish.change)
    return partial(replica.find, rates=rates_here())


def misses_of(question: Question, look: Look) -> list[dict[str, object]]:
    """What one change of a wish that nobody fits would bring, as plain data; ``gained`` counts sellers, each once."""
    return [
        {"code": more.change.code, "gained": more.gained, **more.change.data}
        for more in gained_by_changes(question, 0, look)
    ]


def introduce(wish: Wish, matches: list[Match]) -> None:
    """Let the best matches hear, as many as the asker allows; each hears under an id of its own."""
    Intent.objects.select_for_update(of=("self",)).get(pk=wish.intent_id)  # Two workers must not both fill it up.
    heard = set(Dealing.objects.filter(intent=wish.intent).values_list("vendor_id", flat=True))
    limit = wish.intent.seller_limit or MOST_NOTICES
    for match in matches:
        if match.vendor_id in heard:
            continue
        if len(heard) >= limit:
            return
        heard.add(match.vendor_id)
        dealing = bear_dealing(wish, match.vendor, match)
        proffer_terms(dealing, Stage.INTENT, wish.intent.terms, until=wish.intent.closes_at)
