"""What programs send and get about offers, questions, and how they compare."""

from datetime import datetime
from typing import Annotated, Any, Self

from django.utils import timezone
from pydantic import Field

from evenhand.offers.compare import CRITERIA, Comparison
from evenhand.offers.offer import Offer, as_record
from evenhand_server.dealings.models import Message
from evenhand_server.matching.schemas import ReasonShown
from evenhand_server.messages import CURRENCIES, major_text
from evenhand_server.offers.forms import LINES
from evenhand_server.offers.models import Acceptance
from evenhand_server.offers.queries import Standing
from evenhand_server.people.schemas import PartyShown
from evenhand_server.programs.fields import Asked, Day, Id, Line, Minor, Number, Shown, Text, Words, one_of
from evenhand_server.records.models import StoredFile
from evenhand_server.words.fields import MOST_LINES

Days = Annotated[int, Field(ge=0, le=3650)]
Name = Annotated[Line, Field(max_length=120)]
Price = Annotated[
    str,
    Field(
        pattern=r"^[0-9]{1,9}(\.[0-9]{1,3})?$", description="In pounds, euros…, not pence", examples=["450", "12.50"]
    ),
]


class LineAsked(Asked):
    """One thing on offer: how many, at which price for one."""

    description: Annotated[Line, Field(min_length=1, max_length=200)]
    quantity: Number = "1"
    unit_price: Price


class DeliveryAsked(Asked):
    """When it comes: by a day, or within days of acceptance; and what that costs."""

    by: Day | None = None
    within_days: Days = 0
    cost: Minor = 0


class LeavingAsked(Asked):
    """What it costs to leave, and how many days of notice it needs."""

    cost: Minor = 0
    notice_days: Days = 0


class ChainAsked(Asked):
    """Who stands behind the offer, by plain names."""

    makes: Name = ""
    moves: Name = ""
    supports: Name = ""


class OfferAsked(Asked):
    """An offer; totals are added up here. Amounts but for unit prices are minor units."""

    currency: Annotated[str, one_of(CURRENCIES)]
    lines: Annotated[list[LineAsked], Field(min_length=1, max_length=LINES)]
    delivery: DeliveryAsked = DeliveryAsked()
    included: Annotated[list[Annotated[Line, Field(min_length=1, max_length=200)]], Field(max_length=MOST_LINES)] = []
    leaving: LeavingAsked = LeavingAsked()
    chain: ChainAsked = ChainAsked()
    valid_until: Day
    note: Annotated[Text, Field(max_length=1000)] = ""
    payment: Annotated[Text, Field(max_length=500)] = ""
    contact: Annotated[Text, Field(max_length=500)] = ""

    def as_typed(self) -> dict[str, Any]:
        """The offer as the form of the page takes it."""
        typed: dict[str, Any] = {
            "currency": self.currency,
            "delivery_by": self.delivery.by,
            "delivery_days": self.delivery.within_days,
            "delivery_cost": major_text(self.delivery.cost, self.currency),
            "included": "\n".join(self.included),
            "leaving_cost": major_text(self.leaving.cost, self.currency),
            "leaving_days": self.leaving.notice_days,
            **self.chain.model_dump(),
            "valid_until": self.valid_until,
            "note": self.note,
            "payment": self.payment,
            "contact": self.contact,
        }
        for number, line in enumerate(self.lines, start=1):
            typed[f"description_{number}"] = line.description
            typed[f"quantity_{number}"] = line.quantity
            typed[f"price_{number}"] = line.unit_price
        return typed


def names_in_offer() -> dict[str, str]:
    """What the fields of the page's form are called here."""
    names = {
        "delivery_by": "delivery.by",
        "delivery_days": "delivery.within_days",
        "delivery_cost": "delivery.cost",
        "leaving_cost": "leaving.cost",
        "leaving_days": "leaving.notice_days",
        **{name: f"chain.{name}" for name in ("makes", "moves", "supports")},
    }
    for number in range(1, LINES + 1):
        names[f"description_{number}"] = f"lines.{number - 1}.description"
        names[f"quantity_{number}"] = f"lines.{number - 1}.quantity"
        names[f"price_{number}"] = f"lines.{number - 1}.unit_price"
    return names


class LineShown(Shown):
    """One thing on offer; ``total`` in minor units."""

    description: str
    quantity: str
    unit_price: str
    total: int


class MoneyShown(Shown):
    """An exact amount in minor units."""

    minor: int
    currency: str


class DeliveryShown(Shown):
    """When it comes, and what that costs in minor units."""

    by: str | None
    within_days: int
    cost: int


