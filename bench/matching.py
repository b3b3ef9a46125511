"""How fast matching is, in memory and in SQL, beside a plain scan and the obvious SQL, and whether all say the same.

``python bench/matching.py [--sizes 10000 100000 1000000] [--scope world|GB] [--intents 500] [--rounds 3]`` builds an
invented market, asks every engine the same intents in turn, compares ids, order and totals, and prints for each the
times of an intent (its median over the rounds) and how many times as long as the index it takes. The engines: the index
by numba and by numpy; the product's own statement on SQLite and PostgreSQL, loaded by its own import; a statement over
the index's own rows, clustered, as SQLite's best case; an array of categories under a GIN index; and a scan of every
row by numpy. Then somebody writes beside the matching. ``--plot FILE`` draws the times as SVG, ``--without-databases``
leaves the product's databases out.
"""

import argparse
import gc
import json
import math
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import replace
from pathlib import Path
from typing import Any

from market import TODAY, Market
from mokaccino_market import IS_THERE, LARGEST, MokaccinoMarket
from sqlite_market import SqliteMarket

from evenhand.intents.wish import Wish
from evenhand.matching.engine import vectors
from evenhand.matching.engine.compiled import IS_COMPILED
from evenhand.matching.engine.question import Question
from evenhand.matching.engine.search import Found, State, by_loops, by_vectors
from evenhand.matching.fit import NEUTRAL
from evenhand.matching.index import Index, Standing

ROOT = Path(__file__).resolve().parent.parent
TOP = 50
SCANNED = 50
"""So many intents are enough to time the plain scan, which takes long and is always the same."""
PROFFERED = "term-0"
Engine = Callable[[Wish], Found]


