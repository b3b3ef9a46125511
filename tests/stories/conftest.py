"""The small market, for these tests."""

from tests.market import (  # noqa: F401 - pytest finds fixtures by their names here
    _as_in_tests,
    hull_cycles,
    places,
    rosa,
    rosas_browser,
    shops_browser,
    tom,
    toms_browser,
)
