"""What the documentation says about terms and records is what the code does."""

import re
from pathlib import Path

from evenhand.records import Custody, canonical, message_to_sign
from evenhand.terms.record import Heading, Kind, Record, Role
from evenhand.terms.roster import Roster

DOCS = Path(__file__).resolve().parents[3] / "docs"


def page(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def test_the_page_about_terms_names_every_one_and_nothing_else(roster: Roster) -> None:
    first_column = "\n".join(re.findall(r"^\| (`[A-Z].*?) \|", page("terms.md"), re.MULTILINE))
    assert set(re.findall(r"`([A-Z0-9-]+)`", first_column)) == {terms.id for terms in roster}


def test_the_addresses_on_the_page_are_known(roster: Roster) -> None:
    addresses = re.findall(r"`(https://w3id\.org/[^`]+)`", page("terms.md"))
    assert len(addresses) == 3
    assert all(roster.find(address) == roster.find("SD-BASE-DP") for address in addresses)


def test_the_page_about_records_names_every_kind_and_custody() -> None:
    named = set(re.findall(r"^\| `([a-z_]+)` \|", page("records.md"), re.MULTILINE))
    assert set(Kind) | set(Custody) <= named


def test_the_record_on_the_page_has_the_fields_of_a_record(heading: Heading) -> None:
    shown = re.search(r"```json\n(.*?)```", page("records.md"), re.DOTALL)
    assert shown is not None
    fields = re.findall(r'^  "(\w+)":', shown[1], re.MULTILINE)
    assert fields == list(Record(heading, "note", tuple(Role), {}).plain)


def test_the_message_that_is_signed_is_the_one_on_the_page() -> None:
    data = canonical({"format": 1})
    assert message_to_sign(data, custody=Custody.SERVER) == b"evenhand-signature-1\nrecord\nserver\n" + data
    assert "evenhand-signature-1⏎ purpose⏎ custody⏎" in page("records.md")
