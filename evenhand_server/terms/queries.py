"""Reading terms, records and disclosures of a dealing; what a side sees depends on what was agreed."""

from dataclasses import dataclass

from django.db.models import QuerySet

from evenhand.records import SignedRecord
from evenhand_server.dealings.models import Dealing
from evenhand_server.records.queries import signed_bytes
from evenhand_server.terms.models import (
    AgreementRevocation,
    AwaitedSignature,
    Disclosure,
    Outcome,
    Proffer,
    Record,
    Stage,
)

BOTH = 2
WITH = ("answer", "counter_answer", "record__lapse", "record__revocation")
"""What a ceremony needs to know of a proffer."""


@dataclass(frozen=True, slots=True)
class Ceremony:
    """How the terms of one stage stand on a dealing: a proffer, its answer, and the answer to a counter."""

    proffer: Proffer

    @property
    def state(self) -> str:
        """proffered, countered, signing (a device has still to sign), or how it ended: accepted, refused, expired.

        Terms that were accepted may be revoked as a whole; those that no device signed in time are expired.
        """
        answer = getattr(self.proffer, "answer", None)
        if answer is None:
            return "proffered"
        after = getattr(self.proffer, "counter_answer", None)
        if answer.outcome == Outcome.COUNTERED and after is None:
            return "countered"
        outcome = str(after.outcome if after is not None else answer.outcome)
        return self.state_of_record if outcome == Outcome.ACCEPTED else outcome

    @property
    def state_of_record(self) -> str:
        """How the record stands that both sides sign: accepted once they have."""
        record = self.proffer.record
        if hasattr(record, "revocation"):
            return "revoked"
        if not self.is_signature_awaited:
            return "accepted"
        return "expired" if hasattr(record, "lapse") else "signing"

    @property
    def is_signature_awaited(self) -> bool:
        """Terms bind two: the record of them lacks a signature as long as there is only one."""
        record = self.proffer.record
        return record is not None and len(record.signatures) < BOTH

    @property
    def sign_by(self) -> AwaitedSignature | None:
        """The signature that is awaited from a device, with its deadline."""
        record = self.proffer.record
        return awaited_for(record) if record is not None and self.state == "signing" else None

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
    rows = Proffer.objects.filter(dealing=dealing, stage=stage).select_related(*WITH)
    proffer = rows.order_by("-round").first()
    return Ceremony(proffer) if proffer is not None else None


def ceremonies_of(dealing_ids: list[int]) -> dict[int, Ceremony]:
    """The ceremonies that open these intents' words, by dealing."""
    rows = Proffer.objects.filter(dealing_id__in=dealing_ids, stage=Stage.INTENT).order_by("round")
    return {row.dealing_id: Ceremony(row) for row in rows.select_related(*WITH)}


def has_agreed(dealing: Dealing) -> bool:
    """Whether the vendor may read the words, ask, offer, and use what it was told: terms stand, and none wait anew."""
    ceremony, onward = ceremony_of(dealing), ceremony_of(dealing, Stage.RELATIONSHIP)
    waits = onward is not None and onward.proffer.round > 1 and not onward.is_agreed
    return ceremony is not None and ceremony.is_agreed and not waits


def records_of(dealing: Dealing) -> QuerySet[Record]:
    """The dealing's chain, from its first record."""
    return Record.objects.filter(dealing=dealing).select_related("lapse").order_by("number")


def awaited_for(record: Record) -> AwaitedSignature | None:
    """The signature of a record that is still awaited."""
    return AwaitedSignature.objects.filter(record=record).order_by("expires_at", "id").first()


def is_awaited(digest: str) -> bool:
    """Whether a device has still to sign the record with this digest."""
    return AwaitedSignature.objects.filter(record__digest=digest).exists()


def revocation_on(dealing: Dealing) -> AgreementRevocation | None:
    """That the asker took back what was agreed here, if it did."""
    return AgreementRevocation.objects.filter(record__dealing=dealing).order_by("-id").first()


def standing_agreements(dealing: Dealing) -> list[Record]:
    """The terms that both sides signed on a dealing and nobody took back, the oldest first."""
    rows = Record.objects.filter(dealing=dealing, kind="terms", revocation__isnull=True, lapse__isnull=True)
    return [row for row in rows.select_related("dealing").order_by("number") if len(row.signatures) == BOTH]


def last_record(dealing: Dealing, kind: str) -> Record | None:
    """The newest record of a kind on the dealing's chain."""
    return records_of(dealing).filter(kind=kind).last()


def signed_record(row: Record) -> SignedRecord:
    """The row as the library's value, with its signatures."""
    return signed_bytes(row.data, row.signatures)


def disclosures_of(dealing: Dealing) -> QuerySet[Disclosure]:
    """What the asker has let the vendor know, revoked or not."""
    rows = Disclosure.objects.filter(dealing=dealing)
    return rows.select_related("text", "revocation", "record__lapse", "dealing").order_by("id")


def disclosures_by(party_id: int) -> QuerySet[Disclosure]:
    """Everything a party has let others know, and whom, newest first."""
    rows = Disclosure.objects.filter(dealing__intent__party_id=party_id)
    return rows.select_related("text", "revocation", "record__lapse", "dealing__vendor").order_by("-id")
