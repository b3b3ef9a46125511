"""The real server of the browser tests: `evenhand demo` with web and worker processes, on a data folder of its own."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

SECONDS_TO_START = 120
SECONDS_TO_STOP = 30
NOT_HANDED_ON = ("EVENHAND_", "DATABASE_URL", "COV")


@dataclass(frozen=True)
class DemoServer:
    """Where it answers, and where it keeps its data (mail that would be sent lies in ``data / "mail"``)."""

    url: str
    data: Path


@contextmanager
def demo_server(folder: Path, command: str = "demo", **settings: str) -> Iterator[DemoServer]:
    """Run the demo while the block lasts. The tests reach it as people do, never through its tables.

    With the command ``serve`` it is a server on which nobody is yet; ``settings`` are those of its environment.
    """
    port = free_port()
    server = DemoServer(f"http://localhost:{port}", folder / "data")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(NOT_HANDED_ON)}
    environment = {**kept, "EVENHAND_PORT": str(port), "EVENHAND_DATA": str(server.data), **settings}
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "evenhand_server.cli", command], env=environment, stdout=log, stderr=log
        )
    try:
        wait_until_it_answers(server, process, folder / "log")
        yield server
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=SECONDS_TO_STOP)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_it_answers(server: DemoServer, process: subprocess.Popen[bytes], log: Path) -> None:
    """Wait for the first page; when it does not come, show what the server said."""
    end = time.monotonic() + SECONDS_TO_START
    while not answers(server.url):
        if process.poll() is not None or time.monotonic() > end:
            raise RuntimeError(f"The server does not start. It said:\n{log.read_text(encoding='utf-8')}")
        time.sleep(0.2)


def answers(url: str) -> bool:
    """The first page is served."""
    try:
        with urlopen(url, timeout=5) as page:  # noqa: S310 - an address on this machine.
            return bool(page.status == HTTPStatus.OK)
    except (URLError, TimeoutError, ConnectionError):
        return False
