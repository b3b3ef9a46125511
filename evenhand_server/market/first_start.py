"""The command `evenhand setup`, and what every first start says: a one-time address of the setup page."""

import sys
from collections.abc import Sequence

import evenhand_server.boot  # noqa: F401 - Django must be ready before models are imported
from evenhand_server.letters.queries import site_address
from evenhand_server.market.actions import make_setup_key
from evenhand_server.market.queries import operators

IF_NOBODY = "--if-nobody"


def main(words: Sequence[str]) -> int:
    """Print a fresh address; with ``--if-nobody`` only while nobody looks after the server."""
    if IF_NOBODY in words and operators():
        return 0
    sys.stdout.write(f"{site_address()}/setup/{make_setup_key()}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
