"""What people do with intents: draft, publish, change, withdraw."""

from collections.abc import Sequence
from dataclasses import asdict

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from evenhand.intents.veil import as_record as veiled_record
from evenhand.intents.wish import as_record
from evenhand.records import canonical
from evenhand_server.intents.errors import (
    IntentClosedError,
    MailboxUnconfirmedError,
    NothingWantedError,
    TooManyOpenIntentsError,
)
from evenhand_server.intents.models import Closure, Correction, Draft, Intent, Wish, WordSaid
from evenhand_server.intents.put_right import PutRight
from evenhand_server.intents.queries import count_open, has_confirmed_mailbox, newest_wish
from evenhand_server.intents.wanted import Choices, Wanted
from evenhand_server.intents.words_said import digest_of, said_by_many
from evenhand_server.journal.actions import leave_due, note
from evenhand_server.journal.events import Event
from evenhand_server.journal.queries import newest_change
from evenhand_server.market.traded import check_traded
from evenhand_server.people.actor import Actor
from evenhand_server.people.models import Party, Person
from evenhand_server.people.newcomers import open_intents_allowed
from evenhand_server.people.queries import must_not_be_paused
from evenhand_server.people.roles import Act
from evenhand_server.records.actions import keep_texts


@transaction.atomic
def begin_draft(sentence: str, *, person: Person | None, country: str) -> Draft:
    """Keep a sentence to work on."""
    return Draft.objects.create(person=person, sentence=sentence, country=country, at=timezone.now())


@transaction.atomic
def begin_another(draft: Draft, wish_number: int) -> Draft:
    """Begin a second draft about another need of the same words."""
    return Draft.objects.create(
        person=draft.person,
        sentence=draft.sentence,
        country=draft.country,
        wish_number=wish_number,
        at=timezone.now(),
    )


@transaction.atomic
def change_draft(draft: Draft, *, corrections: dict[str, str], choices: dict[str, str]) -> None:
    """Keep what the person corrected and chose."""
    draft.corrections = corrections
    draft.choices = choices
    draft.save(update_fields=["corrections", "choices"])


@transaction.atomic
def reword_draft(draft: Draft, sentence: str) -> None:
    """Begin again with other words; corrections of the old ones no longer mean anything."""
    draft.sentence = sentence
    draft.corrections = {}
    draft.wish_number = 0
    draft.save(update_fields=["sentence", "corrections", "wish_number"])


@transaction.atomic
def claim_draft(draft: Draft, person: Person) -> None:
    """The draft of somebody who has signed in since."""
    draft.person = person
    draft.save(update_fields=["person"])


@transaction.atomic
def discard_draft(draft: Draft) -> None:
    """Throw a draft away."""
    draft.delete()


@transaction.atomic
def publish_intent(
    actor: Actor,
    wanted: Wanted,
    choices: Choices,
    *,
    draft: Draft | None = None,
    put_right: Sequence[PutRight] = (),
) -> Intent:
    """Announce what the party wants; a worker will look for sellers. What it put right teaches this server."""
    actor.must_be_allowed(Act.PUBLISH)
    check_may_publish(actor, wanted)
    now = timezone.now()
    intent = Intent.objects.create(
        party=actor.party,
        by=actor.person,
        seller_limit=choices.seller_limit,
        budget_shown=choices.budget_shown,
        terms=choices.terms,
        time_zone=actor.person.time_zone,
        at=now,
        closes_at=choices.closes_at,
    )
    wish = add_wish(intent, wanted, number=1)
    if draft is not None:
        draft.delete()
    keep_corrections(actor, put_right)
    leave_due("match_intent", wish.pk)
    leave_due("expire_intent", intent.pk, at=choices.closes_at)
    note(Event.INTENT_PUBLISHED, intent.public_id, actor, wish=wish.sentence.digest, terms=choices.terms)
    return intent


