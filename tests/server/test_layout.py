"""The tables that a new server makes in one go are those that an older one came to step by step."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

LAYOUT = """
import json, sys
import evenhand_server.boot
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

if sys.argv[1] == "steps":
    load = MigrationLoader.load_disk

    def load_steps(loader):
        load(loader)
        del loader.disk_migrations["evenhand_server", "0001_all_at_once"]

    MigrationLoader.load_disk = load_steps
call_command("migrate", interactive=False, verbosity=0)
with connection.cursor() as cursor:
    cursor.execute("SELECT m.name, m.type, c.* FROM sqlite_master m LEFT JOIN pragma_table_info(m.name) c"
                   " ORDER BY 1, 4")
    columns = [[*row[:2], *row[3:]] for row in cursor.fetchall()]
    cursor.execute("SELECT m.name, f.* FROM sqlite_master m, pragma_foreign_key_list(m.name) f ORDER BY 1, 5")
    leads = [[row[0], *row[3:]] for row in cursor.fetchall()]
    cursor.execute("SELECT name, sql FROM sqlite_master WHERE type IN ('index', 'trigger') ORDER BY 1")
    rest = cursor.fetchall()
print(json.dumps([columns, leads, rest]))
"""


@pytest.mark.skipif(not os.environ.get("THOROUGH"), reason="takes long: set THOROUGH")
def test_both_ways_lead_to_one_layout(tmp_path: Path) -> None:
    at_once, step_by_step = layout(tmp_path / "once", "once"), layout(tmp_path / "steps", "steps")
    assert at_once == step_by_step
    assert len(at_once[0]) > 500


def layout(data: Path, way: str) -> list[list[object]]:
    """Columns, where they lead, indexes and triggers of a new database."""
    variables = {**os.environ, "EVENHAND_DATA": str(data), "DATABASE_URL": ""}
    done = subprocess.run(
        [sys.executable, "-c", LAYOUT, way], env=variables, capture_output=True, text=True, check=True, timeout=600
    )
    found: list[list[object]] = json.loads(done.stdout.splitlines()[-1])
    return found
