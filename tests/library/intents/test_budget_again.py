"""A band stays as it is: told once or twice, it says the same."""

from hypothesis import given
from hypothesis import strategies as st

from evenhand.intents.budget import banded
from evenhand.measures import Budget


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_a_band_of_a_band_is_the_band(least: int, most: int) -> None:
    once = banded(Budget(min(least, most), most, "GBP"))
    assert banded(once) == once
