"""Web and worker processes under one roof: started together, started again when one falls, stopped together."""

import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

STOP_SECONDS = 10
CHECK_SECONDS = 0.2
QUICK_FALL_SECONDS = 3
MOST_QUICK_FALLS = 5


@dataclass
class Child:
    """One process to keep alive."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    quick_falls: int = field(default=0)

    def start(self) -> None:
        """Start it, out of reach of the terminal's Ctrl-C: this supervisor decides in which order things end."""
        self.started = time.monotonic()
        self.process = subprocess.Popen(self.command, env=dict(self.environment), start_new_session=True)  # noqa: S603

    def has_fallen(self) -> bool:
        """Whether it ended though nobody asked it to."""
        return self.process is not None and self.process.poll() is not None

    def restart(self) -> bool:
        """Start it again; false when it falls at once every time."""
        quick = time.monotonic() - self.started < QUICK_FALL_SECONDS
        self.quick_falls = self.quick_falls + 1 if quick else 0
        if self.quick_falls >= MOST_QUICK_FALLS:
            return False
        sys.stderr.write(f"The {self.name} process ended; starting it again.\n")
        self.start()
        return True

    def stop(self, deadline: float) -> None:
        """Ask it to end, and insist after a while."""
        if self.process is None:
            return
        try:
            self.process.wait(timeout=max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def supervise(children: Sequence[Child], *, port: int, welcome: str) -> int:
    """Run until Ctrl-C or SIGTERM, greeting once the port answers; 1 when a process cannot be kept alive."""
    stopping = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopping.set())
    for child in children:
        child.start()
    status, is_greeted = 0, False
    while not stopping.wait(CHECK_SECONDS):
        if not is_greeted and answers(port):
            is_greeted = True
            sys.stdout.write(f"{welcome}\n")
            sys.stdout.flush()
        if not all(child.restart() for child in children if child.has_fallen()):
            sys.stderr.write("A process ends as soon as it starts; giving up. What it said stands above.\n")
            status = 1
            break
    stop_all(children)
    return status


def stop_all(children: Sequence[Child]) -> None:
    """End all, together."""
    for child in children:
        if child.process is not None and child.process.poll() is None:
            child.process.terminate()
    deadline = time.monotonic() + STOP_SECONDS
    for child in children:
        child.stop(deadline)


def answers(port: int) -> bool:
    """Whether somebody listens on this port."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.settimeout(CHECK_SECONDS)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def free_port(wanted: int) -> int:
    """The wanted port, or the next one that nobody listens on."""
    for port in range(wanted, min(wanted + 100, 65536)):
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise SystemExit(f"No port from {wanted} on is free. Set EVENHAND_PORT to one that is.")
