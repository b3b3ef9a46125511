"""A few ceremonies against a real server that is killed meanwhile; the benchmark plays two hundred."""

import os
import random
from pathlib import Path

import pytest

from bench.kills import PLANS, play

pytestmark = pytest.mark.skipif(not os.environ.get("THOROUGH"), reason="takes long: set THOROUGH")


def test_ceremonies_outlive_real_kills_and_both_sides_hold_the_same(tmp_path: Path) -> None:
    told = play(tmp_path, 5, 5, random.Random(7))  # noqa: S311 - it chooses moments, not secrets
    assert told["wrong"] == []
    assert told["plans"].keys() == PLANS.keys()
    assert told["kills"]["web"] == 2
    assert told["kills"]["worker"] == 1
