"""Recording what matching found, so that twice is once."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from evenhand_server.intents.models import Wish
from evenhand_server.journal.actions import note
from evenhand_server.journal.events import Event
from evenhand_server.matching.models import Match, Matching
from evenhand_server.matching.queries import Hit, Hits


@transaction.atomic
def record_matches(wish: Wish, fits: Hits, mentions: list[Hit], nearest_miss: Mapping[str, object]) -> list[Match]:
    """Keep the vendors that fit, those that only mention the words, and the nearest miss if none fits."""
    now = timezone.now()
    Matching.objects.update_or_create(
        wish=wish, defaults={"total": fits.total, "nearest_miss": nearest_miss, "at": now}
    )
    made = [match_row(wish, hit, Match.Kind.FIT) for hit in fits.best]
    made += [match_row(wish, hit, Match.Kind.MENTION) for hit in mentions]
    note(Event.INTENT_MATCHED, wish.intent.public_id, total=fits.total, mentions=len(mentions))
    return made


def match_row(wish: Wish, hit: Hit, kind: Match.Kind) -> Match:
    """The match of a wish and a vendor, as it was or new."""
    row, _ = Match.objects.get_or_create(
        wish=wish,
        vendor_id=hit.vendor_id,
        defaults={
            "interest_version": hit.version,
            "kind": kind,
            "score": round(hit.fit.score * 1000),
            "accepts_terms": hit.fit.accepts_terms,
            "reasons": [{"code": reason.code, **reason.data} for reason in hit.fit.reasons],
            "at": timezone.now(),
        },
    )
    return row
