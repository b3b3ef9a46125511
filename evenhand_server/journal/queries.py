"""Reading the journal: one's own actions, and whether work is left."""

from datetime import datetime

from django.db.models import Max, Q, QuerySet

from evenhand_server.journal.models import Change, DueRow, Entry


def entries_of(person_id: int, party_ids: list[int]) -> QuerySet[Entry]:
    """What this person did, and what was done for these parties, newest first."""
    return Entry.objects.filter(Q(person_id=person_id) | Q(party_id__in=party_ids)).order_by("-at", "-id")


def has_due(now: datetime) -> bool:
    """Whether any work is due."""
    return DueRow.objects.filter(is_dead=False, next_at__lte=now).exists()


def dead_rows() -> QuerySet[DueRow]:
    """Work that was given up, the oldest first."""
    return DueRow.objects.filter(is_dead=True).order_by("id")


def count_dead() -> int:
    """How much work was given up and waits for the operator."""
    return DueRow.objects.filter(is_dead=True).count()


def newest_change() -> int:
    """The number of the last change that can be seen: all below it can be seen too."""
    return Change.objects.aggregate(Max("id"))["id__max"] or 0


def parties_changed(after: int, upto: int) -> list[int]:
    """Who changed something by which they answer, after one number and up to another."""
    rows = Change.objects.filter(id__gt=after, id__lte=upto)
    return list(rows.order_by("party_id").values_list("party_id", flat=True).distinct())
