"""One value has one byte form, on both sides and in every language."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.records import LARGEST_INTEGER, NotCanonicalError, canonical, digest, parse

PLAIN = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-LARGEST_INTEGER, LARGEST_INTEGER)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"]), max_size=6), inner, max_size=4)
    ),
    max_leaves=12,
)

PUBLISHED = {
    "names in order of their UTF-16 code units": (
        r'{"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew Letter Dalet With Dagesh","1":"One",'
        r'"\ud83d\ude00":"Emoji: Grinning Face","\u0080":"Control","\u00f6":"Latin Small Letter O With Diaeresis"}',
        '{"\\r":"Carriage Return","1":"One","\x80":"Control","ö":"Latin Small Letter O With Diaeresis",'
        '"€":"Euro Sign","😀":"Emoji: Grinning Face","\ufb33":"Hebrew Letter Dalet With Dagesh"}',
    ),
    "what looks like HTML, and delete": (
        r'{"\u20ac":"Euro Sign","1":"One","\u0080":"Control\u007f","\ud83d\ude02":"Smiley","</script>":"Browser"}',
        '{"1":"One","</script>":"Browser","\x80":"Control\x7f","€":"Euro Sign","😂":"Smiley"}',
    ),
    "escapes and literals": (
        r'{"string":"\u20ac$\u000F\u000aA\u0027\u0042\u0022\u005c\\\"\/","literals":[null,true,false]}',
        '{"literals":[null,true,false],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    ),
    "empty and nested names": (
        '{"1":{"f":{"f":"hi","F":5},"\\n":56},"10":{},"":"empty","a":{},"111":[{}],"A":{}}',
        '{"":"empty","1":{"\\n":56,"f":{"F":5,"f":"hi"}},"10":{},"111":[{}],"A":{},"a":{}}',
    ),
    "arrays keep their order": ('[56,{"d":true,"10":null,"1":[ ]}]', '[56,{"1":[],"10":null,"d":true}]'),
    "no locale sorts": (
        '{"peach":1,"péché":2,"pêche":3,"sin":4}',
        '{"peach":1,"péché":2,"pêche":3,"sin":4}',
    ),
    "no normalisation": (r'{"Unnormalized Unicode":"\u1e0d\u0307"}', '{"Unnormalized Unicode":"\u1e0d\u0307"}'),
    "the largest integers": (
        "[9007199254740991,-9007199254740991,0,-0]",
        "[9007199254740991,-9007199254740991,0,0]",
    ),
}
"""Source: RFC 8785, sections 3.2.2, 3.2.3 and appendix B, and the examples its authors publish with it."""


@pytest.mark.parametrize("name", PUBLISHED)
def test_the_published_vectors_come_out_byte_for_byte(name: str) -> None:
    given_json, expected = PUBLISHED[name]
    assert canonical(json.loads(given_json)) == expected.encode()


@pytest.mark.parametrize("number", ["1E30", "4.50", "333333333.33333329", "2e-3", "56.0", "1e-27"])
def test_published_floats_are_refused_because_no_two_people_round_alike(number: str) -> None:
    with pytest.raises(NotCanonicalError) as refused:
        canonical({"price": {"total": json.loads(number)}})
    assert refused.value.data == {"reason": "float", "at": "/price/total"}


@pytest.mark.parametrize(
    ("value", "reason", "at"),
    [
        ({1: "one"}, "key", ""),
        ([{"a": {None: 1}}], "key", "/0/a"),
        (2**53, "integer", ""),
        ([-(2**53)], "integer", "/0"),
        ({"when": object()}, "type", "/when"),
        ({"raw": b"bytes"}, "type", "/raw"),
        ({"all": {1, 2}}, "type", "/all"),
        (float("nan"), "float", ""),
        ("\ud800", "text", ""),
        ({"\udfff": 1}, "text", ""),
    ],
)
def test_what_has_no_single_form_is_refused_and_told_where(value: object, reason: str, at: str) -> None:
    with pytest.raises(NotCanonicalError) as refused:
        canonical(value)
    assert refused.value.data == {"reason": reason, "at": at}


def test_a_record_nested_without_end_is_refused() -> None:
    deep: list[object] = []
    for _ in range(100):
        deep = [deep]
    with pytest.raises(NotCanonicalError) as refused:
        canonical(deep)
    assert refused.value.data["reason"] == "depth"


@given(PLAIN)
def test_what_is_read_back_is_what_was_written(value: object) -> None:
    written = canonical(value)
    assert parse(written) == value
    assert canonical(parse(written)) == written
    assert json.loads(written) == value


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b" {}",
        b"{}\n",
        b'{"b":1,"a":2}',
        b'{"a":1,"a":1}',
        b'{"a":1.0}',
        b'{"a":1e3}',
        b'{"a":-0}',
        b'{"a":"\\u0041"}',
        b'{"a":"\\/"}',
        b'{"a": 1}',
        b"NaN",
        b"[Infinity]",
        b"\xff",
        b"\xef\xbb\xbf{}",
        b'"\\ud800"',
        b"9007199254740992",
        b"[" * 100_000,
        b"1" * 10_000,
    ],
)
def test_another_spelling_of_a_value_is_no_record(data: bytes) -> None:
    with pytest.raises(NotCanonicalError):
        parse(data)


@given(st.binary(max_size=60))
def test_any_bytes_are_either_canonical_or_refused(data: bytes) -> None:
    try:
        value = parse(data)
    except NotCanonicalError:
        return
    assert canonical(value) == data


def test_a_digest_says_how_it_was_made() -> None:
    assert digest(b"") == "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
