"""What programs send and get about terms, records and disclosures."""

from datetime import date, datetime
from typing import Annotated, Self

from django.utils import timezone
from pydantic import Field

from evenhand.terms.roster import Terms
from evenhand_server.people.models import Detail
from evenhand_server.people.schemas import PartyShown
from evenhand_server.programs.fields import Asked, Day, Line, OneOf, Shown, one_of
from evenhand_server.terms.forms import ANSWERS
from evenhand_server.terms.models import Disclosure, Outcome, Record, Stage
from evenhand_server.terms.queries import Ceremony
from evenhand_server.terms.roster import counters_to

TermsId = Annotated[Line, Field(min_length=1, max_length=40, examples=["PDC-INTENT"])]
StageAsked = Annotated[str, one_of(Stage.choices)]


class TermsShown(Shown):
    """One entry of the roster; the digest of its exact text is what both sides sign."""

    id: str
    title: str
    between: str
    gates: str
    lasts: str
    permitted: list[str]
    prohibited: list[str]
    required: list[str]
    aliases: list[str]
    at_launch: bool
    text: str
    text_digest: str

    @classmethod
    def of(cls, terms: Terms) -> Self:
        """These terms."""
        return cls(
            id=terms.id,
            title=terms.title,
            between=terms.between,
            gates=terms.gates,
            lasts=terms.lasts,
            permitted=sorted(terms.permitted),
            prohibited=sorted(terms.prohibited),
            required=sorted(terms.required),
            aliases=list(terms.aliases),
            at_launch=terms.at_launch,
            text=terms.text,
            text_digest=terms.text_digest,
        )


class AnswerAsked(Asked):
    """The vendor's one answer; a counter names one other entry of the same roster."""

    outcome: Annotated[str, one_of(ANSWERS)]
    counter: Annotated[Line, Field(max_length=40)] = ""
    stage: StageAsked = Stage.INTENT.value

    @property
    def named(self) -> str:
        """The terms named instead; only a counter names any."""
        return self.counter if self.outcome == Outcome.COUNTERED else ""


class CounterAnswerAsked(Asked):
    """The asker's answer to a counter."""

    accepts: bool
    stage: StageAsked = Stage.INTENT.value


class CeremonyShown(Shown):
    """How the terms of one stage stand: proffered, countered, signing, or how it ended.

    That is accepted, refused, expired, or after they were accepted, revoked. While a device has still to sign
    (signing) ``sign_by`` says until when; without a signature by then it is expired.
    """

    stage: str
    proffered: str
    state: str
    terms: str
    counters: list[str]
    is_standing: bool
    months: int
    expires_at: datetime
    sign_by: datetime | None
    time_zone: str

    @classmethod
    def of(cls, ceremony: Ceremony) -> Self:
        """This ceremony; ``counters`` is what could be named instead while nobody has answered."""
        proffer, answer = ceremony.proffer, getattr(ceremony.proffer, "answer", None)
        counters = [terms.id for terms in counters_to(proffer.terms)] if answer is None else []
        waiting = ceremony.sign_by
        return cls(
            stage=proffer.stage,
            proffered=proffer.terms,
            state=ceremony.state,
            terms=ceremony.terms,
            counters=counters,
            is_standing=answer is not None and answer.is_standing,
            months=proffer.months,
            expires_at=proffer.expires_at,
            sign_by=waiting.expires_at if waiting is not None else None,
            time_zone=proffer.time_zone,
        )


class DisclosureAsked(Asked):
    """One detail, by its name."""

    field: Annotated[str, OneOf(tuple(Detail.Field.values))]
    until: Annotated[Day | None, Field(description="The last day on which they may know it; none if left out")] = None


class DisclosureShown(Shown):
    """One detail that the asker let the vendor know.

    ``value`` is null once it was taken back or erased, after its last day, and while terms have to be agreed anew.
    """

    id: str
    field: str
    value: str | None
    at: datetime
    until: date | None
    revoked_at: datetime | None

    @classmethod
    def of(cls, disclosure: Disclosure, *, is_open: bool = True) -> Self:
        """This disclosure; one that is not open may not be used now."""
        revoked = getattr(disclosure, "revocation", None)
        is_gone = not (is_open and disclosure.stands_on(timezone.localdate()))
        return cls(
            id=disclosure.public_id,
            field=disclosure.field,
            value=None if is_gone else disclosure.text.body,
            at=disclosure.at,
            until=disclosure.until,
            revoked_at=revoked.at if revoked is not None else None,
        )


class OwnDisclosureShown(DisclosureShown):
    """One detail that one's party let somebody know, and whom."""

    dealing: str
    vendor: PartyShown

    @classmethod
    def of(cls, disclosure: Disclosure, *, is_open: bool = True) -> Self:
        """This disclosure, with the vendor who got it."""
        shown = DisclosureShown.of(disclosure, is_open=is_open)
        dealing = disclosure.dealing
        return cls(**shown.model_dump(), dealing=dealing.public_id, vendor=PartyShown.of(dealing.vendor))


class SignatureShown(Shown):
    """One side's signature, and who held the key."""

    key: str
    custody: str
    value: str


class RecordShown(Shown):
    """One record of a dealing's chain. ``data`` is the exact canonical JSON that was signed, as text."""

    id: str
    number: int
    kind: str
    digest: str
    data: str
    signatures: list[SignatureShown]
    at: datetime

    @classmethod
    def of(cls, record: Record) -> Self:
        """This record, byte for byte what both sides hold."""
        return cls(
            id=record.public_id,
            number=record.number,
            kind=record.kind,
            digest=record.digest,
            data=record.data,
            signatures=[SignatureShown.model_validate(one) for one in record.signatures],
            at=record.at,
        )
