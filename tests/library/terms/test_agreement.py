"""Agreements: both sides sign the same bytes, which name nobody."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from evenhand.measures import Money
from evenhand.records import Custody, NotCanonicalError, Signature, SigningKey, canonical, parse, sign, signing_key
from evenhand.terms.agreement import NotSignedByBothError, agree, missing_signers, offer_record, terms_record
from evenhand.terms.disclosure import disclosure_record, revocation_record
from evenhand.terms.interaction import Outcome, interaction_record
from evenhand.terms.own_device import NotYoursToSignError, read_signature, sign_on_own_device, write_signature
from evenhand.terms.record import Heading, Kind, Record, RecordMalformedError, Role, Side, following, read_record
from evenhand.terms.roster import Roster, Terms

SALTED = "hmac-sha256:" + "a" * 64


@pytest.fixture
def base(roster: Roster) -> Terms:
    found = roster.find("SD-BASE-DP")
    assert found is not None
    return found


@pytest.fixture
def record(heading: Heading, base: Terms) -> Record:
    return terms_record(heading, terms=base, until=date(2027, 3, 1), texts={"sentence": SALTED})


def test_both_sides_hold_the_same_bytes_and_digest(
    record: Record, heading: Heading, base: Terms, rosa: SigningKey, hull_cycles: SigningKey
) -> None:
    again = terms_record(heading, terms=base, until=date(2027, 3, 1), texts={"sentence": SALTED})
    hers = agree(record, sign(record.data, key=rosa), sign(record.data, key=hull_cycles))
    theirs = agree(again, sign(again.data, key=hull_cycles), sign(again.data, key=rosa))
    assert hers == theirs
    assert hers.digest == theirs.digest == record.digest


def test_a_record_says_all_that_matters_and_reads_back(record: Record, base: Terms) -> None:
    plain = parse(record.data)
    assert isinstance(plain, dict)
    assert plain["format"] == 1
    assert plain["kind"] == "terms"
    assert plain["moment"] == "2026-03-01T09:30:00Z"
    assert [side["custody"] for side in plain["parties"]] == ["server", "own_device"]
    assert plain["body"]["gates"] == "relationship"
    assert plain["body"]["until"] == "2027-03-01"
    assert read_record(record.data) == record


def test_trap_the_signature_covers_the_hash_of_the_text_and_not_the_id_alone(record: Record, base: Terms) -> None:
    plain = parse(record.data)
    assert isinstance(plain, dict)
    assert plain["body"]["terms"] == {"id": base.id, "text": base.text_digest, "roster": "evenhand", "version": "1"}


def test_a_counter_that_was_accepted_says_what_had_been_proffered(heading: Heading, roster: Roster) -> None:
    first, second = roster.find("SD-BASE-DP"), roster.find("SD-BASE")
    assert first is not None
    assert second is not None
    body = terms_record(heading, terms=second, proffered=first).body
    assert body["countered"] is True
    assert body["proffered"] != body["terms"]


def test_money_is_in_minor_units_and_never_a_float(heading: Heading) -> None:
    record = offer_record(heading, offer="o1", under="", total=Money(45000, "GBP"))
    assert record.body["total"] == {"minor": 45000, "currency": "GBP"}
    with pytest.raises(NotCanonicalError):
        _ = offer_record(heading, offer="o1", under="", total=Money(1, "GBP"), details={"vat": 0.2}).data


def test_one_signature_makes_no_agreement(record: Record, rosa: SigningKey) -> None:
    with pytest.raises(NotSignedByBothError) as refused:
        agree(record, sign(record.data, key=rosa))
    assert refused.value.data == {"missing": (Role.ANSWERING,)}


def test_a_stranger_s_signature_counts_for_nothing(record: Record, rosa: SigningKey) -> None:
    tom = signing_key(b"tom." * 8, custody=Custody.SERVER)
    with pytest.raises(NotSignedByBothError):
        agree(record, sign(record.data, key=rosa), sign(record.data, key=tom))


def test_a_signature_that_claims_another_custody_counts_for_nothing(
    record: Record, rosa: SigningKey, hull_cycles: SigningKey
) -> None:
    elsewhere = signing_key(b"hull" * 8, custody=Custody.SERVER)
    assert elsewhere.public == hull_cycles.public
    with pytest.raises(NotSignedByBothError):
        agree(record, sign(record.data, key=rosa), sign(record.data, key=elsewhere))


def test_trap_refusals_and_silence_are_recorded(heading: Heading, base: Terms, hull_cycles: SigningKey) -> None:
    refused = interaction_record(heading, outcome=Outcome.REFUSED, proffered=base, by=Role.ANSWERING, counter=base)
    assert agree(refused, sign(refused.data, key=hull_cycles)).digest == refused.digest
    expired = interaction_record(heading, outcome=Outcome.EXPIRED, proffered=base, by=Role.ASKING)
    assert expired.body["outcome"] == "expired"
    assert expired.signers == (Role.ASKING,)


def test_a_disclosure_can_be_taken_back(heading: Heading) -> None:
    given = disclosure_record(heading, field="email", value=SALTED, under="", until=date(2026, 12, 31))
    back = revocation_record(following(given, moment=heading.moment), disclosure=given.digest)
    assert given.body["to"] == back.body["to"] == "answering"
    assert back.body["disclosure"] == given.digest
    assert back.heading.prev == given.digest
    assert read_record(back.data) == back


def test_moments_are_told_in_utc_and_to_the_second(sides: tuple[Side, Side]) -> None:
    berlin = datetime(2026, 7, 1, 12, 0, 5, 999, tzinfo=timezone(timedelta(hours=2)))
    record = Record(Heading("d", sides, berlin), "note", (Role.ASKING,), {})
    assert record.plain["moment"] == "2026-07-01T10:00:05Z"


def broken(record: Record, **changes: object) -> bytes:
    return canonical({**record.plain, **changes})


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"format": 2}, "format"),
        ({"format": True}, "format"),
        ({"extra": 1}, "format"),
        ({"number": True}, "number"),
        ({"number": 0}, "number"),
        ({"number": 2}, "prev"),
        ({"number": "1"}, "format"),
        ({"prev": "sha256:" + "0" * 64}, "prev"),
        ({"prev": "x", "number": 2}, "prev"),
        ({"dealing": "a/b"}, "dealing"),
        ({"dealing": ""}, "dealing"),
        ({"kind": "Terms"}, "kind"),
        ({"moment": "2026-03-01T09:30:00+00:00"}, "moment"),
        ({"moment": "2026-13-01T09:30:00Z"}, "moment"),
        ({"moment": "٢٠٢٦-03-01T09:30:00Z"}, "moment"),
        ({"signers": []}, "signers"),
        ({"signers": ["asking"]}, "signers"),
        ({"signers": ["answering", "asking"]}, "signers"),
        ({"signers": ["somebody"]}, "signers"),
        ({"texts": {"sentence": "Looking for a bike"}}, "texts"),
        ({"texts": {"sentence": 1}}, "texts"),
        ({"texts": {"../sentence": SALTED}}, "texts"),
        ({"parties": []}, "format"),
        ({"parties": [{}, {}]}, "parties"),
        ({"body": []}, "format"),
    ],
)
def test_what_breaks_the_envelope_is_no_record(record: Record, changes: dict[str, object], field: str) -> None:
    with pytest.raises(RecordMalformedError) as refused:
        read_record(broken(record, **changes))
    assert refused.value.data == {"field": field}


def test_two_sides_have_two_keys_and_two_roles(record: Record, sides: tuple[Side, Side]) -> None:
    asking, answering = sides
    moment = datetime(2026, 3, 1, tzinfo=UTC)
    for pair in ((answering, asking), (asking, Side(Role.ANSWERING, asking.key, asking.custody))):
        with pytest.raises(RecordMalformedError):
            Heading("d", pair, moment)
    with pytest.raises(RecordMalformedError):
        Heading("d", (asking, Side(Role.ANSWERING, "hull cycles", Custody.SERVER)), moment)
    with pytest.raises(RecordMalformedError):
        Heading("d", sides, moment.replace(tzinfo=None))


def test_a_party_with_a_word_too_many_is_no_party(record: Record) -> None:
    parties = record.plain["parties"]
    assert isinstance(parties, list)
    with pytest.raises(RecordMalformedError):
        read_record(broken(record, parties=[{**parties[0], "name": "Rosa"}, parties[1]]))


def test_what_binds_both_cannot_ask_for_one_signature(heading: Heading) -> None:
    with pytest.raises(RecordMalformedError):
        Record(heading, Kind.OFFER, (Role.ASKING,), {})


def test_hull_cycles_signs_on_its_own_device(record: Record, rosa: SigningKey) -> None:
    sent_back = write_signature(sign_on_own_device(record.data, seed=b"hull" * 8))
    signed = agree(record, sign(record.data, key=rosa), read_signature(sent_back))
    assert missing_signers(signed) == ()


@pytest.mark.parametrize("seed", [b"rosa" * 8, b"tom." * 8])
def test_nobody_signs_on_a_device_what_is_not_theirs(record: Record, seed: bytes) -> None:
    with pytest.raises(NotYoursToSignError):
        sign_on_own_device(record.data, seed=seed)


def test_nobody_signs_what_the_other_side_alone_must_sign(heading: Heading) -> None:
    record = revocation_record(heading, disclosure="sha256:" + "0" * 64)
    with pytest.raises(NotYoursToSignError):
        sign_on_own_device(record.data, seed=b"hull" * 8)


@pytest.mark.parametrize("content", [b"", b"[]", b"hello", b'{"key":"k"}', b'{"custody":"x","key":"k","value":"v"}'])
def test_what_is_no_signature_file_is_refused(content: bytes) -> None:
    with pytest.raises(NotCanonicalError):
        read_signature(content)


def test_a_signature_file_reads_back() -> None:
    signature = Signature("did:key:z6", Custody.ONE_TIME_LINK, "v")
    assert read_signature(write_signature(signature)) == signature
