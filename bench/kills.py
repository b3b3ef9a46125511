"""Play ceremonies over HTTP against a real server and worker that are killed (SIGKILL) again and again meanwhile.

``python -m bench.kills [COUNT] [--together N]`` says whether anything was lost, half done or done twice. Each group of
N ceremonies lives through two kills of the web process and one of the worker, at random moments; every request is
repeated under the same idempotency key until it is acknowledged.
"""

import argparse
import io
import json
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
import zipfile
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from evenhand.relationships.verify import verify

ROOT = Path(__file__).resolve().parent.parent
PATIENCE_SECONDS = 180
DEAL = ["offer", "disclosure", "revocation"]
PLANS = {
    "accept": ["terms", *DEAL],
    "counter_yes": ["interaction", "terms", *DEAL],
    "counter_no": ["interaction", "interaction"],
    "refuse": ["interaction"],
}
"""How a ceremony goes, and the records both sides hold at its end."""


@dataclass
class Server:
    """A web process and a worker on a folder of data; each can be killed and started again."""

    data: Path
    port: int
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    script: str = "bench.kills_market"
    settings: dict[str, str] = field(default_factory=dict)
    kills: Counter[str] = field(default_factory=Counter)

    @property
    def variables(self) -> dict[str, str]:
        """The environment of its processes."""
        kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        ours = {"EVENHAND_DATA": str(self.data), "EVENHAND_LIMITS": "all=off", "EVENHAND_OPEN_INTENTS": "100000"}
        ours |= self.settings
        return {**kept, **ours, "DJANGO_SETTINGS_MODULE": "evenhand_server.settings", "PYTHONPATH": str(ROOT)}

    def start(self, name: str) -> None:
        """Start one of the two, in a group of its own so that a kill takes all of it."""
        web = ["-m", "granian", "evenhand_server.wsgi:application", "--interface", "wsgi", "--host", "127.0.0.1"]
        web += [
            "--port",
            str(self.port),
            "--workers",
            "1",
            "--blocking-threads",
            "4",
            "--no-ws",
            "--log-level",
            "error",
        ]
        command = {"web": web, "worker": ["-m", "evenhand_server.workers"]}[name]
        self.running[name] = subprocess.Popen(
            [sys.executable, *command], env=self.variables, cwd=ROOT, stderr=subprocess.DEVNULL, start_new_session=True
        )

    def kill(self, name: str) -> None:
        """End one of the two at once, wherever it is."""
        process = self.running[name]
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        self.kills[name] += 1

    def run(self, *words: str) -> Any:
        """What the script prints that makes the market and counts what is kept."""
        command = [sys.executable, "-m", self.script, *words]
        told = subprocess.run(command, env=self.variables, cwd=ROOT, check=True, capture_output=True, text=True)
        return json.loads(told.stdout)


@dataclass
class Ceremony:
    """One dealing, how it is to go, and the digests that were acknowledged to each side on the way."""

    dealing: str
    plan: str
    seen: dict[str, list[str]] = field(default_factory=lambda: {"school": [], "shop": []})
    repeated: int = 0
    wrong: list[str] = field(default_factory=list)


def main() -> int:
    """Play, compare, and tell."""
    parser = argparse.ArgumentParser(description="Ceremonies under real kills.")
    parser.add_argument("count", nargs="?", type=int, default=200)
    parser.add_argument("--together", type=int, default=4)
    parser.add_argument("--seed", type=int, default=7012)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        told = play(Path(folder), options.count, options.together, random.Random(options.seed))
    print(json.dumps(told, indent=2))
    return 1 if told["wrong"] else 0


def play(data: Path, count: int, together: int, chance: random.Random) -> dict[str, Any]:
    """All ceremonies in groups, each under kills; then everything is compared."""
    server = Server(data, free_port())
    began = time.monotonic()
    market = server.run(str(count))
    plans = [list(PLANS)[number % len(PLANS)] for number in range(count)]
    ceremonies = [Ceremony(dealing, plan) for dealing, plan in zip(market["dealings"], plans, strict=True)]
    with serving(server):
        for first in range(0, count, together):
            group = ceremonies[first : first + together]
            with ThreadPoolExecutor(len(group)) as threads:
                done = [threads.submit(go_through, one, server.port, market) for one in group]
                kill_meanwhile(server, chance)
                for one in done:
                    one.result()
        for one in ceremonies:
            compare(one, server.port, market)
    counted = server.run("counted")
    for one in ceremonies:
        check_journal(one, counted["entries"])
    return {
        "ceremonies": count,
        "plans": Counter(plans),
        "kills": server.kills,
        "requests_repeated": sum(one.repeated for one in ceremonies),
        "dead_letters": counted["dead"],
        "wrong": [f"{one.plan} {one.dealing}: {what}" for one in ceremonies for what in one.wrong],
        "seconds": round(time.monotonic() - began),
    }


@contextmanager
def serving(server: Server) -> Iterator[None]:
    """Both processes, and neither left behind."""
    server.start("web")
    server.start("worker")
    try:
        yield
    finally:
        for name in ("web", "worker"):
            server.kill(name)
            server.kills[name] -= 1


