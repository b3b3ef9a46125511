"""What programs get of one dealing, as each side may see it, and of going on together."""

import json
from datetime import date, datetime
from typing import Annotated, Any, Self

from django.utils import timezone
from pydantic import Field

from evenhand_server.dealings.models import Dealing, Side
from evenhand_server.dealings.queries import is_going, is_open
from evenhand_server.dealings.schemas import DeclineShown
from evenhand_server.intents.queries import teaser_of, veiled_of
from evenhand_server.intents.readings import TeaserShown, VeiledShown
from evenhand_server.matching.schemas import ReasonShown
from evenhand_server.offers.queries import is_won, standing_offer
from evenhand_server.offers.schemas import OfferShown
from evenhand_server.people.models import Organisation
from evenhand_server.people.queries import organisation_of
from evenhand_server.people.schemas import PartyShown
from evenhand_server.programs.fields import Asked, Line, Shown, one_of
from evenhand_server.purpose.queries import evidence_of
from evenhand_server.purpose.schemas import EvidenceShown
from evenhand_server.relationships.agreed import Agreed
from evenhand_server.relationships.forms import MONTHS
from evenhand_server.relationships.models import Relationship, VendorChange
from evenhand_server.relationships.queries import relationship_on
from evenhand_server.terms.models import Stage
from evenhand_server.terms.queries import Ceremony, ceremony_of, has_agreed
from evenhand_server.terms.schemas import CeremonyShown, DisclosureShown

TermsNamed = Annotated[Line, Field(min_length=1, max_length=40, examples=["SD-BASE-DP"])]


class VendorShown(PartyShown):
    """The vendor, as everybody may know it, with what it has shown to stand for."""

    country: str
    website: str
    about: str
    evidence: list[EvidenceShown]

    @classmethod
    def on(cls, dealing: Dealing) -> Self:
        """The vendor of a dealing."""
        party, about = dealing.vendor, organisation_of(dealing.vendor) or Organisation()
        return cls(
            id=party.public_id,
            name=party.name,
            verified_domain=party.verified_domain if party.is_verified else "",
            country=about.country,
            website=about.website,
            about=about.about,
            evidence=[EvidenceShown.of(one) for one in evidence_of(party.pk)],
        )


class DealingShown(Shown):
    """One dealing as its side may see it.

    ``side`` is yours. ``veiled`` is null for a vendor until terms stand between the two. ``intent`` is the asker's
    own and null for a vendor: nothing here links two dealings of one person. ``asker_since`` (new, quarter, year) and
    ``asker_kept`` (none, some, many deals) are the coarse sign that somebody real asks, as it was when the dealing was
    born; both are empty where so few share them that they would say who it is.
    """

    id: str
    side: str
    called: str
    asker_since: str
    asker_kept: str
    intent: str | None
    vendor: VendorShown
    at: datetime
    is_open: bool
    is_going: bool
    is_won: bool
    teaser: TeaserShown
    veiled: VeiledShown | None
    terms: CeremonyShown | None
    onward: CeremonyShown | None
    reasons: list[ReasonShown]
    offer: OfferShown | None
    decline: DeclineShown | None
    relationship: str | None

    @classmethod
    def of(cls, dealing: Dealing, side: Side) -> Self:
        """This dealing, for one side."""
        return cls.model_validate({**for_both(dealing), **(for_asker if side == Side.ASKER else for_vendor)(dealing)})


def for_both(dealing: Dealing) -> dict[str, Any]:
    """What both sides see."""
    now, standing, grown = timezone.now(), standing_offer(dealing), relationship_on(dealing)
    return {
        "id": dealing.public_id,
        "called": dealing.pairwise_name,
        "asker_since": dealing.asker_since,
        "asker_kept": dealing.asker_kept,
        "vendor": VendorShown.on(dealing),
        "at": dealing.at,
        "is_open": is_open(dealing, now),
        "is_going": is_going(dealing, now),
        "is_won": is_won(dealing),
        "teaser": TeaserShown.of(teaser_of(dealing.wish)),
        "terms": ceremony_shown(ceremony_of(dealing)),
        "onward": ceremony_shown(ceremony_of(dealing, Stage.RELATIONSHIP)),
        "offer": OfferShown.of(standing) if standing is not None else None,
        "decline": DeclineShown.on(dealing),
        "relationship": grown.public_id if grown is not None else None,
    }


def for_asker(dealing: Dealing) -> dict[str, Any]:
    """What the asker sees besides: which of its intents, and what the vendor sees of it."""
    return {
        "side": Side.ASKER.value,
        "intent": dealing.intent.public_id,
        "veiled": VeiledShown.of(veiled_of(dealing.wish)),
        "reasons": ReasonShown.all_of(dealing.match.reasons if dealing.match else []),
    }


