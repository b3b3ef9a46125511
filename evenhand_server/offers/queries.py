"""Reading offers: the asker sees those made to it, a vendor its own; nobody sees another vendor's."""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from evenhand.offers.offer import Offer as OfferValue
from evenhand.offers.offer import from_record
from evenhand_server.dealings.models import Dealing
from evenhand_server.intents.models import Intent
from evenhand_server.offers.models import Acceptance, OfferAttachment, OfferVersion
from evenhand_server.people.models import Membership
from evenhand_server.records.models import StoredFile
from evenhand_server.records.queries import path_of
from evenhand_server.storage.errors import NotFoundError

HOLDS = {"record__lapse__isnull": True}
"""A yes that a device did not sign in time binds nobody."""


def attachments_of(standing: "Standing") -> list[StoredFile]:
    """The files of an offer as it stands; those that were erased are not there."""
    rows = standing.version.attachments.select_related("file").exclude(file__name="").order_by("id")
    return [row.file for row in rows]


def attachment_on(dealing: Dealing, file_id: str) -> StoredFile:
    """A file of any version of the offer on this dealing: who may see the one sees the other."""
    rows = OfferAttachment.objects.filter(version__offer__dealing=dealing, file__public_id=file_id)
    found = rows.exclude(file__name="").select_related("file").first()
    if found is None:
        raise NotFoundError
    return found.file


def attached_files(dealing: Dealing, digests: Collection[str]) -> frozenset[bytes]:
    """What is in those files of the dealing's offer that have these digests; erased ones are not there."""
    rows = OfferAttachment.objects.filter(version__offer__dealing=dealing, file__digest__in=digests)
    found = [row.file for row in rows.exclude(file__name="").select_related("file")]
    return frozenset(path_of(file).read_bytes() for file in found)


@dataclass(frozen=True, slots=True)
class Standing:
    """A vendor's offer as it stands, with its words; erased words are empty."""

    dealing: Dealing
    version: OfferVersion
    value: OfferValue | None

    @property
    def attachments(self) -> list[StoredFile]:
        """Its files."""
        return attachments_of(self)

    def is_acceptable(self, now: datetime) -> bool:
        """Not withdrawn, and its time not over."""
        return not hasattr(self.version.offer, "withdrawal") and now < self.version.valid_until


def newest_versions() -> QuerySet[OfferVersion]:
    """Versions with what is needed to show them, newest last."""
    rows = OfferVersion.objects.select_related(
        "offer__withdrawal", "offer__dealing__vendor", "offer__dealing__match", "content", "acceptance__record__lapse"
    )
    return rows.order_by("number")


def standing_offer(dealing: Dealing) -> Standing | None:
    """The vendor's offer on this dealing as it stands."""
    version = newest_versions().filter(offer__dealing=dealing).last()
    return Standing(dealing, version, value_of(version)) if version is not None else None


def offers_for(intent: Intent) -> list[Standing]:
    """The offers made for an intent as they stand, in the order in which they first came."""
    newest: dict[int, OfferVersion] = {}
    for version in newest_versions().filter(offer__dealing__intent=intent).order_by("offer_id", "number"):
        newest[version.offer_id] = version
    return [Standing(version.offer.dealing, version, value_of(version)) for version in newest.values()]


def offer_counts(dealing_ids: list[int]) -> dict[int, int]:
    """Which of these dealings have an offer, with the total of its newest version in minor units."""
    rows = OfferVersion.objects.filter(offer__dealing_id__in=dealing_ids).order_by("number")
    return dict(rows.values_list("offer__dealing_id", "total"))


def acceptance_of(intent: Intent) -> Acceptance | None:
    """The yes, if there was one that holds."""
    rows = Acceptance.objects.filter(intent=intent, **HOLDS)
    return rows.select_related("version__offer__dealing", "record").first()


def is_won(dealing: Dealing) -> bool:
    """Whether this vendor's offer was the one accepted."""
    return Acceptance.objects.filter(version__offer__dealing=dealing, **HOLDS).exists()


def won_among(dealing_ids: list[int]) -> set[int]:
    """Those of these dealings whose offer was the one accepted."""
    rows = Acceptance.objects.filter(version__offer__dealing_id__in=dealing_ids, **HOLDS)
    return set(rows.values_list("version__offer__dealing_id", flat=True))


def value_of(version: OfferVersion) -> OfferValue | None:
    """The offer's words and figures, or nothing once they are erased."""
    if version.content.is_erased:
        return None
    return from_record(json.loads(version.content.body))


def kept_deals_of(party_id: int, before: datetime, but_not: Iterable[int] = ()) -> int:
    """With how many others this party made a deal before this moment, but not on these dealings.

    Parties that a person of this one may act for count as oneself; guests, who have no account, count nothing.
    """
    rows = Acceptance.objects.filter(at__lt=before, **HOLDS).exclude(version__offer__dealing_id__in=but_not)
    asked = rows.filter(intent__party_id=party_id).values_list("version__offer__dealing__vendor_id", flat=True)
    answered = rows.filter(version__offer__dealing__vendor_id=party_id).values_list("intent__party_id", flat=True)
    people = Membership.objects.filter(party_id=party_id).values("person_id")
    own = set(Membership.objects.filter(person_id__in=people).values_list("party_id", flat=True))
    others = {*asked, *answered} - own
    here = Membership.objects.filter(party_id__in=others, person__is_active=True, departure__isnull=True)
    return here.values("party_id").distinct().count()
