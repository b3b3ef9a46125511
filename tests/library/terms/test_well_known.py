"""Hull Cycles publishes what it accepts and with which key it signs; others read it with care."""

import json
from datetime import UTC, datetime

import pytest

from evenhand.records import Custody, SigningKey, signing_key
from evenhand.terms.roster import Roster
from evenhand.terms.rotation import RotationInvalidError, rotate
from evenhand.terms.well_known import publish_key, publish_terms, read_accepted, read_key

SPRING = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
NEW = signing_key(b"newk" * 8, custody=Custody.OWN_DEVICE)


def published(roster: Roster, *accepts: str) -> dict[str, object]:
    page = "https://hullcycles.example/terms"
    return publish_terms(frozenset(accepts), roster=roster, since=SPRING, page=page, text_at=page + "/")


def test_what_hull_cycles_accepts_can_be_read_by_anybody(roster: Roster) -> None:
    document = json.loads(json.dumps(published(roster, "SD-BASE", "PDC-INTENT", "SD-X")))
    assert read_accepted(document, roster=roster) == {"SD-BASE", "PDC-INTENT"}
    assert document["effective_date"] == "Sun, 01 Mar 2026 09:30:00 +0000"
    assert document["agreements"][0]["url"] == "https://hullcycles.example/terms/SD-BASE"


def test_a_plain_list_of_ids_and_addresses_is_enough(roster: Roster) -> None:
    address = "https://w3id.org/dpv/standards/ieee/7012#SD-BASE-DP"
    document = {"agreements": [{"id": "SD-BASE", "url": "https://example.org"}, {"id": address}]}
    assert read_accepted(document, roster=roster) == {"SD-BASE", "SD-BASE-DP"}


def test_the_same_id_with_another_text_is_not_accepted(roster: Roster) -> None:
    document = {"agreements": [{"id": "SD-BASE", "text": "sha256:" + "0" * 64}]}
    assert read_accepted(document, roster=roster) == frozenset()


@pytest.mark.parametrize("document", [None, [], {}, {"agreements": "SD-BASE"}, {"agreements": ["SD-BASE", {"id": 7}]}])
def test_what_is_no_such_document_accepts_nothing(roster: Roster, document: object) -> None:
    assert read_accepted(document, roster=roster) == frozenset()


def test_whoever_knew_the_old_key_is_led_to_the_new_one(hull_cycles: SigningKey) -> None:
    steps = (rotate(hull_cycles, NEW, moment=SPRING),)
    document = json.loads(json.dumps(publish_key(NEW.public, custody=NEW.custody, rotations=steps)))
    key, rotations = read_key(document, known=hull_cycles.public)
    assert key == NEW.public
    assert rotations[0].old == hull_cycles.public
    assert read_key(publish_key(NEW.public, custody=NEW.custody)) == (NEW.public, ())


def test_a_new_key_that_the_known_one_did_not_vouch_for_is_refused(hull_cycles: SigningKey) -> None:
    for rotations in ((), (rotate(NEW, hull_cycles, moment=SPRING),)):
        with pytest.raises(RotationInvalidError) as refused:
            read_key(publish_key(NEW.public, custody=NEW.custody, rotations=rotations), known=hull_cycles.public)
        assert refused.value.data == {"reason": "key"}


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"format": 2}, "form"),
        ({"key": "hull"}, "form"),
        ({"rotations": {}}, "form"),
        ({"rotations": [{}]}, "form"),
        ({"rotations": [1.5]}, "form"),
    ],
)
def test_what_is_no_key_document_is_refused(changes: dict[str, object], reason: str) -> None:
    with pytest.raises(RotationInvalidError) as refused:
        read_key({**publish_key(NEW.public, custody=NEW.custody), **changes})
    assert refused.value.data == {"reason": reason}
