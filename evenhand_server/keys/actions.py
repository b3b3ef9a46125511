"""What people do with keys: change them, take them into their own hands, sign on their own device, or not in time."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from evenhand.errors import EvenhandError
from evenhand.records import Custody as Held
from evenhand.records import Purpose, Signature, SignedRecord, is_key, is_signed_by, sign
from evenhand.terms.interaction import lapse_record
from evenhand.terms.own_device import read_signature
from evenhand.terms.record import SIGNED_BY_BOTH, Role
from evenhand.terms.rotation import read_rotation, rotate, statement
from evenhand_server.dealings.actions import check_going, write_decline
from evenhand_server.dealings.models import Dealing, Side
from evenhand_server.dealings.queries import side_of
from evenhand_server.journal.actions import leave_due, note
from evenhand_server.journal.events import Event
from evenhand_server.keys.errors import (
    ChangeUnderWayError,
    KeyOnDeviceError,
    KeyTakenError,
    KeyUnreadableError,
    SignatureLateError,
    SignatureWrongError,
)
from evenhand_server.keys.models import KeyChange
from evenhand_server.keys.queries import awaited, change_of
from evenhand_server.people.actor import Actor
from evenhand_server.people.models import Party
from evenhand_server.people.roles import Act
from evenhand_server.records.actions import keep_rotation, make_key, register_key
from evenhand_server.records.models import Custody, SigningKey
from evenhand_server.records.queries import as_rows_keep, published_key, signed_bytes
from evenhand_server.storage.errors import NotFoundError
from evenhand_server.terms.models import AwaitedSignature, Lapse, Proffer, Record, Stage
from evenhand_server.terms.signing import loaded, put_on_chain, vendor_key


@transaction.atomic
def rotate_key(actor: Actor) -> SigningKey:
    """Sign with a new key from now on; the old one vouches for it, and what it signed stays valid."""
    actor.must_be_allowed(Act.KEEP_KEYS)
    old = lock_published(actor)
    if old.custody == Custody.OWN_DEVICE:
        raise KeyOnDeviceError
    new = make_key(actor.party_id, is_published=True)
    keep_rotation(old, new, rotate(loaded(old), loaded(new), moment=timezone.now()))
    note(Event.KEY_CHANGED, new.public_id, actor, custody=new.custody)
    return new


@transaction.atomic
def begin_change(actor: Actor, public: str, *, dealing: Dealing | None = None) -> KeyChange:
    """Begin to sign with a key that lies on one's own device: for what the party publishes, or in one dealing."""
    actor.must_be_allowed(Act.KEEP_KEYS)
    if not is_key(public):
        raise KeyUnreadableError
    old = key_to_change(actor, dealing)
    if SigningKey.objects.filter(public=public).exists():
        raise KeyTakenError
    return write_change(actor, old, register_key(actor.party_id, public), dealing)


@transaction.atomic
def begin_giving_back(actor: Actor, *, dealing: Dealing | None = None) -> KeyChange:
    """Begin to let this server hold the key again; the key on the device has to allow it."""
    actor.must_be_allowed(Act.KEEP_KEYS)
    old = key_to_change(actor, dealing)
    return write_change(actor, old, make_key(actor.party_id), dealing)


@transaction.atomic
def add_change_signature(actor: Actor, change_id: str, content: bytes) -> KeyChange | None:
    """Take a signature that was made on the device; with the last one the change is done."""
    actor.must_be_allowed(Act.KEEP_KEYS)
    change = change_of(actor, change_id)
    SigningKey.objects.select_for_update().get(pk=change.old_id)
    change.refresh_from_db()
    keys = {change.old.public, change.new.public}
    one = signature_in(content, change.data, keys, Purpose.ROTATION)
    signed = signed_bytes(change.data, change.signatures).signed(one)
    change.signatures = as_rows_keep(signed)
    if {made.key for made in signed.signatures} != keys:
        change.save(update_fields=["signatures"])
        return change
    finish_change(actor, change, signed)
    return None


@transaction.atomic
def cancel_change(actor: Actor, change_id: str) -> None:
    """Leave the key as it is."""
    actor.must_be_allowed(Act.KEEP_KEYS)
    change = change_of(actor, change_id)
    new = change.new
    change.delete()
    new.delete()
    note(Event.KEY_CHANGE_CANCELLED, change_id, actor)


@transaction.atomic
def sign_record(actor: Actor, awaited_id: str, content: bytes) -> Record:
    """Take the signature of a record that was made on the device; both sides are told."""
    actor.must_be_allowed(Act.KEEP_KEYS)
    wanted = awaited(actor, awaited_id)
    record = Record.objects.select_for_update(of=("self",)).get(pk=wanted.record_id)
    if hasattr(record, "lapse") or timezone.now() > wanted.expires_at:
        raise SignatureLateError
    one = signature_in(content, record.data, {wanted.key.public}, Purpose.RECORD)
    record.signatures = as_rows_keep(signed_bytes(record.data, record.signatures).signed(one))
    record.save(update_fields=["signatures"])
    wanted.delete()
    for proffer in Proffer.objects.filter(record=record, stage=Stage.RELATIONSHIP):
        leave_due("begin_relationship", proffer.pk)
    leave_due("tell_digest", record.pk)
    note(Event.RECORD_SIGNED, record.public_id, actor, record=record.digest)
    return record


