"""Going on together: the asker names terms for it, and when the vendor accepts them the relationship begins."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from evenhand.relationships.begin import SeparationPlan, TimeBox, begin
from evenhand.terms.record import Heading, Role
from evenhand.terms.record import Record as RecordValue
from evenhand_server.dealings.actions import check_going
from evenhand_server.dealings.models import Dealing, Side
from evenhand_server.dealings.queries import is_going, side_of
from evenhand_server.interests.models import StandingAcceptance
from evenhand_server.journal.actions import leave_due, note
from evenhand_server.journal.events import Event
from evenhand_server.offers.queries import is_won
from evenhand_server.people.actor import Actor
from evenhand_server.people.roles import Act
from evenhand_server.relationships.models import Relationship, VendorChange
from evenhand_server.storage.errors import NotFoundError
from evenhand_server.terms.actions import proffer_terms
from evenhand_server.terms.deadlines import TIME_TO_ANSWER
from evenhand_server.terms.errors import NoAgreementError, UnknownTermsError
from evenhand_server.terms.models import Proffer, Stage
from evenhand_server.terms.queries import Ceremony, ceremony_of, last_record
from evenhand_server.terms.roster import terms_called
from evenhand_server.terms.signing import put_on_chain

REVIEW_DAYS_BEFORE_END = 30
PLAN = SeparationPlan(
    notice_days=14, handover_days=30, deletion_days=30, farewells=("settle_what_is_owed", "return_data")
)
"""How every relationship ends unless both agree otherwise: two weeks' notice, a month to hand over and to delete."""


@transaction.atomic
def wish_to_go_on(actor: Actor, dealing: Dealing, *, terms: str, also: list[str], months: int) -> Proffer:
    """The asker would like to go on after the deal, on its own terms; nothing begins unless the vendor wants it too."""
    actor.must_be_allowed(Act.GO_ON)
    if side_of(actor, dealing) != Side.ASKER:
        raise NotFoundError
    check_going(dealing)
    if not is_won(dealing) or ceremony_of(dealing, Stage.RELATIONSHIP) is not None:
        raise NoAgreementError
    if terms_called(terms).gates != "relationship":
        raise UnknownTermsError(terms=terms)
    until = timezone.now() + TIME_TO_ANSWER + timedelta(days=1)
    proffer = proffer_terms(dealing, Stage.RELATIONSHIP, terms, until=until, also=also, months=months)
    leave_due("tell_vendor", dealing.pk, about="going_on_asked")
    note(Event.TERMS_PROFFERED, dealing.public_id, actor, terms=terms, months=months)
    return proffer


@transaction.atomic
def begin_relationship(proffer: Proffer) -> Relationship | None:
    """Both want it: sign the time box and the separation plan. Done twice it stays one.

    Where a signature under the terms is still awaited from somebody's device nothing begins; it comes with the due row.
    """
    known = Relationship.objects.filter(dealing=proffer.dealing).first()
    if known is not None or not Ceremony(proffer).is_agreed:
        return known
    now = timezone.now()
    begins = now.date()
    ends = months_after(begins, proffer.months)
    review = max(date.fromordinal(ends.toordinal() - REVIEW_DAYS_BEFORE_END), date.fromordinal(begins.toordinal() + 1))
    offer = last_record(proffer.dealing, "offer")
    assert offer is not None

    def build(heading: Heading) -> RecordValue:
        return begin(
            heading,
            wanted_by=frozenset(Role),
            box=TimeBox(begins, ends, review),
            plan=PLAN,
            terms=terms_called(Ceremony(proffer).terms),
            under=offer.digest,
        )

    record = put_on_chain(proffer.dealing, build, now)
    relationship = Relationship.objects.create(
        dealing=proffer.dealing, record=record, review_on=review, ends_on=ends, at=now
    )
    leave_due("tell_vendor", proffer.dealing_id, about="relationship_begun")
    leave_due("tell_asker", proffer.dealing_id, about="relationship_begun")
    note(Event.RELATIONSHIP_BEGUN, relationship.public_id, record=record.digest)
    return relationship


@transaction.atomic
def announce_change(actor: Actor, kind: VendorChange.Kind) -> VendorChange:
    """Say that the organisation has a new owner, or new terms: every asker's terms are put to it again.

    A new owner has accepted nothing yet, so what was accepted from anybody is accepted no more.
    """
    actor.must_be_allowed(Act.KEEP_KEYS)
    change = VendorChange.objects.create(party=actor.party, kind=kind, by=actor.person, at=timezone.now())
    if kind == VendorChange.Kind.OWNER:
        StandingAcceptance.objects.filter(party=actor.party).delete()
    leave_due("proffer_anew", change.pk)
    note(Event.VENDOR_CHANGED, change.public_id, actor, kind=kind)
    return change


@transaction.atomic
def proffer_anew(change: VendorChange) -> int:
    """Put all terms to a changed vendor that it had agreed to before; until it agrees again it can use nothing here."""
    now, count = timezone.now(), 0
    rows = Proffer.objects.filter(dealing__vendor=change.party, at__lt=change.at).select_related("dealing__intent")
    for dealing in {row.dealing_id: row.dealing for row in rows.order_by("id")}.values():
        if not is_going(dealing, now):
            continue
        for stage in Stage:
            ceremony = ceremony_of(dealing, stage)
            if ceremony is not None and ceremony.is_agreed and ceremony.proffer.at < change.at:
                put_again(ceremony, now)
                count += 1
    return count


def put_again(ceremony: Ceremony, now: datetime) -> Proffer:
    """The same terms again, with time to answer; both sides are told."""
    before = ceremony.proffer
    dealing, stage, until = before.dealing, Stage(before.stage), now + TIME_TO_ANSWER + timedelta(days=1)
    proffer = proffer_terms(dealing, stage, ceremony.terms, until=until, months=before.months, after=before)
    leave_due("tell_vendor", dealing.pk, about="terms_put_anew")
    leave_due("tell_asker", dealing.pk, about="vendor_changed")
    note(Event.TERMS_PROFFERED, dealing.public_id, terms=proffer.terms, months=proffer.months)
    return proffer


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last day of that month."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month, min(day.day, last))
        except ValueError:
            continue
    raise AssertionError("every month has a 28th")
