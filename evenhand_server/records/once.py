"""Doing a write once only: the key it came under is kept in the same transaction as what it made."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils import timezone

from evenhand_server.records.models import OnceDone
from evenhand_server.storage.errors import KeyUsedOtherwiseError


@dataclass(frozen=True, slots=True)
class Done:
    """What a write made, and whether it was made just now."""

    made: str
    is_new: bool


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
