"""Publish, offer and accept over HTTP at 1, 4 and 16 clients, on SQLite and PostgreSQL, beside a bare application.

Run it as ``.venv/bin/python -m bench.server``. Client and server share the machine's cores, so rates are what one
machine does for both; CPU per request is the server's own (and the database's, in its own column).
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from itertools import cycle, islice
from pathlib import Path

from evenhand_server.supervisor import answers, free_port
from tests.postgres import cluster

SENTENCE = "Looking for a mountain bike in Hull, 500 pounds to spend - p.s. I ride the hard trails and am rather tall!"
OFFER = {
    "currency": "GBP",
    "lines": [{"description": "Trailhead 29er", "quantity": "1", "unit_price": "450.00"}],
    "delivery": {"within_days": 7, "cost": 1500},
    "valid_until": (datetime.now(UTC).date() + timedelta(days=10)).isoformat(),
}
HEADING = (
    "| database | what | clients | requests | p50 ms | p95 ms | p99 ms "
    "| CPU ms | db CPU ms | per s | x bare CPU | failed |\n|---|---|---|---|---|---|---|---|---|---|---|---|"
)
TICK_MS = 1000 / os.sysconf("SC_CLK_TCK")
ROOT = Path(__file__).resolve().parent.parent

Call = Callable[[int], tuple[str, str, str, object]]
"""The number of a request to its method, path, token and body."""


@dataclass
class Round:
    """One row of the table."""

    database: str
    what: str
    clients: int
    seconds: float = 0.0
    cpu_ms: float = 0.0
    database_cpu_ms: float = 0.0
    latencies: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    bodies: list[dict[str, object]] = field(default_factory=list)

    def row(self, bare: "Round | None") -> str:
        """The row as Markdown; the ratio is CPU per request over that of the bare application."""
        count = len(self.latencies)
        times = sorted(self.latencies)
        p50, p95, p99 = (1000 * times[min(count - 1, int(count * share))] for share in (0.5, 0.95, 0.99))
        cpu, rate = self.cpu_ms / count, count / self.seconds
        ratio = f"{cpu / (bare.cpu_ms / len(bare.latencies)):.1f}" if bare and bare is not self else "1"
        return (
            f"| {self.database} | {self.what} | {self.clients} | {count} | {p50:.1f} | {p95:.1f} | {p99:.1f} "
            f"| {cpu:.2f} | {self.database_cpu_ms / count:.2f} | {rate:.0f} | {ratio} | {len(self.failures)} |"
        )


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=400, help="requests of each kind and number of clients")
    parser.add_argument("--clients", default="1,4,16")
    parser.add_argument("--databases", default="sqlite,postgresql")
    options = parser.parse_args(arguments)
    clients = [int(number) for number in options.clients.split(",")]
    print(HEADING, flush=True)
    for database in options.databases.split(","):
        with tempfile.TemporaryDirectory(prefix="evenhand-bench-") as folder:
            if database == "postgresql":
                with cluster(durable=True) as url:
                    measure(database, Path(folder), {"DATABASE_URL": url}, clients, options.requests)
            else:
                measure(database, Path(folder), {}, clients, options.requests)


def measure(database: str, folder: Path, settings: dict[str, str], clients: list[int], requests: int) -> None:
    """All rows of one database."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("EVENHAND_", "DATABASE_URL"))}
    variables = {**kept, **settings, "EVENHAND_DATA": str(folder), "PYTHONPATH": str(ROOT)}
    # A load test is what limits are against.
    variables |= {"EVENHAND_LIMITS": "all=off", "EVENHAND_OPEN_INTENTS": "1000000"}
    variables |= {"BARE_FILE": str(folder / "bare.sqlite3"), "DJANGO_SETTINGS_MODULE": "evenhand_server.settings"}
    prepare = [sys.executable, "-m", "evenhand_server.prepare"]
    subprocess.run(prepare, env=variables, check=True, stdout=subprocess.DEVNULL)
    tokens = told(variables, "make")
    askers, shop = tokens["askers"], tokens["shop"]
    bare: dict[int, Round] = {}
    with served("bench.bare_app:application", variables) as (port, web):
        for number in clients:
            bare[number] = shoot(Round(database, "bare insert", number), port, web, requests, inserting)
            print(bare[number].row(bare[number]), flush=True)
    with served("evenhand_server.wsgi:application", variables) as (port, web):
        token_of = list(islice(cycle(askers), 10_000))
        shoot(Round(database, "warm up", 4), port, web, 40, reading(askers[0]))
        for number in clients:
            row = shoot(Round(database, "read words", number), port, web, requests, reading(askers[0]))
            print(row.row(bare[number]), flush=True)
        for number in clients:
            publish = shoot(Round(database, "publish", number), port, web, requests, publishing(token_of))
            print(publish.row(bare[number]), flush=True)
            told(variables, "work")
            dealings = inbox(port, shop, requests)
            offer = shoot(Round(database, "offer", number), port, web, len(dealings), offering(shop, dealings))
            print(offer.row(bare[number]), flush=True)
            owners = owners_of(port, publish, token_of)
            accept = shoot(Round(database, "accept", number), port, web, len(owners), accepting(owners))
            print(accept.row(bare[number]), flush=True)


def inserting(_number: int) -> tuple[str, str, str, object]:
    """Requests to the bare application."""
    return "POST", "/", "", {"text": SENTENCE}


def reading(token: str) -> Call:
    """Requests that only read words."""
    return lambda _: ("POST", "/api/v1/readings", token, {"text": SENTENCE})


