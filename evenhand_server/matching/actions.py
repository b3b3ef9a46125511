"""Recording what matching found, so that twice is once."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from evenhand_server.intents.models import Wish
from evenhand_server.journal.actions import note
from evenhand_server.journal.events import Event
from evenhand_server.limits.actions import spend
from evenhand_server.limits.rates import Limit
from evenhand_server.matching.asking import Question
from evenhand_server.matching.models import Match, Matching
from evenhand_server.matching.queries import Hit, Hits
from evenhand_server.matching.reach import Reach, reach_of
from evenhand_server.storage.errors import TooOftenError


def look_ahead(question: Question, subject: str) -> Reach | None:
    """Count for somebody who drafts a wish; nothing is told to who asks too often, or the market could be mapped."""
    try:
        spend(Limit.LOOK_AHEAD, subject)
    except TooOftenError:
        return None
    return reach_of(question)


@transaction.atomic
def record_matches(wish: Wish, fits: Hits, mentions: list[Hit], nearest_miss: Mapping[str, object]) -> list[Match]:
    """Keep the vendors that fit, those that only mention the words, and the nearest miss if none fits."""
    now = timezone.now()
    Matching.objects.update_or_create(
        wish=wish, defaults={"total": fits.total, "nearest_miss": nearest_miss, "at": now}
    )
    made = keep_matches(wish, fits.best, mentions)
    note(Event.INTENT_MATCHED, wish.intent.public_id, total=fits.total, mentions=len(mentions))
    return made


def keep_matches(wish: Wish, fits: list[Hit], mentions: list[Hit]) -> list[Match]:
    """One row for each vendor, as it was or new, those that fit first; who only mentioned the words may fit since."""
    rows = [new_match(wish, hit, Match.Kind.FIT) for hit in fits]
    rows += [new_match(wish, hit, Match.Kind.MENTION) for hit in mentions]
    vendors = [row.vendor_id for row in rows]
    Match.objects.bulk_create(rows, ignore_conflicts=True)
    kept = {match.vendor_id: match for match in Match.objects.filter(wish=wish, vendor__in=vendors)}
    for row in rows:
        if row.kind == Match.Kind.FIT and kept[row.vendor_id].kind == Match.Kind.MENTION:
            row.pk, row.public_id = kept[row.vendor_id].pk, kept[row.vendor_id].public_id
            row.save(force_update=True)
            kept[row.vendor_id] = row
    return [kept[vendor_id] for vendor_id in vendors]


def new_match(wish: Wish, hit: Hit, kind: Match.Kind) -> Match:
    """The match of a wish and a vendor, not yet kept."""
    return Match(
        wish=wish,
        vendor_id=hit.vendor_id,
        interest_version=hit.version,
        kind=kind,
        score=round(hit.fit.score * 1000),
        accepts_terms=hit.fit.accepts_terms,
        reasons=[{"code": reason.code, **reason.data} for reason in hit.fit.reasons],
        at=timezone.now(),
    )