def main() -> None:
    """Measure every size."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--scope", default="world", help="world, or a country such as GB")
    parser.add_argument("--intents", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--folder", type=Path, help="keep the files here, and use them again")
    parser.add_argument("--without-databases", action="store_true")
    parser.add_argument("--plot", type=Path, help="draw the times into this SVG file")
    options = parser.parse_args()
    market = Market(options.scope)
    wishes = market.wishes(options.intents)
    drawn: dict[int, dict[str, list[float]]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for size in options.sizes:
            place = options.folder or Path(folder)
            with ExitStack() as stack:
                others = [] if options.without_databases else start_databases(stack, size, options)
                drawn[size] = measure(
                    market, wishes, size, options.rounds, folder=place, scope=options.scope, others=others
                )
            if options.plot:
                options.plot.write_text(plot(drawn, scope=options.scope), encoding="utf-8")


def start_databases(stack: ExitStack, size: int, options: argparse.Namespace) -> "list[Database]":
    """The product on each database, with its market brought in."""
    found = []
    for beside in ([], [str(ROOT / "tests" / "postgres.py"), "--durable", sys.executable]):
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        asked = ["--size", size, "--scope", options.scope, "--intents", options.intents, "--top", TOP]
        found.append(stack.enter_context(closing(Database(beside, folder, list(map(str, asked)), size))))
    return found


class Database:
    """A process that serves the product on one database."""

    def __init__(self, beside: list[str], folder: str, asked: list[str], size: int) -> None:
        variables = {**os.environ, "DATABASE_URL": "", "EVENHAND_DATA": folder}
        command = [sys.executable, *beside, str(ROOT / "bench" / "database_market.py"), *asked]
        self.process = subprocess.Popen(
            command, env=variables, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        told = self.read()
        self.engines = list(told["engines"])
        rate, each = size / max(told["seconds"], 1e-9), told["bytes"] / size
        print(f"  {self.engines[0]}: brought in {rate:,.0f} interests a second, {each:.0f} bytes an interest")

    def ask(self, what: str, engine: str) -> Any:
        """One order, and what comes back."""
        self.process.stdin.write(f"{what} {engine}\n")
        self.process.stdin.flush()
        return self.read()

    def read(self) -> Any:
        """One line of its answers."""
        return json.loads(self.process.stdout.readline())

    def close(self) -> None:
        """Let it end."""
        self.process.stdin.close()
        self.process.wait()


def measure(
    market: Market,
    wishes: list[Wish],
    size: int,
    rounds: int,
    *,
    folder: Path,
    scope: str,
    others: Sequence[Database],
) -> dict[str, list[float]]:
    """One size: what it takes to build, to match, and to match beside a writer."""
    print(f"\n{size:,} interests, {scope}, {len(wishes)} intents")
    file, database = folder / f"{scope}-{size}.segment", folder / f"{scope}-{size}.sqlite3"
    if not file.exists():
        build(market, size, file)
    started = time.perf_counter()
    index = Index.open(file, market.tree)
    print(f"  open {1000 * (time.perf_counter() - started):.1f} ms, {file.stat().st_size / size:.0f} bytes an interest")
    sql = sqlite_market(index, database)
    print(f"  best SQLite {database.stat().st_size / size:.0f} bytes an interest")
    gc.freeze()
    engines = {
        "numpy": searching(Index.open(file, market.tree, search=by_vectors)),
        "best SQLite": searching(
            Index.open(file, market.tree, search=lambda _, question, top: sql.match(question, top))
        ),
    }
    if IS_COMPILED:
        engines = {"numba": searching(Index.open(file, market.tree, search=by_loops))} | engines
    compare(engines, wishes)
    compare_vendors(index, market, wishes, size, others)
    times = times_of(engines, wishes, rounds, others)
    show(times)
    if IS_THERE and size <= LARGEST:
        times |= percolated(index, market, wishes, size, rounds)
    scanned = times_of({"numpy scan": searching(Index.open(file, market.tree, search=scan))}, wishes[:SCANNED], 1)
    show(scanned)
    write_beside(index, market, wishes, size)
    return times | scanned


def percolated(index: Index, market: Market, wishes: Sequence[Wish], size: int, rounds: int) -> dict[str, list[float]]:
    """Times of mokaccino, and whether it misses any that fit; that it finds more is its nature here."""
    started = time.perf_counter()
    percolator = MokaccinoMarket(market.tree, market.interests(size))
    print(f"  mokaccino built in {time.perf_counter() - started:.1f} s; it finds candidates and ranks nothing")
    fit = [set(index.match(wish, on=TODAY, top=size, proffered=PROFFERED).ids) for wish in wishes]
    missing = sum(bool(ids - set(percolator.match(wish))) for ids, wish in zip(fit, wishes, strict=True))
    print(f"  mokaccino: misses something that fits for {missing} of {len(wishes)} intents")
    found = times_of({"mokaccino": percolator.match}, wishes, rounds)
    show(found)
    return found


def compare_vendors(
    index: Index, market: Market, wishes: Sequence[Wish], size: int, others: Sequence[Database]
) -> None:
    """Count the intents for which the product's databases name other vendors, in another order, or another number."""
    vendor_of = [vendor for vendor, _ in market.of_vendors(size)] if others else []
    expected = []
    for wish in wishes if others else ():
        found = index.match(wish, on=TODAY, top=size, proffered=PROFFERED)
        best: dict[int, tuple[int, float]] = {}
        for one, score in zip(found.ids, found.scores, strict=True):
            best.setdefault(vendor_of[one], (one, score))
        expected.append((list(best.values())[:TOP], len(best)))
    for database in others:
        for engine in database.engines:
            found = [([tuple(one) for one in best], total) for best, total in database.ask("answers", engine)]
            differ = sum(one != two for one, two in zip(expected, found, strict=True))
            print(f"  {engine}: {differ} of {len(wishes)} intents differ from the index in vendors, scores or total")


def build(market: Market, size: int, file: Path) -> None:
    """Make the index from interests, and the file from the index."""
    interests = [one._replace(experience=NEUTRAL) for one in market.interests(size)]  # The product knows of none yet.
    started = time.perf_counter()
    index = Index(market.tree, interests)
    built = time.perf_counter()
    index.save(file)
    print(f"  from interests {built - started:.1f} s, merge and save {time.perf_counter() - built:.1f} s")


