"""Keeping lists of sellers one knows: look at a file first, then keep it whole; add, change, remove."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict

from django.db import IntegrityError, transaction
from django.utils import timezone

from evenhand_server.invitations.errors import ListFullError, ListNameTakenError
from evenhand_server.invitations.models import Supplier, SupplierList, SupplierSheet
from evenhand_server.invitations.sheet import MOST_ROWS, Sheet
from evenhand_server.journal.actions import note
from evenhand_server.journal.events import Event
from evenhand_server.people.actor import Actor
from evenhand_server.people.roles import Act


@transaction.atomic
def look_at_sheet(actor: Actor, name: str, sheet: Sheet) -> SupplierSheet:
    """Keep a file that was read until somebody has looked at it; the one before it goes."""
    actor.must_be_allowed(Act.PUBLISH)
    SupplierSheet.objects.filter(party=actor.party).delete()
    return SupplierSheet.objects.create(
        party=actor.party,
        name=name,
        rows=sheet.rows,
        problems=[asdict(problem) for problem in sheet.problems],
        at=timezone.now(),
    )


@transaction.atomic
def keep_sheet(actor: Actor, sheet: SupplierSheet) -> SupplierList:
    """Make a list of a file that was looked at: all of its rows, or none."""
    made = keep_list(actor, sheet.name, sheet.rows)
    sheet.delete()
    return made


@transaction.atomic
def keep_list(actor: Actor, name: str, rows: Iterable[Mapping[str, str]]) -> SupplierList:
    """Keep sellers under a name; into a list that is there already they are added, and what is known is renewed."""
    actor.must_be_allowed(Act.PUBLISH)
    now = timezone.now()
    found, _ = SupplierList.objects.get_or_create(party=actor.party, name=name, defaults={"at": now})
    wanted = {row["email"].casefold(): row for row in rows}
    known = {one.email.casefold(): one for one in Supplier.objects.filter(list=found)}
    if len(known | wanted) > MOST_ROWS:
        raise ListFullError(limit=MOST_ROWS)
    renewed = [renew(known[key], wanted[key]) for key in wanted if key in known]
    Supplier.objects.bulk_update(renewed, ["name", "note", "group"], batch_size=500)
    Supplier.objects.bulk_create(
        (Supplier(list=found, at=now, **row) for key, row in wanted.items() if key not in known), batch_size=500
    )
    note(Event.SUPPLIERS_KEPT, found.public_id, actor, count=len(wanted))
    return found


def renew(supplier: Supplier, row: Mapping[str, str]) -> Supplier:
    """What a new file says of a seller who stands in the list; what it leaves empty stays."""
    for name in ("name", "note", "group"):
        setattr(supplier, name, row.get(name) or getattr(supplier, name))
    return supplier


@transaction.atomic
def rename_list(actor: Actor, found: SupplierList, name: str) -> None:
    """Give a list another name."""
    actor.must_be_allowed(Act.PUBLISH)
    found.name = name
    try:
        with transaction.atomic():
            found.save(update_fields=["name"])
    except IntegrityError as error:
        raise ListNameTakenError(name=name) from error
    note(Event.SUPPLIERS_KEPT, found.public_id, actor, count=0)


@transaction.atomic
def change_supplier(actor: Actor, supplier: Supplier, values: Mapping[str, str]) -> None:
    """Change one seller in a list."""
    actor.must_be_allowed(Act.PUBLISH)
    for name in ("name", "note", "group"):
        setattr(supplier, name, values.get(name, ""))
    supplier.save(update_fields=["name", "note", "group"])
    note(Event.SUPPLIERS_KEPT, supplier.list.public_id, actor, count=1)


@transaction.atomic
def remove_supplier(actor: Actor, supplier: Supplier) -> None:
    """Take one seller out of a list."""
    actor.must_be_allowed(Act.PUBLISH)
    list_id = supplier.list.public_id
    supplier.delete()
    note(Event.SUPPLIERS_REMOVED, list_id, actor, count=1)


@transaction.atomic
def remove_list(actor: Actor, found: SupplierList) -> None:
    """Remove a list with everybody in it; invitations that were sent stay as they are."""
    actor.must_be_allowed(Act.PUBLISH)
    list_id, count = found.public_id, Supplier.objects.filter(list=found).count()
    found.delete()
    note(Event.SUPPLIERS_REMOVED, list_id, actor, count=count)
