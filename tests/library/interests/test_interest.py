"""An interest as a record: written without floats, read back as it was."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.interests.interest import EvidencedValue, Interest, as_record, from_record
from evenhand.measures import Area
from evenhand.plain import RecordUnreadableError

texts = st.text(max_size=8)
sets = st.frozensets(texts, max_size=3)
areas = st.builds(
    Area, texts, texts, st.floats(-90, 90), st.floats(-180, 180), st.floats(0, 20015.2, allow_subnormal=False)
)
interests = st.builds(
    Interest,
    categories=sets,
    area=areas,
    lowest=st.integers(0),
    highest=st.integers(0),
    currency=texts,
    smallest=st.integers(0),
    largest=st.integers(0),
    conditions=sets,
    values=st.lists(st.builds(EvidencedValue, texts, texts, st.dates()), max_size=3).map(tuple),
    languages=sets,
    words_wanted=sets,
    words_excluded=sets,
    terms=sets,
    period=texts,
)


@given(interests)
def test_an_interest_comes_back_from_its_record_as_it_was(interest: Interest) -> None:
    assert from_record(json.loads(json.dumps(as_record(interest)))) == interest


@pytest.mark.parametrize(
    ("field", "value"),
    [("values", ["fair_trade"]), ("values", [{"value": "fair_trade"}]), ("lowest", "0"), ("format", 0)],
)
def test_a_record_of_another_shape_is_refused(field: str, value: object) -> None:
    with pytest.raises(RecordUnreadableError):
        from_record({**as_record(Interest()), field: value})
