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
from evenhand_server.journal.actions import leave_due
from evenhand_server.records.actions import make_key
from evenhand_server.records.models import SigningKey
from evenhand_server.records.queries import as_rows_keep, published_key, seed_of
from evenhand_server.terms.deadlines import TIME_TO_SIGN, end_of_day
from evenhand_server.terms.models import AwaitedSignature, Record
from evenhand_server.terms.queries import records_of


def put_on_chain(dealing: Dealing, build: Callable[[Heading], RecordValue], now: datetime) -> Record:
    """Build, sign and keep the next record; the dealing's row is locked so that numbers have no gap and no twin."""
    assert transaction.get_connection().in_atomic_block
    Dealing.objects.select_for_update(of=("self",)).get(pk=dealing.pk)
    keys = {Role.ASKING: dealing.asker_key, Role.ANSWERING: vendor_key(dealing)}
    value = build(heading_of(dealing, keys, now))
    here = [keys[role] for role in value.signers if keys[role].custody != Custody.OWN_DEVICE]
    signed = SignedRecord(value.data).signed(*(sign(value.data, key=loaded(key)) for key in here))
    record = keep(dealing, value, signed if len(here) < len(value.signers) else agree(value, *signed.signatures), now)
    for role in value.signers:
        if keys[role].custody == Custody.OWN_DEVICE:
            await_signature(record, keys[role], role)
    leave_due("tell_digest", record.pk)
    return record


def await_signature(record: Record, key: SigningKey, role: Role) -> None:
    """Ask whoever holds the key on their own device, and say until when; the record on the chain says what it lacks."""
    zone = record.dealing.intent.time_zone
    until = end_of_day(record.at + TIME_TO_SIGN, zone)
    awaited = AwaitedSignature.objects.create(record=record, key=key, at=record.at, expires_at=until, time_zone=zone)
    leave_due("expire_signature", awaited.pk, at=until)
    leave_due("tell_asker" if role is Role.ASKING else "tell_vendor", record.dealing_id, about="signature_awaited")


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
        signatures=as_rows_keep(signed),
        at=now,
    )


def vendor_key(dealing: Dealing) -> SigningKey:
    """The key made for this dealing, where there is one; else the vendor's published key, made when it first signs."""
    return dealing.vendor_key or published_key(dealing.vendor_id) or make_key(dealing.vendor_id, is_published=True)


def loaded(key: SigningKey) -> KeyValue:
    """The key ready to sign."""
    return signing_key(seed_of(key), custody=Custody(key.custody))
