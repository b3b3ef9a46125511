"""Keeping and erasing texts, and making keys."""

import os
import secrets
from collections.abc import Iterable, Iterator, Sequence

from cryptography.exceptions import InvalidTag
from django.db import transaction
from django.utils import timezone

from evenhand.records import SEED_BYTES, SignedRecord, digest, salted_digest, signing_key
from evenhand.records import Custody as Held
from evenhand.terms.rotation import read_rotation
from evenhand_server.records.keys import unwrap, unwrap_under, wrap, wrap_under
from evenhand_server.records.models import Custody, KeyRotation, SigningKey, StoredFile, Text
from evenhand_server.records.queries import as_rows_keep, path_of
from evenhand_server.records.uploads import Checked

SALT_BYTES = 16


def keep_text(party_id: int, body: str) -> Text:
    """Keep words of a party; records will cite the digest, erasing empties the rest."""
    return keep_texts(party_id, body)[0]


def keep_texts(party_id: int, *bodies: str) -> list[Text]:
    """Keep several texts in one write."""
    return keep_texts_of([(party_id, body) for body in bodies])


def keep_texts_of(pairs: Sequence[tuple[int, str]]) -> list[Text]:
    """Keep texts of several parties in one write, in this order."""
    salts = [secrets.token_bytes(SALT_BYTES) for _ in pairs]
    now = timezone.now()
    return Text.objects.bulk_create(
        Text(party_id=party_id, body=body, salt=salt, digest=salted_digest(body, salt), at=now)
        for (party_id, body), salt in zip(pairs, salts, strict=True)
    )


def keep_file(party_id: int, checked: Checked) -> StoredFile:
    """Keep an upload under the data folder by its random name; on the disk before the row that names it."""
    row = StoredFile(
        party_id=party_id,
        name=checked.name,
        media_type=checked.media_type,
        size=len(checked.data),
        digest=digest(checked.data),
        at=timezone.now(),
    )
    place = path_of(row)
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with place.open("xb") as handle:
        handle.write(checked.data)
        handle.flush()
        os.fsync(handle.fileno())
    row.save()
    return row


def erase_files(party_ids: Iterable[int]) -> None:
    """Delete what these parties uploaded; the rows stay nameless, since records cite their digests."""
    for row in StoredFile.objects.filter(party_id__in=party_ids).exclude(name=""):
        path_of(row).unlink(missing_ok=True)
    StoredFile.objects.filter(party_id__in=party_ids).update(name="")


def erase_texts(party_ids: Iterable[int]) -> int:
    """Empty all words of these parties, and the salts, so that nobody can try words against a digest."""
    return Text.objects.filter(party_id__in=party_ids).exclude(salt=b"").update(body="", salt=b"")


def register_key(party_id: int, public: str) -> SigningKey:
    """A key whose private half lies on its owner's device and nowhere else."""
    return SigningKey.objects.create(
        party_id=party_id, public=public, wrapped=b"", custody=Custody.OWN_DEVICE, at=timezone.now()
    )


def keep_rotation(old: SigningKey, new: SigningKey, signed: SignedRecord) -> KeyRotation:
    """Keep the statement that one key took over from another, once both of its signatures hold."""
    read_rotation(signed)
    return KeyRotation.objects.create(
        old=old, new=new, data=signed.data.decode(), signatures=as_rows_keep(signed), at=timezone.now()
    )


def make_key(party_id: int, *, is_published: bool = False, custody: Custody = Custody.SERVER) -> SigningKey:
    """A fresh key that this server holds for a party, or for whoever comes by a one-time link."""
    seed = secrets.token_bytes(SEED_BYTES)
    public = signing_key(seed, custody=Held.SERVER).public
    return SigningKey.objects.create(
        party_id=party_id,
        public=public,
        wrapped=wrap(seed, public),
        custody=custody,
        is_published=is_published,
        at=timezone.now(),
    )


def rewrap_keys(master: bytes, *, at_once: int = 50) -> Iterator[int]:
    """Wrap every private key under this master key, some in each transaction; yields how many it did each time.

    A key that is under it already stays as it is, so the work may be broken off and begun again anywhere.
    """
    last = 0
    while True:
        with transaction.atomic():
            rows = list(SigningKey.objects.select_for_update().filter(pk__gt=last).order_by("pk")[:at_once])
            changed = [key for key in rows if rewrap(key, master)]
            SigningKey.objects.bulk_update(changed, ["wrapped"])
        if not rows:
            return
        last = rows[-1].pk
        yield len(changed)


def rewrap(key: SigningKey, master: bytes) -> bool:
    """Wrap one private key anew, unless it is under this master key already or lies on its owner's device."""
    wrapped = bytes(key.wrapped)
    if not wrapped or is_under(master, wrapped, key.public):
        return False
    key.wrapped = wrap_under(master, unwrap(wrapped, key.public), key.public)
    return True


def is_under(master: bytes, wrapped: bytes, public: str) -> bool:
    """Whether a private key is wrapped under this master key."""
    try:
        unwrap_under(master, wrapped, public)
    except InvalidTag:
        return False
    return True
