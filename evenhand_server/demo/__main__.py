"""Invents the demo market once, in an empty database of a demo server, and says so in one line."""

import sys
from time import monotonic

from django.conf import settings

import evenhand_server.boot  # noqa: F401 - Django must be ready before models are imported
from evenhand_server.demo.market import OthersAreHereError, invent_market

NOT_A_DEMO = "The demo market is only for demo servers: start one with `evenhand demo`."
OTHERS_ARE_HERE = (
    "This database already holds real people, so no demo market was put into it. "
    "Give the demo a data folder of its own with EVENHAND_DATA, and no DATABASE_URL."
)


def main() -> int:
    """Invent the market, or say why not."""
    if not settings.ENVIRONMENT.demo:
        sys.stderr.write(f"{NOT_A_DEMO}\n")
        return 1
    began = monotonic()
    try:
        market = invent_market()
    except OthersAreHereError:
        sys.stderr.write(f"{OTHERS_ARE_HERE}\n")
        return 1
    if market is None:
        print("The demo market is there from last time, with everything you did in it.", flush=True)
    else:
        print(f"Invented a small market in {monotonic() - began:.1f} seconds: {market}.", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