def publishing(tokens: list[str]) -> Call:
    """Requests that announce an intent, with its journal entry and its due rows."""
    return lambda number: ("POST", "/api/v1/intents", tokens[number], {"text": SENTENCE, "seller_limit": 5})


def offering(shop: str, dealings: list[str]) -> Call:
    """Requests that make an offer."""
    return lambda number: ("POST", f"/api/v1/dealings/{dealings[number]}/offer", shop, OFFER)


def accepting(owners: list[tuple[str, str]]) -> Call:
    """Requests that accept an offer: two signatures and a record on the chain."""
    return lambda number: (
        "POST",
        f"/api/v1/dealings/{owners[number][0]}/offer/acceptance",
        owners[number][1],
        {"version": 1},
    )


def inbox(port: int, shop: str, most: int) -> list[str]:
    """The newest dealings of the shop that have no offer yet."""
    found: list[str] = []
    cursor = ""
    while len(found) < most:
        page = get(port, f"/api/v1/inbox?limit=100{f'&cursor={cursor}' if cursor else ''}", shop)
        found += [item["id"] for item in page["items"] if not item["has_offer"]]
        cursor = page["next"] or ""
        if not cursor:
            break
    return found[:most]


def owners_of(port: int, publish: Round, tokens: list[str]) -> list[tuple[str, str]]:
    """For each published intent its dealing and the token of who published it."""
    owners: list[tuple[str, str]] = []
    for body in publish.bodies:
        token = tokens[int(str(body["_number"]))]
        items = get(port, f"/api/v1/intents/{body['id']}/dealings", token)["items"]
        owners += [(item["id"], token) for item in items]
    return owners


def get(port: int, path: str, token: str) -> dict[str, list[dict[str, str]]]:
    """Read one page of the API."""
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path, headers={"Authorization": f"Bearer {token}"})
    answer = connection.getresponse()
    body = json.loads(answer.read())
    connection.close()
    assert answer.status == 200, body
    return body  # type: ignore[no-any-return]


def shoot(this: Round, port: int, web: int, requests: int, call: Call) -> Round:
    """Send the requests, shared by the clients, each over one connection that stays open."""
    numbers, lock = iter(range(requests)), threading.Lock()
    before, database_before = cpu_ms(web), database_cpu_ms()
    start = time.perf_counter()
    threads = [threading.Thread(target=client, args=(this, port, numbers, lock, call)) for _ in range(this.clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    this.seconds = time.perf_counter() - start
    this.cpu_ms, this.database_cpu_ms = cpu_ms(web) - before, database_cpu_ms() - database_before
    if this.failures:
        print(f"failed: {this.failures[0][:300]}", file=sys.stderr)
    return this


def client(this: Round, port: int, numbers: Iterator[int], lock: threading.Lock, call: Call) -> None:
    """One client: the next number, a request, its time."""
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    while True:
        with lock:
            number = next(numbers, None)
        if number is None:
            break
        method, path, token, body = call(number)
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        start = time.perf_counter()
        connection.request(method, path, json.dumps(body), headers)
        answer = connection.getresponse()
        content = answer.read()
        took = time.perf_counter() - start
        with lock:
            this.latencies.append(took)
            if answer.status >= 300:
                this.failures.append(f"{answer.status} {content.decode(errors='replace')}")
            else:
                this.bodies.append({**json.loads(content), "_number": number})
    connection.close()


@contextmanager
def served(application: str, variables: dict[str, str]) -> Iterator[tuple[int, int]]:
    """The application under the same server with the same settings as ``evenhand serve``; its port and process."""
    port = free_port(18_000)
    command = [sys.executable, "-m", "granian", application, "--interface", "wsgi", "--host", "127.0.0.1"]
    command += ["--port", str(port), "--workers", "2", "--blocking-threads", "1", "--no-ws", "--log-level", "warning"]
    process = subprocess.Popen(command, env={**variables, "EVENHAND_PORT": str(port)}, cwd=ROOT)
    try:
        while not answers(port):
            time.sleep(0.1)
        time.sleep(2)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(timeout=30)


def told(variables: dict[str, str], what: str) -> dict[str, list[str]]:
    """What the market's script prints."""
    command = [sys.executable, "-m", "bench.server_market", what]
    done = subprocess.run(command, env=variables, check=True, capture_output=True, text=True, cwd=ROOT)
    return json.loads(done.stdout)  # type: ignore[no-any-return]


def cpu_ms(root: int) -> float:
    """CPU that a process and those it started have used, in ms."""
    return sum(ticks(pid) for pid in descendants(root)) * TICK_MS


def database_cpu_ms() -> float:
    """CPU that all PostgreSQL processes have used, in ms."""
    return sum(ticks(pid) for pid in pids() if name_of(pid) == "postgres") * TICK_MS


def descendants(root: int) -> list[int]:
    """A process and all below it."""
    found = [root]
    for pid in found:
        children = Path(f"/proc/{pid}/task/{pid}/children")
        found += [int(child) for child in children.read_text().split()] if children.exists() else []
    return found


def pids() -> list[int]:
    """All processes."""
    return [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdecimal()]


def name_of(pid: int) -> str:
    """The command's name."""
    try:
        return Path(f"/proc/{pid}/comm").read_text().strip()
    except OSError:
        return ""


def ticks(pid: int) -> int:
    """User and system time of a process, in clock ticks. Source: proc(5), fields 14 and 15 of stat."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return 0
    return int(fields[11]) + int(fields[12])


if __name__ == "__main__":
    main()