def sqlite_market(index: Index, database: Path) -> SqliteMarket:
    """The database with the same rows, filled if it is new."""
    is_new, started = not database.exists(), time.perf_counter()
    market = SqliteMarket(database)
    if is_new:
        market.load(state_of(index).segments[0])
        print(f"  best SQLite loaded in {time.perf_counter() - started:.1f} s")
    return market


def state_of(index: Index) -> State:
    """What an index holds, for those who compare with it."""
    return index._state


def searching(index: Index) -> Engine:
    """An engine end to end: from a wish to ids, scores and the total."""
    return lambda wish: index.match(wish, on=TODAY, top=TOP, proffered=PROFFERED)


def scan(state: State, question: Question, top: int) -> Found:
    """A plain scan: every row of every column, no postings."""
    [segment] = state.segments
    hits = vectors.search_buffer(question, segment.rows, segment.died)
    order = sorted(zip((-hits.scores).tolist(), hits.ids.tolist(), strict=True))[:top]
    return Found(tuple(id_ for _, id_ in order), tuple(-score for score, _ in order), len(hits.ids))


def compare(engines: dict[str, Engine], wishes: Sequence[Wish]) -> None:
    """Count the intents for which an engine differs from the first one."""
    first, *others = engines
    expected = [engines[first](wish) for wish in wishes]
    for name in others:
        found = [engines[name](wish) for wish in wishes]
        differ = sum((one.ids, one.total) != (two.ids, two.total) for one, two in zip(expected, found, strict=True))
        pairs = zip(expected, found, strict=True)
        apart = max((abs(a - b) for one, two in pairs for a, b in zip(one.scores, two.scores, strict=False)), default=0)
        print(f"  {name}: {differ} of {len(wishes)} intents differ from {first}, scores by {apart:.0e} at most")
    totals = sorted(found.total for found in expected)
    mean, none = statistics.fmean(totals), totals.count(0) / len(totals)
    print(
        f"  matches of an intent: mean {mean:.0f}, p50 {at(totals, 50):.0f}, p99 {at(totals, 99):.0f}, none {none:.0%}"
    )


def times_of(
    engines: Mapping[str, Callable[[Wish], object]],
    wishes: Sequence[Wish],
    rounds: int,
    others: Sequence[Database] = (),
) -> dict[str, list[float]]:
    """The median time of each intent in microseconds; engines take turns, so that noise hits all of them."""
    apart = {name: database for database in others for name in database.engines}
    times: dict[str, list[list[float]]] = {name: [[] for _ in wishes] for name in (*engines, *apart)}
    for _ in range(rounds):
        for name, database in apart.items():
            for one, microseconds in zip(times[name], database.ask("round", name), strict=True):
                one.append(microseconds)
        for name, engine in engines.items():
            for one, wish in zip(times[name], wishes, strict=True):
                started = time.perf_counter()
                engine(wish)
                one.append(1e6 * (time.perf_counter() - started))
    return {name: [statistics.median(one) for one in of_engine] for name, of_engine in times.items()}


def show(times: dict[str, list[float]]) -> None:
    """A table with one line for each engine."""
    base = next(iter(times.values()))
    print(f"  {'':<13}{'p50 us':>10}{'p99 us':>10}{'mean us':>10}{'intents/s':>11}   times the first: p50, p99, mean")
    for name, one in times.items():
        mean = statistics.fmean(one)
        ratios = (at(one, 50) / at(base, 50), at(one, 99) / at(base, 99), mean / statistics.fmean(base))
        figures = f"{at(one, 50):>10.0f}{at(one, 99):>10.0f}{mean:>10.0f}{1e6 / mean:>11,.0f}"
        print(f"  {name:<13}{figures}   {', '.join(f'{ratio:.1f}' for ratio in ratios)}")


