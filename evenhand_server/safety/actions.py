"""What people do to stay safe: block and unblock, report and appeal; and what operators decide."""

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from evenhand_server.dealings.actions import write_decline
from evenhand_server.dealings.models import Dealing, Side
from evenhand_server.dealings.queries import dealings_between, is_open, side_of
from evenhand_server.journal.actions import leave_due, note
from evenhand_server.journal.events import Event
from evenhand_server.market.queries import must_be_operator, operators
from evenhand_server.news.actions import tell
from evenhand_server.people.actions import end_pause, pause
from evenhand_server.people.actor import Actor
from evenhand_server.people.models import Block
from evenhand_server.people.queries import people_to_tell
from evenhand_server.people.roles import Act
from evenhand_server.records.actions import keep_text
from evenhand_server.safety.errors import AlreadyDecidedError, AlreadyReportedError, NoAppealError
from evenhand_server.safety.models import Appeal, Decision, Report
from evenhand_server.safety.queries import Thing, block_of, decisions_of, is_waiting, may_appeal, things_on
from evenhand_server.storage.errors import NotFoundError

SPREAD = timedelta(days=3)
PAUSE = timedelta(days=30)
END = "end_after_block"


@transaction.atomic
def block(actor: Actor, dealing: Dealing) -> Block:
    """Never meet the other side of this dealing again; this dealing ends with a friendly no.

    Whoever asked has their other open dealings with this seller ended too, each at its own moment within three days:
    all at once would tell the seller that they are of one party. A seller's other dealings go on for the same reason.
    """
    actor.must_be_allowed(Act.BLOCK)
    side = side_of(actor, dealing)
    other = dealing.intent.party_id if side == Side.VENDOR else dealing.vendor_id
    row, is_new = Block.objects.get_or_create(
        party=actor.party, dealing=dealing, defaults={"blocked_id": other, "at": timezone.now()}
    )
    if not is_new:
        return row
    end_kindly(dealing, side, actor)
    if side == Side.ASKER:
        end_others_in_time(dealing)
    note(Event.PARTY_BLOCKED, row.public_id, actor)
    return row


@transaction.atomic
def unblock(actor: Actor, block_id: str) -> None:
    """Let the other side meet one again; what ended stays ended."""
    actor.must_be_allowed(Act.BLOCK)
    block_of(actor, block_id).delete()
    note(Event.PARTY_UNBLOCKED, block_id, actor)


def end_kindly(dealing: Dealing, side: Side, actor: Actor | None = None) -> None:
    """Say a friendly no where the dealing is still open; an agreement stays what it is."""
    if is_open(dealing, timezone.now()):
        write_decline(dealing, side, "not_going_on", actor)
        note(Event.DEALING_DECLINED, dealing.public_id, actor, reason="not_going_on")


def end_others_in_time(dealing: Dealing) -> None:
    """Have the other open dealings of the two ended, each at a moment of its own."""
    now = timezone.now()
    for other in dealings_between(dealing.intent.party_id, dealing.vendor_id):
        if other.pk != dealing.pk and is_open(other, now):
            leave_due(END, other.pk, at=now + timedelta(seconds=secrets.randbelow(int(SPREAD.total_seconds()))))


@transaction.atomic
def end_after_block(dealing: Dealing) -> None:
    """The moment of this dealing has come, unless the block was lifted meanwhile."""
    pair = {"party_id": dealing.intent.party_id, "blocked_id": dealing.vendor_id}
    if Block.objects.filter(**pair).exists():
        end_kindly(dealing, Side.ASKER)


@transaction.atomic
def report(actor: Actor, dealing: Dealing, *, what: str, reason: str, words: str) -> Report:
    """Tell the operators of something that should not be; they read it and decide."""
    actor.must_be_allowed(Act.REPORT)
    thing = next((one for one in things_on(actor, dealing) if one.value == what), None)
    if thing is None:
        raise NotFoundError
    row = write_report(actor, dealing, thing, reason, words)
    note(Event.REPORT_MADE, row.public_id, actor, about=thing.subject, reason=reason)
    for person in operators():
        tell(person, "report_waits", party_id=actor.party_id, path=f"/operator/reports/{row.public_id}")
    return row


def write_report(actor: Actor, dealing: Dealing, thing: Thing, reason: str, words: str) -> Report:
    """Keep a report; one for each thing and party is enough."""
    is_vendor = side_of(actor, dealing) == Side.VENDOR
    row, is_new = Report.objects.get_or_create(
        party=actor.party,
        subject=thing.subject,
        target=thing.target,
        defaults={
            "dealing": dealing,
            "by": actor.person,
            "about_id": dealing.intent.party_id if is_vendor else dealing.vendor_id,
            "reason": reason,
            "words": keep_text(actor.party_id, words) if words.strip() else None,
            "at": timezone.now(),
        },
    )
    if not is_new:
        raise AlreadyReportedError
    return row


@transaction.atomic
def decide(actor: Actor, found: Report, *, outcome: str, words: str) -> Decision:
    """Decide a report, or its appeal, and tell both sides why."""
    must_be_operator(actor)
    found = Report.objects.select_for_update(of=("self",)).get(pk=found.pk)
    if not is_waiting(found):
        raise AlreadyDecidedError
    now = timezone.now()
    decision = Decision.objects.create(
        report=found,
        round=len(decisions_of(found)) + 1,
        outcome=outcome,
        words=keep_text(actor.party_id, words),
        by=actor.person,
        at=now,
    )
    carry_out(found, decision, now)
    note(Event.REPORT_DECIDED, found.public_id, actor, outcome=outcome, round=decision.round)
    tell_both(found, "report_decided")
    return decision


def carry_out(found: Report, decision: Decision, now: datetime) -> None:
    """What follows from a decision: a pause, or its end where the appeal was right; and the kept deals counted anew."""
    end_pause(found.public_id)
    if decision.outcome == Decision.Outcome.PAUSED:
        pause(found.about_id, why=found.public_id, until=now + PAUSE)
    leave_due("count_kept_deals", found.about_id)


@transaction.atomic
def appeal(actor: Actor, found: Report, words: str) -> Appeal:
    """Ask once to have a decision looked at again."""
    actor.must_be_allowed(Act.REPORT)
    Report.objects.select_for_update(of=("self",)).get(pk=found.pk)
    now = timezone.now()
    if Appeal.objects.filter(report=found).exists() or not may_appeal(actor.party_id, found, now):
        raise NoAppealError
    row = Appeal.objects.create(
        report=found, party=actor.party, by=actor.person, words=keep_text(actor.party_id, words), at=now
    )
    note(Event.REPORT_APPEALED, found.public_id, actor)
    for person in operators():
        tell(person, "report_waits", party_id=actor.party_id, path=f"/operator/reports/{found.public_id}")
    return row


def tell_both(found: Report, what: str) -> None:
    """Tell everybody on both sides whom it concerns."""
    for party_id in (found.party_id, found.about_id):
        for person in people_to_tell(party_id, Act.REPORT):
            tell(person, what, party_id=party_id, path=f"/reports/{found.public_id}")
