"""How well and how fast plain words are read: right per field, all fields right, calibration, time beside a scan.

Usage: python bench/words.py FILE [FILE ...] [--places PLACES] [--wrong] [--hostile] [--plot SVG]
Each line of a FILE holds id, text, country_hint, now and expect, as in tests/library/words/data/.
"""

import argparse
import importlib.util
import json
import re
import resource
import statistics
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

from evenhand.intents.read import read
from evenhand.measures import Area, distance_km
from evenhand.words.places_build import build_places, is_built
from evenhand.words.shown import show
from evenhand.words.sources import Sources, open_sources
from evenhand.words.text import spell_out

Case = Mapping[str, Any]
Shown = Mapping[str, Any]

FIELDS = (
    "category",
    "place",
    "amount_min",
    "amount_max",
    "currency",
    "period",
    "quantity",
    "needed_by",
    "values",
    "exclusions",
)
NEAR_KM = 15
SURE = 0.9
SCAN = re.compile(
    r"(?P<money>[£$€]\s?\d[\d.,]*k?|\d[\d.,]*\s?(?:pounds|euros?|dollars|quid|k)\b)"
    r"|(?P<day>\b(?:by|before|on)\s+\w+)|(?P<place>\b(?:in|near|around)\s+[A-Z]\w+)|(?P<number>\b\d+\b)"
    r"|(?P<want>\b(?:need|want|looking for|suche|busco)\b)"
)
"""The plainest thing that could be done instead: one regular expression over the text."""


def right_fields(shown: Shown, expect: Mapping[str, Any]) -> dict[str, bool]:
    """For each field whether it was read as expected; a field expected absent must be absent."""
    budget, place = shown["budget"] or {}, shown["place"]
    return {
        "category": _category(shown["category"], expect["category_path_prefix"]),
        "place": _place(place, expect),
        "amount_min": _amount(budget.get("min"), expect["amount_min"]),
        "amount_max": _amount(budget.get("max"), expect["amount_max"]),
        "currency": (budget.get("currency") or None) == expect["currency"],
        "period": (budget.get("period") or None) == expect["period"],
        "quantity": _amount((shown["quantity"] or {}).get("value"), expect["quantity"]),
        "needed_by": _day(shown["needed_by"], expect["needed_by"]),
        "values": sorted(set(shown["values"])) == sorted(expect["values"]),
        "exclusions": _exclusions(shown["exclusions"], expect["exclusions"]),
    }


def _category(found: Mapping[str, Any] | None, expected: str | Sequence[str] | None) -> bool:
    if found is None or expected is None:
        return found is None and expected is None
    path = " > ".join(found["path"])
    prefixes = [expected] if isinstance(expected, str) else expected
    return any(path.startswith(prefix) for prefix in prefixes)


def _place(found: Mapping[str, Any] | None, expect: Mapping[str, Any]) -> bool:
    if found is None or expect["lat"] is None:
        return found is None and expect["lat"] is None
    if found["lat"] is None:
        return False
    return distance_km(Area(lat=found["lat"], lon=found["lon"]), Area(lat=expect["lat"], lon=expect["lon"])) <= NEAR_KM


def _amount(found: float | None, expected: float | None) -> bool:
    if found is None or expected is None:
        return found is None and expected is None
    return abs(found - expected) < 0.005


def _day(found: str | None, expected: str | None) -> bool:
    if found is None or expected is None:
        return found is None and expected is None
    return abs((date.fromisoformat(found) - date.fromisoformat(expected)).days) <= 1


def _exclusions(found: Sequence[str], expected: Sequence[str]) -> bool:
    """As many as expected, and each expected one stands in one that was found."""
    said = [spell_out(one) for one in found]
    return len(said) == len(expected) and all(any(spell_out(one) in other for other in said) for one in expected)


def read_cases(paths: Iterable[Path]) -> list[Case]:
    """All cases of all files."""
    lines = (line for path in paths for line in path.read_text(encoding="utf-8").splitlines() if line.strip())
    return [json.loads(line) for line in lines]


def read_case(case: Case, sources: Sources) -> Shown:
    """What the reader says of one case."""
    now = datetime.fromisoformat(case["now"])
    return show(read(case["text"], now=now, country=case["country_hint"], sources=sources), sources.tree)


def print_accuracy(cases: Sequence[Case], shown: Sequence[Shown], *, wrong: bool) -> None:
    """The table per field, and all fields right, for each language."""
    rights = [right_fields(one, case["expect"]) for one, case in zip(shown, cases, strict=True)]
    groups = Counter(case.get("language", "") for case in cases)
    for language in sorted(groups) if len(groups) > 1 else []:
        some = [right for right, case in zip(rights, cases, strict=True) if case.get("language", "") == language]
        _print_line(f"all fields right, {language or 'other'}", [all(right.values()) for right in some])
        _print_line(f"category, {language or 'other'}", [right["category"] for right in some])
    for field in FIELDS:
        _print_line(field, [right[field] for right in rights])
    places = [one["place"] for one, case in zip(shown, cases, strict=True) if case["expect"]["lat"] is None]
    print(f"{'places invented':28} {sum(place is not None for place in places):4} of {len(places):4}")
    _print_line("ALL FIELDS RIGHT", [all(right.values()) for right in rights])
    if wrong:
        for case, one, right in zip(cases, shown, rights, strict=True):
            if not all(right.values()):
                print(f"- {case['id']}: {case['text']}\n    {_explain(one, case['expect'], right)}")


def _print_line(name: str, right: Sequence[bool]) -> None:
    print(f"{name:28} {sum(right):4} of {len(right):4}  {100 * sum(right) / max(1, len(right)):5.1f} %")


