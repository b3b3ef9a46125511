"""Publish, and ask 500 sellers who are not here, beside writing the same mails straight to the queue.

Run it as ``.venv/bin/python -m bench.invitations`` (``--sellers 500 --rounds 15``), on SQLite as it is set up for
people (synchronous=FULL) and on PostgreSQL with durable writes. Each round is the pages' work for one request: the form
that publishes, and the form that asks everybody. A worker sends the mails afterwards, which holds nobody up.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.postgres import cluster

ROOT = Path(__file__).resolve().parent.parent
HEADING = "| database | what | sellers | rounds | p50 ms | worst ms | x baseline (p50) |\n|---|---|---|---|---|---|---|"


def main() -> None:
    """Measure both databases and print a table."""
    parser = argparse.ArgumentParser(description="Asking many sellers at once.")
    parser.add_argument("--sellers", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=15)
    asked = parser.parse_args()
    print(HEADING)
    measure("SQLite", "", asked)
    with cluster(durable=True) as url:
        measure("PostgreSQL", url, asked)


def measure(database: str, url: str, asked: argparse.Namespace) -> None:
    """One database, in a process and a data folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **os.environ,
            "EVENHAND_DATA": folder,
            "DATABASE_URL": url,
            "EVENHAND_INVITATIONS_A_DAY": "1000000",
            "EVENHAND_OPEN_INTENTS": "1000000",
            "EVENHAND_LIMITS": "all=off",
        }
        for command in (
            ["-m", "evenhand_server.cli", "prepare"],
            ["-m", "bench.invitations_rounds", database, str(asked.sellers), str(asked.rounds)],
        ):
            call = [sys.executable, *command]
            done = subprocess.run(call, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
            if done.returncode:
                sys.exit(done.stderr)
        print(done.stdout.strip(), flush=True)


if __name__ == "__main__":
    main()
