"""What operators do with the directory: bring a file in, have it taken in bit by bit, undo it; and leaving it."""

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from evenhand_server.directory.models import DirectoryEntry, DirectoryImport, DirectoryRemoval
from evenhand_server.directory.queries import digest_of, entry_at
from evenhand_server.directory.reading import read_row
from evenhand_server.journal.actions import leave_due, note
from evenhand_server.journal.events import Event
from evenhand_server.market.queries import must_be_operator
from evenhand_server.people.actor import Actor

TAKE_IN = "take_in_directory"
AT_ONCE = 500


@transaction.atomic
def bring_in(actor: Actor, name: str, rows: list[list[str]]) -> DirectoryImport:
    """Keep a file to look at; nothing of it is in the directory yet."""
    must_be_operator(actor)
    header, *rest = rows
    return DirectoryImport.objects.create(
        by=actor.person, name=name[:120], header=header, rows=rest, total=len(rest), at=timezone.now()
    )


@transaction.atomic
def take_in(actor: Actor, found: DirectoryImport, mapping: dict[str, int]) -> None:
    """Say which column is what; a worker takes the file in."""
    must_be_operator(actor)
    if found.is_begun:
        return
    DirectoryImport.objects.filter(pk=found.pk).update(mapping=mapping)
    leave_due(TAKE_IN, found.pk)
    note(Event.DIRECTORY_IMPORTED, found.public_id, actor, rows=found.total)


@transaction.atomic
def take_in_some(target: int) -> None:
    """Take in the next rows; a business that left is not taken in again, one that is known is renewed."""
    found = DirectoryImport.objects.filter(pk=target).first()
    if found is None:
        return
    rows = found.rows[found.done : found.done + AT_ONCE]
    country = settings.ENVIRONMENT.country
    known = [one for one in (read_row(row, found.mapping, country) for row in rows) if one is not None]
    gone = set(DirectoryRemoval.objects.values_list("mailbox", flat=True))
    kept = {one.email: one for one in known if digest_of(one.email) not in gone}
    DirectoryEntry.objects.filter(email__in=kept).delete()
    DirectoryEntry.objects.bulk_create(
        DirectoryEntry(
            source=found,
            name=one.name,
            email=one.email,
            category=one.category,
            place=one.place,
            country=one.country,
            lat=one.lat,
            lon=one.lon,
            at=timezone.now(),
        )
        for one in kept.values()
    )
    found.done += len(rows)
    found.skipped += len(rows) - len(kept)
    if found.is_done:
        found.rows = []
    else:
        leave_due(TAKE_IN, found.pk)
    found.save(update_fields=["done", "skipped", "rows"])


@transaction.atomic
def undo(actor: Actor, found: DirectoryImport) -> None:
    """Take a file and everything of it out again."""
    must_be_operator(actor)
    note(Event.DIRECTORY_UNDONE, found.public_id, actor)
    found.delete()


@transaction.atomic
def leave(mailbox: str) -> None:
    """A business wants to stand in no directory here, now or later; said again, it stays so."""
    _, is_new = DirectoryRemoval.objects.get_or_create(mailbox=mailbox, defaults={"at": timezone.now()})
    entry = entry_at(mailbox)
    if entry is not None:
        entry.delete()
    if is_new:
        note(Event.DIRECTORY_LEFT, entry.public_id if entry is not None else "")
