"""Reading terms, records and disclosures of a dealing; what a side sees depends on what was agreed."""

from dataclasses import dataclass

from django.db.models import QuerySet

from evenhand.records import SignedRecord
from evenhand_server.dealings.models import Dealing
from evenhand_server.records.queries import signed_bytes
from evenhand_server.terms.models import Disclosure, Outcome, Proffer, Record, Stage

BOTH = 2


@dataclass(frozen=True, slots=True)
class Ceremony:
    """How the terms of one stage stand on a dealing: a proffer, its answer, and the answer to a counter."""

    proffer: Proffer

    @property
    def state(self) -> str:
        """proffered, countered, signing (a device has still to sign), or how it ended: accepted, refused, expired."""
        answer = getattr(self.proffer, "answer", None)
        if answer is None:
            return "proffered"
        after = getattr(self.proffer, "counter_answer", None)
        if answer.outcome == Outcome.COUNTERED and after is None:
            return "countered"
        outcome = str(after.outcome if after is not None else answer.outcome)
        return "signing" if outcome == Outcome.ACCEPTED and self.is_signature_awaited else outcome

    @property
    def is_signature_awaited(self) -> bool:
        """Terms bind two: the record of them lacks a signature as long as there is only one."""
        record = self.proffer.record
        return record is not None and len(record.signatures) < BOTH

    @property
    def terms(self) -> str:
        """The terms as they stand: the counter once there is one."""
        answer = getattr(self.proffer, "answer", None)
        return answer.counter if answer is not None and answer.counter else self.proffer.terms

    @property
    def is_agreed(self) -> bool:
        """Both sides have signed."""
        return self.state == "accepted"


def ceremony_of(dealing: Dealing, stage: Stage = Stage.INTENT) -> Ceremony | None:
    """The ceremony of a stage, if terms were proffered."""
    rows = Proffer.objects.filter(dealing=dealing, stage=stage).select_related("answer", "counter_answer", "record")
    proffer = rows.order_by("-round").first()
    return Ceremony(proffer) if proffer is not None else None


def ceremonies_of(dealing_ids: list[int]) -> dict[int, Ceremony]:
    """The ceremonies that open these intents' words, by dealing."""
    rows = Proffer.objects.filter(dealing_id__in=dealing_ids, stage=Stage.INTENT).order_by("round")
    return {row.dealing_id: Ceremony(row) for row in rows.select_related("answer", "counter_answer", "record")}


def has_agreed(dealing: Dealing) -> bool:
    """Whether the vendor may read the words, ask, offer, and use what it was told: terms stand, and none wait anew."""
    ceremony, onward = ceremony_of(dealing), ceremony_of(dealing, Stage.RELATIONSHIP)
    waits = onward is not None and onward.proffer.round > 1 and not onward.is_agreed
    return ceremony is not None and ceremony.is_agreed and not waits


def records_of(dealing: Dealing) -> QuerySet[Record]:
    """The dealing's chain, from its first record."""
    return Record.objects.filter(dealing=dealing).order_by("number")


def last_record(dealing: Dealing, kind: str) -> Record | None:
    """The newest record of a kind on the dealing's chain."""
    return records_of(dealing).filter(kind=kind).last()


def signed_record(row: Record) -> SignedRecord:
    """The row as the library's value, with its signatures."""
    return signed_bytes(row.data, row.signatures)


def disclosures_of(dealing: Dealing) -> QuerySet[Disclosure]:
    """What the asker has let the vendor know, revoked or not."""
    return Disclosure.objects.filter(dealing=dealing).select_related("text", "revocation").order_by("id")


def disclosures_by(party_id: int) -> QuerySet[Disclosure]:
    """Everything a party has let others know, and whom, newest first."""
    rows = Disclosure.objects.filter(dealing__intent__party_id=party_id)
    return rows.select_related("text", "revocation", "dealing__vendor").order_by("-id")
