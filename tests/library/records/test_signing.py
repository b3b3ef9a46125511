"""A signature says who signed what, for which purpose, and who holds the key."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.records import (
    FIELD_PRIME,
    WEAK_Y,
    BadKeyError,
    Custody,
    NotCanonicalError,
    Purpose,
    Signature,
    SignedRecord,
    WeakSaltError,
    _did_key,
    canonical,
    is_key,
    is_signed_by,
    public_bytes,
    read_line,
    salted_digest,
    sign,
    signing_key,
)

ROSA = signing_key(b"r" * 32, custody=Custody.SERVER)
HULL_CYCLES = signing_key(b"h" * 32, custody=Custody.OWN_DEVICE)
RECORD = canonical({"format": 1, "price": "450.00"})


def test_the_published_key_of_32_zero_bytes_has_its_published_name() -> None:
    """Source: the test vectors of the did:key method."""
    key = signing_key(bytes(32), custody=Custody.SERVER)
    assert key.public == "did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp"


def test_the_published_ed25519_key_comes_out() -> None:
    """Source: RFC 8032 section 7.1, test 1."""
    seed = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
    public = bytes.fromhex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
    assert public_bytes(signing_key(seed, custody=Custody.SERVER).public) == public


@given(st.binary(min_size=32, max_size=32), st.binary(max_size=200), st.sampled_from(Custody), st.sampled_from(Purpose))
def test_whoever_holds_the_key_can_sign_and_everyone_can_check(
    seed: bytes, data: bytes, custody: Custody, purpose: Purpose
) -> None:
    key = signing_key(seed, custody=custody)
    signature = sign(data, key=key, purpose=purpose)
    assert is_signed_by(data, signature, key=key.public, purpose=purpose)
    assert not is_signed_by(data + b"!", signature, key=key.public, purpose=purpose)
    assert not is_signed_by(data, signature, key=ROSA.public, purpose=purpose)


def test_a_signature_for_one_purpose_is_worth_nothing_for_another() -> None:
    signature = sign(RECORD, key=ROSA, purpose=Purpose.ROTATION)
    assert not is_signed_by(RECORD, signature, key=ROSA.public)


def test_nobody_can_claim_another_custody_later() -> None:
    signature = sign(RECORD, key=ROSA)
    claimed = Signature(signature.key, Custody.OWN_DEVICE, signature.value)
    assert not is_signed_by(RECORD, claimed, key=ROSA.public)


@pytest.mark.parametrize("value", ["", "=", "A" * 85, "A" * 86, "A" * 87, "é" * 86, "!" * 86])
def test_a_malformed_signature_is_merely_no_signature(value: str) -> None:
    assert not is_signed_by(RECORD, Signature(ROSA.public, Custody.SERVER, value), key=ROSA.public)


def test_another_spelling_of_the_same_signature_is_refused() -> None:
    signature = sign(RECORD, key=ROSA)
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    last = letters.index(signature.value[-1])
    for spelling in (signature.value[:-1] + letters[last ^ 1], signature.value + "==", " " + signature.value):
        assert not is_signed_by(RECORD, Signature(ROSA.public, Custody.SERVER, spelling), key=ROSA.public)


def test_keys_under_which_every_message_would_verify_are_refused() -> None:
    for y in WEAK_Y:
        for sign_bit in (0, 1):
            name = _did_key((y | sign_bit << 255).to_bytes(32, "little"))
            with pytest.raises(BadKeyError) as refused:
                public_bytes(name)
            assert refused.value.data == {"reason": "weak"}
    assert not is_key(_did_key((FIELD_PRIME + 3).to_bytes(32, "little")))


def test_a_signature_under_a_weak_key_proves_nothing() -> None:
    everything = Signature(_did_key((1).to_bytes(32, "little")), Custody.SERVER, "AQ" + "A" * 84)
    assert not is_signed_by(b"anything", everything, key=everything.key)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "rosa",
        "did:key:",
        "did:key:z",
        "did:web:hullcycles.example",
        ROSA.public + "1",
        ROSA.public[:-1],
        ROSA.public.replace("z6Mk", "z6Ml"),
        ROSA.public + "0",
        " " + ROSA.public,
        ROSA.public.removeprefix("did:key:z"),
        "did:key:z" + "z" * 5000,
        "did:key:zé",
    ],
)
def test_what_is_no_key_is_not_taken_for_one(name: str) -> None:
    assert not is_key(name)
    with pytest.raises(BadKeyError):
        public_bytes(name)


@given(st.text(max_size=70))
def test_no_text_makes_the_reader_of_keys_stumble(text: str) -> None:
    assert is_key(text) in {True, False}
    assert not is_key("did:key:z" + text) or len(text) == 47


def test_a_seed_is_32_bytes() -> None:
    with pytest.raises(BadKeyError):
        signing_key(b"short", custody=Custody.SERVER)


def test_a_private_key_is_never_shown() -> None:
    assert "private" not in repr(ROSA)


@given(st.text(st.characters(exclude_categories=["Cs"])), st.binary(min_size=16, max_size=64))
def test_a_salted_digest_fits_its_words_and_no_others(words: str, salt: bytes) -> None:
    made = salted_digest(words, salt)
    assert made == salted_digest(words, salt)
    assert made != salted_digest(words + "!", salt)
    assert made != salted_digest(words, salt[:-1] + bytes([salt[-1] ^ 1]))


def test_the_published_hmac_comes_out() -> None:
    """Source: RFC 4231, test case 1."""
    expected = "hmac-sha256:b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
    assert salted_digest("Hi There", b"\x0b" * 20) == expected


@pytest.mark.parametrize("salt", [b"", b"x" * 15, b"x" * 65])
def test_a_salt_that_hides_nothing_is_refused(salt: bytes) -> None:
    with pytest.raises(WeakSaltError):
        salted_digest("rosa@example.org", salt)


def test_half_a_character_cannot_be_committed_to() -> None:
    with pytest.raises(NotCanonicalError):
        salted_digest("\ud83d", b"s" * 32)


def test_a_signed_record_is_one_line_and_reads_back() -> None:
    record = SignedRecord(RECORD).signed(sign(RECORD, key=ROSA), sign(RECORD, key=HULL_CYCLES), sign(RECORD, key=ROSA))
    assert len(record.signatures) == 2
    assert read_line(record.line()) == record
    assert RECORD in record.line()


@pytest.mark.parametrize(
    "plain",
    [
        [],
        {},
        {"record": {}},
        {"record": [], "signatures": []},
        {"record": {}, "signatures": [], "more": 1},
        {"record": {}, "signatures": [1]},
        {"record": {}, "signatures": [{"custody": "server", "key": "k"}]},
        {"record": {}, "signatures": [{"custody": "server", "key": "k", "value": "v", "more": ""}]},
        {"record": {}, "signatures": [{"custody": "nobody", "key": "k", "value": "v"}]},
        {"record": {}, "signatures": [{"custody": "server", "key": k, "value": "v"} for k in "ba"]},
        {"record": {}, "signatures": [{"custody": "server", "key": "k", "value": "v"}] * 2},
        {"record": {}, "signatures": [{"custody": "server", "key": "k", "value": v} for v in "abcde"]},
    ],
)
def test_a_line_of_another_shape_is_refused(plain: object) -> None:
    with pytest.raises(NotCanonicalError):
        read_line(canonical(plain))
