"""The list of erasures, outside of the database: a restored backup is made to forget again what it must."""

import os

from django.conf import settings

FILE = "erasures.txt"


def remember_erasure(person_id: str) -> None:
    """Add a random id to the list, on the disk before the erasure is acknowledged."""
    file = settings.ENVIRONMENT.data / FILE
    with file.open("a", encoding="ascii") as handle:
        handle.write(f"{person_id}\n")
        handle.flush()
        os.fsync(handle.fileno())


def erasures() -> list[str]:
    """The ids of all persons who were erased here."""
    file = settings.ENVIRONMENT.data / FILE
    return file.read_text(encoding="ascii").split() if file.exists() else []
