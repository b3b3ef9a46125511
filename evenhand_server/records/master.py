"""The command `evenhand rotate_master_key`: a new master key, and every private key wrapped under it.

It can be broken off anywhere and run again: at every moment each private key opens under one of the files there are.
"""

import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

import evenhand_server.boot  # noqa: F401 - Django must be ready before models are imported
from evenhand_server.environment import make_secret, read_secret
from evenhand_server.records.actions import rewrap_keys
from evenhand_server.records.keys import MASTER, NEXT, RETIRED, key_in

SETTLE_SECONDS = 5
"""Longer than any write that began to wrap a key under the old master key takes to reach the database."""


def main() -> int:
    """Do it, and say what was done."""
    done = sum(rotate_master_key())
    sys.stdout.write(f"The master key is new, and {done} private keys are wrapped under it.\n")
    sys.stdout.write("Backups made before this need the old one: make a new backup now.\n")
    return 0


def rotate_master_key(settle: float = SETTLE_SECONDS) -> Iterator[int]:
    """Change the master key, or finish a change that was broken off; yields after every step that is on the disk."""
    folder = settings.ENVIRONMENT.secrets_folder
    master, following, retired = folder / MASTER, folder / NEXT, folder / RETIRED
    read_secret(folder, MASTER)
    if not following.exists() and not retired.exists():
        make_secret(following)  # From now on new keys are wrapped under it.
        yield 0
    if following.exists():
        time.sleep(settle)
        yield from rewrap_keys(key_in(following))
        if not retired.exists():
            os.link(master, retired)
            keep(folder)
        yield 0
        following.replace(master)
        keep(folder)
        yield 0
    time.sleep(settle)
    yield from rewrap_keys(key_in(master))
    retired.unlink(missing_ok=True)
    keep(folder)
    yield 0


def keep(folder: Path) -> None:
    """Bring the names in a folder to the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


if __name__ == "__main__":
    sys.exit(main())
