"""Rosa takes her copy home: what is packed can be unpacked, by us and by anybody else."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import bagit
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evenhand.records import salted_digest
from evenhand.relationships.bundle import Bundle, BundleUnfitError, Text, pack, unpack


def test_what_was_packed_comes_out_the_same(bundle: Bundle, packed: bytes) -> None:
    assert unpack(packed) == bundle
    assert pack(unpack(packed)) == packed


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(
    page=st.text(st.characters(exclude_categories=["Cs"])),
    about=st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), st.integers(-(2**53) + 1, 2**53 - 1)),
    erased=st.sets(st.integers(0, 2)),
    packed_on=st.dates(),
)
def test_any_bundle_comes_out_the_same(rebuilt: Callable[..., Bundle], bundle: Bundle, **drawn: object) -> None:
    erased: set[int] = drawn.pop("erased")  # type: ignore[assignment]
    texts = {name: text for place, (name, text) in enumerate(bundle.texts.items()) if place not in erased}
    made = rebuilt(texts=texts, **drawn)
    assert unpack(pack(made)) == made


def test_the_same_bundle_gives_the_same_bytes(bundle: Bundle, packed: bytes) -> None:
    assert pack(bundle) == packed


def test_a_stranger_s_tool_finds_the_bag_valid(packed: bytes, tmp_path: Path) -> None:
    zipfile.ZipFile(io.BytesIO(packed)).extractall(tmp_path)
    (folder,) = tmp_path.iterdir()
    bag = bagit.Bag(str(folder))
    assert bag.validate()
    assert bag.info["External-Identifier"] == "d3a1"


def test_a_text_that_nobody_signed_cannot_be_packed(rebuilt: Callable[..., Bundle]) -> None:
    stray = Text("We never said this.", b"s" * 32)
    with pytest.raises(BundleUnfitError):
        pack(rebuilt(texts={salted_digest(stray.words, stray.salt): stray}))


def test_a_text_that_does_not_fit_its_digest_cannot_be_packed(bundle: Bundle, rebuilt: Callable[..., Bundle]) -> None:
    name = next(iter(bundle.texts))
    with pytest.raises(BundleUnfitError):
        pack(rebuilt(texts={name: Text("Something else.", b"s" * 32)}))


def test_terms_that_were_agreed_belong_into_the_bundle(rebuilt: Callable[..., Bundle]) -> None:
    with pytest.raises(BundleUnfitError):
        pack(rebuilt(terms=frozenset()))


def test_a_bundle_without_records_is_none(rebuilt: Callable[..., Bundle]) -> None:
    with pytest.raises(BundleUnfitError):
        pack(rebuilt(records=()))
