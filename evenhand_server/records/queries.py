"""Reading keys and texts."""

from pathlib import Path

from django.conf import settings

from evenhand.records import Custody, Signature, SignedRecord
from evenhand_server.records.keys import unwrap
from evenhand_server.records.models import KeyRotation, SigningKey, StoredFile


def seed_of(key: SigningKey) -> bytes:
    """The private seed of a key that this server holds."""
    return unwrap(bytes(key.wrapped), key.public)


def published_key(party_id: int) -> SigningKey | None:
    """The key that a vendor signs with and publishes; the newest where it was rotated."""
    return SigningKey.objects.filter(party_id=party_id, is_published=True).order_by("-id").first()


def signed_bytes(data: str, signatures: list[dict[str, str]]) -> SignedRecord:
    """Bytes and signatures as rows keep them, as the library's value."""
    made = [Signature(one["key"], Custody(one["custody"]), one["value"]) for one in signatures]
    return SignedRecord(data.encode(), tuple(made))


def as_rows_keep(signed: SignedRecord) -> list[dict[str, str]]:
    """Signatures as rows keep them."""
    return [{"key": one.key, "custody": one.custody, "value": one.value} for one in signed.signatures]


def rotations_to(keys: set[str]) -> tuple[SignedRecord, ...]:
    """The changes that lead from one of these public keys to another, in their order."""
    rows = KeyRotation.objects.filter(new__public__in=keys).select_related("old", "new").order_by("-id")
    found: list[KeyRotation] = []
    for row in rows:
        step: KeyRotation | None = row
        while step is not None and step not in found:
            found.append(step)
            step = KeyRotation.objects.filter(new=step.old).select_related("old", "new").first()
    return tuple(signed_bytes(row.data, row.signatures) for row in sorted(found, key=lambda row: row.pk))


def path_of(file: StoredFile) -> Path:
    """Where a file lies: by its random name, which tells nothing."""
    return Path(settings.ENVIRONMENT.files_folder) / file.public_id
