"""How fast the index matches beside SQL and a plain scan, and whether all of them say the same.

``python bench/matching.py [--sizes 10000 100000 1000000] [--scope world|GB] [--intents 500] [--rounds 3]`` builds an
invented market, asks every engine the same intents in turn, compares ids, order and totals, and prints for each the
times of an intent (its median over the rounds) and how many times as long as the index it takes. Then somebody writes
beside the matching.
"""

import argparse
import gc
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from market import TODAY, Market
from sqlite_market import SqliteMarket

from evenhand.intents.wish import Wish
from evenhand.matching.engine import vectors
from evenhand.matching.engine.compiled import IS_COMPILED
from evenhand.matching.engine.question import Question
from evenhand.matching.engine.search import Found, State, by_loops, by_vectors
from evenhand.matching.index import Index, Standing

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
    options = parser.parse_args()
    market = Market(options.scope)
    wishes = market.wishes(options.intents)
    with tempfile.TemporaryDirectory() as folder:
        for size in options.sizes:
            measure(market, wishes, size, options.rounds, folder=options.folder or Path(folder), scope=options.scope)


def measure(market: Market, wishes: list[Wish], size: int, rounds: int, *, folder: Path, scope: str) -> None:
    """One size: what it takes to build, to match, and to match beside a writer."""
    print(f"\n{size:,} interests, {scope}, {len(wishes)} intents")
    file, database = folder / f"{scope}-{size}.segment", folder / f"{scope}-{size}.sqlite3"
    if not file.exists():
        build(market, size, file)
    started = time.perf_counter()
    index = Index.open(file, market.tree)
    print(f"  open {1000 * (time.perf_counter() - started):.1f} ms, {file.stat().st_size / size:.0f} bytes an interest")
    sql = sqlite_market(index, database)
    print(f"  SQLite {database.stat().st_size / size:.0f} bytes an interest")
    gc.freeze()
    engines = {
        "numpy": searching(Index.open(file, market.tree, search=by_vectors)),
        "SQLite": searching(Index.open(file, market.tree, search=lambda _, question, top: sql.match(question, top))),
    }
    if IS_COMPILED:
        engines = {"numba": searching(Index.open(file, market.tree, search=by_loops))} | engines
    compare(engines, wishes)
    show(times_of(engines, wishes, rounds))
    show(times_of({"numpy scan": searching(Index.open(file, market.tree, search=scan))}, wishes[:SCANNED], 1))
    write_beside(index, market, wishes, size)


def build(market: Market, size: int, file: Path) -> None:
    """Make the index from interests, and the file from the index."""
    interests = list(market.interests(size))
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
        print(f"  SQLite loaded in {time.perf_counter() - started:.1f} s")
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


def times_of(engines: dict[str, Engine], wishes: Sequence[Wish], rounds: int) -> dict[str, list[float]]:
    """The median time of each intent in microseconds; engines take turns, so that noise hits all of them."""
    times: dict[str, list[list[float]]] = {name: [[] for _ in wishes] for name in engines}
    for _ in range(rounds):
        for name, engine in engines.items():
            for one, wish in zip(times[name], wishes, strict=True):
                started = time.perf_counter()
                engine(wish)
                one.append(1e6 * (time.perf_counter() - started))
    return {name: [statistics.median(one) for one in of_engine] for name, of_engine in times.items()}


def show(times: dict[str, list[float]]) -> None:
    """A table with one line for each engine."""
    base = next(iter(times.values()))
    print(f"  {'':<11}{'p50 us':>10}{'p99 us':>10}{'mean us':>10}{'intents/s':>11}   times the first: p50, p99, mean")
    for name, one in times.items():
        mean = statistics.fmean(one)
        ratios = (at(one, 50) / at(base, 50), at(one, 99) / at(base, 99), mean / statistics.fmean(base))
        figures = f"{at(one, 50):>10.0f}{at(one, 99):>10.0f}{mean:>10.0f}{1e6 / mean:>11,.0f}"
        print(f"  {name:<11}{figures}   {', '.join(f'{ratio:.1f}' for ratio in ratios)}")


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


if __name__ == "__main__":
    main()
