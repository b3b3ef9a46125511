"""How much is read rightly, with floors below which no change may push it."""

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

from evenhand.words.sources import Sources

ROOT = Path(__file__).parents[3]
DATA = Path(__file__).parent / "data"


@pytest.fixture(scope="module")
def bench() -> ModuleType:
    spec = importlib.util.spec_from_file_location("bench_words", ROOT / "bench" / "words.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("name", "all_fields", "category"),
    [
        ("intents.jsonl", 0.9, 0.95),
        ("intents-2.jsonl", 0.84, 0.94),
        ("intents-3.jsonl", 0.88, 0.92),
        ("intents-4.jsonl", 0.86, 0.9),
        ("intents-5.jsonl", 0.72, 0.84),
        ("intents-6.jsonl", 0.84, 0.9),
        ("intents-7.jsonl", 0.88, 0.93),
        ("intents-held-out.jsonl", 0.76, 0.94),
        ("intents-held-out-2.jsonl", 0.78, 0.94),
        ("intents-held-out-3.jsonl", 0.78, 0.88),
        ("intents-held-out-4.jsonl", 0.76, 0.84),
        ("intents-held-out-5.jsonl", 0.86, 0.94),
    ],
)
def test_most_intents_are_read_rightly(
    name: str, all_fields: float, category: float, bench: ModuleType, sources: Sources
) -> None:
    cases = [json.loads(line) for line in (DATA / name).read_text(encoding="utf-8").splitlines()]
    rights = [bench.right_fields(bench.read_case(case, sources), case["expect"]) for case in cases]
    assert sum(right["category"] for right in rights) >= category * len(cases)
    assert sum(all(right.values()) for right in rights) >= all_fields * len(cases)


def test_high_confidence_is_earned(bench: ModuleType, sources: Sources) -> None:
    cases = bench.read_cases(sorted(DATA.glob("intents*.jsonl")))
    shown = [bench.read_case(case, sources) for case in cases]
    sure = [(right, count) for low, _, right, count in bench.calibration(cases, shown) if low >= bench.SURE]
    assert sum(right for right, _ in sure) >= 0.97 * sum(count for _, count in sure)
    assert sum(count for _, count in sure) >= 0.6 * len(cases)
