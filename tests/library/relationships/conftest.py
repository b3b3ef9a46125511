"""A whole dealing between Rosa and Hull Cycles: terms, offer, disclosure and a relationship, signed and packed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from importlib import resources

import pytest

from evenhand.measures import Money
from evenhand.records import Custody, SignedRecord, SigningKey, salted_digest, sign, signing_key
from evenhand.relationships.begin import SeparationPlan, TimeBox, begin
from evenhand.relationships.bundle import Bundle, Text, pack
from evenhand.terms.agreement import agree, offer_record, terms_record
from evenhand.terms.disclosure import disclosure_record, revocation_record
from evenhand.terms.record import Heading, Record, Role, Side, following
from evenhand.terms.roster import Roster, Terms

MORNING = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
SALT = bytes(range(32))


@dataclass
class Dealing:
    """What happened so far, and the keys to go on."""

    rosa: SigningKey
    hull_cycles: SigningKey
    roster: Roster
    records: list[SignedRecord]
    last: Record | None = None

    @property
    def sides(self) -> tuple[Side, Side]:
        return (
            Side(Role.ASKING, self.rosa.public, self.rosa.custody),
            Side(Role.ANSWERING, self.hull_cycles.public, self.hull_cycles.custody),
        )

    def heading(self) -> Heading:
        moment = MORNING + timedelta(minutes=len(self.records))
        if self.last is None:
            return Heading("d3a1", self.sides, moment)
        return following(self.last, moment=moment, sides=self.sides)

    def add(self, record: Record) -> str:
        keys = {Role.ASKING: self.rosa, Role.ANSWERING: self.hull_cycles}
        signed = agree(record, *(sign(record.data, key=keys[role]) for role in record.signers))
        self.records.append(signed)
        self.last = record
        return signed.digest

    def terms(self, name: str) -> Terms:
        found = self.roster.find(name)
        assert found is not None
        return found


TEXTS = {
    "sentence": "Looking for a mountain bike in Hull, 500 pounds to spend.",
    "offer": "A used trail bike, large frame, serviced. Brakes are new.\n",
    "email": "rosa@example.org",
}


def committed(name: str) -> str:
    return salted_digest(TEXTS[name], SALT)


@pytest.fixture
def fresh() -> Dealing:
    rosa = signing_key(b"rosa" * 8, custody=Custody.SERVER)
    hull_cycles = signing_key(b"hull" * 8, custody=Custody.OWN_DEVICE)
    return Dealing(rosa, hull_cycles, Roster.load(resources.files("evenhand.terms") / "data"), [])


@pytest.fixture
def dealing(fresh: Dealing) -> Dealing:
    intent, base = fresh.terms("PDC-INTENT"), fresh.terms("SD-BASE-DP")
    under = fresh.add(terms_record(fresh.heading(), terms=intent, texts={"sentence": committed("sentence")}))
    offer = offer_record(
        fresh.heading(), offer="o1", under=under, total=Money(45000, "GBP"), texts={"words": committed("offer")}
    )
    agreed = fresh.add(offer)
    given = fresh.add(disclosure_record(fresh.heading(), field="email", value=committed("email"), under=agreed))
    box = TimeBox(date(2026, 3, 1), date(2027, 2, 28), date(2027, 1, 31))
    plan = SeparationPlan(notice_days=30, handover_days=14, deletion_days=30, farewells=("final_invoice",))
    fresh.add(begin(fresh.heading(), wanted_by=frozenset(Role), box=box, plan=plan, terms=base, under=agreed))
    fresh.add(revocation_record(fresh.heading(), disclosure=given))
    return fresh


@pytest.fixture
def bundle(dealing: Dealing) -> Bundle:
    return Bundle(
        records=tuple(dealing.records),
        packed_on=date(2026, 3, 2),
        texts={committed(name): Text(words, SALT) for name, words in TEXTS.items()},
        terms=frozenset({dealing.terms("PDC-INTENT").text, dealing.terms("SD-BASE-DP").text}),
        about={"category": "mountain_bikes", "with": "Hull Cycles"},
        page="<!doctype html><title>What we agreed</title>",
    )


@pytest.fixture
def packed(bundle: Bundle) -> bytes:
    return pack(bundle)


@pytest.fixture
def rebuilt(bundle: Bundle) -> Callable[..., Bundle]:
    def rebuild(**changes: object) -> Bundle:
        parts: dict[str, object] = {name: getattr(bundle, name) for name in Bundle.__dataclass_fields__}
        return Bundle(**{**parts, **changes})  # type: ignore[arg-type]

    return rebuild
