"""What people do with offers: make, change, withdraw, accept; and say a friendly no to the others."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from evenhand.measures import Money
from evenhand.offers.check import check
from evenhand.offers.offer import Offer as OfferValue
from evenhand.offers.offer import as_record
from evenhand.records import canonical
from evenhand.terms.agreement import offer_record
from evenhand.terms.record import Heading
from evenhand.terms.record import Record as RecordValue
from evenhand_server.dealings.actions import bear_dealing, check_open, send_message, write_decline
from evenhand_server.dealings.models import Dealing, Message, Side
from evenhand_server.dealings.queries import dealings_of_intent, messages_of, side_of
from evenhand_server.intents.actions import check_open as check_intent_open
from evenhand_server.intents.actions import close_intent
from evenhand_server.intents.models import Closure, Intent
from evenhand_server.intents.queries import newest_wish, wish_value
from evenhand_server.journal.actions import leave_due, note
from evenhand_server.journal.events import Event
from evenhand_server.matching.queries import matches_of
from evenhand_server.offers.errors import OfferChangedError, OfferWrongError, TooManyAttachmentsError
from evenhand_server.offers.models import Acceptance, Offer, OfferAttachment, OfferVersion, OfferWithdrawal
from evenhand_server.offers.queries import attachments_of, standing_offer
from evenhand_server.people.actor import Actor
from evenhand_server.people.queries import must_not_be_paused
from evenhand_server.people.roles import Act
from evenhand_server.records.actions import keep_file, keep_text
from evenhand_server.records.uploads import Checked
from evenhand_server.storage.errors import NotFoundError
from evenhand_server.terms.actions import proffer_terms
from evenhand_server.terms.errors import NoAgreementError
from evenhand_server.terms.models import Record, Stage
from evenhand_server.terms.queries import has_agreed, last_record
from evenhand_server.terms.signing import put_on_chain

STANDS_DAYS = 14
MOST_ATTACHMENTS = 5
KEPT_AFTER = timedelta(days=7)
"""So long nobody complained of a deal before it counts as kept."""


@transaction.atomic
def let_hear(actor: Actor, intent: Intent, match_id: str) -> Dealing:
    """Let a seller hear of an intent who was found by words alone; one who has heard already is left in peace."""
    actor.must_be_allowed(Act.PUBLISH)
    check_intent_open(intent)
    wish = newest_wish(intent)
    match = next((one for one in matches_of(wish.pk) if one.public_id == match_id), None)
    if match is None:
        raise NotFoundError
    known = dealings_of_intent(intent).filter(vendor=match.vendor).first()
    if known is not None:
        return known
    dealing = bear_dealing(wish, match.vendor, match, actor)
    proffer_terms(dealing, Stage.INTENT, intent.terms, until=intent.closes_at)
    return dealing


@transaction.atomic
def ask(actor: Actor, dealing: Dealing, words: str, *, answers: str = "") -> Message:
    """Ask the other side something, or answer its question; only once terms stand between them."""
    if not has_agreed(dealing):
        raise NoAgreementError
    question = messages_of(dealing).filter(public_id=answers).first() if answers else None
    if answers and question is None:
        raise NotFoundError
    return send_message(actor, dealing, words, answers=question)


@transaction.atomic
def make_offer(
    actor: Actor,
    dealing: Dealing,
    value: OfferValue,
    *,
    uploads: Sequence[Checked] = (),
    taken_off: Collection[str] = (),
) -> OfferVersion:
    """Answer with an offer, or change the one that stands; what was said before stays on record.

    Attachments go on to the next version, but for those ``taken_off``, by their ids.
    """
    actor.must_be_allowed(Act.MAKE_OFFER)
    must_not_be_paused(actor.party_id, timezone.now())
    if side_of(actor, dealing) != Side.VENDOR:
        raise NotFoundError
    check_open(dealing)
    if not has_agreed(dealing):
        raise NoAgreementError
    wrong = [finding for finding in check(value, wish_value(dealing.wish), on=timezone.localdate()) if finding.is_error]
    if wrong:
        raise OfferWrongError(finding=wrong[0].code)
    before = standing_offer(dealing)
    version = write_version(actor, dealing, value)
    files = [one for one in attachments_of(before) if one.public_id not in taken_off] if before is not None else []
    if len(files) + len(uploads) > MOST_ATTACHMENTS:
        raise TooManyAttachmentsError(limit=MOST_ATTACHMENTS)
    files += [keep_file(actor.party_id, upload) for upload in uploads]
    OfferAttachment.objects.bulk_create(OfferAttachment(version=version, file=file) for file in files)
    return version


def write_version(actor: Actor, dealing: Dealing, value: OfferValue) -> OfferVersion:
    """Keep one immutable version of an offer."""
    now = timezone.now()
    offer, is_first = Offer.objects.get_or_create(dealing=dealing, defaults={"at": now})
    OfferWithdrawal.objects.filter(offer=offer).delete()
    version = OfferVersion.objects.create(
        offer=offer,
        number=offer.versions.count() + 1,
        total=value.total.minor,
        currency=value.total.currency,
        valid_until=end_of(value.valid_until, dealing.intent.time_zone, now),
        content=keep_text(actor.party_id, canonical(as_record(value)).decode()),
        by=actor.person,
        at=now,
    )
    leave_due("tell_asker", dealing.pk, about="offer_made" if is_first else "offer_changed")
    event = Event.OFFER_MADE if is_first else Event.OFFER_CHANGED
    note(event, offer.public_id, actor, number=version.number, total=version.total, currency=version.currency)
    return version


def end_of(day: date | None, time_zone: str, now: datetime) -> datetime:
    """The end of a day where the asker lives; an offer without a day stands for two weeks."""
    last = day or (now + timedelta(days=STANDS_DAYS)).date()
    return datetime.combine(last + timedelta(days=1), time.min, ZoneInfo(time_zone))


@transaction.atomic
def withdraw_offer(actor: Actor, dealing: Dealing) -> None:
    """Take an offer back before anybody accepted it."""
    actor.must_be_allowed(Act.MAKE_OFFER)
    if side_of(actor, dealing) != Side.VENDOR:
        raise NotFoundError
    check_open(dealing)
    standing = standing_offer(dealing)
    if standing is None or hasattr(standing.version.offer, "withdrawal"):
        raise NotFoundError
    OfferWithdrawal.objects.create(offer=standing.version.offer, by=actor.person, at=timezone.now())
    leave_due("tell_asker", dealing.pk, about="offer_withdrawn")
    note(Event.OFFER_WITHDRAWN, standing.version.offer.public_id, actor)


@transaction.atomic
def accept_offer(actor: Actor, dealing: Dealing, number: int) -> Acceptance:
    """Say yes to the offer as it was read (version ``number``): both sign, the intent ends, the others are told no."""
    actor.must_be_allowed(Act.ACCEPT_OFFER)
    if side_of(actor, dealing) != Side.ASKER:
        raise NotFoundError
    Intent.objects.select_for_update(of=("self",)).get(pk=dealing.intent_id)
    dealing.intent.refresh_from_db()
    check_open(dealing)
    if not has_agreed(dealing):
        raise NoAgreementError
    now = timezone.now()
    standing = standing_offer(dealing)
    if standing is None or standing.version.number != number or not standing.is_acceptable(now):
        raise OfferChangedError
    record = sign_offer(dealing, standing.version, now)
    acceptance = Acceptance.objects.create(
        intent=dealing.intent, version=standing.version, record=record, by=actor.person, at=now
    )
    close_intent(dealing.intent, Closure.Reason.ACCEPTED, actor)
    leave_due("tell_vendor", dealing.pk, about="offer_accepted")
    for party_id in (dealing.intent.party_id, dealing.vendor_id):
        leave_due("count_kept_deals", party_id, at=now + KEPT_AFTER)
    note(Event.OFFER_ACCEPTED, standing.version.offer.public_id, actor, number=number, record=record.digest)
    return acceptance


def sign_offer(dealing: Dealing, version: OfferVersion, now: datetime) -> Record:
    """Both sides sign the offer under the terms that opened the words."""
    under = last_record(dealing, "terms")
    if under is None:
        raise NoAgreementError

    digests = sorted(one.file.digest for one in version.attachments.select_related("file"))

    def build(heading: Heading) -> RecordValue:
        return offer_record(
            heading,
            offer=version.offer.public_id,
            under=under.digest,
            total=Money(version.total, version.currency),
            details={
                "version": version.number,
                "valid_until": version.valid_until.date().isoformat(),
                **({"attachments": digests} if digests else {}),
            },
            texts={"offer": version.content.digest, "words": dealing.wish.veiled.digest},
        )

    return put_on_chain(dealing, build, now)


@transaction.atomic
def say_friendly_no(intent: Intent) -> None:
    """Once an intent has ended, tell every vendor that was still waiting; who won hears nothing of it."""
    won = Acceptance.objects.filter(intent=intent).values_list("version__offer__dealing_id", flat=True).first()
    reason = "went_with_another" if won else str(intent.closure.reason)
    for dealing in dealings_of_intent(intent):
        if dealing.pk == won or hasattr(dealing, "decline"):
            continue
        write_decline(dealing, Side.ASKER, reason)
        note(Event.DEALING_DECLINED, dealing.public_id, reason=reason)
