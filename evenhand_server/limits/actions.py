"""Using up what is allowed: one statement, which SQLite and PostgreSQL alike do whole or not at all."""

from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from evenhand_server.journal.actions import leave_due_once
from evenhand_server.limits.models import Allowance
from evenhand_server.limits.rates import Limit, Rate, rate_of
from evenhand_server.storage.errors import TooOftenError

MICROSECONDS = 1_000_000
SPEND = """
INSERT INTO {table} (kind, subject, full_at) VALUES (%(kind)s, %(subject)s, %(now)s + %(used)s)
ON CONFLICT (kind, subject) DO UPDATE
SET full_at = CASE WHEN {table}.full_at > %(now)s THEN {table}.full_at ELSE %(now)s END + %(used)s
WHERE {table}.full_at + %(used)s <= %(latest)s
RETURNING full_at
"""
"""The token bucket as one moment (the “generic cell rate algorithm”): each use moves it on, and it may not lie further
ahead than the whole time of the limit."""
STEP = "prune_allowances"


def spend(limit: Limit, subject: str, *, times: int = 1) -> None:
    """Use up a part of a limit, for good whatever becomes of the rest; to be called outside of other transactions.

    Raises:
        TooOftenError: nothing is left, and nothing was used up.
    """
    rate = rate_of(limit)
    if rate is None:
        return
    now = in_microseconds(timezone.now())
    used = rate.interval * times
    with transaction.atomic():
        full_at = move(limit, subject, now=now, used=used, whole=rate.seconds * MICROSECONDS)
        if full_at == now + used:
            leave_due_once(STEP, 0, at=next_hour(timezone.now()))
    if full_at is None:
        raise TooOftenError(limit=limit.value, retry_after=seconds_until_allowed(limit, subject, rate, used, now))


def move(limit: Limit, subject: str, *, now: int, used: int, whole: int) -> int | None:
    """Move the moment of this subject on, or leave it where it is: none when it would lie too far ahead."""
    if used > whole:
        return None
    asked = {"kind": limit.value, "subject": subject, "now": now, "used": used, "latest": now + whole}
    with connection.cursor() as cursor:
        cursor.execute(SPEND.format(table=connection.ops.quote_name(Allowance._meta.db_table)), asked)
        row = cursor.fetchone()
    return int(row[0]) if row else None


def seconds_until_allowed(limit: Limit, subject: str, rate: Rate, used: int, now: int) -> int:
    """In how many seconds the same will be allowed again, at least one."""
    found = Allowance.objects.filter(kind=limit, subject=subject).values_list("full_at", flat=True).first()
    allowed_at = (found or now) + used - rate.seconds * MICROSECONDS
    return max(1, -(-(allowed_at - now) // MICROSECONDS))


@transaction.atomic
def give_back(limit: Limit, subject: str) -> None:
    """What was used up turned out to be none of what the limit is for, such as a password that was right."""
    rate = rate_of(limit)
    if rate is None:
        return
    Allowance.objects.filter(kind=limit, subject=subject).update(full_at=F("full_at") - rate.interval)


def prune_allowances(now: datetime) -> int:
    """Forget whoever has all of their allowance again."""
    return Allowance.objects.filter(full_at__lt=in_microseconds(now)).delete()[0]


def in_microseconds(moment: datetime) -> int:
    """A moment as the table keeps it."""
    return int(moment.timestamp() * MICROSECONDS)


def next_hour(now: datetime) -> datetime:
    """The beginning of the hour after the next one: one pruning serves all who ask until then."""
    return now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=2)
