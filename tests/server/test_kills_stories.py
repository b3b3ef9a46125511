"""The stories of the first ten minutes while web and workers are killed: it goes on, nothing lost, no mail twice."""

import os
from pathlib import Path

import pytest

from bench.kills_stories import compare
from bench.kills_tales import TALES

pytestmark = pytest.mark.skipif(not os.environ.get("THOROUGH"), reason="takes minutes: set THOROUGH")


def test_every_story_outlives_real_kills_and_ends_as_if_nothing_had_happened(tmp_path: Path, places: Path) -> None:
    told = compare(tmp_path, 0.3, 7, places)
    assert told["wrong"] == []
    assert told["killed"]["stories"].keys() == {tale.__name__ for tale in TALES}
    assert told["killed"]["kills"]["web"] > len(TALES)
    assert told["killed"]["kills"]["worker"] > 0