@transaction.atomic
def end_wait(awaited: AwaitedSignature) -> None:
    """The time for a signature is over. Somebody who signed in the same moment was first, or comes too late."""
    record = Record.objects.select_for_update(of=("self",)).select_related("dealing__intent").get(pk=awaited.record_id)
    waiting = AwaitedSignature.objects.filter(record=record).select_related("key")
    keys = [row.key for row in waiting]
    if not keys:
        return
    waiting.delete()
    now, dealing = timezone.now(), record.dealing
    Lapse.objects.create(record=record, at=now)
    late = {Role.ASKING if key.party_id == dealing.intent.party_id else Role.ANSWERING for key in keys}
    if record.kind in SIGNED_BY_BOTH:
        say_so(record, late, now)
    if record.kind == "offer" and not hasattr(dealing, "decline"):
        write_decline(dealing, Side.ASKER if Role.ASKING in late else Side.VENDOR, "not_signed")
    for step in ("tell_asker", "tell_vendor"):
        leave_due(step, dealing.pk, about="signature_expired")
    note(Event.SIGNATURE_EXPIRED, record.public_id, record=record.digest)


def say_so(record: Record, late: set[Role], now: datetime) -> Record:
    """Whoever waited signs that the other did not; with both late, whichever side this server can sign for."""
    waited = next((role for role in Role if role not in late), None) or signs_here(record.dealing)
    return put_on_chain(record.dealing, lambda heading: lapse_record(heading, unsigned=record.digest, by=waited), now)


def signs_here(dealing: Dealing) -> Role:
    """The side whose key this server holds; where both hold their own, the asker's device is asked, once."""
    return Role.ASKING if vendor_key(dealing).custody == Custody.OWN_DEVICE else Role.ANSWERING


def lock_published(actor: Actor) -> SigningKey:
    """The key that the party publishes, made if there is none; nobody else changes it meanwhile."""
    Party.objects.select_for_update(of=("self",)).get(pk=actor.party_id)
    old = published_key(actor.party_id) or make_key(actor.party_id, is_published=True)
    refuse_second(old)
    return old


def key_to_change(actor: Actor, dealing: Dealing | None) -> SigningKey:
    """The key that signs now: of a dealing in which the party asks, or the one it publishes."""
    if dealing is None:
        return lock_published(actor)
    if side_of(actor, dealing) != Side.ASKER:
        raise NotFoundError
    check_going(dealing)
    refuse_second(dealing.asker_key)
    return dealing.asker_key


def refuse_second(old: SigningKey) -> None:
    """One change at a time."""
    if KeyChange.objects.filter(old=old).exists():
        raise ChangeUnderWayError


def write_change(actor: Actor, old: SigningKey, new: SigningKey, dealing: Dealing | None) -> KeyChange:
    """Keep the statement with the signatures that this server can make."""
    now = timezone.now()
    data = statement(old.public, new.public, custody=Held(new.custody), moment=now)
    here = [key for key in (old, new) if key.custody != Custody.OWN_DEVICE]
    made = (sign(data, key=loaded(key), purpose=Purpose.ROTATION) for key in here)
    change = KeyChange.objects.create(
        party=actor.party,
        dealing=dealing,
        old=old,
        new=new,
        data=data.decode(),
        signatures=as_rows_keep(SignedRecord(data).signed(*made)),
        by=actor.person,
        at=now,
    )
    note(Event.KEY_CHANGE_BEGUN, change.public_id, actor, custody=new.custody)
    return change


def finish_change(actor: Actor, change: KeyChange, signed: SignedRecord) -> None:
    """Both keys have signed: the new one signs from now on."""
    read_rotation(signed)
    old, new, dealing = change.old, change.new, change.dealing
    change.delete()
    keep_rotation(old, new, signed)
    if dealing is None:
        new.is_published = True
        new.save(update_fields=["is_published"])
    else:
        dealing.asker_key = new
        dealing.save(update_fields=["asker_key"])
    note(Event.KEY_CHANGED, new.public_id, actor, custody=new.custody)


def signature_in(content: bytes, data: str, keys: set[str], purpose: Purpose) -> Signature:
    """The signature in a file, if it is one of these bytes by one of these keys."""
    try:
        one = read_signature(content)
    except EvenhandError as error:
        raise SignatureWrongError from error
    is_right = one.key in keys and one.custody == Held.OWN_DEVICE
    if not (is_right and is_signed_by(data.encode(), one, key=one.key, purpose=purpose)):
        raise SignatureWrongError
    return one
