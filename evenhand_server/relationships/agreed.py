"""What a party agreed, with whom, what each side was told, and until when."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from evenhand_server.dealings.models import Dealing, Side
from evenhand_server.dealings.queries import side_of
from evenhand_server.people.actor import Actor
from evenhand_server.relationships.models import Relationship
from evenhand_server.terms.models import AgreementRevocation, Disclosure, Proffer, Record
from evenhand_server.terms.queries import WITH, Ceremony

SOON_DAYS = 30
MOST = 200


@dataclass(frozen=True, slots=True)
class Agreed:
    """One dealing with what was agreed on it: the terms as they stand, what was told under them, how long it lasts."""

    dealing: Dealing
    side: str
    ceremonies: list[Ceremony]
    disclosures: list[Disclosure]
    relationship: Relationship | None
    revoked_at: datetime | None

    @property
    def days(self) -> list[date]:
        """The days on which something of it ends; what was taken back has ended."""
        if self.revoked_at is not None:
            return []
        ends = [self.relationship.ends_on] if self.relationship is not None else []
        return [*ends, *(one.until for one in self.disclosures if one.until is not None)]

    @property
    def next_end(self) -> date | None:
        """The next such day, if it is soon."""
        today = timezone.localdate()
        soon = [day for day in self.days if today <= day <= today + timedelta(days=SOON_DAYS)]
        return min(soon, default=None)


def agreements_of(actor: Actor) -> QuerySet[Dealing]:
    """The dealings on which a party, on either side, has signed terms."""
    mine = Q(vendor=actor.party) | Q(intent__party=actor.party)
    signed = Record.objects.filter(kind="terms").values("dealing_id")
    return Dealing.objects.filter(mine, pk__in=signed).select_related("vendor", "intent__party")


def agreed_by(actor: Actor) -> list[Agreed]:
    """The newest of a party's agreements, on either side, newest first."""
    return agreed_on(actor, list(agreements_of(actor).order_by("-id")[:MOST]))


def agreed_on(actor: Actor, rows: list[Dealing]) -> list[Agreed]:
    """What was agreed on these dealings, in their order."""
    ids = [row.pk for row in rows]
    told = Disclosure.objects.filter(dealing_id__in=ids).select_related("text", "revocation", "record__lapse")
    grown = Relationship.objects.filter(dealing_id__in=ids, record__lapse__isnull=True)
    relationships = {one.dealing_id: one for one in grown}
    ended = AgreementRevocation.objects.filter(record__dealing_id__in=ids).select_related("record").order_by("id")
    revoked = {one.record.dealing_id: one.at for one in ended}
    newest: dict[tuple[int, str], Ceremony] = {}
    for proffer in Proffer.objects.filter(dealing_id__in=ids).select_related(*WITH).order_by("round"):
        newest[proffer.dealing_id, proffer.stage] = Ceremony(proffer)
    today, disclosures = timezone.localdate(), list(told.order_by("id"))
    return [
        Agreed(
            dealing=row,
            side=side_of(actor, row).value,
            ceremonies=[one for (dealing_id, _), one in newest.items() if dealing_id == row.pk],
            disclosures=[one for one in disclosures if one.dealing_id == row.pk and is_shown(one, actor, row, today)],
            relationship=relationships.get(row.pk),
            revoked_at=revoked.get(row.pk),
        )
        for row in rows
    ]


def is_shown(disclosure: Disclosure, actor: Actor, dealing: Dealing, today: date) -> bool:
    """What was told and stands; to the asker alone, since a vendor finds it on the dealing's page while terms stand."""
    return side_of(actor, dealing) == Side.ASKER and disclosure.stands_on(today)