def kill_meanwhile(server: Server, chance: random.Random) -> None:
    """Wait until the server answers, then kill the web process at a random moment, and the worker at another."""
    ask(server.port, "GET", "/api/v1/terms", "")
    time.sleep(chance.uniform(0, 0.6))
    server.kill("web")
    server.start("web")
    ask(server.port, "GET", "/api/v1/terms", "")
    time.sleep(chance.uniform(0, 0.2))
    server.kill("worker")
    server.start("worker")
    time.sleep(chance.uniform(0, 0.3))
    server.kill("web")
    server.start("web")


def go_through(one: Ceremony, port: int, market: dict[str, Any]) -> None:
    """One ceremony to its end, every write under a key of its own."""
    path = f"/api/v1/dealings/{one.dealing}"

    def write(side: str, what: str, body: dict[str, Any] | None) -> Any:
        answer, tries = ask(port, "POST", f"{path}/{what}", market[side], body or {}, key=f"{one.dealing}-{what}"[:60])
        one.repeated += tries - 1
        note_digests(one, port, market)
        return answer

    instead = {"outcome": "countered", "counter": "EH-WORK-REQUEST-SUB"}
    first = {"accept": {"outcome": "accepted"}, "refuse": {"outcome": "refused"}}.get(one.plan, instead)
    write("shop", "terms_answer", first)
    if one.plan.startswith("counter"):
        write("school", "counter_answer", {"accepts": one.plan == "counter_yes"})
    if one.plan not in {"accept", "counter_yes"}:
        return
    day = (datetime.now(UTC) + timedelta(days=5)).date().isoformat()
    line = {"description": "A bike", "unit_price": "450"}
    write("shop", "offer", {"currency": "GBP", "lines": [line], "valid_until": day})
    write("school", "offer/acceptance", {"version": 1})
    given = write("school", "disclosures", {"field": "phone"})
    write("school", f"disclosures/{given['id']}/revocation", None)


def note_digests(one: Ceremony, port: int, market: dict[str, Any]) -> None:
    """What each side is told it holds, right after something was acknowledged: it may never change again."""
    for side, before in one.seen.items():
        answer, _ = ask(port, "GET", f"/api/v1/dealings/{one.dealing}/records", market[side])
        now = [record["digest"] for record in answer["items"]]
        if now[: len(before)] != before:
            one.wrong.append(f"a record that {side} had seen is gone or changed")
        one.seen[side] = now


def compare(one: Ceremony, port: int, market: dict[str, Any]) -> None:
    """Both sides' bundles: valid, the same records byte for byte, all that were acknowledged, and none but those."""
    chains = []
    for side in one.seen:
        bundle, _ = ask(port, "GET", f"/api/v1/dealings/{one.dealing}/bundle", market[side])
        report = verify(bundle, expected=one.seen[side])
        if not report.is_valid:
            one.wrong.append(f"the bundle of {side}: {[finding.code for finding in report.findings]}")
        kinds = [record.kind for record in report.records]
        if kinds != PLANS[one.plan]:
            one.wrong.append(f"{side} holds {kinds}")
        with zipfile.ZipFile(io.BytesIO(bundle)) as archive:
            name = next(name for name in archive.namelist() if name.endswith("chain.jsonl"))
            chains.append(archive.read(name))
    if chains[0] != chains[1]:
        one.wrong.append("the two sides hold different records")


def check_journal(one: Ceremony, entries: dict[str, int]) -> None:
    """One entry for each action, and no more: nothing half, nothing twice."""
    told = {name.partition(" ")[2]: count for name, count in entries.items() if name.startswith(one.dealing)}
    first = {"accept": "terms.accepted", "refuse": "terms.refused"}.get(one.plan, "terms.countered")
    expected = {first: 1}
    if one.plan.startswith("counter"):
        expected[f"counter.{'accepted' if one.plan == 'counter_yes' else 'refused'}"] = 1
    found = {event: count for event, count in told.items() if event.split(".")[0] in {"terms", "counter"}}
    if found != expected:
        one.wrong.append(f"the journal says {found}")


def ask(port: int, method: str, path: str, token: str, body: Any = None, *, key: str = "") -> tuple[Any, int]:
    """The answer and how often it took asking; asked again under the same key until the server acknowledges it."""
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    headers |= {"Idempotency-Key": key} if key else {}
    content = json.dumps(body).encode() if body is not None else None
    deadline, tries = time.monotonic() + PATIENCE_SECONDS, 0
    while True:
        tries += 1
        request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", content, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                whole = answer.read()
                is_json = "json" in answer.headers.get("Content-Type", "")
                return (json.loads(whole) if is_json else whole), tries
        except urllib.error.HTTPError as error:
            if error.code < 500:
                raise RuntimeError(f"{method} {path}: {error.code} {error.read()!r}") from error
        except (OSError, EOFError, ValueError, urllib.error.URLError):
            pass  # Killed before or after it did what was asked: nobody can know, so it is asked again.
        except Exception as error:  # http.client has exceptions of its own for a connection that breaks off
            if type(error).__module__ != "http.client":
                raise
        if time.monotonic() > deadline:
            raise TimeoutError(f"{method} {path}")
        time.sleep(0.05)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


if __name__ == "__main__":
    sys.exit(main())
