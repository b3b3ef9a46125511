"""The baseline of the server benchmark: a bare WSGI application that stores one row durably and answers 201."""

import contextlib
import json
import os
import sqlite3
import uuid
from collections.abc import Callable, Iterable

import psycopg

URL, FILE = os.environ.get("DATABASE_URL", ""), os.environ.get("BARE_FILE", "")
INSERT = "INSERT INTO bare (id, body) VALUES ({0}, {0})"


def opened() -> tuple[object, str]:
    """A connection that commits each statement by itself, and its mark for values."""
    if URL:
        connection = psycopg.connect(URL, autocommit=True)
        with contextlib.suppress(psycopg.errors.UniqueViolation):  # Two processes start at once.
            connection.execute("CREATE TABLE IF NOT EXISTS bare (id text PRIMARY KEY, body text)")
        return connection, "%s"
    file = sqlite3.connect(FILE, isolation_level=None, timeout=20, check_same_thread=False)
    for command in ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL"):
        file.execute(command)
    file.execute("CREATE TABLE IF NOT EXISTS bare (id TEXT PRIMARY KEY, body TEXT)")
    return file, "?"


CONNECTION, MARK = opened()


def application(environ: dict[str, object], start: Callable[..., object]) -> Iterable[bytes]:
    """Read the body, store it, say where it is."""
    body = json.loads(environ["wsgi.input"].read())  # type: ignore[attr-defined]
    row = uuid.uuid4().hex
    CONNECTION.execute(INSERT.format(MARK), (row, json.dumps(body)))  # type: ignore[attr-defined]
    start("201 Created", [("Content-Type", "application/json")])
    return [json.dumps({"id": row}).encode()]
