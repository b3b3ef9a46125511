"""The command `evenhand`: it serves, keeps its processes alive, and stops cleanly."""

import os
import signal
import socket
import stat
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from evenhand_server.cli import main
from evenhand_server.environment import make_secret, read_environment, read_secret
from evenhand_server.supervisor import free_port

SECONDS = 60


@pytest.fixture
def served(tmp_path: Path, places: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """A server of its own, on a free port."""
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / "places.sqlite").symlink_to(places)
    port = free_port(20_000 + os.getpid() % 10_000)
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment = {**kept, "EVENHAND_DATA": str(tmp_path), "EVENHAND_PORT": str(port), "EVENHAND_WEB_PROCESSES": "1"}
    command = [sys.executable, "-m", "evenhand_server.cli", "serve"]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True, start_new_session=True)
    yield process, port
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=SECONDS)
    assert process.stdout is not None
    process.stdout.close()


def test_it_serves_and_greets_and_starts_what_falls_and_stops_on_ctrl_c(
    served: tuple[subprocess.Popen[str], int],
) -> None:
    process, port = served
    assert process.stdout is not None
    assert f"http://localhost:{port}" in process.stdout.readline()
    assert status_of(f"http://localhost:{port}/about") == 200
    setup = next(line for line in process.stdout if "/setup/" in line).strip()
    assert setup.startswith(f"http://localhost:{port}/setup/")
    assert status_of(setup, cookies=True) == 200

    fallen = children_of(process.pid)
    os.kill(fallen[-1], signal.SIGKILL)
    wait_until(lambda: len(children_of(process.pid)) == 2 and children_of(process.pid) != fallen)
    alive = children_of(process.pid)

    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=SECONDS) == 0
    assert process.stdout.readline() == "Evenhand has stopped.\n"
    wait_until(lambda: not any(Path(f"/proc/{child}").exists() for child in alive))


def test_a_taken_port_makes_way_for_the_next_one() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert free_port(port) > port


def test_secrets_are_made_once_and_only_their_owner_reads_them(tmp_path: Path) -> None:
    first = read_secret(tmp_path / "secrets", "master.key")
    assert read_secret(tmp_path / "secrets", "master.key") == first
    assert stat.S_IMODE((tmp_path / "secrets" / "master.key").stat().st_mode) == 0o600
    make_secret(tmp_path / "secrets" / "master.key")
    assert read_secret(tmp_path / "secrets", "master.key") == first


def test_what_is_not_set_has_a_safe_default(tmp_path: Path) -> None:
    found = read_environment({"XDG_DATA_HOME": str(tmp_path), "EVENHAND_HOSTS": "a.example, b.example"})
    assert found.data == tmp_path / "evenhand"
    assert found.hosts == ("a.example", "b.example")
    assert (found.port, found.demo, found.country) == (8000, False, "GB")


def test_the_librarys_commands_are_here_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "x.zip").write_bytes(b"no zip")
    assert main(["verify", str(tmp_path / "x.zip")]) == 1
    assert "zip" in capsys.readouterr().out


def test_an_unknown_command_says_what_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["juggle"])
    assert "serve" in capsys.readouterr().err


def status_of(url: str, *, cookies: bool = False) -> int:
    """The status of a page."""
    opener = urllib.request.build_opener(*([urllib.request.HTTPCookieProcessor()] if cookies else []))
    with opener.open(url, timeout=SECONDS) as page:
        return int(page.status)


def children_of(pid: int) -> list[int]:
    """The processes that this one started."""
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def wait_until(is_so: object) -> None:
    """Wait a while for something to become so."""
    end = time.monotonic() + SECONDS
    while not is_so():  # type: ignore[operator]
        assert time.monotonic() < end
        time.sleep(0.1)