def at(values: Sequence[float], percent: int) -> float:
    """A percentile."""
    return sorted(values)[min(len(values) - 1, len(values) * percent // 100)]


def write_beside(index: Index, market: Market, wishes: Sequence[Wish], size: int) -> None:
    """What writers take, and what a thousand writes a second cost those who match."""
    changes = [replaced(one, number * 7919 % size) for number, one in enumerate(market.interests(20_000))]
    quiet = alone(index, wishes)
    started = time.perf_counter()
    for change in changes[:10_000]:
        index.add(*change[:2], experience=change.experience)
    writes = 10_000 / (time.perf_counter() - started)
    print(f"  {writes:,.0f} writes/s alone")
    while index.merge_next():
        pass
    done = threading.Event()
    writer = threading.Thread(target=write_steadily, args=(index, changes[10_000:], done))
    writer.start()
    beside = alone(index, wishes)
    done.set()
    writer.join()
    ratio = at(beside, 99) / at(quiet, 99)
    print(f"  match p50, p99 alone: {at(quiet, 50):.0f}, {at(quiet, 99):.0f} us")
    print(f"  beside 1,000 writes/s: {at(beside, 50):.0f}, {at(beside, 99):.0f} us, at p99 {ratio:.1f} times as long")


def replaced(standing: Standing, id_: int) -> Standing:
    """The same interest in another's place."""
    return standing._replace(id=id_, interest=replace(standing.interest))


def alone(index: Index, wishes: Sequence[Wish]) -> list[float]:
    """Times of all intents, each once, in microseconds."""
    engine, times = searching(index), []
    for wish in wishes:
        started = time.perf_counter()
        engine(wish)
        times.append(1e6 * (time.perf_counter() - started))
    return times


def write_steadily(index: Index, changes: Sequence[Standing], done: threading.Event) -> None:
    """A thousand writes a second, with merges as they come due."""
    started = time.perf_counter()
    for number, change in enumerate(changes):
        if done.is_set():
            return
        time.sleep(max(0.0, started + number / 1000 - time.perf_counter()))
        index.add(change.id, change.interest, experience=change.experience)
        if number % 1024 == 0:
            index.merge_next()


def plot(drawn: dict[int, dict[str, list[float]]], *, scope: str) -> str:
    """The times of an intent as bars from p50 to p99 on a logarithmic scale, one picture with a part for each size."""
    rows = [(size, name, one) for size, times in drawn.items() for name, one in times.items()]
    longest = max(at(one, 99) for _, _, one in rows)
    decades = math.ceil(math.log10(longest))
    wide, high = 560, 22

    def across(microseconds: float) -> float:
        return 190 + (wide - 20) * max(0.0, math.log10(max(microseconds, 1))) / decades

    parts, y, before = [], 40, 0
    for size, name, one in rows:
        if size != before:
            parts.append(f'<text class="size" x="8" y="{y + 16}">{size:,} interests</text>')
            y, before = y + 26, size
        start, end, mean = across(at(one, 50)), across(at(one, 99)), across(statistics.fmean(one))
        parts.append(f'<text x="182" y="{y + 14}" text-anchor="end">{name}</text>')
        parts.append(f'<rect x="{start:.1f}" y="{y + 3}" width="{max(end - start, 1):.1f}" height="13"/>')
        parts.append(f'<path d="M{mean:.1f} {y + 1}v17"/>')
        y += high
    scale = [
        f'<text x="{across(10**decade):.1f}" y="16" text-anchor="middle">{label}</text>'
        f'<line x1="{across(10**decade):.1f}" x2="{across(10**decade):.1f}" y1="22" y2="{y}"/>'
        for decade, label in enumerate(("1 us", "10 us", "0.1 ms", "1 ms", "10 ms", "0.1 s", "1 s")[: decades + 1])
    ]
    return SVG.format(wide=200 + wide, high=y + 12, scope=scope, parts="".join([*scale, *parts]))


SVG = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" role="img" aria-labelledby="about">
<title id="about">Time to match one intent ({scope}): bars from p50 to p99, a stroke at the mean</title>
<style>svg {{ background: #fff; font: 12px sans-serif }} rect {{ fill: #3b7a8c }} line {{ stroke: #ddd }}
path {{ stroke: #b3432b; stroke-width: 2 }} .size {{ font-weight: bold }}</style>
{parts}
</svg>
"""


if __name__ == "__main__":
    main()
