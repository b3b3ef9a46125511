"""Keeping and erasing texts, making keys, and doing a write once only."""

import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils import timezone

from evenhand.records import SEED_BYTES, salted_digest, signing_key
from evenhand.records import Custody as Held
from evenhand_server.records.keys import wrap
from evenhand_server.records.models import Custody, OnceDone, SigningKey, Text
from evenhand_server.storage.errors import KeyUsedOtherwiseError

SALT_BYTES = 16


@dataclass(frozen=True, slots=True)
class Done:
    """What a write made, and whether it was made just now."""

    made: str
    is_new: bool


def keep_text(party_id: int, body: str) -> Text:
    """Keep words of a party; records will cite the digest, erasing empties the rest."""
    salt = secrets.token_bytes(SALT_BYTES)
    return Text.objects.create(
        party_id=party_id, body=body, salt=salt, digest=salted_digest(body, salt), at=timezone.now()
    )


def erase_texts(party_ids: Iterable[int]) -> int:
    """Empty all words of these parties, and the salts, so that nobody can try words against a digest."""
    return Text.objects.filter(party_id__in=party_ids).exclude(salt=b"").update(body="", salt=b"")


def make_key(party_id: int, *, is_published: bool = False) -> SigningKey:
    """A fresh key that this server holds for a party."""
    seed = secrets.token_bytes(SEED_BYTES)
    public = signing_key(seed, custody=Held.SERVER).public
    return SigningKey.objects.create(
        party_id=party_id,
        public=public,
        wrapped=wrap(seed, public),
        custody=Custody.SERVER,
        is_published=is_published,
        at=timezone.now(),
    )


def once(person_id: int, key: str, asked: str, do: Callable[[], str]) -> Done:
    """Do a write in one transaction unless this key was used before; then say what it made at that time."""
    with transaction.atomic():
        try:
            with transaction.atomic():
                row = OnceDone.objects.create(person_id=person_id, key=key, asked=asked, made="", at=timezone.now())
        except IntegrityError:
            return done_before(person_id, key, asked)
        row.made = do()
        row.save(update_fields=["made"])
        return Done(row.made, is_new=True)


def done_before(person_id: int, key: str, asked: str) -> Done:
    """What this key made; another request under the same key is refused."""
    row = OnceDone.objects.get(person_id=person_id, key=key)
    if row.asked != asked:
        raise KeyUsedOtherwiseError
    return Done(row.made, is_new=False)