@transaction.atomic
def change_intent(actor: Actor, intent: Intent, wanted: Wanted) -> Wish:
    """Say it better: a new version of the wish, matched anew; what was agreed keeps citing the old one."""
    actor.must_be_allowed(Act.PUBLISH)
    check_open(intent)
    check_may_publish(actor, wanted, is_new=False)
    wish = add_wish(intent, wanted, number=newest_wish(intent).number + 1)
    leave_due("match_intent", wish.pk)
    note(Event.INTENT_CHANGED, intent.public_id, actor, wish=wish.sentence.digest)
    return wish


@transaction.atomic
def withdraw_intent(actor: Actor, intent: Intent) -> None:
    """End an intent; the sellers who heard of it are told."""
    actor.must_be_allowed(Act.WITHDRAW)
    check_open(intent)
    close_intent(intent, Closure.Reason.WITHDRAWN, actor)
    note(Event.INTENT_WITHDRAWN, intent.public_id, actor)


@transaction.atomic
def expire_intent(intent: Intent) -> None:
    """Record that the time of an intent is over."""
    if hasattr(intent, "closure"):
        return
    close_intent(intent, Closure.Reason.EXPIRED)
    note(Event.INTENT_EXPIRED, intent.public_id)


def close_intent(intent: Intent, reason: Closure.Reason, actor: Actor | None = None) -> None:
    """Write the end of an intent; who calls writes the journal entry."""
    Closure.objects.create(intent=intent, reason=reason, by=actor.person if actor else None, at=timezone.now())
    leave_due("say_friendly_no", intent.pk)


def keep_corrections(actor: Actor, put_right: Sequence[PutRight]) -> None:
    """Keep what was put right, once for each party; nothing in it says whose it was."""
    rows = []
    for one in put_right:
        said = (one.field, one.language, one.words, one.read, one.meant)
        proof = salted_hmac("evenhand.corrections", "\0".join((actor.party.public_id, *said)), algorithm="sha256")
        rows.append(Correction(**asdict(one), proof=proof.hexdigest()))
    Correction.objects.bulk_create(rows, ignore_conflicts=True)


def check_open(intent: Intent) -> None:
    """Refuse to go on with an intent that has ended."""
    if not intent.is_open(timezone.now()):
        raise IntentClosedError


def check_may_publish(actor: Actor, wanted: Wanted, *, is_new: bool = True) -> None:
    """Guard the market: a confirmed mailbox, something wanted, and not everything at once."""
    if not wanted.sentence.strip() or not wanted.wish.category:
        raise NothingWantedError
    if not has_confirmed_mailbox(actor.person):
        raise MailboxUnconfirmedError
    must_not_be_paused(actor.party_id, timezone.now())
    check_traded([wanted.wish.category], wanted.sentence)
    if is_new:
        check_not_too_many(actor)


def check_not_too_many(actor: Actor) -> None:
    """Refuse more open intents than this party may have; two that ask at once are counted one by one."""
    Person.objects.select_for_update().get(pk=actor.person_id)
    Party.objects.select_for_update(of=("self",)).get(pk=actor.party_id)
    allowed = open_intents_allowed(actor.party_id)
    if count_open(actor, timezone.now()) >= allowed:
        raise TooManyOpenIntentsError(limit=allowed)


def count_words(intent: Intent, words: frozenset[str]) -> None:
    """Note that this party has said these words, until enough have."""
    rare = sorted(words - said_by_many(words))
    WordSaid.objects.bulk_create(
        [WordSaid(word=digest_of(word), proof=digest_of(word, intent.party.public_id)) for word in rare],
        ignore_conflicts=True,
    )


def add_wish(intent: Intent, wanted: Wanted, *, number: int) -> Wish:
    """Keep one immutable version of what is wanted."""
    veiled = canonical(veiled_record(wanted.veiled)).decode()
    count_words(intent, wanted.wish.words)
    sentence, seen = keep_texts(intent.party_id, wanted.sentence, veiled)
    return Wish.objects.create(
        intent=intent,
        number=number,
        record=dict(as_record(wanted.wish)),
        category=wanted.wish.category,
        sentence=sentence,
        veiled=seen,
        change=newest_change(),
        at=timezone.now(),
    )
