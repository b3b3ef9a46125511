"""Dealings are born of matches; the two sides ask, answer, and may say no."""

from django.db import transaction
from django.utils import timezone

from evenhand_server.dealings.errors import AlreadyAnsweredError, DealingEndedError
from evenhand_server.dealings.models import Dealing, Decline, Message, Side
from evenhand_server.dealings.names import pairwise_name
from evenhand_server.dealings.queries import is_going, is_open, side_of
from evenhand_server.intents.models import Wish
from evenhand_server.journal.actions import leave_due, note
from evenhand_server.journal.events import Event
from evenhand_server.matching.models import Match
from evenhand_server.people.actor import Actor
from evenhand_server.people.models import Party
from evenhand_server.people.queries import must_not_be_paused
from evenhand_server.people.roles import Act
from evenhand_server.people.signs import sign_of
from evenhand_server.records.actions import keep_text, make_key
from evenhand_server.records.models import SigningKey


def bear_dealing(
    wish: Wish,
    vendor: Party,
    match: Match | None,
    actor: Actor | None = None,
    *,
    vendor_key: SigningKey | None = None,
) -> Dealing:
    """Begin a dealing under a fresh id, name and key; called by who matches or invites, in their transaction.

    Whoever brings a key of their own for it has come by an invitation and knows already.
    """
    now = timezone.now()
    since, kept = sign_of(wish.intent.party, now)
    dealing = Dealing.objects.create(
        intent=wish.intent,
        wish=wish,
        vendor=vendor,
        match=match,
        pairwise_name=pairwise_name(),
        asker_key=make_key(wish.intent.party_id),
        vendor_key=vendor_key,
        asker_since=since,
        asker_kept=kept,
        at=now,
    )
    if vendor_key is None:
        leave_due("tell_vendor", dealing.pk, about="request_heard")
    note(Event.DEALING_BORN, dealing.public_id, actor)
    return dealing


def check_going(dealing: Dealing) -> None:
    """Refuse to go on with a dealing that has ended."""
    if not is_going(dealing, timezone.now()):
        raise DealingEndedError


def check_open(dealing: Dealing) -> None:
    """Refuse terms and offers once a side said no or the intent has ended."""
    if not is_open(dealing, timezone.now()):
        raise DealingEndedError


@transaction.atomic
def decline(actor: Actor, dealing: Dealing, reason: str) -> None:
    """Say no, with a friendly reason."""
    side = side_of(actor, dealing)
    actor.must_be_allowed(Act.ANSWER_TERMS if side == Side.VENDOR else Act.ANSWER_COUNTER)
    check_open(dealing)
    write_decline(dealing, side, reason, actor)
    note(Event.DEALING_DECLINED, dealing.public_id, actor, reason=reason)


def write_decline(
    dealing: Dealing, side: Side, reason: str, actor: Actor | None = None, *, about: str = "no_said"
) -> None:
    """Write the no and have the other side told; who calls writes the journal entry."""
    Decline.objects.create(
        dealing=dealing, side=side, reason=reason, by=actor.person if actor else None, at=timezone.now()
    )
    leave_due("tell_asker" if side == Side.VENDOR else "tell_vendor", dealing.pk, about=about)


@transaction.atomic
def send_message(actor: Actor, dealing: Dealing, words: str, *, answers: Message | None = None) -> Message:
    """Ask the other side, or answer what it asked; the caller has made sure that terms stand between them."""
    actor.must_be_allowed(Act.ASK)
    must_not_be_paused(actor.party_id, timezone.now())
    check_going(dealing)
    side = side_of(actor, dealing)
    if answers is not None and (answers.side == side or hasattr(answers, "answer")):
        raise AlreadyAnsweredError
    message = Message.objects.create(
        dealing=dealing,
        side=side,
        by=actor.person,
        answers=answers,
        text=keep_text(actor.party_id, words),
        at=timezone.now(),
    )
    about = "question_asked" if answers is None else "question_answered"
    leave_due("tell_asker" if side == Side.VENDOR else "tell_vendor", dealing.pk, about=about)
    note(Event.MESSAGE_SENT, dealing.public_id, actor, message=message.public_id, text=message.text.digest)
    return message