def for_vendor(dealing: Dealing) -> dict[str, Any]:
    """What the vendor sees besides: the words, once terms stand."""
    is_agreed = has_agreed(dealing)
    return {
        "side": Side.VENDOR.value,
        "intent": None,
        "veiled": VeiledShown.of(veiled_of(dealing.wish)) if is_agreed else None,
        "reasons": ReasonShown.for_vendor(dealing.match),
    }


def ceremony_shown(ceremony: Ceremony | None) -> CeremonyShown | None:
    """How terms stand, if any were proffered."""
    return CeremonyShown.of(ceremony) if ceremony is not None else None


class GoOnAsked(Asked):
    """Under which terms you would like to go on, which others would do as well, and for how many months."""

    terms: TermsNamed
    also: Annotated[list[TermsNamed], Field(max_length=10)] = []
    months: Annotated[int, Field(json_schema_extra={"enum": [number for number, _ in MONTHS]})] = 12


class RelationshipShown(Shown):
    """Two parties going on together: until when, when to look at it again, and with whom."""

    id: str
    dealing: str
    side: str
    partner: str
    review_on: date
    ends_on: date
    record: str
    at: datetime

    @classmethod
    def of(cls, relationship: Relationship, side: Side) -> Self:
        """This relationship; an asker goes by the name it has on this dealing."""
        dealing = relationship.dealing
        return cls(
            id=relationship.public_id,
            dealing=dealing.public_id,
            side=side.value,
            partner=dealing.vendor.name if side == Side.ASKER else dealing.pairwise_name,
            review_on=relationship.review_on,
            ends_on=relationship.ends_on,
            record=relationship.record.digest,
            at=relationship.at,
        )


class OneRelationshipShown(RelationshipShown):
    """A relationship with what both signed for it: its terms, its time box, and how it will end."""

    agreed: dict[str, Any]

    @classmethod
    def of(cls, relationship: Relationship, side: Side) -> Self:
        """This relationship, with its record's body."""
        shown = RelationshipShown.of(relationship, side).model_dump()
        return cls(**shown, agreed=json.loads(relationship.record.data)["body"])


class VendorChangeAsked(Asked):
    """What changed: your owner, or your own terms."""

    kind: Annotated[str, one_of(VendorChange.Kind.choices)]


class VendorChangeShown(Shown):
    """A change that your organisation told of."""

    id: str
    kind: str
    at: datetime

    @classmethod
    def of(cls, change: VendorChange) -> Self:
        """This change."""
        return cls(id=change.public_id, kind=change.kind, at=change.at)


class TermsAgreedShown(Shown):
    """Terms of one stage as they stand on a dealing; ``record`` is the digest of what both signed."""

    stage: str
    terms: str
    state: str
    record: str | None
    at: datetime | None

    @classmethod
    def of(cls, ceremony: Ceremony) -> Self:
        """How this ceremony stands."""
        record = ceremony.proffer.record
        return cls(
            stage=ceremony.proffer.stage,
            terms=ceremony.terms,
            state=ceremony.state,
            record=record.digest if record is not None else None,
            at=record.at if record is not None else None,
        )


class AgreementShown(Shown):
    """What your party agreed on one dealing, with whom, what they hold of you, and until when.

    ``called`` is the name that only the two share. ``disclosures`` are what stands of yours; they are empty for a
    vendor, who finds what it was told on the dealing. ``next_end`` is the next day on which some of it ends, if soon.
    """

    dealing: str
    side: str
    called: str
    vendor: PartyShown
    terms: list[TermsAgreedShown]
    disclosures: list[DisclosureShown]
    relationship: str | None
    ends_on: date | None
    next_end: date | None
    revoked_at: datetime | None

    @classmethod
    def of(cls, agreed: Agreed) -> Self:
        """This agreement."""
        dealing, grown = agreed.dealing, agreed.relationship
        return cls(
            dealing=dealing.public_id,
            side=agreed.side,
            called=dealing.pairwise_name,
            vendor=PartyShown.of(dealing.vendor),
            terms=[TermsAgreedShown.of(one) for one in agreed.ceremonies],
            disclosures=[DisclosureShown.of(one) for one in agreed.disclosures],
            relationship=grown.public_id if grown is not None else None,
            ends_on=grown.ends_on if grown is not None else None,
            next_end=agreed.next_end,
            revoked_at=agreed.revoked_at,
        )
