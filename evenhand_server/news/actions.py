"""Telling people what happened, and keeping how they want to be told."""

import secrets
from collections.abc import Mapping
from datetime import datetime, time

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from evenhand.records import digest as digest_of
from evenhand_server.journal.actions import note
from evenhand_server.journal.events import Event
from evenhand_server.letters.actions import ask_for_code, confirm_mail, forget_mailbox, write_letter
from evenhand_server.letters.models import Letter
from evenhand_server.letters.queries import confirmed_mailbox, mailbox_of
from evenhand_server.market.queries import operators
from evenhand_server.news.hours import after_quiet, next_daily
from evenhand_server.news.kinds import How, Kind, kind_of
from evenhand_server.news.models import Feed, MailChoice, MailHours, News
from evenhand_server.news.queries import choices_of, hours_of, quiet_of, unseen_of, zone_of
from evenhand_server.people.actor import Actor
from evenhand_server.people.models import Person
from evenhand_server.people.queries import actor_of

NEWS, DIGEST = "news", "digest"
SECRET_BYTES = 32


@transaction.atomic
def tell(
    person: Person,
    what: str,
    *,
    party_id: int,
    path: str,
    about: str = "",
    dealing_id: int | None = None,
    digest: str = "",
) -> News:
    """Let a person know: on their page and in their feed, and by mail as they wish. Callers have a reason to."""
    now = timezone.now()
    return News.objects.create(
        person=person,
        party_id=party_id,
        kind=kind_of(what),
        what=what,
        about=about,
        dealing_id=dealing_id,
        digest=digest,
        path=path,
        letter=letter_for(person, choices_of(person)[kind_of(what)], now),
        at=now,
    )


def tell_of_bounce(person: Person) -> News:
    """Their mailbox sends our mail back: it stands on their page, since there is nowhere to write to."""
    return tell(person, "mailbox_refused", party_id=actor_of(person).party_id, path=reverse("news:mail"))


@transaction.atomic
def tell_operators() -> None:
    """Something failed for good: whoever looks after the server is told, once until they have looked."""
    path = reverse("market:failures")
    for person in operators():
        if not unseen_of(person).filter(path=path).exists():
            tell(person, "work_given_up", party_id=actor_of(person).party_id, path=path)


def letter_for(person: Person, how: How, now: datetime) -> Letter | None:
    """The letter that will tell of it: one of its own, the one that waits for a quiet night to end, or today's."""
    if how == How.NEVER or not mailbox_of(person):
        return None
    if how == How.DAILY:
        return daily_letter(person, now)
    due_at = after_quiet(now, quiet_of(hours_of(person)), zone_of(person))
    if due_at > now:
        waiting = waiting_letters(person, NEWS).filter(due_at=due_at).first()
        if waiting is not None:
            return waiting
    return write_letter(NEWS, person=person, due_at=due_at)


def daily_letter(person: Person, now: datetime) -> Letter:
    """The next daily letter that still waits, begun where there is none; a day has one at most."""
    hours, zone = hours_of(person), zone_of(person)
    while True:
        day, at = next_daily(now, hours.daily_at, zone)
        waiting = waiting_letters(person, DIGEST).filter(day=day).first()
        if waiting is not None:
            return waiting
        try:
            with transaction.atomic():
                return write_letter(DIGEST, person=person, day=day, due_at=after_quiet(at, quiet_of(hours), zone))
        except IntegrityError:
            if not waiting_letters(person, DIGEST).filter(day=day).exists():
                now = at  # That day's has gone out, since its hour was changed: the next day's, then.


def waiting_letters(person: Person, kind: str) -> QuerySet[Letter]:
    """The person's letters of a kind that nobody has begun to send."""
    rows = Letter.objects.select_for_update().filter(person=person, kind=kind, state=Letter.State.WAITING)
    return rows.order_by("id")


@transaction.atomic
def tell_tomorrow(letter: Letter) -> None:
    """Perhaps a letter went out before a crash, perhaps not: what it told of is named again in the next daily one."""
    if letter.person is None:
        return
    rows = News.objects.filter(letter=letter, seen_at__isnull=True)
    if letter.kind in {NEWS, DIGEST} and rows.exists() and mailbox_of(letter.person):
        rows.update(letter=daily_letter(letter.person, timezone.now()))


@transaction.atomic
def see(person: Person, *, path: str = "") -> int:
    """Mark as seen: what led to one page, or everything."""
    rows = unseen_of(person).filter(path=path) if path else unseen_of(person)
    return rows.update(seen_at=timezone.now())


@transaction.atomic
def choose_mail(actor: Actor, choices: Mapping[Kind, How]) -> None:
    """Keep how a person hears of each kind by mail."""
    keep_choices(actor.person, choices)
    note(Event.MAIL_CHOSEN, actor.person.public_id, actor, kinds=sorted(choices), hows=sorted(set(choices.values())))


@transaction.atomic
def stop_mail(person_id: str, kinds: frozenset[Kind]) -> None:
    """No more mail of these kinds: asked for by one click in a mail, by whoever reads that mailbox."""
    person = Person.objects.filter(public_id=person_id, is_active=True).first()
    if person is None:
        return
    keep_choices(person, dict.fromkeys(kinds, How.NEVER))
    note(Event.MAIL_CHOSEN, person.public_id, kinds=sorted(kinds), hows=[How.NEVER])


def keep_choices(person: Person, choices: Mapping[Kind, How]) -> None:
    """Write the choices down."""
    for kind, how in choices.items():
        MailChoice.objects.update_or_create(person=person, kind=kind, defaults={"how": how})


@transaction.atomic
def keep_hours(actor: Actor, *, daily_at: time, quiet_from: time | None, quiet_until: time | None) -> None:
    """Keep when a person wants mail."""
    hours = {"daily_at": daily_at, "quiet_from": quiet_from, "quiet_until": quiet_until}
    MailHours.objects.update_or_create(person=actor.person, defaults=hours)
    note(Event.MAIL_HOURS_KEPT, actor.person.public_id, actor)


def try_mailbox(actor: Actor) -> str:
    """Send a code to the mailbox from which mail came back; what the mail server says now, empty when it took it."""
    return ask_for_code(actor.person, confirmed_mailbox(actor.person))


def confirm_mailbox(actor: Actor, code: str) -> bool:
    """Whether this is the code: then the mailbox is written to again."""
    return confirm_mail(actor.person, code) is not None


@transaction.atomic
def make_feed(actor: Actor) -> str:
    """A fresh secret address for the person's feed, shown once; the one before leads nowhere any more."""
    secret = secrets.token_urlsafe(SECRET_BYTES)
    made = {"digest": digest_of(secret.encode()), "at": timezone.now()}
    Feed.objects.update_or_create(person=actor.person, defaults=made)
    note(Event.FEED_MADE, actor.person.public_id, actor)
    return secret


@transaction.atomic
def end_feed(actor: Actor) -> None:
    """Let the feed lead nowhere."""
    if Feed.objects.filter(person=actor.person).delete()[0]:
        note(Event.FEED_ENDED, actor.person.public_id, actor)


def forget_person(person: Person) -> None:
    """Delete what a person was told and how; called by who erases them, in their transaction."""
    for rows in (News, MailChoice, MailHours, Feed, Letter):
        rows.objects.filter(person=person).delete()
    forget_mailbox(person)