class LeavingShown(Shown):
    """What it takes to leave."""

    cost: int
    notice_days: int


class ChainShown(Shown):
    """Who stands behind the offer."""

    makes: str
    moves: str
    supports: str


class OfferContent(Shown):
    """What an offer says."""

    lines: list[LineShown]
    total: MoneyShown
    delivery: DeliveryShown
    included: list[str]
    leaving: LeavingShown
    chain: ChainShown
    note: str
    payment: str
    contact: str

    @classmethod
    def of(cls, offer: Offer) -> Self:
        """This offer."""
        return cls.model_validate(dict(as_record(offer)))


class FileShown(Shown):
    """A file that came with an offer; the record of an accepted one names its digest."""

    id: str
    name: str
    media_type: str
    size: int
    digest: str

    @classmethod
    def of(cls, file: StoredFile) -> Self:
        """This file."""
        return cls(id=file.public_id, name=file.name, media_type=file.media_type, size=file.size, digest=file.digest)


class OfferShown(Shown):
    """A vendor's offer as it stands; ``state`` is standing, withdrawn, lapsed or accepted; erased content is null."""

    id: str
    dealing: str
    vendor: PartyShown
    version: int
    state: str
    content: OfferContent | None
    files: list[FileShown]
    valid_until: datetime
    at: datetime

    @classmethod
    def of(cls, standing: Standing) -> Self:
        """This offer."""
        version, vendor = standing.version, standing.dealing.vendor
        return cls(
            id=version.offer.public_id,
            dealing=standing.dealing.public_id,
            vendor=PartyShown.of(vendor),
            version=version.number,
            state=state_of(standing),
            content=OfferContent.of(standing.value) if standing.value is not None else None,
            files=[FileShown.of(one) for one in standing.attachments],
            valid_until=version.valid_until,
            at=version.at,
        )


def state_of(standing: Standing) -> str:
    """How the offer stands now."""
    accepted = getattr(standing.version, "acceptance", None)
    if accepted is not None:
        return "lapsed" if hasattr(accepted.record, "lapse") else "accepted"
    if hasattr(standing.version.offer, "withdrawal"):
        return "withdrawn"
    return "standing" if standing.is_acceptable(timezone.now()) else "lapsed"


class AcceptanceAsked(Asked):
    """Which version you read and say yes to: if the vendor changed it since, nothing is accepted."""

    version: Annotated[int, Field(ge=1, le=10**6)]


class AcceptanceShown(Shown):
    """The yes to one version of one offer; ``record`` is the digest of what both signed."""

    offer: str
    version: int
    record: str
    at: datetime

    @classmethod
    def of(cls, acceptance: Acceptance) -> Self:
        """This yes."""
        version = acceptance.version
        return cls(
            offer=version.offer.public_id, version=version.number, record=acceptance.record.digest, at=acceptance.at
        )


class HearerAsked(Asked):
    """Whom to let hear: one of the matches of your wish."""

    match: Id


class ComparedShown(Shown):
    """One offer in the comparison, by its dealing: for each criterion the reasons."""

    dealing: str
    reasons: dict[str, list[ReasonShown]]


class ComparisonShown(Shown):
    """The offers side by side; ``best`` names for each criterion the dealings ahead, none where it makes no odds."""

    criteria: list[str]
    rows: list[ComparedShown]
    best: dict[str, list[str]]

    @classmethod
    def of(cls, comparison: Comparison) -> Self:
        """This comparison."""
        rows = [
            ComparedShown(
                dealing=row.id,
                reasons={
                    name: [ReasonShown.of(one.code, one.data) for one in why] for name, why in row.reasons.items()
                },
            )
            for row in comparison.rows
        ]
        return cls(criteria=list(CRITERIA), rows=rows, best={name: list(ids) for name, ids in comparison.best.items()})


class MessageAsked(Asked):
    """A question, or with ``answers`` the answer to one."""

    text: Annotated[Words, Field(max_length=2021)]
    answers: Id | None = None


class MessageShown(Shown):
    """A message, from which side (asker or vendor)."""

    id: str
    side: str
    text: str
    at: datetime

    @classmethod
    def of(cls, message: Message) -> Self:
        """This message."""
        return cls(id=message.public_id, side=message.side, text=message.text.body, at=message.at)


class QuestionShown(MessageShown):
    """A question with its answer, null while there is none."""

    answer: MessageShown | None

    @classmethod
    def of(cls, message: Message) -> Self:
        """This question."""
        answer: Message | None = getattr(message, "answer", None)
        shown = MessageShown.of(message).model_dump()
        return cls(**shown, answer=MessageShown.of(answer) if answer is not None else None)
