"""Writing the journal: one entry for one action, and the due rows it leaves, in the action's own transaction."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from evenhand_server.journal.events import Event
from evenhand_server.journal.models import Change, DueRow, Entry

LEASE = timedelta(minutes=2)
CHANGES = 0x6576656E68616E64
"""The lock of PostgreSQL under which changes are numbered: the letters of our name."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How often work that fails is tried, and how long after; each time twice as late as the time before."""

    first: timedelta
    longest: timedelta
    most_attempts: int


MOST_ATTEMPTS = 8
USUAL = Patience(timedelta(seconds=5), timedelta(hours=1), MOST_ATTEMPTS)
PATIENCE = {"post_letter": Patience(timedelta(minutes=1), timedelta(hours=4), 36)}
"""A mail server may be away for days: a letter is tried for five of them. Source: RFC 5321, 4.5.4.1."""


class Acting(Protocol):
    """Who acts, as far as the journal needs to know."""

    @property
    def person_id(self) -> int | None: ...
    @property
    def party_id(self) -> int | None: ...
    @property
    def role(self) -> str: ...


def note(event: Event, subject: str, actor: Acting | None = None, **data: str | int | bool | list[str]) -> Entry:
    """Write one entry; ``subject`` is the random id of what it is about, ``data`` ids, codes, amounts and digests."""
    return Entry.objects.create(
        at=timezone.now(),
        event=event,
        person_id=actor.person_id if actor else None,
        party_id=actor.party_id if actor else None,
        role=actor.role if actor else "server",
        subject=subject,
        data=data,
    )


def leave_due(step: str, target: int, *, at: datetime | None = None, about: str = "") -> None:
    """Leave work for a worker: ``step`` names it, ``target`` is the row it is about, ``about`` what happened to it."""
    DueRow.objects.create(step=step, target=target, about=about, next_at=at or timezone.now())


def leave_due_for_all(step: str, targets: Iterable[int]) -> None:
    """Leave the same work for each of many rows, in one write."""
    now = timezone.now()
    DueRow.objects.bulk_create(DueRow(step=step, target=target, next_at=now) for target in targets)


def leave_due_once(step: str, target: int, *, at: datetime) -> None:
    """Leave work that serves all who ask for it until then; a second row would do the same again."""
    if not DueRow.objects.filter(step=step, is_dead=False, next_at=at).exists():
        leave_due(step, target, at=at)


def put_off_due(step: str, target: int, *, at: datetime) -> None:
    """Let work that was left for a row wait longer."""
    DueRow.objects.filter(step=step, target=target, is_dead=False).update(next_at=at, attempts=0)


def leave_due_for_each(step: str, targets: Sequence[int], *, at: datetime, each_second: int) -> None:
    """Leave the same work for many, spread over time, so that what is more urgent need not wait for all of them."""
    DueRow.objects.bulk_create(
        DueRow(step=step, target=target, next_at=at + timedelta(seconds=number // each_second))
        for number, target in enumerate(targets)
    )


def note_change(*party_ids: int) -> None:
    """Number a change of what a vendor answers by, in its own transaction; who matches in memory follows the numbers.

    PostgreSQL draws numbers before it commits, so a later number may be seen earlier. Here each waits for the one
    before: whoever has seen a number has seen all below it. SQLite has one writer at a time anyhow.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CHANGES])
    Change.objects.bulk_create(Change(party_id=party_id) for party_id in party_ids)


def prune_changes() -> int:
    """Keep the newest change of each vendor, and say how many earlier ones went.

    Whoever has seen less than the newest will meet it yet, and reads then what the vendor answers by: the earlier ones
    would tell nothing more. So there is at most one row for each vendor, and no worker ever has to begin anew.
    """
    newest = Change.objects.values("party").annotate(newest=Max("id")).values("newest")
    return Change.objects.exclude(pk__in=newest).delete()[0]


@transaction.atomic
def claim_due(now: datetime, *, most: int = 1) -> list[DueRow]:
    """Take the next due rows on a lease; if this process dies, they are due again when the lease ends."""
    rows = DueRow.objects.filter(is_dead=False, next_at__lte=now).order_by("next_at", "id")
    if connection.features.has_select_for_update_skip_locked:
        rows = rows.select_for_update(skip_locked=True)
    claimed = list(rows[:most])
    for due in claimed:
        due.attempts += 1
        due.next_at = now + LEASE
    DueRow.objects.bulk_update(claimed, ["attempts", "next_at"])
    return claimed


def finish_due(due: DueRow) -> bool:
    """Strike out work that is done; false when somebody else did it meanwhile."""
    return DueRow.objects.filter(pk=due.pk, attempts=due.attempts).delete()[0] == 1


def postpone_due(due: DueRow, error: Exception, now: datetime) -> bool:
    """Try again later, twice as late each time; after the last attempt it is dead (true) and waits for the operator."""
    patience = PATIENCE.get(due.step, USUAL)
    delay = min(patience.first * 2 ** min(due.attempts - 1, 30), patience.longest)
    is_dead = due.attempts >= patience.most_attempts
    kept = {"next_at": now + delay, "last_error": type(error).__name__[:80], "is_dead": is_dead}
    return DueRow.objects.filter(pk=due.pk).update(**kept) == 1 and is_dead


def revive_due(due: DueRow) -> None:
    """The operator wants work that was given up to be tried again, from the beginning."""
    DueRow.objects.filter(pk=due.pk, is_dead=True).update(is_dead=False, attempts=0, next_at=timezone.now())


def drop_due(due: DueRow) -> None:
    """The operator lets work go that was given up."""
    DueRow.objects.filter(pk=due.pk, is_dead=True).delete()