def _explain(shown: Shown, expect: Mapping[str, Any], right: Mapping[str, bool]) -> str:
    budget = shown["budget"] or {}
    said = {
        **shown, "amount_min": budget.get("min"), "amount_max": budget.get("max"), "currency": budget.get("currency"),
        "period": budget.get("period"), "category": (shown["category"] or {}).get("id"),
    }  # fmt: skip
    names = {"category": "category_path_prefix"}
    return "; ".join(
        f"{field}: {said[field]} instead of {expect[names.get(field, field)]}" for field in FIELDS if not right[field]
    )


def calibration(cases: Sequence[Case], shown: Sequence[Shown]) -> list[tuple[float, float, int, int]]:
    """For each band of confidence: from, to, how many categories were right, of how many."""
    edges = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.01)
    bands = []
    for low, high in pairwise(edges):
        inside = [
            _category(one["category"], case["expect"]["category_path_prefix"])
            for one, case in zip(shown, cases, strict=True)
            if one["category"] and low <= one["category"]["confidence"] < high
        ]
        bands.append((low, min(high, 1.0), sum(inside), len(inside)))
    return bands


def plot(bands: Sequence[tuple[float, float, int, int]]) -> str:
    """Bars: for each band of confidence the share of categories that were right, with its numbers."""
    bars = []
    for at, (low, high, right, count) in enumerate(bands):
        share, x = (right / count if count else 0.0), 60 + at * 80
        bars.append(
            f'<rect x="{x}" y="{220 - 180 * share:.0f}" width="56" height="{180 * share:.0f}" fill="#3b6ea5"/>'
            f'<text x="{x + 28}" y="{212 - 180 * share:.0f}">{right}/{count}</text>'
            f'<text x="{x + 28}" y="238">{low:.2f}-{high:.2f}</text>'
        )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="640" height="270" font-family="sans-serif" font-size="12" '
        'text-anchor="middle" role="img" aria-label="Share of categories read rightly, by confidence">'
        '<rect width="640" height="270" fill="white"/>'
        '<path d="M50 40V220H630" fill="none" stroke="black"/><text x="26" y="44">100 %</text>'
        f'<text x="30" y="224">0 %</text>{"".join(bars)}<text x="330" y="260">confidence of the category</text></svg>\n'
    )


def print_calibration(cases: Sequence[Case], shown: Sequence[Shown]) -> None:
    """How often a category was right at each confidence."""
    print("\ncategory right by confidence")
    for low, high, right, count in calibration(cases, shown):
        print(f"{low:4.2f} to {high:4.2f} {right:4} of {count:4}")
    sure = [
        _category(one["category"], case["expect"]["category_path_prefix"])
        for one, case in zip(shown, cases, strict=True)
        if one["category"] and one["category"]["confidence"] >= SURE
    ]
    _print_line(f"right at >= {SURE}", sure)
    print(f"{'share at >= ' + str(SURE):28} {100 * len(sure) / max(1, len(cases)):5.1f} % of intents")


def print_speed(cases: Sequence[Case], sources: Sources) -> None:
    """CPU time of a reading beside a plain scan of the same texts in the same run."""
    reading = [_cpu(lambda case=case: read_case(case, sources)) for _ in range(3) for case in cases]
    scan = [_cpu(lambda case=case: list(SCAN.finditer(case["text"]))) for _ in range(3) for case in cases]
    print("\nCPU ms            median    p99    max")
    for name, times in (("reading", reading), ("plain scan", scan)):
        cuts = statistics.quantiles(times, n=100)
        print(f"{name:16} {statistics.median(times):7.3f} {cuts[98]:6.3f} {max(times):6.3f}")


def print_hostile(sources: Sources) -> None:
    """The slowest of the hostile texts that the tests hold against the reader, the best of three runs each."""
    path = Path(__file__).parents[1] / "tests" / "library" / "words" / "test_any_text.py"
    spec = importlib.util.spec_from_file_location("any_text", path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    now = datetime.fromisoformat("2026-11-18T10:00:00")
    times = [
        min(_cpu(lambda text=text: read(text, now=now, country="GB", sources=sources)) for _ in range(3))
        for text in module.HOSTILE
    ]
    print(f"worst of {len(times)} hostile texts: {max(times):.1f} ms CPU")


def _cpu(run: Any) -> float:
    start = time.process_time()
    run()
    return (time.process_time() - start) * 1000


def main() -> None:
    """Print accuracy, calibration and speed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--places", type=Path, default=Path.home() / ".cache" / "evenhand" / "places.sqlite")
    parser.add_argument("--wrong", action="store_true", help="list what was read wrongly")
    parser.add_argument("--hostile", action="store_true", help="time the hostile texts of the tests too")
    parser.add_argument("--plot", type=Path, help="draw right answers by confidence as an SVG file")
    options = parser.parse_args()
    if not is_built(options.places):
        build_places(options.places)
    start = time.process_time()
    sources = open_sources(options.places)
    cases = read_cases(options.files)
    read_case(cases[0], sources)
    print(f"opened and first text read in {time.process_time() - start:.3f} s CPU\n")
    shown = [read_case(case, sources) for case in cases]
    print_accuracy(cases, shown, wrong=options.wrong)
    print_calibration(cases, shown)
    print_speed(cases, sources)
    print(f"most memory held: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    if options.hostile:
        print_hostile(sources)
    if options.plot:
        options.plot.write_text(plot(calibration(cases, shown)), encoding="utf-8")


if __name__ == "__main__":
    main()
