"""From published to the sellers' inboxes, at rising rates, by SQL and by index, with a worker killed in the middle.

``python -m bench.arrivals --make 1000000 --file interests.jsonl`` makes a file of interests, and ``python
tests/postgres.py --durable python -m bench.arrivals --file interests.jsonl [--rates 2 5 10 20] [--seconds 20]`` brings
it in as the operator's import does, starts workers, publishes at each rate, and prints p50, p95 and p99 from published
to matched and to the first dealing. In the last round of each way a worker is killed by SIGKILL and another started;
every intent must then have been matched once, and no seller have heard twice.
"""

import evenhand_server.boot  # noqa: F401 - Django must be ready before models are imported

# isort: split
import argparse
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db.models import Count, Min
from django.utils import timezone

from evenhand.intents.wish import Wish
from evenhand.interests.interest import as_record
from evenhand.words.reading import Reading
from evenhand_server.dealings.models import Dealing
from evenhand_server.intents.actions import publish_intent
from evenhand_server.intents.models import Intent
from evenhand_server.intents.wanted import Choices, wanted
from evenhand_server.interests import imports
from evenhand_server.matching.models import Matching
from evenhand_server.people.actions import join
from evenhand_server.people.actor import Actor
from evenhand_server.people.models import Person
from evenhand_server.prepare import prepare

sys.path.insert(0, str(Path(__file__).resolve().parent))
from market import Market

SELLERS = 5
LONGEST_WAIT = 150
"""Seconds in which nothing is matched: longer than the lease of a worker that was killed."""


def main() -> None:
    """Make a file, or measure with one."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--file", type=Path, required=True)
    parser.add_argument("--make", type=int, metavar="COUNT", help="write so many interests into the file, and end")
    parser.add_argument("--rates", type=float, nargs="+", default=[2, 5, 10, 20])
    parser.add_argument("--seconds", type=int, default=20)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--scope", default="world")
    options = parser.parse_args()
    market = Market(options.scope)
    if options.make:
        make(market, options.make, options.file)
        return
    settings.OPEN_INTENTS = 10**9  # One party publishes them all.
    prepare()
    asker = agent()
    imports.main([str(options.file), "--by", "agent"])
    for way in ("sql", "index"):
        for number, rate in enumerate(options.rates):
            is_last = number == len(options.rates) - 1
            measure(market, asker, way, rate, options, kill=is_last)


def make(market: Market, count: int, file: Path) -> None:
    """The market as the import reads it."""
    with file.open("w", encoding="utf-8") as lines:
        for vendor, one in market.of_vendors(count):
            words = ", ".join(sorted(market.tree.name(node) for node in one.interest.categories))
            record = {"id": str(one.id), "vendor": f"Vendor {vendor}", "sentence": words}
            lines.write(f"{json.dumps({**record, 'interest': as_record(one.interest)})}\n")


def agent() -> Actor:
    """Who asks, and looks after the vendors; nobody writes to them."""
    person = Person.objects.create(username="agent", country="GB")
    EmailAddress.objects.create(user=person, email="agent@example.org", verified=True, primary=True)
    return join(person)


def measure(market: Market, asker: Actor, way: str, rate: float, options: argparse.Namespace, *, kill: bool) -> None:
    """One rate: publish steadily, wait until all is done, print."""
    wishes = market.wishes(int(rate * options.seconds))
    workers = [start(way) for _ in range(options.workers)]
    for worker in workers:
        wait_until_ready(worker, way)
    started, published = time.monotonic(), []
    try:
        for number, wish in enumerate(wishes):
            time.sleep(max(0.0, started + number / rate - time.monotonic()))
            published.append(publish(asker, replace(wish, words=frozenset())))
            if kill and number == len(wishes) // 2:
                workers[0].send_signal(signal.SIGKILL)
                workers.append(start(way))
                drain(workers[-1])
        wait_for(published)
    finally:
        for worker in workers:
            worker.terminate()
            worker.wait()
    report(way, rate, published, is_killed=kill)


def start(way: str) -> "subprocess.Popen[str]":
    """One worker process."""
    variables = {**os.environ, "EVENHAND_MATCHING": way}
    command = [sys.executable, "-m", "evenhand_server.workers"]
    return subprocess.Popen(command, env=variables, stderr=subprocess.PIPE, text=True)


def wait_until_ready(worker: "subprocess.Popen[str]", way: str) -> None:
    """Until the index is read in; so long a worker asks the database, and that is measured by the other way."""
    if way == "index":
        started = time.monotonic()
        for line in worker.stderr or ():
            if "the index is ready" in line:
                print(f"index read in within {time.monotonic() - started:.1f} s", flush=True)
                break
    drain(worker)


def drain(worker: "subprocess.Popen[str]") -> None:
    """Read on what it says, so that it never waits for us."""
    threading.Thread(target=lambda: [None for _ in worker.stderr or ()], daemon=True).start()


def publish(asker: Actor, wish: Wish) -> int:
    """One intent by the product's own action."""
    what = wanted(Reading("Wanted."), wish, own_words=(), budget_shown="banded")
    choices = Choices(SELLERS, "banded", "PDC-INTENT", timezone.now() + timedelta(days=30))
    return publish_intent(asker, what, choices).pk


def wait_for(published: Sequence[int]) -> None:
    """Until every intent was matched, or for so long none was."""
    left, end = len(published), time.monotonic() + LONGEST_WAIT
    while left and time.monotonic() < end:
        time.sleep(0.2)
        now_left = len(published) - Matching.objects.filter(wish__intent__in=published).count()
        end = time.monotonic() + LONGEST_WAIT if now_left < left else end
        left = now_left


def report(way: str, rate: float, published: Sequence[int], *, is_killed: bool) -> None:
    """Times of those that were matched, and whether anything was lost or done twice."""
    looked = dict(Matching.objects.filter(wish__intent__in=published).values_list("wish__intent_id", "at"))
    heard = dict(Dealing.objects.filter(intent__in=published).values_list("intent_id").annotate(first=Min("at")))
    at = dict(Intent.objects.filter(pk__in=published).values_list("pk", "at"))
    pairs = Dealing.objects.filter(intent__in=published).values("intent", "vendor")
    twice, lost = pairs.annotate(n=Count("id")).filter(n__gt=1), len(published) - len(looked)
    print(
        f"{way:<6}{rate:>6.1f}/s  {len(published)} published, {len(looked)} matched, {lost} lost,"
        f" {len(twice)} heard twice{', a worker killed' if is_killed else ''};"
        f" matched after {percentiles([(looked[one] - at[one]).total_seconds() for one in looked])},"
        f" in the inbox after {percentiles([(heard[one] - at[one]).total_seconds() for one in heard])}",
        flush=True,
    )


def percentiles(seconds: Sequence[float]) -> str:
    """p50, p95 and p99 in milliseconds."""
    times = sorted(seconds) or [0.0]
    return (
        "/".join(f"{1000 * times[min(len(times) - 1, int(len(times) * share))]:.0f}" for share in (0.5, 0.95, 0.99))
        + " ms"
    )


if __name__ == "__main__":
    main()
