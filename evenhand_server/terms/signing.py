"""Putting the next record on a dealing's chain, with the signatures of whoever must sign it."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from evenhand.records import Custody, SignedRecord, sign, signing_key
from evenhand.records import SigningKey as KeyValue
from evenhand.terms.agreement import agree
from evenhand.terms.record import Heading, Role, Side
from evenhand.terms.record import Record as RecordValue
from evenhand_server.dealings.models import Dealing
from evenhand_server.records.actions import make_key
from evenhand_server.records.models import SigningKey
from evenhand_server.records.queries import published_key, seed_of
from evenhand_server.terms.models import Record
from evenhand_server.terms.queries import records_of


def put_on_chain(dealing: Dealing, build: Callable[[Heading], RecordValue], now: datetime) -> Record:
    """Build, sign and keep the next record; the dealing's row is locked so that numbers have no gap and no twin."""
    assert transaction.get_connection().in_atomic_block
    Dealing.objects.select_for_update(of=("self",)).get(pk=dealing.pk)
    keys = {Role.ASKING: dealing.asker_key, Role.ANSWERING: vendor_key(dealing)}
    value = build(heading_of(dealing, keys, now))
    signed = agree(value, *(sign(value.data, key=loaded(keys[role])) for role in value.signers))
    return keep(dealing, value, signed, now)


def heading_of(dealing: Dealing, keys: dict[Role, SigningKey], now: datetime) -> Heading:
    """Which dealing, which two keys, when, after which record."""
    last = records_of(dealing).last()
    asking, answering = (Side(role, keys[role].public, Custody(keys[role].custody)) for role in Role)
    return Heading(
        dealing.public_id,
        (asking, answering),
        now,
        number=last.number + 1 if last else 1,
        prev=last.digest if last else "",
    )


def keep(dealing: Dealing, value: RecordValue, signed: SignedRecord, now: datetime) -> Record:
    """Keep the record as both sides hold it."""
    return Record.objects.create(
        dealing=dealing,
        number=value.heading.number,
        kind=value.kind,
        data=signed.data.decode(),
        digest=signed.digest,
        signatures=[{"key": one.key, "custody": one.custody, "value": one.value} for one in signed.signatures],
        at=now,
    )


def vendor_key(dealing: Dealing) -> SigningKey:
    """The vendor's published key, made when it first signs."""
    return published_key(dealing.vendor_id) or make_key(dealing.vendor_id, is_published=True)


def loaded(key: SigningKey) -> KeyValue:
    """The key ready to sign."""
    return signing_key(seed_of(key), custody=Custody(key.custody))
