"""SQLite keeps its promises: durable, immediate, and fair between many writers."""

import os
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import close_old_connections, connection, transaction

from evenhand_server.journal.actions import note
from evenhand_server.journal.events import Event
from evenhand_server.journal.models import Entry
from evenhand_server.storage.sqlite.base import DatabaseWrapper

pytestmark = pytest.mark.skipif(connection.vendor != "sqlite", reason="about SQLite")

WRITERS, EACH = 16, 10
WRITE_IN_A_PROCESS = """
import evenhand_server.boot
from django.db import connection, transaction
from evenhand_server.journal.actions import note
from evenhand_server.journal.events import Event
from evenhand_server.journal.models import Entry
for number in range({each}):
    with transaction.atomic():
        Entry.objects.count()
        note(Event.EXPORT_TAKEN, f"process-{{number}}")
"""


@pytest.mark.django_db
def test_every_connection_syncs_fully_and_logs_ahead() -> None:
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
        assert cursor.execute("PRAGMA synchronous").fetchone()[0] == 2
        assert cursor.execute("PRAGMA foreign_keys").fetchone()[0] == 1


@pytest.mark.django_db
def test_a_connection_that_would_start_transactions_late_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match="IMMEDIATE"):
        wrapper(tmp_path, transaction_mode="DEFERRED").ensure_connection()


@pytest.mark.django_db(transaction=True)
def test_sixteen_threads_write_at_once_and_none_is_turned_away() -> None:
    failures: list[Exception] = []

    def write() -> None:
        try:
            for number in range(EACH):
                with transaction.atomic():
                    Entry.objects.count()
                    note(Event.EXPORT_TAKEN, f"thread-{number}")
        except Exception as error:  # noqa: BLE001 - the test is about any failure
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=write) for _ in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    close_old_connections()
    assert failures == []
    assert Entry.objects.count() == WRITERS * EACH


@pytest.mark.django_db(transaction=True)
def test_sixteen_processes_write_at_once_and_none_is_turned_away(tmp_path: Path) -> None:
    environment = {**os.environ, "EVENHAND_DATA": str(tmp_path), "PYTHONPATH": str(Path(__file__).parents[2])}
    subprocess.run([sys.executable, "-m", "django", "migrate", "-v0"], env=environment, check=True)
    code = WRITE_IN_A_PROCESS.format(each=EACH)
    writers = [subprocess.Popen([sys.executable, "-c", code], env=environment) for _ in range(WRITERS)]
    assert [writer.wait(timeout=120) for writer in writers] == [0] * WRITERS
    with sqlite3.connect(tmp_path / "evenhand.sqlite3") as written:
        count = written.execute("SELECT count(*) FROM evenhand_server_entry").fetchone()[0]
    written.close()
    assert count == WRITERS * EACH


def wrapper(folder: Path, **options: object) -> DatabaseWrapper:
    """A connection of its own, not yet open."""
    settings = {**connection.settings_dict, "NAME": str(folder / "own.sqlite3")}
    settings["OPTIONS"] = {**settings["OPTIONS"], **options}
    return DatabaseWrapper(settings, alias="own")
